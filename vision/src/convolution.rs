//! Small convolutional networks: their weights as they are stored, and their layers.
//!
//! All layers are computed by one loop whose sizes are numbers and not types: a loop for each size would weigh
//! more than the weights. It keeps four outputs of four places at a time, as vectors: compilers that are asked to
//! write little make none of loops.

use wide::f32x4;

/// Outputs that are computed at a time.
const LANES: usize = 4;

/// Places that are computed at a time.
const PLACES: usize = 4;

/// Values for each place of a picture: `width × height`, row-major, those of each place together.
pub(crate) struct Map {
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

impl Map {
    /// What is less than nothing becomes nothing.
    #[inline(never)]
    pub fn relu(mut self) -> Self {
        self.values.iter_mut().for_each(|value| *value = larger(*value, 0.0));
        self
    }

    /// The sums of both, place by place.
    pub fn plus(mut self, other: &Self) -> Self {
        self.values.iter_mut().zip(&other.values).for_each(|(value, other)| *value += other);
        self
    }

    /// Each value for four places.
    pub fn twice(&self) -> Self {
        let channels = self.channels();
        let mut values = Vec::with_capacity(4 * self.values.len());
        for line in self.values.chunks_exact(self.width * channels) {
            let start = values.len();
            for place in line.chunks_exact(channels) {
                values.extend_from_slice(place);
                values.extend_from_slice(place);
            }
            values.extend_from_within(start..);
        }
        Self { width: 2 * self.width, height: 2 * self.height, values }
    }

    /// How many values a place has.
    fn channels(&self) -> usize {
        self.values.len() / (self.width * self.height)
    }
}

/// The larger of two numbers of which one at least is not below 0. Their bits are in the order of the numbers and are
/// compared at once, where `f32::max` calls a function, for the sake of what is no number.
#[inline]
pub(crate) fn larger(one: f32, other: f32) -> f32 {
    let bits = |number: f32| number.to_bits().cast_signed();
    f32::from_bits(bits(one).max(bits(other)).cast_unsigned())
}

/// What is left to be read of the weights that a script of `vision/train` wrote: for each layer whole numbers
/// of 8 bits, by row, column, input and output, then for each output the scale of its weights, then for each
/// its bias, of both the upper half of a 32-bit number.
pub(crate) struct Weights {
    left: &'static [u8],
}

impl Weights {
    /// All weights of a network.
    pub fn new(all: &'static [u8]) -> Self {
        Self { left: all }
    }

    fn take(&mut self, count: usize) -> &'static [u8] {
        let (taken, left) = self.left.split_at(count);
        self.left = left;
        taken
    }

    /// Numbers of which the upper half of their bits is there.
    fn floats(&mut self, count: usize) -> Vec<f32> {
        let (values, _) = self.take(count * 2).as_chunks();
        values.iter().map(|&[low, high]| f32::from_le_bytes([0, 0, low, high])).collect()
    }

    /// A layer of `kernel × kernel` weights for each input and output.
    #[inline(never)]
    pub fn layer(&mut self, inputs: usize, outputs: usize, kernel: usize) -> Layer {
        let stored = self.take(kernel * kernel * inputs * outputs);
        let (scales, biases) = (self.floats(outputs), self.floats(outputs));
        Layer::new(stored, &scales, &biases, kernel)
    }

    /// A convolution of `kernel × kernel` in steps of `step`; beyond the edge is nothing.
    #[inline(never)]
    pub fn convolution(&mut self, input: &Map, outputs: usize, kernel: usize, step: usize) -> Map {
        let values = self.layer(input.channels(), outputs, kernel).apply(&input.values, input.width, step);
        Map { width: input.width / step, height: input.height / step, values }
    }

    /// The same for each channel by itself.
    #[inline(never)]
    pub fn depthwise(&mut self, input: &Map, kernel: usize, step: usize) -> Map {
        let values = self.layer(1, input.channels(), kernel).apply_to_each(&input.values, input.width, step);
        Map { width: input.width / step, height: input.height / step, values }
    }
}

/// What a network of the kind that judges a whole picture says of one: three layers of so many outputs, which see half as
/// much each time, and for each of its answers a sum over all that is left.
#[inline(never)]
pub(crate) fn judged(
    weights: &'static [u8],
    layers: [usize; 3],
    answers: usize,
    mut picture: Map,
) -> Vec<f32> {
    let mut weights = Weights::new(weights);
    for outputs in layers {
        picture = weights.convolution(&picture, outputs, 3, 2).relu();
    }
    weights.layer(picture.values.len(), answers, 1).apply(&picture.values, 1, 1)
}

/// A layer of `kernel × kernel` weights for each input and output.
pub(crate) struct Layer {
    /// For each four outputs: by row, column and input, the weights that lead to these four. What is beyond the
    /// last output is nothing.
    weights: Vec<f32x4>,
    biases: Vec<f32x4>,
    inputs: usize,
    outputs: usize,
    kernel: usize,
}

