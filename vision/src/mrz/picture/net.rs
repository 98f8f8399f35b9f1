//! The network that reads one character: small, our own, trained by `vision/train/mrz_net.py`, which also says
//! what its layers are.

use crate::convolution::{Layer, Weights, larger};

/// A cell is this many samples wide.
pub(super) const WIDTH: usize = 16;
/// A cell is this many samples high.
pub(super) const HEIGHT: usize = 24;
/// What the classes are, in their order; after them comes the class of cells that have no character.
pub(super) const ALPHABET: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
/// The classes: 37 characters, and nothing.
pub(super) const CLASSES: usize = ALPHABET.len() + 1;
/// The class of cells that have no character in their middle, or one that a finger or light hides.
pub(super) const NOTHING: usize = ALPHABET.len();

const FIRST: usize = 8;
const SECOND: usize = 16;
const THIRD: usize = 32;
const OUTPUTS: usize = CLASSES + 3;

static STORED: &[u8] = include_bytes!("ocrb.bin");

/// The samples of a cell, standardised: row by row, mean 0.
pub(super) type Cell = [f32; WIDTH * HEIGHT];

/// What a cell shows.
#[derive(Clone)]
pub(super) struct Sight {
    /// The logarithm of how likely each class is.
    pub(super) scores: [f32; CLASSES],
    /// How far right of the cell's middle the character stands, in distances of two characters.
    pub(super) right: f32,
    /// How far below, in the same measure downwards.
    pub(super) down: f32,
    /// The logarithm of how much taller it is than was assumed.
    pub(super) taller: f32,
}

impl Sight {
    /// What is seen where nobody looks.
    pub(super) fn nothing() -> Self {
        let mut scores = [-20.0; CLASSES];
        scores[NOTHING] = 0.0;
        Self { scores, right: 0.0, down: 0.0, taller: 0.0 }
    }

    /// How likely it is that a character stands in the middle, from 0 to 1.
    pub(super) fn some(&self) -> f32 {
        1.0 - self.scores[NOTHING].exp()
    }
}

/// The weights.
pub(super) struct Net {
    /// Of 3 × 3 samples each; each keeps the largest of 2 × 2, and nothing if that is less.
    layers: [Layer; 3],
    last: Layer,
}

impl Net {
    pub(super) fn new() -> Self {
        let mut stored = Weights::new(STORED);
        let layers = [(1, FIRST), (FIRST, SECOND), (SECOND, THIRD)];
        let layers = layers.map(|(inputs, outputs)| stored.layer(inputs, outputs, 3));
        Self { layers, last: stored.layer(WIDTH * HEIGHT / 64 * THIRD, OUTPUTS, 1) }
    }

    /// What a cell shows.
    pub(super) fn look(&self, cell: &Cell) -> Sight {
        let (mut values, mut width) = (cell.to_vec(), WIDTH);
        for layer in &self.layers {
            values = largest(&layer.apply(&values, width, 1), layer.outputs(), width);
            width /= 2;
        }
        let out = self.last.apply(&values, 1, 1);
        let mut scores = [0.0; CLASSES];
        scores.copy_from_slice(&out[..CLASSES]);
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
        let whole = most + sum.ln();
        scores.iter_mut().for_each(|score| *score -= whole);
        Sight { scores, right: out[CLASSES], down: out[CLASSES + 1], taller: out[CLASSES + 2] }
    }
}

/// The largest of each 2 × 2 places, of which a line has so many; nothing if that is less.
fn largest(values: &[f32], channels: usize, width: usize) -> Vec<f32> {
    let line = width * channels;
    let mut largest = vec![0.0f32; values.len() / 4];
    for (y, line) in values.chunks_exact(line).enumerate() {
        let kept = &mut largest[y / 2 * (line.len() / 2)..][..line.len() / 2];
        for (x, place) in line.chunks_exact(channels).enumerate() {
            let kept = kept[x / 2 * channels..].iter_mut();
            kept.zip(place).for_each(|(kept, value)| *kept = larger(*value, *kept));
        }
    }
    largest
}
