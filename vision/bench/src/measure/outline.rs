//! Outlines: how well they fit, and whether they are invented where no document is.

use vestibule_vision::frame::Frame;
use vestibule_vision::outline::find;
use vestibule_vision::report::{Outline, Side, Subject};
use vestibule_vision_bench::score::overlap;

use super::{Bench, OURS, timed};

/// From this confidence on an outline is acted on: see `vestibule_vision::look`.
pub(super) const ACTED_ON: f32 = 0.5;

/// The document in a frame, where it is at least so sure.
pub(super) fn surer(frame: &Frame, subject: Subject, least: f32) -> Option<Outline> {
    find(frame, subject).outline().filter(|outline| outline.confidence >= least)
}

/// The document in a frame, where it is sure enough to be acted on.
fn acted_on(frame: &Frame, subject: Subject) -> Option<Outline> {
    surer(frame, subject, ACTED_ON)
}

pub(super) fn measure(bench: &mut Bench) {
    for (set, name, parts) in
        [("outline 720p", "720p", 1), ("outline 1080p", "1080p", 3), ("outline, hard, 720p", "hard, 720p", 3)]
    {
        let found = bench.each(set, bench.documents / parts, |set, index| {
            let shot = set.shot(&bench.studio, index, 0);
            let truth = shot.truth.as_ref().expect("the set has documents");
            let frame = shot.picture.frame();
            let (outline, milliseconds) = timed(|| acted_on(&frame, truth.kind.subject()));
            (outline.map_or(0.0, |outline| overlap(&outline.corners, &truth.corners)), milliseconds)
        });
        let acted_on = found.iter().filter(|(share, _)| *share > 0.0).count();
        let sum: f64 = found.iter().map(|(share, _)| f64::from(*share)).sum();
        let mean = |of: usize| sum / of.max(1) as f64;
        bench.add(format!("outline, mean overlap, {name}"), OURS, mean(found.len()), "share", found.len());
        let what = format!("outline, mean overlap of those acted on, {name}");
        bench.add(what, OURS, mean(acted_on), "share", acted_on);
        bench
            .share(&format!("outline, overlap above 0.95, {name}"), OURS, &found, |(share, _)| *share > 0.95);
        bench.share(&format!("outline acted on but wrong, {name}"), OURS, &found, |(share, _)| {
            *share > 0.0 && *share < 0.85
        });
        let times: Vec<f64> = found.iter().map(|(_, milliseconds)| *milliseconds).collect();
        bench.time(&format!("outline found, {name}"), OURS, &times);
    }
    for (set, name, parts) in [("empty 720p", "720p", 2), ("empty 1080p", "1080p", 3)] {
        let invented = bench.each(set, bench.documents / parts, |set, index| {
            let shot = set.shot(&bench.studio, index, 0);
            let subject = if index % 2 == 0 { Subject::Card(Side::Front) } else { Subject::Passport };
            acted_on(&shot.picture.frame(), subject).is_some()
        });
        let what = format!("outline where there is no document, {name}");
        bench.share(&what, OURS, &invented, |invented| *invented);
    }
}
