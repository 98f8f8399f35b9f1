//! Machine-readable zones: read in one frame, agreed on by several, and read wrong.

use vestibule_vision::frame::Plane;
use vestibule_vision::geometry::Quad;
use vestibule_vision::mrz::picture::{Agreement, read};

use super::{Bench, OURS, Set, timed};

/// So many frames of a document are looked at until they agree.
const FRAMES: u32 = 6;

/// What became of one document.
struct Outcome {
    exact: bool,
    agreed_by_two: bool,
    agreed: bool,
    wrong: bool,
    milliseconds: f64,
}

pub(super) fn measure(bench: &mut Bench) {
    for size in ["720p", "1080p"] {
        let set = format!("zone {size}");
        let count = if size == "720p" { bench.documents } else { bench.documents / 3 };
        let outcomes = bench.each(&set, count, |set, index| look(&bench.studio, set, index));
        bench.share(&format!("zone exact in one frame, {size}"), OURS, &outcomes, |one| one.exact);
        bench.share(&format!("zone agreed on by 2 frames, {size}"), OURS, &outcomes, |one| one.agreed_by_two);
        bench.share(&format!("zone agreed on by {FRAMES} frames, {size}"), OURS, &outcomes, |one| one.agreed);
        let wrong = outcomes.iter().filter(|one| one.wrong).count();
        bench.add(format!("zone accepted but wrong, {size}"), OURS, wrong as f64, "count", outcomes.len());
        let times: Vec<f64> = outcomes.iter().map(|one| one.milliseconds).collect();
        bench.time(&format!("zone read, {size}"), OURS, &times);
    }
}

fn look(studio: &vestibule_vision_bench::Studio, set: &Set, index: u64) -> Outcome {
    let mut agreement = Agreement::new();
    let mut outcome =
        Outcome { exact: false, agreed_by_two: false, agreed: false, wrong: false, milliseconds: 0.0 };
    for take in 0..FRAMES {
        let shot = set.shot(studio, index, take);
        let Some(truth) = &shot.truth else { break };
        let Some(zone) = &truth.zone else { break };
        let luma = shot.picture.frame().luma();
        let (reading, milliseconds) = timed(|| one_frame(&luma, &truth.corners));
        if take == 0 {
            outcome.milliseconds = milliseconds;
            outcome.exact = reading.as_ref().is_some_and(|reading| reading.text() == zone);
        }
        if let Some(agreed) = reading.and_then(|reading| agreement.add(reading)) {
            outcome.wrong = agreed.text() != zone;
            outcome.agreed = !outcome.wrong;
            outcome.agreed_by_two = outcome.agreed && take == 1;
            break;
        }
    }
    outcome
}

fn one_frame(luma: &Plane, corners: &Quad) -> Option<vestibule_vision::mrz::picture::Reading> {
    read(luma, Some(corners))
}
