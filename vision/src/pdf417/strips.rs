//! The rows of a symbol as they are seen, each as how dark it is along its length.

use super::soft::SAMPLES;
use crate::frame::Plane;
use crate::geometry::Projection;

/// The modules that are seen beside the symbol, on either side.
pub(super) const MARGIN: usize = 2;
/// Lines of a row that are averaged, as shares of its height. Near its borders the next rows shine in.
const LINES: [f32; 5] = [0.24, 0.37, 0.5, 0.63, 0.76];

/// A row.
pub(super) struct Strip {
    /// From 0, as bright as the paper, to 1, as dark as the print; [`SAMPLES`] for each module.
    pub(super) darkness: Vec<f32>,
    /// How far paper and print are from each other at each module.
    pub(super) contrast: Vec<f32>,
}

impl Strip {
    /// A row of a symbol of so many modules.
    pub(super) fn new(plane: &Plane, projection: &Projection, modules: usize, row: usize) -> Self {
        let count = (modules + 2 * MARGIN) * SAMPLES;
        let place = |sample: usize| (sample as f32 + 0.5) / SAMPLES as f32 - MARGIN as f32;
        let seen: Vec<f32> = (0..count)
            .map(|sample| {
                let line = |&line: &f32| {
                    let at = projection.place(place(sample), row as f32 + line);
                    plane.at(at.x, at.y)
                };
                LINES.iter().map(line).sum::<f32>() / LINES.len() as f32
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
