//! PDF417 on the back of cards, by the size of its modules in the picture.

use vestibule_vision::pdf417::{Barcode, read};
use vestibule_vision_bench::surely::ACTED_ON;

use super::sets::MODULES;
use super::{BY_TRUTH, Bench, OURS, found, timed};

/// What became of one barcode: with the corners that were found, and with the true ones.
struct Outcome {
    right: bool,
    right_by_truth: bool,
    wrong: bool,
    milliseconds: f64,
    milliseconds_by_truth: f64,
}

pub(super) fn measure(bench: &mut Bench) {
    let (mut times, mut times_by_truth, mut wrong, mut count) = (Vec::new(), Vec::new(), 0, 0);
    for module in MODULES {
        let outcomes = bench.each(&format!("barcode {module}"), bench.documents / 3, |set, index| {
            let shot = set.shot(&bench.studio, index, 0);
            let truth = shot.truth.as_ref().expect("the set has documents");
            let luma = shot.picture.frame().luma();
            let (by_truth, milliseconds_by_truth) = timed(|| read(&luma, Some(&truth.corners)));
            let (by_itself, milliseconds) =
                timed(|| found(&shot, truth, ACTED_ON).and_then(|corners| read(&luma, Some(&corners))));
            let right = |read: &Option<Barcode>| {
                read.as_ref().is_some_and(|read| Some(&read.text) == truth.barcode.as_ref())
            };
            let wrong = |read: &Option<Barcode>| read.is_some() && !right(read);
            Outcome {
                right: right(&by_itself),
                right_by_truth: right(&by_truth),
                wrong: wrong(&by_itself) || wrong(&by_truth),
                milliseconds,
                milliseconds_by_truth,
            }
        });
        let what = format!("barcode read, {module} pixels to a module");
        bench.share(&what, OURS, &outcomes, |one| one.right);
        bench.share(&what, BY_TRUTH, &outcomes, |one| one.right_by_truth);
        times.extend(outcomes.iter().map(|one| one.milliseconds));
        times_by_truth.extend(outcomes.iter().map(|one| one.milliseconds_by_truth));
        wrong += outcomes.iter().filter(|one| one.wrong).count();
        count += outcomes.len();
    }
    #[cfg(feature = "peers")]
    super::peers::measure(bench);
    bench.add("barcode read wrong", OURS, wrong as f64, "count", count);
    bench.time("barcode read", OURS, &times);
    bench.time("barcode read", BY_TRUTH, &times_by_truth);
}
