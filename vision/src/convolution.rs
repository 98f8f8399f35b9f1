//! Small convolutional networks: their weights as they are stored, and their layers.

/// Values for each place of a picture: `width × height`, row-major, `N` of each place together.
pub(crate) struct Map<const N: usize> {
    pub width: usize,
    pub height: usize,
    pub values: Vec<[f32; N]>,
}

impl<const N: usize> Map<N> {
    /// What is less than nothing becomes nothing.
    pub fn relu(mut self) -> Self {
        self.values.as_flattened_mut().iter_mut().for_each(|value| *value = value.max(0.0));
        self
    }

    /// The sums of both, place by place.
    pub fn plus(mut self, other: &Self) -> Self {
        let others = other.values.as_flattened();
        self.values.as_flattened_mut().iter_mut().zip(others).for_each(|(value, other)| *value += other);
        self
    }

    /// Each value for four places.
    pub fn twice(&self) -> Self {
        let row = |y: usize| &self.values[y / 2 * self.width..(y / 2 + 1) * self.width];
        let values = (0..2 * self.height).flat_map(|y| row(y).iter().flat_map(|&value| [value, value]));
        Self { width: 2 * self.width, height: 2 * self.height, values: values.collect() }
    }
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
    fn floats<const N: usize>(&mut self) -> [f32; N] {
        let (values, _) = self.take(N * 2).as_chunks::<2>();
        std::array::from_fn(|at| f32::from_le_bytes([0, 0, values[at][0], values[at][1]]))
    }

    /// The weights of a layer by row, column and input, and its bias.
    fn layer<const OUT: usize>(&mut self, rows: usize) -> (Vec<[f32; OUT]>, [f32; OUT]) {
        let (whole, _) = self.take(rows * OUT).as_chunks::<OUT>();
        let scales = self.floats::<OUT>();
        let row =
            |row: &[u8; OUT]| std::array::from_fn(|out| f32::from(row[out].cast_signed()) * scales[out]);
        (whole.iter().map(row).collect(), self.floats())
    }

    /// A convolution of `K × K` in steps of `STEP`; beyond the edge is nothing.
    pub fn convolution<const IN: usize, const OUT: usize, const K: usize, const STEP: usize>(
        &mut self,
        input: &Map<IN>,
    ) -> Map<OUT> {
        let (weights, bias) = self.layer::<OUT>(K * K * IN);
        let (width, height) = (input.width / STEP, input.height / STEP);
        let mut values = vec![bias; width * height];
        for y in 0..height {
            for (row, kernel) in weights.chunks_exact(K * IN).enumerate() {
                let Some(from) = (y * STEP + row).checked_sub(K / 2).filter(|&from| from < input.height)
                else {
                    continue;
                };
                let line = &input.values[from * input.width..(from + 1) * input.width];
                for (x, sums) in values[y * width..(y + 1) * width].iter_mut().enumerate() {
                    // What of the kernel lies within the line.
                    let skipped = (K / 2).saturating_sub(x * STEP);
                    let first = (x * STEP + skipped).saturating_sub(K / 2);
                    let count = (K - skipped).min(input.width - first);
                    let seen = line[first..first + count].as_flattened();
                    let kernel = &kernel[skipped * IN..];
                    let mut kept = *sums;
                    for (&value, weights) in seen.iter().zip(kernel) {
                        for (sum, weight) in kept.iter_mut().zip(weights) {
                            *sum += value * weight;
                        }
                    }
                    *sums = kept;
                }
            }
        }
        Map { width, height, values }
    }

    /// A convolution of `K × K` in steps of `STEP` for each channel by itself.
    pub fn depthwise<const N: usize, const K: usize, const STEP: usize>(&mut self, input: &Map<N>) -> Map<N> {
        let (weights, bias) = self.layer::<N>(K * K);
        let (width, height) = (input.width / STEP, input.height / STEP);
        let mut values = vec![bias; width * height];
        let within = |at: usize, part: usize, end: usize| {
            (at * STEP + part).checked_sub(K / 2).filter(|&from| from < end)
        };
        for (at, kernel) in weights.iter().enumerate() {
            for y in 0..height {
                let Some(row) = within(y, at / K, input.height) else { continue };
                for x in 0..width {
                    let Some(column) = within(x, at % K, input.width) else { continue };
                    let seen = &input.values[row * input.width + column];
                    for ((sum, value), weight) in values[y * width + x].iter_mut().zip(seen).zip(kernel) {
                        *sum += value * weight;
                    }
                }
            }
        }
        Map { width, height, values }
    }

    /// Sums over all places, each with weights of its own.
    pub fn dense<const IN: usize, const OUT: usize>(&mut self, input: &Map<IN>) -> [f32; OUT] {
        let values = input.values.as_flattened();
        let (weights, mut sums) = self.layer::<OUT>(values.len());
        for (&value, weights) in values.iter().zip(&weights) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
        sums
    }
}
