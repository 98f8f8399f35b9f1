//! The print of a document: headings, portrait, fields about the person, zone and barcode.

use vestibule_vision::geometry::Point;

use super::{Kind, PrintedBarcode, PrintedZone, back, fields, machine};
use crate::canvas::{Canvas, Colour};
use crate::fonts::{Font, Fonts};
use crate::person::Person;
use crate::random::Random;

/// A document in print: all places and sizes are in millimetres.
pub(super) struct Sheet<'a> {
    pub(super) canvas: Canvas,
    pub(super) density: f32,
    pub(super) fonts: &'a Fonts,
}

/// The truth of what was printed.
#[derive(Default)]
pub(super) struct Printed {
    pub(super) zone: Option<PrintedZone>,
    pub(super) barcode: Option<PrintedBarcode>,
    pub(super) face: Option<(Point, f32)>,
}

impl Sheet<'_> {
    pub(super) fn rectangle(&mut self, place: [f32; 4], radius: f32, colour: Colour) {
        let density = self.density;
        self.canvas.rectangle(place.map(|at| at * density), radius * density, colour);
    }

    /// A text of this size (its em) from the left end of its base line.
    pub(super) fn text(
        &mut self,
        font: fn(&Fonts) -> &Font,
        em: f32,
        [left, base]: [f32; 2],
        text: &str,
        ink: Colour,
    ) {
        let density = self.density;
        font(self.fonts).print(&mut self.canvas, em * density, left * density, base * density, text, ink);
    }
}

/// Prints all that this kind of document has.
pub(super) fn print(sheet: &mut Sheet, kind: Kind, person: &Person, random: &Random) -> Printed {
    let [width, height] = kind.size();
    let mut chance = random.part("print");
    let dark = chance.colour(0.0, 70.0);
    let bold = chance.colour(20.0, 190.0);
    let mut printed = Printed::default();
    let zone_top = kind.layout().map(|layout| {
        let zone = machine::zone(sheet, kind, layout, person, &mut random.part("zone"));
        let top = zone.place.0[0].y - 2.5;
        printed.zone = Some(zone);
        top
    });
    let floor = zone_top.unwrap_or(height - 3.0);
    let head = heading(sheet, kind, person, width, height, bold, dark, &mut chance);
    let page = [width, floor];
    match kind {
        Kind::CardBackPlain | Kind::CardBackZone => {
            back::small_print(sheet, [head, floor], person, dark, bold, &mut chance);
        }
        Kind::CardBackBarcode => {
            let barcode = machine::barcode(sheet, person, &mut random.part("barcode"));
            let [above, below] = [barcode.place.0[0].y, barcode.place.0[2].y];
            if above - head > height - below {
                back::small_print(sheet, [head, above - 1.5], person, dark, bold, &mut chance);
            } else {
                back::small_print(sheet, [below + 1.5, height - 2.0], person, dark, bold, &mut chance);
            }
            printed.barcode = Some(barcode);
        }
        _ => {
            printed.face = Some(fields::portrait_and_fields(sheet, kind, person, head, page, dark, random));
        }
    }
    printed
}

/// A band or a line of text at the top; gives where the rest begins.
#[expect(clippy::too_many_arguments, reason = "the size, the inks and the chance of one sheet")]
fn heading(
    sheet: &mut Sheet,
    kind: Kind,
    person: &Person,
    width: f32,
    height: f32,
    bold: Colour,
    dark: Colour,
    chance: &mut Random,
) -> f32 {
    let tall = height * chance.between(0.08, 0.15);
    let back = matches!(kind, Kind::CardBackZone | Kind::CardBackPlain | Kind::CardBackBarcode);
    if back && chance.chance(0.7) {
        return height * 0.06;
    }
    let band = chance.chance(0.55);
    if band {
        sheet.rectangle([0.0, 0.0, width, tall], 0.0, bold);
    }
    let title = match kind {
        Kind::Passport => {
            *chance.pick(&["PASSPORT / PASSEPORT", "REISEPASS PASSPORT", "PASAPORTE", "PASSPORT"])
        }
        Kind::VisaA | Kind::VisaB => *chance.pick(&["VISA", "VISUM / VISA", "ENTRY VISA"]),
        Kind::CardFront | Kind::CardBackBarcode => *chance.pick(&[
            "DRIVER LICENSE",
            "IDENTITY CARD",
            "PERSONALAUSWEIS",
            "PERMIS DE CONDUIRE",
            "RESIDENCE PERMIT",
        ]),
        _ => {
            *chance.pick(&["IDENTITY CARD", "CARTE NATIONALE D'IDENTITE", "IDENTITY CARD / PERSONALAUSWEIS"])
        }
    };
    let em = (tall * 0.55).min(width * 0.75 / (0.72 * title.len() as f32));
    let ink = if band && bold.iter().sum::<f32>() < 330.0 { [250.0; 3] } else { dark };
    let base = tall * 0.68;
    sheet.text(|fonts| &fonts.bold, em, [width * 0.05, base], title, ink);
    sheet.text(|fonts| &fonts.bold, em, [width * 0.88, base], person.issuer, ink);
    tall
}
