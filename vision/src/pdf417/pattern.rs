//! The patterns of bars and spaces that codewords are drawn as (ISO/IEC 15438:2015, annex A).
//!
//! The standard prints three clusters of 929 patterns. Their order follows a rule: it is that of the
//! distances between edges of the same kind, from the second on. Which of the possible patterns are used
//! does not, so that is kept: a bit for each, in that order, cluster after cluster.

/// How many codewords there are: the field of the error correction has as many numbers.
pub const CODEWORDS: usize = 929;

/// The modules that a pattern covers.
pub const MODULES: usize = 17;

/// The pattern at which every row starts, and the one at which it stops, as they are printed from left to
/// right: widths of bars and spaces in modules, beginning with a bar.
pub const START: [u8; 8] = [8, 1, 1, 1, 1, 1, 1, 3];
/// See [`START`].
pub const STOP: [u8; 9] = [7, 1, 1, 3, 1, 1, 1, 2, 1];

/// Which patterns are used.
static CHOSEN: &[u8; 436] = include_bytes!("chosen.bin");

/// All patterns.
pub struct Patterns(Vec<u32>);

impl Patterns {
    /// Builds the table.
    pub fn new() -> Self {
        let mut possible: [Vec<u64>; 3] = Default::default();
        extend(&mut [0; 8], 0, MODULES as u32, &mut possible);
        let mut patterns = Vec::with_capacity(3 * CODEWORDS);
        let mut bit = 0;
        for cluster in &mut possible {
            cluster.sort_unstable();
            for pattern in cluster {
                if CHOSEN[bit / 8] >> (bit % 8) & 1 == 1 {
                    patterns.push(*pattern as u32 & 0x1FFFF);
                }
                bit += 1;
            }
        }
        Self(patterns)
    }

    /// The patterns of rows `0, 3, 6, …`, `1, 4, 7, …` or `2, 5, 8, …`, one for each codeword. Of each the
    /// lowest 17 bits are modules, the first one highest, and a set bit is dark.
    pub fn cluster(&self, row: usize) -> &[u32] {
        let first = row % 3 * CODEWORDS;
        &self.0[first..first + CODEWORDS]
    }
}

impl Default for Patterns {
    fn default() -> Self {
        Self::new()
    }
}

/// Sorts every pattern that begins with these widths, and has so many modules left, into its cluster.
fn extend(widths: &mut [u32; 8], at: usize, left: u32, possible: &mut [Vec<u64>; 3]) {
    if at == widths.len() {
        let cluster = (18 + widths[0] + widths[4] - widths[2] - widths[6]) % 9;
        if left == 0 && cluster.is_multiple_of(3) {
            possible[cluster as usize / 3].push(keyed(widths));
        }
        return;
    }
    let others = (widths.len() - 1 - at) as u32;
    for width in 1..=6 {
        if (others..=6 * others).contains(&left.wrapping_sub(width)) {
            widths[at] = width;
            extend(widths, at + 1, left - width, possible);
        }
    }
}

/// Widths as modules, with the place in the standard's order before them.
fn keyed(widths: &[u32; 8]) -> u64 {
    let (mut modules, mut order) = (0, 0);
    for (at, &width) in widths.iter().enumerate() {
        let dark = at % 2 == 0;
        modules = modules << width | if dark { (1 << width) - 1 } else { 0 };
        if at > 1 {
            order = order << 4 | u64::from(widths[at - 1] + width);
        }
    }
    (order << 3 | u64::from(widths[0])) << MODULES | modules
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(pattern: u32) -> Vec<u32> {
        let mut widths = vec![0];
        for module in (0..MODULES).rev() {
            let dark = pattern >> module & 1;
            if dark == widths.len() as u32 % 2 {
                *widths.last_mut().unwrap() += 1;
            } else {
                widths.push(1);
            }
        }
        widths
    }

    #[test]
    fn a_pattern_has_four_bars_and_four_spaces_and_tells_its_cluster() {
        let patterns = Patterns::new();
        let mut all = std::collections::HashSet::new();
        for row in 0..3 {
            for &pattern in patterns.cluster(row) {
                let widths = widths(pattern);
                assert_eq!(widths.len(), 8);
                assert!(widths.iter().all(|width| (1..=6).contains(width)));
                assert_eq!(widths.iter().sum::<u32>(), 17);
                let cluster = (9 + widths[0] - widths[2] + widths[4] - widths[6]) % 9;
                assert_eq!(cluster as usize, 3 * row);
                assert!(all.insert(pattern));
            }
        }
        assert_eq!(all.len(), 3 * CODEWORDS);
    }

    #[test]
    fn the_first_and_the_last_patterns_are_those_that_the_standard_prints() {
        let patterns = Patterns::new();
        let [first, last] = [0, CODEWORDS - 1].map(|codeword| {
            [0, 1, 2].map(|row| {
                widths(patterns.cluster(row)[codeword]).iter().fold(0, |number, width| number * 10 + width)
            })
        });
        assert_eq!(first, [31_111_136, 51_111_125, 21_111_155]);
        assert_eq!(last, [21_514_112, 12_621_221, 33_611_111]);
    }
}
