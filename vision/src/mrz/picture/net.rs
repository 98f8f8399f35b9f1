//! The network that reads one character: small, our own, trained by `vision/train/mrz_net.py`, which also says
//! what its layers are.

/// A cell is this many samples wide.
pub(super) const WIDTH: usize = 16;
/// A cell is this many samples high.
pub(super) const HEIGHT: usize = 24;
/// What the classes are, in their order; after them comes the class of cells that have no character.
pub(super) const ALPHABET: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
/// The classes: 37 characters, and nothing.
pub(super) const CLASSES: usize = ALPHABET.len() + 1;
/// The class of cells that have no character in their middle.
pub(super) const NOTHING: usize = ALPHABET.len();

const FIRST: usize = 8;
const SECOND: usize = 16;
const THIRD: usize = 32;
const OUTPUTS: usize = CLASSES + 3;
/// As many numbers as are computed together.
const LANES: usize = 44;

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

/// A layer of 3 × 3 samples: for each tap and each channel that comes in, the weights of those that go out.
struct Layer<const IN: usize, const OUT: usize> {
    weights: Vec<[[f32; OUT]; IN]>,
    biases: [f32; OUT],
}

/// The weights.
pub(super) struct Net {
    first: Layer<1, FIRST>,
    second: Layer<FIRST, SECOND>,
    third: Layer<SECOND, THIRD>,
    last: Vec<[f32; LANES]>,
    last_biases: [f32; LANES],
}

impl Net {
    pub(super) fn new() -> Self {
        let mut stored = Stored(STORED);
        let (first, second, third) = (stored.layer(), stored.layer(), stored.layer());
        let (last_biases, last) = stored.rows::<OUTPUTS, LANES>(WIDTH * HEIGHT / 64 * THIRD);
        Self { first, second, third, last, last_biases }
    }

    /// What a cell shows.
    pub(super) fn look(&self, cell: &Cell) -> Sight {
        let samples = cell.map(|value| [value]);
        let half: [[f32; FIRST]; WIDTH * HEIGHT / 4] = self.first.apply(&samples, WIDTH);
        let quarter: [[f32; SECOND]; WIDTH * HEIGHT / 16] = self.second.apply(&half, WIDTH / 2);
        let eighth: [[f32; THIRD]; WIDTH * HEIGHT / 64] = self.third.apply(&quarter, WIDTH / 4);
        let mut out = self.last_biases;
        for (value, weights) in eighth.as_flattened().iter().zip(&self.last) {
            add(&mut out, *value, weights);
        }
        let mut scores = [0.0; CLASSES];
        scores.copy_from_slice(&out[..CLASSES]);
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
        let whole = most + sum.ln();
        scores.iter_mut().for_each(|score| *score -= whole);
        Sight { scores, right: out[CLASSES], down: out[CLASSES + 1], taller: out[CLASSES + 2] }
    }
}

impl<const IN: usize, const OUT: usize> Layer<IN, OUT> {
    /// What goes out for so many samples of so many columns: the largest of each 2 × 2, nothing if that is less.
    #[inline]
    fn apply<const FROM: usize, const TO: usize>(
        &self,
        from: &[[f32; IN]; FROM],
        columns: usize,
    ) -> [[f32; OUT]; TO] {
        let rows = FROM / columns;
        let mut out = [[0.0; OUT]; TO];
        for y in 0..rows {
            for x in 0..columns {
                let mut sum = self.biases;
                for (tap, weights) in self.weights.iter().enumerate() {
                    // Beyond the border there is nothing; below 0 wraps to far beyond it.
                    let (y, x) = ((y + tap / 3).wrapping_sub(1), (x + tap % 3).wrapping_sub(1));
                    if y < rows && x < columns {
                        for (value, weights) in from[y * columns + x].iter().zip(weights) {
                            add(&mut sum, *value, weights);
                        }
                    }
                }
                larger(&mut out[y / 2 * (columns / 2) + x / 2], &sum);
            }
        }
        out
    }
}

#[inline(always)]
fn add<const N: usize>(sum: &mut [f32; N], value: f32, weights: &[f32; N]) {
    for (sum, weight) in sum.iter_mut().zip(weights) {
        *sum += value * weight;
    }
}

/// Keeps the larger of each pair. It begins with nothing, so that what is below nothing is left out.
#[inline(always)]
fn larger<const N: usize>(kept: &mut [f32; N], other: &[f32; N]) {
    for (kept, other) in kept.iter_mut().zip(other) {
        *kept = if *other > *kept { *other } else { *kept };
    }
}

/// What is left of the stored weights.
struct Stored(&'static [u8]);

impl Stored {
    fn layer<const IN: usize, const OUT: usize>(&mut self) -> Layer<IN, OUT> {
        let (biases, rows) = self.rows::<OUT, OUT>(9 * IN);
        Layer { weights: rows.as_chunks().0.to_vec(), biases }
    }

    /// What leads to `N` outputs: their biases, and so many rows of weights, with nothing after the `N`th.
    fn rows<const N: usize, const WIDE: usize>(&mut self, rows: usize) -> ([f32; WIDE], Vec<[f32; WIDE]>) {
        let (scales, biases) = (self.numbers::<N, WIDE>(), self.numbers::<N, WIDE>());
        let (weights, rest) = self.0.split_at(rows * N);
        self.0 = rest;
        let widened = weights.chunks_exact(N).map(|row| {
            let mut wide = [0.0; WIDE];
            for ((wide, weight), scale) in wide.iter_mut().zip(row).zip(scales) {
                *wide = f32::from(weight.cast_signed()) * scale;
            }
            wide
        });
        (biases, widened.collect())
    }

    fn numbers<const N: usize, const WIDE: usize>(&mut self) -> [f32; WIDE] {
        let (bytes, rest) = self.0.split_at(4 * N);
        self.0 = rest;
        let mut wide = [0.0; WIDE];
        for (wide, bytes) in wide.iter_mut().zip(bytes.as_chunks().0) {
            *wide = f32::from_le_bytes(*bytes);
        }
        wide
    }
}
