//! From rows as they are seen to the codewords of the symbol.

use super::correction::Field;
use super::pattern::{CODEWORDS, MODULES, Patterns};
use super::soft::{Match, Matcher, SAMPLES};
use super::strips::{MARGIN, Strip};
use super::warp::Warp;

/// How blurred symbols may be: standard deviations in modules.
const BLURS: [f32; 5] = [0.2, 0.38, 0.54, 0.72, 0.95];
/// A count that is read against the expectation costs no more than this.
const DOUBT: f32 = 3.0;

/// What is found in a symbol.
pub(super) enum Found {
    /// Its text, and correction, word by word.
    Words(Words),
    /// It has another number of columns.
    Columns(usize),
    /// Nothing.
    Nothing,
}

/// The codewords of a symbol.
pub(super) struct Words {
    /// Length, text and padding, without correction.
    pub(super) text: Vec<u16>,
    /// How many words were not as they were read.
    pub(super) corrected: usize,
    /// The strip in which the first row is, and how many rows there are.
    pub(super) first: i32,
    pub(super) rows: usize,
}

/// What rows say of the symbol.
#[derive(Clone, Copy, Debug)]
struct Counts {
    rows: usize,
    columns: usize,
    level: usize,
    /// The row that the first strip shows.
    first: i32,
}

/// Reads the strips of a symbol that seems to have so many columns.
pub(super) fn read(strips: &[Strip], columns: usize, patterns: &Patterns, field: &Field) -> Found {
    let Some(view) = View::new(strips, columns, patterns) else { return Found::Nothing };
    let counts = view.counts();
    if counts.columns != columns {
        return Found::Columns(counts.columns);
    }
    match view.words(counts, field) {
        Some(words) => Found::Words(words),
        None => Found::Nothing,
    }
}

/// Strips through the filter of the likeliest blur.
struct View<'a> {
    strips: &'a [Strip],
    columns: usize,
    matcher: Matcher<'a>,
    filtered: Vec<Vec<f32>>,
    /// The cluster of the first strip.
    cluster: usize,
    warp: Warp,
}

