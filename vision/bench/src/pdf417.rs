//! Draws PDF417 symbols (ISO/IEC 15438:2015) as the matrix of modules that issuers print.

mod compaction;

pub use self::compaction::Compaction;
use self::compaction::compact;
use vestibule_vision::pdf417::pattern::{CODEWORDS, MODULES, Patterns, START, STOP};

/// A symbol.
pub struct Symbol {
    columns: usize,
    level: u8,
    /// All codewords, row by row: length, text, padding, error correction.
    codewords: Vec<u16>,
    /// A row after the other, each [`Symbol::width`] modules wide.
    modules: Vec<bool>,
}

impl Symbol {
    /// A symbol of so many columns of text and of an error-correction level from 0 to 8. `None` where it
    /// would have more than 90 rows or 928 codewords. Symbols have at least three rows.
    pub fn new(bytes: &[u8], compaction: Compaction, columns: usize, level: u8) -> Option<Self> {
        Self::of_codewords(&compact(bytes, compaction), columns, level)
    }

    /// As AAMVA recommends (DL/ID Card Design Standard, annex D): error-correction level 3 to 5 by how much
    /// is said, and about four times as wide as high when rows are three modules high.
    pub fn for_card(bytes: &[u8], compaction: Compaction) -> Option<Self> {
        let words = compact(bytes, compaction);
        let level = match words.len() {
            0..=160 => 4,
            161..=500 => 5,
            _ => 3,
        };
        let unlike = |columns: usize| {
            let rows = (words.len() + 1 + (2 << level)).div_ceil(columns);
            ((MODULES * (columns + 4) + 1) as f64 / (3 * rows) as f64 / 4.0).ln().abs()
        };
        let columns = (4..=17).min_by(|&a, &b| unlike(a).total_cmp(&unlike(b)))?;
        Self::of_codewords(&words, columns, level)
    }

    /// A symbol of codewords that are already made.
    pub fn of_codewords(words: &[u16], columns: usize, level: u8) -> Option<Self> {
        if !(1..=30).contains(&columns) || level > 8 {
            return None;
        }
        let correction = 2 << level;
        let rows = (words.len() + 1 + correction).div_ceil(columns).max(3);
        if rows > 90 || rows * columns > 928 {
            return None;
        }
        let length = rows * columns - correction;
        let mut codewords = vec![length as u16];
        codewords.extend(words);
        codewords.resize(length, 900);
        codewords.extend(correction_of(&codewords, correction));
        let modules = draw(&codewords, columns, rows, level);
        Some(Self { columns, level, codewords, modules })
    }

    /// The columns of text, without those that start, stop and count.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The rows. Each is printed at least three times as high as a module is wide.
    pub fn rows(&self) -> usize {
        self.codewords.len() / self.columns
    }

    /// The error-correction level.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// All codewords, row by row.
    pub fn codewords(&self) -> &[u16] {
        &self.codewords
    }

    /// The modules of a row.
    pub fn width(&self) -> usize {
        MODULES * (self.columns + 4) + 1
    }

    /// Whether a module is dark; outside of the symbol none is.
    pub fn is_dark(&self, module: usize, row: usize) -> bool {
        module < self.width() && self.modules.get(row * self.width() + module).is_some_and(|&dark| dark)
    }
}

fn draw(codewords: &[u16], columns: usize, rows: usize, level: u8) -> Vec<bool> {
    let patterns = Patterns::new();
    let mut modules = Vec::new();
    for (row, words) in codewords.chunks_exact(columns).enumerate() {
        let counts = [(rows - 1) / 3, 3 * usize::from(level) + (rows - 1) % 3, columns - 1]
            .map(|it| row / 3 * 30 + it);
        let mut pattern = |word: usize| {
            let modules_of = patterns.cluster(row)[word];
            modules.extend((0..MODULES).rev().map(|module| modules_of >> module & 1 == 1));
        };
        // What the rows say of the symbol: left and right in another order, so that a third of it is enough.
        let (left, right) = (counts[row % 3], counts[(row + 2) % 3]);
        pattern(left);
        words.iter().for_each(|&word| pattern(usize::from(word)));
        pattern(right);
        let end = modules.len();
        widths(&mut modules, &STOP);
        let begin = end - MODULES * (columns + 2);
        let mut start = Vec::new();
        widths(&mut start, &START);
        modules.splice(begin..begin, start);
    }
    modules
}

fn widths(modules: &mut Vec<bool>, widths: &[u8]) {
    for (at, &width) in widths.iter().enumerate() {
        modules.extend((0..width).map(|_| at % 2 == 0));
    }
}

/// What Reed–Solomon adds: the remainder of the text by `(x − 3)(x − 3²)…`, each number negated.
fn correction_of(codewords: &[u16], count: usize) -> Vec<u16> {
    let field = CODEWORDS as u32;
    let mut generator = vec![1u32];
    let mut root = 1;
    for _ in 0..count {
        root = root * 3 % field;
        generator.push(0);
        for at in (1..generator.len()).rev() {
            generator[at] = (generator[at] + (field - root) * generator[at - 1]) % field;
        }
    }
    let mut rest = vec![0u32; count];
    for &word in codewords {
        let factor = (u32::from(word) + rest[0]) % field;
        rest.rotate_left(1);
        rest[count - 1] = 0;
        for (value, &coefficient) in rest.iter_mut().zip(&generator[1..]) {
            *value = (*value + (field - factor) * coefficient) % field;
        }
    }
    rest.iter().map(|&value| ((field - value) % field) as u16).collect()
}
