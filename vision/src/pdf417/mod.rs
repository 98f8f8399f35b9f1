//! PDF417 symbols (ISO/IEC 15438:2015), as on the back of North American cards: found in a picture, and
//! read even where hard thresholds see nothing.
//!
//! Where bars stand side by side (`texture`), start and stop patterns are looked for (`ends`), then the
//! seams between rows (`rows`). Each row becomes one line of darkness (`strips`), and each piece of it the
//! codeword that explains it best, with how sure that is (`soft`). What is least sure is taken for lost and
//! corrected (`symbol`, `correction`).

mod compaction;
mod correction;
mod ends;
pub mod pattern;
mod rows;
mod soft;
mod strips;
mod symbol;
mod texture;
mod warp;

use std::fmt;

use self::correction::Field;
use self::ends::Ends;
use self::pattern::{MODULES, Patterns};
use self::rows::Rows;
use self::strips::Strip;
use self::symbol::{Found, Words};
use crate::frame::Plane;
use crate::geometry::{Point, Projection, Quad};
use crate::rectify::rectify;

/// A barcode that was read. What it says is personal, so `Debug` does not show it.
#[derive(Clone, PartialEq)]
pub struct Barcode {
    /// What it says: UTF-8 where its bytes are that, else Latin-1.
    pub text: String,
    /// The same as bytes.
    pub bytes: Vec<u8>,
    /// Its corners in the picture, in pixels: upper left, upper right, lower right and lower left as the
    /// symbol is read, whichever way it lies.
    pub corners: Quad,
    /// How many codewords were not as they were read.
    pub corrected: usize,
}

impl fmt::Debug for Barcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barcode").field("corrected", &self.corrected).finish_non_exhaustive()
    }
}

/// So many patches are looked at.
const PATCHES: usize = 3;
/// So many ways of cutting patches into rows are tried.
const ATTEMPTS: usize = 8;
/// The narrowest and the lowest patch that is looked at, in pixels.
const SMALLEST: (usize, usize) = (80, 12);
/// The longest side at which a patch is looked at, in pixels.
const LONGEST: f32 = 1400.0;

/// Reads the symbol in a picture; with the corners of the document on which it is, in this document.
pub fn read(plane: &Plane, document: Option<&Quad>) -> Option<Barcode> {
    let patches = texture::patches(plane, document);
    let mut reader = Reader { plane, table: None, attempts: ATTEMPTS };
    patches.iter().take(PATCHES).find_map(|patch| reader.read(patch.around))
}

/// What is needed for each symbol, made when there is one.
struct Table {
    patterns: Patterns,
    field: Field,
}

struct Reader<'a> {
    plane: &'a Plane,
    table: Option<Table>,
    /// How many more ways of cutting something into rows may be tried.
    attempts: usize,
}

impl Reader<'_> {
    /// Reads the symbol that fills a shape but for its margins.
    fn read(&mut self, mut around: Quad) -> Option<Barcode> {
        let [upper, right, ..] = around.sides();
        let scale = (LONGEST / upper.max(right)).min(1.0);
        let (width, height) = ((upper * scale) as usize, (right * scale) as usize);
        if width < SMALLEST.0 || height < SMALLEST.1 {
            return None;
        }
        let mut flat = rectify(self.plane, &around, width, height)?;
        let ends = ends::find(&flat)?;
        if ends.turned {
            around = around.turned(2);
            let mut pixels = flat.pixels().to_vec();
            pixels.reverse();
            flat = Plane::new(width, height, pixels)?;
        }
        let onto = Projection::onto(&around, width as f32, height as f32)?;
        let mut columns = columns(&ends, height as f32)?;
        loop {
            let mut other = None;
            for rows in rows::find(&flat, &ends, MODULES * (columns + 4) + 1) {
                self.attempts = self.attempts.checked_sub(1)?;
                match self.read_rows(&onto, &rows, columns) {
                    Ok(barcode) => return Some(barcode),
                    Err(found) => other = other.or(found),
                }
            }
            // Ends that are not seen sharply may be a column off.
            columns = other.filter(|other| other.abs_diff(columns) <= 2)?;
        }
    }

    /// Reads a symbol whose rows are known; else says how many columns it seems to have.
    fn read_rows(
        &mut self,
        onto: &Projection,
        rows: &Rows,
        columns: usize,
    ) -> Result<Barcode, Option<usize>> {
        let make = || Table { patterns: Patterns::new(), field: Field::new() };
        let table = self.table.get_or_insert_with(make);
        let corners = Quad(rows.around.0.map(|corner| onto.place(corner.x, corner.y)));
        let modules = MODULES * (columns + 4) + 1;
        let grid = Projection::onto(&corners, modules as f32, rows.count as f32).ok_or(None)?;
        let strip = |row| Strip::new(self.plane, &grid, modules, row, rows.bow);
        let strips: Vec<Strip> = (0..rows.count).map(strip).collect();
        match symbol::read(&strips, columns, &table.patterns, &table.field) {
            Found::Words(words) => barcode(&words, &grid, modules as f32).ok_or(None),
            Found::Columns(columns) => Err(Some(columns)),
            Found::Nothing => Err(None),
        }
    }
}

/// How many columns fit between the ends.
fn columns(ends: &Ends, height: f32) -> Option<usize> {
    let middle = height / 2.0;
    let length = ends.stop.at(middle, height) - ends.start.at(middle, height);
    let modules = length / (ends.start.module * ends.stop.module).sqrt();
    let columns = ((modules - 1.0) / MODULES as f32 - 4.0).round();
    (1.0..=30.0).contains(&columns).then_some(columns as usize)
}

fn barcode(words: &Words, grid: &Projection, modules: f32) -> Option<Barcode> {
    let bytes = compaction::expand(&words.text[1..])?;
    let (top, bottom) = (words.first as f32, (words.first + words.rows as i32) as f32);
    let corner = |x: f32, y: f32| -> Point { grid.place(x, y) };
    let corners =
        Quad([corner(0.0, top), corner(modules, top), corner(modules, bottom), corner(0.0, bottom)]);
    Some(Barcode { text: compaction::text(&bytes), bytes, corners, corrected: words.corrected })
}

#[cfg(test)]
mod tests;
