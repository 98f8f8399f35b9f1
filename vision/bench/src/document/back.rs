//! The small print on the back of cards.

use super::Kind;
use super::print::Sheet;
use crate::canvas::Colour;
use crate::person::{Person, written};
use crate::random::Random;

/// The back of a card: small print, a table or a signature, a chip or a magnetic stripe.
pub(super) fn small_print(
    sheet: &mut Sheet,
    [top, floor]: [f32; 2],
    person: &Person,
    dark: Colour,
    bold: Colour,
    chance: &mut Random,
) {
    let width = Kind::CardBackPlain.size()[0];
    let mut y = top + 1.5;
    let roomy = floor - top > 24.0;
    if roomy && chance.chance(0.25) {
        // A magnetic stripe.
        let stripe = chance.colour(10.0, 50.0);
        sheet.rectangle([0.0, y, width, y + 9.0], 0.0, stripe);
        y += 11.0;
    }
    if roomy && chance.chance(0.3) {
        // A chip.
        let left = width * chance.between(0.06, 0.5);
        sheet.rectangle([left, y + 1.0, left + 12.0, y + 10.0], 1.2, [205.0, 172.0, 96.0]);
        for line in 1..4 {
            let at = y + 1.0 + line as f32 * 2.2;
            sheet.rectangle([left, at, left + 12.0, at + 0.25], 0.0, [120.0, 96.0, 48.0]);
        }
        y += 12.0;
    }
    let words = [
        "This card is the property of the issuing authority.",
        "If found please return to any police station.",
        "Address / Adresse / Anschrift",
        "Height 175 cm   Eyes BRO",
        "Cat.  AM  A1  A  B1  B  C1  C  BE",
        "Authority",
    ];
    let em = chance.between(1.7, 2.6);
    while y + em * 1.6 < floor {
        let text = *chance.pick(&words);
        sheet.text(|fonts| &fonts.plain, em, [width * 0.06, y + em], text, dark);
        if chance.chance(0.3) {
            let issued = written(person.issued, 0);
            sheet.text(|fonts| &fonts.bold, em, [width * 0.74, y + em], &issued, bold);
        }
        y += em * chance.between(1.6, 2.4);
    }
}
