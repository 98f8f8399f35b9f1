//! The rows of a symbol as they are seen, each as how dark it is along its length.

use super::soft::SAMPLES;
use crate::frame::Plane;
use crate::geometry::Projection;

/// The modules that are seen beside the symbol, on either side.
pub(super) const MARGIN: usize = 2;
/// The lines of a row that are averaged: from where to where, as shares of its height, and how many. Near its
/// borders the next rows shine in.
const LINES: (f32, f32) = (0.26, 0.74);
const COUNT: usize = 4;

/// A row.
pub(super) struct Strip {
    /// From 0, as bright as the paper, to 1, as dark as the print; [`SAMPLES`] for each module.
    pub(super) darkness: Vec<f32>,
    /// How far paper and print are from each other at each module.
    pub(super) contrast: Vec<f32>,
}

impl Strip {
    /// A row of a symbol of so many modules, whose middle hangs below its ends by so many rows.
    pub(super) fn new(plane: &Plane, projection: &Projection, modules: usize, row: usize, bow: f32) -> Self {
        let count = (modules + 2 * MARGIN) * SAMPLES;
        let place = |sample: usize| (sample as f32 + 0.5) / SAMPLES as f32 - MARGIN as f32;
        let seen: Vec<f32> = (0..count)
            .map(|sample| {
                let across = place(sample);
                let aside = across / modules as f32 - 0.5;
                let top = row as f32 + bow * (1.0 - 4.0 * aside * aside);
                let (first, last) =
                    (projection.place(across, top + LINES.0), projection.place(across, top + LINES.1));
                // Within a row, a projection is as good as even.
                let lines = (0..COUNT).map(|line| {
                    let at = first.toward(last, line as f32 / (COUNT - 1) as f32);
                    plane.at(at.x, at.y)
                });
                lines.sum::<f32>() / COUNT as f32
            })
            .collect();
        let means: Vec<f32> =
            seen.chunks(SAMPLES).map(|module| module.iter().sum::<f32>() / module.len() as f32).collect();
        let paper = envelope(&means, f32::max);
        let print = envelope(&means, f32::min);
        let contrast: Vec<f32> = paper.iter().zip(&print).map(|(paper, print)| paper - print).collect();
        let darkness = seen
            .iter()
            .enumerate()
            .map(|(sample, seen)| {
                let module = sample / SAMPLES;
                ((paper[module] - seen) / contrast[module].max(4.0)).clamp(-0.5, 1.5)
            })
            .collect();
        Self { darkness, contrast }
    }
}

/// The outermost value around each module, smoothed.
fn envelope(means: &[f32], outer: fn(f32, f32) -> f32) -> Vec<f32> {
    const REACH: usize = 14;
    let around = |at: usize, reach: usize| at.saturating_sub(reach)..(at + reach + 1).min(means.len());
    let outermost: Vec<f32> = (0..means.len())
        .map(|at| means[around(at, REACH)].iter().copied().reduce(outer).unwrap_or_default())
        .collect();
    (0..means.len())
        .map(|at| {
            let near = &outermost[around(at, REACH / 2)];
            near.iter().sum::<f32>() / near.len() as f32
        })
        .collect()
}