impl Layer {
    /// The layer of these whole numbers of 8 bits, by row, column, input and output, with the scales and biases of
    /// its outputs.
    pub fn new(stored: &[u8], scales: &[f32], biases: &[f32], kernel: usize) -> Self {
        let outputs = scales.len();
        let inputs = stored.len() / (outputs * kernel * kernel);
        let (mut weights, mut padded) = (Vec::with_capacity(stored.len() + LANES), Vec::new());
        for first in (0..outputs).step_by(LANES) {
            let lanes = || (first..outputs).take(LANES).enumerate();
            for row in stored.chunks_exact(outputs) {
                let mut four = [0.0; LANES];
                lanes().for_each(|(lane, out)| four[lane] = f32::from(row[out].cast_signed()) * scales[out]);
                weights.push(f32x4::new(four));
            }
            let mut four = [0.0; LANES];
            lanes().for_each(|(lane, out)| four[lane] = biases[out]);
            padded.push(f32x4::new(four));
        }
        Self { weights, biases: padded, inputs, outputs, kernel }
    }

    /// How many values a place has behind it.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// What it makes of places of so many values, row by row, in steps of `step`; beyond the edge is nothing.
    #[inline(never)]
    pub fn apply(&self, input: &[f32], width: usize, step: usize) -> Vec<f32> {
        let seen = Padded::new(input, width, self.inputs, self.kernel / 2);
        let places = seen.places(step);
        let taps = self.kernel * self.inputs;
        let mut out = vec![0.0; places * self.outputs];
        for first in (0..places).step_by(PLACES) {
            // The last place again and again, where there are no four.
            let at = [0, 1, 2, 3].map(|next| (first + next).min(places - 1));
            let from = at.map(|at| seen.start(at, step));
            let outputs = self.biases.iter().zip(self.weights.chunks_exact(taps * self.kernel));
            for ((bias, weights), lane) in outputs.zip((0..).step_by(LANES)) {
                let mut sums = [*bias; PLACES];
                for (row, weights) in weights.chunks_exact(taps).enumerate() {
                    add(&mut sums, from.map(|from| &seen.values[from + row * seen.line..][..taps]), weights);
                }
                for (at, sums) in at.into_iter().zip(&sums) {
                    let out = &mut out[at * self.outputs + lane..(at + 1) * self.outputs];
                    out.iter_mut().zip(sums.to_array()).for_each(|(out, sum)| *out = sum);
                }
            }
        }
        out
    }

    /// The same for a layer with one input, which is applied to each channel by itself. There are a multiple of
    /// four.
    #[inline(never)]
    fn apply_to_each(&self, input: &[f32], width: usize, step: usize) -> Vec<f32> {
        let seen = Padded::new(input, width, self.outputs, self.kernel / 2);
        let taps = self.kernel * self.kernel;
        let mut out = Vec::with_capacity(seen.places(step) * self.outputs);
        for place in 0..seen.places(step) {
            let from = seen.start(place, step);
            for (four, bias) in self.biases.iter().enumerate() {
                let mut sums = *bias;
                for (tap, &weights) in self.weights[four * taps..][..taps].iter().enumerate() {
                    let (row, column) = (tap / self.kernel, tap % self.kernel);
                    let at = from + row * seen.line + column * self.outputs + four * LANES;
                    let values =
                        seen.values[at..].first_chunk().map_or(f32x4::ZERO, |&values| f32x4::new(values));
                    sums += values * weights;
                }
                out.extend(sums.to_array());
            }
        }
        out
    }
}

/// Adds what four places see, each through the weights that lead to four outputs.
#[inline(always)]
fn add(sums: &mut [f32x4; PLACES], seen: [&[f32]; PLACES], weights: &[f32x4]) {
    let [a, b, c, d] = seen;
    let values = a.iter().zip(b).zip(c).zip(d).map(|(((a, b), c), d)| [a, b, c, d]);
    for (values, &weights) in values.zip(weights) {
        for (sums, &value) in sums.iter_mut().zip(values) {
            *sums += f32x4::splat(value) * weights;
        }
    }
}

/// The values of places with nothing all around them.
struct Padded {
    values: Vec<f32>,
    /// The values of a line.
    line: usize,
    channels: usize,
    /// The places of a line and the lines, without what is around.
    size: [usize; 2],
}

impl Padded {
    fn new(values: &[f32], width: usize, channels: usize, margin: usize) -> Self {
        let height = values.len() / (width * channels);
        let line = (width + 2 * margin) * channels;
        let mut padded = vec![0.0; line * (height + 2 * margin)];
        let lines = padded.chunks_exact_mut(line).skip(margin);
        for (padded, line) in lines.zip(values.chunks_exact(width * channels)) {
            padded[margin * channels..][..line.len()].copy_from_slice(line);
        }
        Self { values: padded, line, channels, size: [width, height] }
    }

    /// How many places there are in steps of `step`.
    fn places(&self, step: usize) -> usize {
        (self.size[0] / step) * (self.size[1] / step)
    }

    /// Where what such a place sees begins.
    fn start(&self, place: usize, step: usize) -> usize {
        let across = self.size[0] / step;
        (place / across * self.line + place % across * self.channels) * step
    }
}
