//! Faces: the portraits of documents that are held near. They are drawn, so this says that the finder works,
//! and nothing about people.

use vestibule_vision::face::find;

use super::{Bench, OURS, timed};

/// The finder promises faces of at least this share of the shorter side.
const LEAST: f32 = 1.0 / 6.0;

pub(super) fn measure(bench: &mut Bench) {
    let looked = bench.each("faces", bench.documents / 2, |set, index| {
        let shot = set.shot(&bench.studio, index, 0);
        let truth = shot.truth.as_ref().expect("the set has documents");
        let face = truth.faces.first().filter(|face| face.size >= LEAST * shot.picture.height as f32)?;
        let luma = shot.picture.frame().luma();
        let (found, milliseconds) = timed(|| find(&luma));
        let near = found.iter().any(|one| {
            one.middle.distance(face.middle) < face.size * 0.4 && (0.6..1.7).contains(&(one.size / face.size))
        });
        Some((near, milliseconds))
    });
    let looked: Vec<_> = looked.into_iter().flatten().collect();
    bench.share("face found, drawn portraits", OURS, &looked, |(near, _)| *near);
    let times: Vec<f64> = looked.iter().map(|(_, milliseconds)| *milliseconds).collect();
    bench.time("face looked for, 720p", OURS, &times);
    let invented = bench.each("empty 720p", bench.documents / 2, |set, index| {
        !find(&set.shot(&bench.studio, index, 0).picture.frame().luma()).is_empty()
    });
    bench.share("face where there is no document", OURS, &invented, |invented| *invented);
}
