//! What machines read: the zone in OCR-B, and the barcode.

use vestibule_vision::geometry::Quad;
use vestibule_vision::mrz::Layout;

use super::print::Sheet;
use super::{Kind, PrintedBarcode, PrintedZone};
use crate::aamva::Payload;
use crate::pdf417::{Compaction, Symbol};
use crate::person::Person;
use crate::random::Random;
use crate::zone as lines_of;

pub(super) fn zone(
    sheet: &mut Sheet,
    kind: Kind,
    layout: Layout,
    person: &Person,
    chance: &mut Random,
) -> PrintedZone {
    let [width, height] = kind.size();
    let lines = lines_of::lines(layout, person, chance);
    let (count, characters) = lines_of::shape(layout);
    // Doc 9303-3 asks for ten characters an inch, and printers nearly do so.
    let pitch = 2.54 * chance.between(0.97, 1.02);
    let pitch = pitch.min((width - 5.0) / characters as f32);
    let step = if count == 3 { chance.between(4.2, 6.3) } else { chance.between(4.3, 6.6) };
    let em = chance.between(3.5, 4.2);
    let left = (width - pitch * characters as f32) / 2.0 + chance.either(0.6);
    let last = height - chance.between(4.2, 6.5);
    let first = last - step * (count - 1) as f32;
    if chance.chance(0.5) {
        let paper = chance.colour(212.0, 252.0);
        let density = sheet.density;
        let above = (first - 4.2) * density;
        let edges = [0.0, above, width * density, height * density];
        sheet.canvas.shade(edges, |_, y| (paper, 0.75 * (y - above + 0.5).clamp(0.0, 1.0)));
    }
    let ink = chance.colour(0.0, 60.0);
    let sharp = chance.chance(0.33);
    let font = if sharp { &sheet.fonts.ocr_sharp } else { &sheet.fonts.ocr };
    for (row, line) in lines.lines().enumerate() {
        for (column, letter) in line.chars().enumerate() {
            let middle = left + pitch * (column as f32 + 0.5);
            let base = first + step * row as f32;
            let [em, middle, base] = [em, middle, base].map(|at| at * sheet.density);
            font.letter(&mut sheet.canvas, em, middle, base, letter, ink);
        }
    }
    let right = left + pitch * characters as f32;
    PrintedZone { lines, pitch, place: Quad::rectangle(left, first - em * 0.72, right, last) }
}

/// Prints a barcode over the width of a card: modules of 0.17 to 0.38 mm, rows at least three times as high
/// (AAMVA DL/ID Card Design Standard, D.3).
pub(super) fn barcode(sheet: &mut Sheet, person: &Person, chance: &mut Random) -> PrintedBarcode {
    let payload = Payload::new(chance, person);
    let compaction = if chance.chance(0.85) { Compaction::Mixed } else { Compaction::Bytes };
    let symbol =
        Symbol::for_card(payload.text.as_bytes(), compaction).expect("cards say less than a symbol holds");
    print_symbol(sheet, &symbol, payload.text, chance)
}

fn print_symbol(sheet: &mut Sheet, symbol: &Symbol, text: String, chance: &mut Random) -> PrintedBarcode {
    let [width, height] = Kind::CardBackBarcode.size();
    let across = chance.between(58.0, 77.0);
    let module = (across / symbol.width() as f32).clamp(0.17, 0.38);
    let row = (module * chance.between(3.0, 4.0)).min(32.0 / symbol.rows() as f32);
    let (across, down) = (module * symbol.width() as f32, row * symbol.rows() as f32);
    let left = (width - across) / 2.0 + chance.either(0.5) * (width - across - 6.0).max(0.0);
    let top =
        if chance.chance(0.6) { height - down - chance.between(3.0, 9.0) } else { chance.between(5.0, 12.0) };
    let top = top.clamp(3.0, height - down - 2.5);
    // Light around it, as wide as two modules at least.
    let margin = module * chance.between(2.0, 8.0);
    let paper = chance.colour(205.0, 252.0);
    sheet.rectangle([left - margin, top - margin, left + across + margin, top + down + margin], 0.0, paper);
    let ink = chance.colour(0.0, 55.0);
    // Ink runs, or is missing at the borders.
    let gain = module * chance.between(-0.08, 0.12);
    for line in 0..symbol.rows() {
        let y = top + row * line as f32;
        let mut at = 0;
        while at < symbol.width() {
            let run = (at..=symbol.width()).take_while(|&module| symbol.is_dark(module, line)).count();
            if run > 0 {
                let from = left + module * at as f32 - gain;
                let to = left + module * (at + run) as f32 + gain;
                sheet.rectangle([from, y, to, y + row], 0.0, ink);
            }
            at += run.max(1);
        }
    }
    PrintedBarcode { text, module, place: Quad::rectangle(left, top, left + across, top + down) }
}
