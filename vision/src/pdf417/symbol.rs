//! From rows as they are seen to the codewords of the symbol.

use super::correction::Field;
use super::pattern::{CODEWORDS, MODULES, Patterns};
use super::soft::{Match, Matcher, SAMPLES};
use super::strips::{MARGIN, Strip};
use super::warp::Warp;
use crate::rank::highest_first;

/// How blurred symbols may be: standard deviations in modules.
const BLURS: [f32; 5] = [0.2, 0.38, 0.54, 0.72, 0.95];
/// The least share by which the right cluster explains more than the others.
const DISTINCT: f32 = 0.01;
/// So many numbers of correction only detect errors, so that chance does not pass for a correction.
const SPARE: usize = 2;
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
    /// `None` where no cluster explains the strips better than the others: then these are no rows.
    fn new(strips: &'a [Strip], columns: usize, patterns: &'a Patterns) -> Option<Self> {
        let mut view = Self {
            strips,
            columns,
            matcher: Matcher::new(patterns, BLURS[1]),
            filtered: Vec::new(),
            cluster: 0,
            warp: Warp::default(),
        };
        let scores = [0, 1, 2].map(|cluster| view.explained(&view.matcher, cluster));
        view.cluster = (0..3).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or_default();
        let mut best = scores[view.cluster];
        let others = (0..3).filter(|&other| other != view.cluster).map(|other| scores[other]);
        if best - others.fold(f32::MIN, f32::max) < DISTINCT * best {
            return None;
        }
        for blur in [BLURS[0], BLURS[2], BLURS[3], BLURS[4]] {
            let matcher = Matcher::new(patterns, blur);
            let score = view.explained(&matcher, view.cluster);
            if score > best {
                (best, view.matcher) = (score, matcher);
            }
        }
        view.filtered = strips.iter().map(|strip| view.matcher.filter(&strip.darkness)).collect();
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

    /// How much of some words is explained if the first strip is of this cluster.
    fn explained(&self, matcher: &Matcher, cluster: usize) -> f32 {
        let mut sum = 0.0;
        let (every, apart) = (self.strips.len() / 8 + 1, self.columns / 5 + 1);
        for strip in (0..self.strips.len()).step_by(every) {
            let filtered = matcher.filter(&self.strips[strip].darkness);
            for column in (strip % apart..self.columns + 2).step_by(apart) {
                let best = [-0.25, 0.25].map(|aside| {
                    let from = Self::begin(column) + aside * SAMPLES as f32;
                    matcher.best(&filtered, from, strip + cluster).score
                });
                sum += best[0].max(best[1]);
            }
        }
        sum
    }

    /// Finds how far words are beside where they should be.
    fn straighten(&mut self) {
        // First as far as the next edge, then nearer. Every other word tells enough.
        for (asides, first) in [([-0.5, 0.0, 0.5].as_slice(), 0), (&[0.0], 1)] {
            let mut seen = Vec::new();
            for strip in 0..self.strips.len() {
                for column in ((strip + first) % 2..self.columns + 2).step_by(2) {
                    let place = self.place(column, strip);
                    let expected = self.warp.at(place);
                    let from = |aside: f32| Self::begin(column) + (expected + aside) * SAMPLES as f32;
                    let (filtered, row) = (&self.filtered[strip], strip + self.cluster);
                    let found =
                        asides.iter().map(|&aside| (self.matcher.best(filtered, from(aside), row), aside));
                    let Some((found, near)) = found.max_by(|a, b| a.0.score.total_cmp(&b.0.score)) else {
                        continue;
                    };
                    // The word is known, so its best place is cheap.
                    let aside = [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3].map(|further| {
                        let aside = near + further;
                        (self.matcher.explained(filtered, from(aside), row, found.word), aside)
                    });
                    if let Some((_, aside)) = aside.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)) {
                        seen.push((place, expected + aside, self.worth(column, strip, found)));
                    }
                }
            }
            self.warp = Warp::fit(&seen);
        }
    }

    /// How much a match can be relied on: its margin, and less of it where there is less contrast, or where
    /// the best match leaves much unexplained.
    fn worth(&self, column: usize, strip: usize, found: Match) -> f32 {
        let Strip { darkness, contrast } = &self.strips[strip];
        let first = MARGIN + MODULES * (column + 1);
        let here = contrast[first..first + MODULES].iter().copied().fold(f32::MAX, f32::min);
        let samples = &darkness[first * SAMPLES..(first + MODULES) * SAMPLES];
        let seen = samples.iter().map(|dark| dark * dark).sum::<f32>() / SAMPLES as f32;
        let left = (seen - found.score).max(0.0);
        found.margin / (0.5 + left) * (here / 40.0).min(1.0).powi(2)
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
        for shift in -1..=10 {
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
        let places: Vec<usize> = (0..count).collect();
        let order = highest_first(&places, |&at| -worth[at]);
        let lost = worth.iter().filter(|&&worth| worth < 0.0).count();
        let syndromes = field.syndromes(&words, correction);
        let most = correction - SPARE;
        let step = (correction / 16).max(1);
        let mut erased = lost;
        while erased <= most {
            let mut attempt = words.clone();
            let corrected = field.correct(&mut attempt, &syndromes, &order[..erased], SPARE);
            if let Some(corrected) = corrected.filter(|_| usize::from(attempt[0]) == count - correction) {
                attempt.truncate(count - correction);
                return Some(Words { text: attempt, corrected, first: -counts.first, rows: counts.rows });
            }
            erased += step;
        }
        None
    }
}
