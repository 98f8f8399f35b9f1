//! PDF417 on the back of cards, by the size of its modules in the picture.

use vestibule_vision::pdf417::read;

use super::sets::MODULES;
use super::{Bench, OURS, timed};

/// What became of one barcode.
struct Outcome {
    right: bool,
    wrong: bool,
    milliseconds: f64,
}

pub(super) fn measure(bench: &mut Bench) {
    let (mut times, mut wrong, mut count) = (Vec::new(), 0, 0);
    for module in MODULES {
        let outcomes = bench.each(&format!("barcode {module}"), bench.documents / 3, |set, index| {
            let shot = set.shot(&bench.studio, index, 0);
            let truth = shot.truth.as_ref().expect("the set has documents");
            let luma = shot.picture.frame().luma();
            let (read, milliseconds) = timed(|| read(&luma, Some(&truth.corners)));
            let right = read.as_ref().is_some_and(|read| Some(&read.text) == truth.barcode.as_ref());
            Outcome { right, wrong: read.is_some() && !right, milliseconds }
        });
        bench.share(&format!("barcode read, {module} pixels to a module"), OURS, &outcomes, |one| one.right);
        times.extend(outcomes.iter().map(|one| one.milliseconds));
        wrong += outcomes.iter().filter(|one| one.wrong).count();
        count += outcomes.len();
    }
    #[cfg(feature = "peers")]
    super::peers::measure(bench);
    bench.add("barcode read wrong", OURS, wrong as f64, "count", count);
    bench.time("barcode read", OURS, &times);
}