impl<'a> View<'a> {
    fn new(strips: &'a [Strip], columns: usize, patterns: &'a Patterns) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for blur in BLURS {
            let matcher = Matcher::new(patterns, blur);
            let filtered: Vec<_> = strips.iter().map(|strip| matcher.filter(&strip.darkness)).collect();
            let mut view = Self { strips, columns, matcher, filtered, cluster: 0, warp: Warp::default() };
            let score = view.choose_cluster();
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, view));
            }
        }
        let (_, mut view) = best?;
        view.straighten();
        Some(view)
    }

    /// Where a codeword begins, in samples; 0 is the left count, `columns + 1` the right one.
    fn begin(column: usize) -> f32 {
        ((MARGIN + MODULES * (column + 1)) * SAMPLES) as f32
    }

    fn place(&self, column: usize, strip: usize) -> (f32, f32) {
        let across = (column as f32 + 0.5) / (self.columns + 2) as f32;
        (across * 2.0 - 1.0, (strip as f32 + 0.5) / self.strips.len() as f32 * 2.0 - 1.0)
    }

    /// By a part of the words, tells which cluster comes first; returns how much this explains.
    fn choose_cluster(&mut self) -> f32 {
        let mut sums = [0.0; 3];
        let (every, apart) = (self.strips.len() / 10 + 1, self.columns / 5 + 1);
        for strip in (0..self.strips.len()).step_by(every) {
            for column in (strip % apart..self.columns + 2).step_by(apart) {
                for (cluster, sum) in sums.iter_mut().enumerate() {
                    let best = [-0.25, 0.25].map(|aside| {
                        let from = Self::begin(column) + aside * SAMPLES as f32;
                        self.matcher.best(&self.filtered[strip], from, strip + cluster).score
                    });
                    *sum += best[0].max(best[1]);
                }
            }
        }
        let best = (0..3).max_by(|&a, &b| sums[a].total_cmp(&sums[b])).unwrap_or_default();
        self.cluster = best;
        sums[best]
    }

    /// Finds how far words are beside where they should be.
    fn straighten(&mut self) {
        for asides in [[-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75].as_slice(), &[-0.3, -0.15, 0.0, 0.15, 0.3]]
        {
            let mut seen = Vec::new();
            for strip in 0..self.strips.len() {
                for column in 0..self.columns + 2 {
                    let place = self.place(column, strip);
                    let expected = self.warp.at(place);
                    let best = asides.iter().map(|aside| {
                        let from = Self::begin(column) + (expected + aside) * SAMPLES as f32;
                        (self.matcher.best(&self.filtered[strip], from, strip + self.cluster), *aside)
                    });
                    let best = best.max_by(|a, b| a.0.score.total_cmp(&b.0.score));
                    if let Some((best, aside)) = best {
                        seen.push((place, expected + aside, self.worth(column, strip, best)));
                    }
                }
            }
            self.warp = Warp::fit(&seen);
        }
    }

    /// How much a match can be relied on: its margin, and less of it where there is less contrast.
    fn worth(&self, column: usize, strip: usize, found: Match) -> f32 {
        let contrast = &self.strips[strip].contrast;
        let first = MARGIN + MODULES * (column + 1);
        let here = contrast[first..first + MODULES].iter().copied().fold(f32::MAX, f32::min);
        found.margin * (here / 40.0).min(1.0).powi(2)
    }

    fn from(&self, column: usize, strip: usize) -> f32 {
        Self::begin(column) + self.warp.at(self.place(column, strip)) * SAMPLES as f32
    }

    /// What rows say by their first and their last word, all of them together.
    fn counts(&self) -> Counts {
        let strips = self.strips.len();
        // How much worse each value is than the best one, at either side of each strip.
        let costs: Vec<[Vec<f32>; 2]> = (0..strips)
            .map(|strip| {
                [0, self.columns + 1].map(|column| {
                    let scores = self.matcher.all(
                        &self.filtered[strip],
                        self.from(column, strip),
                        strip + self.cluster,
                    );
                    let best = scores.iter().copied().fold(f32::MIN, f32::max);
                    scores.iter().map(|score| (best - score).min(DOUBT)).collect()
                })
            })
            .collect();
        let mut best = (f32::MAX, Counts { rows: 3, columns: self.columns, level: 0, first: 0 });
        for shift in -3..=30 {
            // The row that the first strip shows, of the right cluster.
            let first = 3 * shift + self.cluster as i32;
            for rows in 3..=90 {
                if first.max(0) as usize >= rows || (rows as i32 - first) < strips as i32 / 2 {
                    continue;
                }
                // Strips that are no rows of the symbol cost as much as those that cannot be read.
                let (mut fixed, mut of_level, mut of_columns) = (0.0, [0.0; 9], [0.0; 30]);
                for (strip, costs) in costs.iter().enumerate() {
                    let row = first + strip as i32;
                    if row < 0 || row >= rows as i32 {
                        fixed += 1.2 * DOUBT;
                        continue;
                    }
                    let row = row as usize;
                    let base = row / 3 * 30;
                    for (side, costs) in costs.iter().enumerate() {
                        match (row + 2 * side) % 3 {
                            0 => fixed += costs[base + (rows - 1) / 3],
                            1 => {
                                for (level, sum) in of_level.iter_mut().enumerate() {
                                    *sum += costs[base + 3 * level + (rows - 1) % 3];
                                }
                            }
                            _ => {
                                for (columns, sum) in of_columns.iter_mut().enumerate() {
                                    *sum += costs[base + columns];
                                }
                            }
                        }
                    }
                }
                // Rows that no strip shows are less likely than those that are seen.
                let missing = (rows as i32 - first - strips as i32).max(0) + first.max(0);
                fixed += missing as f32 * 0.6 * DOUBT;
                let least = |sums: &[f32]| {
                    (0..sums.len()).min_by(|&a, &b| sums[a].total_cmp(&sums[b])).unwrap_or_default()
                };
                let (level, columns) = (least(&of_level), least(&of_columns));
                let cost = fixed + of_level[level] + of_columns[columns];
                if cost < best.0 {
                    best = (cost, Counts { rows, columns: columns + 1, level, first });
                }
            }
        }
        best.1
    }

    fn words(&self, counts: Counts, field: &Field) -> Option<Words> {
        let count = counts.rows * counts.columns;
        let correction = 2 << counts.level;
        if count >= CODEWORDS || correction >= count {
            return None;
        }
        let mut words = vec![0; count];
        let mut worth = vec![-1.0f32; count];
        for row in 0..counts.rows {
            let strip = row as i32 - counts.first;
            if !(0..self.strips.len() as i32).contains(&strip) {
                continue;
            }
            let strip = strip as usize;
            for column in 1..=self.columns {
                let found = self.matcher.best(&self.filtered[strip], self.from(column, strip), row);
                let at = row * self.columns + column - 1;
                words[at] = found.word;
                worth[at] = self.worth(column, strip, found);
            }
        }
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|&a, &b| worth[a].total_cmp(&worth[b]));
        let lost = worth.iter().filter(|&&worth| worth < 0.0).count();
        let syndromes = field.syndromes(&words, correction);
        // Two numbers of correction are kept, so that chance does not pass for a correction.
        let most = correction.saturating_sub(2);
        let step = (correction / 16).max(1);
        let mut erased = lost;
        while erased <= most {
            let mut attempt = words.clone();
            if let Some(corrected) = field.correct(&mut attempt, &syndromes, &order[..erased], 2.min(most)) {
                if usize::from(attempt[0]) == count - correction {
                    attempt.truncate(count - correction);
                    return Some(Words { text: attempt, corrected, first: -counts.first, rows: counts.rows });
                }
            }
            erased += step;
        }
        None
    }
}
