//! Which codeword a blurred piece of a row most likely shows.
//!
//! Along a row, darkness is taken for the sum of the dark modules, each a bump: a module's width, blurred as
//! by a Gaussian. The pattern with the least squared difference to what is seen is the likeliest, and the
//! difference needs no more than what is seen through the same bump (a matched filter) and how far the bumps
//! of a pattern overlap.

use super::pattern::{CODEWORDS, MODULES, Patterns};

/// The samples along a module.
pub(super) const SAMPLES: usize = 4;
/// How far a bump goes, in samples.
const REACH: usize = 10;
/// How many modules apart bumps still overlap.
const OVERLAPS: usize = 5;

/// How dark a module outside is, on average, from the nearest on: the pattern before ends with a space, the
/// one behind begins with a bar.
const BEFORE: [f32; OVERLAPS - 1] = [0.0, 0.35, 0.5, 0.5];
const BEHIND: [f32; OVERLAPS - 1] = [1.0, 0.65, 0.5, 0.5];

/// What is compared, for one width of blur.
pub(super) struct Matcher<'a> {
    patterns: &'a Patterns,
    bump: [f32; 2 * REACH + 1],
    overlaps: [f32; OVERLAPS],
    /// What the bumps of each pattern are together, squared.
    squares: Vec<f32>,
}

/// The likeliest codeword.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Match {
    pub(super) word: u16,
    /// How much of what is seen it explains: the higher, the better.
    pub(super) score: f32,
    /// How much less the second likeliest explains.
    pub(super) margin: f32,
}

impl<'a> Matcher<'a> {
    /// For a blur of this standard deviation, in modules.
    pub(super) fn new(patterns: &'a Patterns, blur: f32) -> Self {
        let at = |place: f32| {
            let parts = 8;
            let part = |part: i32| {
                let distance = (place + (part as f32 + 0.5) / parts as f32 - 0.5) / blur.max(0.05);
                (-distance * distance / 2.0).exp()
            };
            (0..parts).map(part).sum::<f32>()
        };
        let mut bump = [0.0; 2 * REACH + 1];
        for (sample, value) in bump.iter_mut().enumerate() {
            *value = at((sample as f32 - REACH as f32) / SAMPLES as f32);
        }
        // All bumps side by side are 1 everywhere.
        let whole = bump.iter().sum::<f32>() / SAMPLES as f32;
        bump.iter_mut().for_each(|value| *value /= whole);
        let overlaps = std::array::from_fn(|apart| {
            let pairs = bump.iter().zip(bump.iter().skip(apart * SAMPLES));
            pairs.map(|(a, b)| a * b).sum::<f32>() / SAMPLES as f32
        });
        let mut matcher = Self { patterns, bump, overlaps, squares: Vec::new() };
        let all = (0..3).flat_map(|row| patterns.cluster(row));
        matcher.squares = all.map(|&pattern| matcher.square(pattern)).collect();
        matcher
    }

    fn square(&self, pattern: u32) -> f32 {
        let pairs = |apart: usize| (pattern & pattern >> apart).count_ones() as f32;
        (1..OVERLAPS)
            .fold(self.overlaps[0] * pairs(0), |sum, apart| sum + 2.0 * self.overlaps[apart] * pairs(apart))
    }

    /// A row as it is seen through a bump at each sample.
    pub(super) fn filter(&self, row: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; row.len()];
        for (tap, bump) in self.bump.iter().enumerate() {
            // The sample so many to the right, or to the left of each.
            let (sums, row) = match tap.checked_sub(REACH) {
                Some(right) => (&mut sums[..], row.get(right..).unwrap_or_default()),
                None => (sums.get_mut(REACH - tap..).unwrap_or_default(), row),
            };
            let share = bump / SAMPLES as f32;
            sums.iter_mut().zip(row).for_each(|(sum, seen)| *sum += seen * share);
        }
        sums
    }

    /// What each dark module of a codeword that begins at this sample would explain.
    fn modules(&self, filtered: &[f32], from: f32) -> [f32; MODULES] {
        let mut modules = [0.0; MODULES];
        let last = filtered.len() - 1;
        for (module, value) in modules.iter_mut().enumerate() {
            // Samples lie in the middle of their quarters.
            let at = from + (module as f32 + 0.5) * SAMPLES as f32 - 0.5;
            let whole = (at.max(0.0) as usize).min(last);
            let share = (at - whole as f32).clamp(0.0, 1.0);
            let (left, right) = (filtered[whole], filtered[(whole + 1).min(last)]);
            let mut seen = left + (right - left) * share;
            for apart in 1..OVERLAPS {
                if module < apart {
                    seen -= self.overlaps[apart] * BEFORE[apart - module - 1];
                }
                if module + apart >= MODULES {
                    seen -= self.overlaps[apart] * BEHIND[module + apart - MODULES];
                }
            }
            *value = 2.0 * seen;
        }
        modules
    }

    /// How much every codeword of a row explains of what begins at this sample.
    pub(super) fn all(&self, filtered: &[f32], from: f32, row: usize) -> [f32; CODEWORDS] {
        let modules = self.modules(filtered, from);
        // Sums over the dark ones among the last six modules, the six before, and the first five.
        let mut sums = [[0.0; 64]; 3];
        for (part, sums) in sums.iter_mut().enumerate() {
            for dark in 1..64usize {
                let lowest = dark.trailing_zeros() as usize;
                let module = part * 6 + lowest;
                let value = if module < MODULES { modules[MODULES - 1 - module] } else { 0.0 };
                sums[dark] = sums[dark & (dark - 1)] + value;
            }
        }
        let squares = &self.squares[row % 3 * CODEWORDS..];
        let mut scores = [0.0; CODEWORDS];
        for ((score, &pattern), square) in scores.iter_mut().zip(self.patterns.cluster(row)).zip(squares) {
            let dark = pattern as usize;
            *score = sums[0][dark & 63] + sums[1][dark >> 6 & 63] + sums[2][dark >> 12 & 63] - square;
        }
        scores
    }

    /// The likeliest codeword of a row for what begins at this sample.
    pub(super) fn best(&self, filtered: &[f32], from: f32, row: usize) -> Match {
        let mut scores = self.all(filtered, from, row);
        let score = highest(&scores);
        let word = scores.iter().position(|&other| other == score).unwrap_or_default();
        scores[word] = f32::MIN;
        Match { word: word as u16, score, margin: score - highest(&scores) }
    }

    /// How much one codeword of a row explains of what begins at this sample.
    pub(super) fn explained(&self, filtered: &[f32], from: f32, row: usize, word: u16) -> f32 {
        let pattern = self.patterns.cluster(row)[usize::from(word)];
        let modules = self.modules(filtered, from);
        let dark = modules.iter().rev().enumerate().filter(|&(module, _)| pattern >> module & 1 == 1);
        dark.map(|(_, value)| value).sum::<f32>() - self.squares[row % 3 * CODEWORDS + usize::from(word)]
    }
}

/// The highest of some scores, eight abreast.
fn highest(scores: &[f32]) -> f32 {
    let (eights, rest) = scores.as_chunks::<8>();
    let mut highest = [f32::MIN; 8];
    for eight in eights {
        for (highest, &score) in highest.iter_mut().zip(eight) {
            *highest = if score > *highest { score } else { *highest };
        }
    }
    highest.iter().chain(rest).copied().fold(f32::MIN, f32::max)
}
