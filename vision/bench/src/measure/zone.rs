//! Machine-readable zones: read in one frame, agreed on by several, and read wrong.

use vestibule_vision::mrz::picture::{Agreement, read};
use vestibule_vision_bench::Studio;

use super::{BY_TRUTH, Bench, OURS, Set, found, timed};

/// So many frames of a document are looked at until they agree.
const FRAMES: u32 = 6;

/// What became of one document.
#[derive(Default)]
struct Outcome {
    exact: bool,
    exact_by_truth: bool,
    agreed_by_two: bool,
    agreed: bool,
    wrong: bool,
    milliseconds: f64,
    milliseconds_by_truth: f64,
}

pub(super) fn measure(bench: &mut Bench) {
    for (size, parts) in [("720p", 1), ("1080p", 3)] {
        let set = format!("zone {size}");
        let outcomes =
            bench.each(&set, bench.documents / parts, |set, index| look(&bench.studio, set, index));
        let exact = format!("zone exact in one frame, {size}");
        bench.share(&exact, OURS, &outcomes, |one| one.exact);
        bench.share(&exact, BY_TRUTH, &outcomes, |one| one.exact_by_truth);
        bench.share(&format!("zone agreed on by 2 frames, {size}"), OURS, &outcomes, |one| one.agreed_by_two);
        bench.share(&format!("zone agreed on by {FRAMES} frames, {size}"), OURS, &outcomes, |one| one.agreed);
        let wrong = outcomes.iter().filter(|one| one.wrong).count();
        bench.add(format!("zone accepted but wrong, {size}"), OURS, wrong as f64, "count", outcomes.len());
        let times: Vec<f64> = outcomes.iter().map(|one| one.milliseconds).collect();
        bench.time(&format!("zone read, {size}"), OURS, &times);
        let times: Vec<f64> = outcomes.iter().map(|one| one.milliseconds_by_truth).collect();
        bench.time(&format!("zone read, {size}"), BY_TRUTH, &times);
    }
}

fn look(studio: &Studio, set: &Set, index: u64) -> Outcome {
    let mut agreement = Agreement::new();
    let mut outcome = Outcome::default();
    for take in 0..FRAMES {
        let shot = set.shot(studio, index, take);
        let truth = shot.truth.as_ref().expect("the set has documents");
        let zone = truth.zone.as_ref().expect("the set has zones");
        let luma = shot.picture.frame().luma();
        let (reading, milliseconds) =
            timed(|| found(&shot, truth).and_then(|corners| read(&luma, Some(&corners))));
        if take == 0 {
            outcome.milliseconds = milliseconds;
            let (by_truth, milliseconds) = timed(|| read(&luma, Some(&truth.corners)));
            outcome.milliseconds_by_truth = milliseconds;
            outcome.exact = reading.as_ref().is_some_and(|reading| reading.text() == zone);
            outcome.exact_by_truth = by_truth.is_some_and(|reading| reading.text() == zone);
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
