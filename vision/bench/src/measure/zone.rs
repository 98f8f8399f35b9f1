//! Machine-readable zones: read in one frame, agreed on by several, and read wrong.

use vestibule_vision::frame::Plane;
use vestibule_vision::geometry::Quad;
use vestibule_vision::look::JUDGED;
use vestibule_vision::mrz::picture::{Agreement, read};
use vestibule_vision_bench::{Studio, Truth};

use super::{BY_TRUTH, Bench, OURS, Set, found, timed};

/// So many frames of a document are looked at until they agree.
const FRAMES: u32 = 6;

/// What became of one document: as our readers find it, and by true corners.
struct Outcome {
    ours: Followed,
    by_truth: Followed,
    /// How many of its frames can be read.
    legible: u32,
}

/// The frames of one document, read until they agree.
#[derive(Default)]
struct Followed {
    agreement: Agreement,
    /// Whether the first frame was read without an error, and what that took.
    exact: bool,
    milliseconds: f64,
    agreed: Option<Agreed>,
}

/// What frames agreed on.
struct Agreed {
    right: bool,
    /// After so many frames, of which so many can be read.
    frames: u32,
    legible: u32,
}

pub(super) fn measure(bench: &mut Bench) {
    for (size, parts) in [("720p", 1), ("1080p", 3)] {
        let set = format!("zone {size}");
        let outcomes =
            bench.each(&set, bench.documents / parts, |set, index| look(&bench.studio, set, index));
        type Reader = fn(&Outcome) -> &Followed;
        let readers: [(&str, Reader); 2] = [(OURS, |one| &one.ours), (BY_TRUTH, |one| &one.by_truth)];
        for (who, reader) in readers {
            let all: Vec<&Followed> = outcomes.iter().map(reader).collect();
            bench.share(&format!("zone exact in one frame, {size}"), who, &all, |one| one.exact);
            let within = |one: &Followed, frames| {
                one.agreed.as_ref().is_some_and(|agreed| agreed.right && agreed.frames <= frames)
            };
            for frames in [2, FRAMES] {
                let what = format!("zone agreed on by {frames} frames, {size}");
                bench.share(&what, who, &all, |one| within(one, frames));
            }
            // Of documents of which two frames can be read: what a person sees who follows the hints.
            let legible: Vec<&Followed> =
                outcomes.iter().filter(|one| one.legible >= 2).map(reader).collect();
            let what = format!("zone agreed on by 2 frames that can be read, {size}");
            bench.share(&what, who, &legible, |one| {
                one.agreed.as_ref().is_some_and(|agreed| agreed.right && agreed.legible <= 2)
            });
            let wrong = |one: &&&Followed| one.agreed.as_ref().is_some_and(|agreed| !agreed.right);
            let wrong = all.iter().filter(wrong).count();
            bench.add(format!("zone accepted but wrong, {size}"), who, wrong as f64, "count", all.len());
            let times: Vec<f64> = all.iter().map(|one| one.milliseconds).collect();
            bench.time(&format!("zone read, {size}"), who, &times);
        }
    }
}

fn look(studio: &Studio, set: &Set, index: u64) -> Outcome {
    let mut outcome = Outcome { ours: Followed::default(), by_truth: Followed::default(), legible: 0 };
    for take in 0..FRAMES {
        let shot = set.shot(studio, index, take);
        let truth = shot.truth.as_ref().expect("the set has documents");
        outcome.legible += u32::from(truth.is_zone_legible());
        let seen = (&shot.picture.frame().luma(), truth, take + 1, outcome.legible);
        outcome.ours.see(seen, || found(&shot, truth, JUDGED));
        outcome.by_truth.see(seen, || Some(truth.corners));
        if outcome.legible >= 2 && outcome.ours.agreed.is_some() && outcome.by_truth.agreed.is_some() {
            break;
        }
    }
    outcome
}

impl Followed {
    /// Reads the next frame by these corners, as long as nothing was agreed on: its pixels, its truth, and how many
    /// frames there were with it, and how many that can be read.
    fn see(
        &mut self,
        (luma, truth, frames, legible): (&Plane, &Truth, u32, u32),
        corners: impl Fn() -> Option<Quad>,
    ) {
        if self.agreed.is_some() {
            return;
        }
        let zone = truth.zone.as_ref().expect("the set has zones");
        let (reading, milliseconds) = timed(|| corners().and_then(|corners| read(luma, Some(&corners))));
        if frames == 1 {
            self.milliseconds = milliseconds;
            self.exact = reading.as_ref().is_some_and(|reading| reading.text() == zone);
        }
        let agreed = reading.and_then(|reading| self.agreement.add(reading));
        self.agreed = agreed.map(|agreed| Agreed { right: agreed.text() == zone, frames, legible });
    }
}
