//! The network that tells a document from what lies around it: for each square of 4 × 4 pixels of a view,
//! how much of it a document covers. How it was trained: `vision/train/outline_net.py`.

use super::view::View;
use crate::convolution::{Map, Weights};

/// A square's side, in pixels of a view.
pub(super) const SQUARE: f32 = 4.0;

/// Its weights: see [`Weights`].
static WEIGHTS: &[u8] = include_bytes!("net.bin");

/// How much of each square of a view a document covers.
pub(super) struct Cover {
    /// In squares.
    pub width: usize,
    /// In squares.
    pub height: usize,
    /// From 0 to 1, row by row.
    pub shares: Vec<f32>,
}

/// What the network sees in a view, upright and upside down: it errs in other places then, and the mean of both is
/// right more often.
pub(super) fn cover(view: &View) -> Cover {
    let pixels: Vec<_> = view.pixels.iter().map(|pixel| pixel.map(f32::from)).collect();
    let mut values = standard(&pixels);
    let upright = odds(view, values.clone());
    let (pixels, _) = values.as_chunks_mut::<3>();
    pixels.reverse();
    let upside_down = odds(view, values);
    let both = upright.values.iter().zip(upside_down.values.iter().rev());
    let shares = both.map(|(one, other)| 1.0 / (1.0 + (-(one + other) / 2.0).exp())).collect();
    Cover { width: upright.width, height: upright.height, shares }
}

/// The logarithms of the odds that a document covers a square, for a view of these values.
fn odds(view: &View, values: Vec<f32>) -> Map {
    let mut weights = Weights::new(WEIGHTS);
    let input = Map { width: view.width, height: view.height, values };
    let half = weights.convolution(&input, 12, 3, 2).relu();
    let fine = weights.convolution(&half, 12, 3, 2).relu();
    let fine = weights.convolution(&fine, 12, 3, 1).relu();
    let spread = weights.depthwise(&fine, 3, 2);
    let middle = weights.convolution(&spread, 32, 1, 1).relu();
    let spread = weights.depthwise(&middle, 3, 2);
    let mut coarse = weights.convolution(&spread, 48, 1, 1).relu();
    for _ in 0..2 {
        let wide = weights.depthwise(&coarse, 5, 1);
        coarse = coarse.plus(&weights.convolution(&wide, 48, 1, 1).relu());
    }
    let up = weights.convolution(&coarse, 32, 1, 1).twice().plus(&middle).relu();
    let spread = weights.depthwise(&up, 3, 1);
    let up = weights.convolution(&spread, 12, 1, 1).twice().plus(&fine).relu();
    let last = weights.convolution(&up, 12, 3, 1).relu();
    weights.convolution(&last, 1, 1, 1)
}

/// Pixels by how far they are from the mean of all, in units of how far they usually are.
pub(super) fn standard(pixels: &[[f32; 3]]) -> Vec<f32> {
    let values = pixels.as_flattened();
    let count = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / count;
    let spread = (values.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / count).sqrt();
    // Four is the noise of a sensor: a picture that is even is not made to look like something.
    let scale = 1.0 / (spread + 4.0);
    values.iter().map(|&value| (value - mean) * scale).collect()
}
