//! Sharpness and glare: how well the numbers part good pictures from bad ones. Each document is laid flat by
//! its true corners, so that nothing but the judgement is measured.

use vestibule_vision::look::flat;
use vestibule_vision::quality::assess;
use vestibule_vision_bench::Truth;
use vestibule_vision_bench::score::separation;

use super::{Bench, OURS, timed};

/// Below this share of the document glare hides nothing that matters.
const LITTLE: f32 = 0.004;

/// What was judged of one document: the width of edges, the share of glare, and the milliseconds.
type Judged = (f32, f32, f64);

pub(super) fn measure(bench: &mut Bench) {
    let all = |_: &Truth| true;
    let sharp = judge(bench, "sharp", all);
    let unfocused = judge(bench, "out of focus", |truth| truth.blur > 1.6);
    let moved = judge(bench, "moved", |truth| truth.motion[0].hypot(truth.motion[1]) > 5.0);
    let widths = |judged: &[Judged]| judged.iter().map(|one| one.0).collect::<Vec<_>>();
    for (name, blurred) in [("out of focus", &unfocused), ("moved", &moved)] {
        let auc = separation(&widths(blurred), &widths(&sharp));
        bench.add(format!("sharpness, {name} from sharp"), OURS, auc, "auc", blurred.len() + sharp.len());
    }
    let plain = judge(bench, "no glare", all);
    let glaring = judge(bench, "glare", |truth| truth.glare > LITTLE);
    let shares = |judged: &[Judged]| judged.iter().map(|one| one.1).collect::<Vec<_>>();
    let auc = separation(&shares(&glaring), &shares(&plain));
    bench.add("glare from none", OURS, auc, "auc", glaring.len() + plain.len());
    let times: Vec<f64> = sharp.iter().map(|one| one.2).collect();
    bench.time("quality judged, 720p", OURS, &times);
}

/// Judges the documents of a set of which something is true.
fn judge(bench: &Bench, set: &str, holds: impl Fn(&Truth) -> bool + Sync) -> Vec<Judged> {
    let judged = bench.each(set, bench.documents / 2, |set, index| {
        let shot = set.shot(&bench.studio, index, 0);
        let truth = shot.truth.as_ref().filter(|truth| holds(truth))?;
        let luma = shot.picture.frame().luma();
        let (quality, milliseconds) = timed(|| flat(&luma, &truth.corners).map(|flat| assess(&flat)));
        let quality = quality?;
        // No edge that could be judged is as bad as the widest.
        Some((quality.edge_width.unwrap_or(f32::MAX), quality.glare, milliseconds))
    });
    judged.into_iter().flatten().collect()
}
