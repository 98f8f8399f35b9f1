//! Outlines: how well they fit, and whether they are invented where no document is.

use vestibule_vision::outline::candidate;
use vestibule_vision_bench::Shot;
use vestibule_vision_bench::asked::looked_for;
use vestibule_vision_bench::score::overlap;
use vestibule_vision_bench::surely::{self, ACTED_ON};

use super::{Bench, OURS, timed};

/// Where a document may lie, and whether it is sure enough to be acted on.
struct Seen {
    overlap: f32,
    acted_on: bool,
    milliseconds: f64,
}

impl Seen {
    fn of(shot: &Shot) -> Self {
        let truth = shot.truth.as_ref().expect("the set has documents");
        let frame = shot.picture.frame();
        let (found, milliseconds) = timed(|| candidate(&frame, truth.kind.subject()));
        Self {
            acted_on: found.as_ref().is_some_and(|found| found.confidence >= ACTED_ON),
            overlap: found.map_or(0.0, |found| overlap(&found.corners, &truth.corners)),
            milliseconds,
        }
    }
}

pub(super) fn measure(bench: &mut Bench) {
    for (set, name, parts) in
        [("outline 720p", "720p", 1), ("outline 1080p", "1080p", 3), ("outline, hard, 720p", "hard, 720p", 3)]
    {
        let seen = bench
            .each(set, bench.documents / parts, |set, index| Seen::of(&set.shot(&bench.studio, index, 0)));
        let acted_on: Vec<f64> =
            seen.iter().filter(|seen| seen.acted_on).map(|seen| f64::from(seen.overlap)).collect();
        let all: f64 = seen.iter().map(|seen| f64::from(seen.overlap)).sum();
        let sum: f64 = acted_on.iter().sum();
        for (which, sum, of) in [
            ("", sum, seen.len()),
            (" of those acted on", sum, acted_on.len()),
            (" however sure", all, seen.len()),
        ] {
            let what = format!("outline, mean overlap{which}, {name}");
            bench.add(what, OURS, sum / of.max(1) as f64, "share", of);
        }
        bench.share(&format!("outline, overlap above 0.95, {name}"), OURS, &seen, |seen| {
            seen.acted_on && seen.overlap > 0.95
        });
        bench.share(&format!("outline acted on but wrong, {name}"), OURS, &seen, |seen| {
            seen.acted_on && seen.overlap < 0.85
        });
        let times: Vec<f64> = seen.iter().map(|seen| seen.milliseconds).collect();
        bench.time(&format!("outline found, {name}"), OURS, &times);
    }
    for (set, name, parts) in [("empty 720p", "720p", 2), ("empty 1080p", "1080p", 3)] {
        let invented = bench.each(set, bench.documents / parts, |set, index| {
            let shot = set.shot(&bench.studio, index, 0);
            surely::outline(&shot.picture.frame(), looked_for(index), ACTED_ON).is_some()
        });
        let what = format!("outline where there is no document, {name}");
        bench.share(&what, OURS, &invented, |invented| *invented);
    }
}
