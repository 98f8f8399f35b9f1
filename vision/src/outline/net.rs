//! The network that tells a document from what lies around it: for each square of 4 × 4 pixels of a view,
//! how much of it a document covers. How it was trained: `vision/train/outline_net.py`.

use super::view::View;
use crate::convolution::{Map, Weights};

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
    let mut values = standard(&view.pixels);
    let upright = odds(view, values.clone());
    let (pixels, _) = values.as_chunks_mut::<3>();
    pixels.reverse();
    let upside_down = odds(view, values);
    let both = upright.values.iter().zip(upside_down.values.iter().rev());
    let shares = both.map(|(one, other)| 1.0 / (1.0 + (-(one + other) / 2.0).exp())).collect();
    Cover { width: upright.width, height: upright.height, shares }
}

/// The logarithms of the odds that a document covers a square, for a view of these values.
fn odds(view: &View, values: Vec<f32>) -> Map<1> {
    let mut weights = Weights::new(WEIGHTS);
    let input = Map::<3> { width: view.width, height: view.height, values };
    let half = weights.convolution::<3, 12, 3, 2>(&input).relu();
    let fine = weights.convolution::<12, 12, 3, 2>(&half).relu();
    let fine = weights.convolution::<12, 12, 3, 1>(&fine).relu();
    let spread = weights.depthwise::<12, 3, 2>(&fine);
    let middle = weights.convolution::<12, 24, 1, 1>(&spread).relu();
    let spread = weights.depthwise::<24, 3, 2>(&middle);
    let mut coarse = weights.convolution::<24, 32, 1, 1>(&spread).relu();
    for _ in 0..2 {
        let wide = weights.depthwise::<32, 5, 1>(&coarse);
        coarse = coarse.plus(&weights.convolution::<32, 32, 1, 1>(&wide).relu());
    }
    let up = weights.convolution::<32, 24, 1, 1>(&coarse).twice().plus(&middle).relu();
    let spread = weights.depthwise::<24, 3, 1>(&up);
    let up = weights.convolution::<24, 12, 1, 1>(&spread).twice().plus(&fine).relu();
    let last = weights.convolution::<12, 12, 3, 1>(&up).relu();
    weights.convolution::<12, 1, 1, 1>(&last)
}

/// Pixels by how far they are from the mean of all, in units of how far they usually are.
fn standard(pixels: &[[u8; 3]]) -> Vec<f32> {
    let values = pixels.as_flattened();
    let count = values.len().max(1) as f64;
    let sum: u64 = values.iter().map(|&value| u64::from(value)).sum();
    let squares: u64 = values.iter().map(|&value| u64::from(value) * u64::from(value)).sum();
    let mean = sum as f64 / count;
    let spread = (squares as f64 / count - mean * mean).max(0.0).sqrt();
    // Four is the noise of a sensor: a picture that is even is not made to look like something.
    let scale = (1.0 / (spread + 4.0)) as f32;
    values.iter().map(|&value| (f32::from(value) - mean as f32) * scale).collect()
}
