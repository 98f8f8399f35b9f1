//! The print of a document: headings, portrait, fields about the person, zone and barcode.

use vestibule_vision::Sex;
use vestibule_vision::geometry::{Point, Quad};
use vestibule_vision::mrz::Layout;

use super::{Kind, PrintedBarcode, PrintedZone};
use crate::canvas::{Canvas, Colour, lit, mix};
use crate::fonts::{Font, Fonts};
use crate::person::{Person, written};
use crate::random::Random;
use crate::{portrait, zone};

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
    fn rectangle(&mut self, place: [f32; 4], radius: f32, colour: Colour) {
        let density = self.density;
        self.canvas.rectangle(place.map(|at| at * density), radius * density, colour);
    }

    /// A text of this size (its em) from the left end of its base line.
    fn text(&mut self, font: fn(&Fonts) -> &Font, em: f32, [left, base]: [f32; 2], text: &str, ink: Colour) {
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
        let zone = print_zone(sheet, kind, layout, person, &mut random.part("zone"));
        let top = zone.place.0[0].y - 2.5;
        printed.zone = Some(zone);
        top
    });
    let floor = zone_top.unwrap_or(height - 3.0);
    let head = heading(sheet, kind, person, width, height, bold, dark, &mut chance);
    let page = [width, floor];
    match kind {
        Kind::CardBackPlain | Kind::CardBackZone => {
            back(sheet, [head, floor], width, person, dark, bold, &mut chance);
        }
        Kind::CardBackBarcode => {}
        _ => {
            printed.face = Some(portrait_and_fields(sheet, kind, person, head, page, dark, random));
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

/// The portrait, and beside it what is said of the person.
fn portrait_and_fields(
    sheet: &mut Sheet,
    kind: Kind,
    person: &Person,
    head: f32,
    [width, floor]: [f32; 2],
    dark: Colour,
    random: &Random,
) -> (Point, f32) {
    let mut chance = random.part("fields");
    let room = floor - head;
    let tall = (room * chance.between(0.62, 0.85)).min(45.0);
    let wide = tall * chance.between(0.74, 0.82);
    let left = width * chance.between(0.035, 0.07);
    let top = head + (room - tall) * chance.between(0.2, 0.7);
    let mirrored = chance.chance(0.2);
    let left = if mirrored { width - left - wide } else { left };
    let density = sheet.density;
    let place = [left, top, left + wide, top + tall];
    let (middle, size) =
        portrait::draw(&mut sheet.canvas, place.map(|at| at * density), &mut random.part("portrait"));
    let text_left = if mirrored { width * 0.06 } else { left + wide + width * 0.035 };
    let text_right = if mirrored { left - 2.0 } else { width - 3.0 };
    fields(sheet, kind, person, [text_left, head + room * 0.06, text_right, floor - 1.5], dark, &mut chance);
    if chance.chance(0.4) && !mirrored {
        // The small second portrait that many documents have: a ghost in one colour.
        let size = tall * 0.34;
        let (x, y) = (width - size - 4.0, floor - size * 1.25 - 2.0);
        let ghost = chance.colour(150.0, 225.0);
        sheet.rectangle([x, y, x + size * 0.8, y + size], size * 0.3, ghost);
        let middle = Point::new((x + size * 0.4) * density, (y + size * 0.42) * density);
        sheet.canvas.ellipse(middle, size * 0.2 * density, size * 0.26 * density, lit(ghost, 0.85));
    }
    (Point::new(middle.x / density, middle.y / density), size / density)
}

fn fields(
    sheet: &mut Sheet,
    kind: Kind,
    person: &Person,
    [left, top, right, bottom]: [f32; 4],
    dark: Colour,
    chance: &mut Random,
) {
    let style = chance.below(4);
    let sex = match person.sex {
        Sex::Female => "F",
        Sex::Male => "M",
        Sex::Unspecified => "X",
    };
    let mut rows = vec![
        ("Surname / Nom", person.printed_family()),
        ("Given names / Prénoms", person.printed_given()),
        ("Date of birth / Date de naissance", written(person.birth, style)),
        ("Sex / Sexe   Nationality", format!("{sex}     {}", person.nationality)),
        ("Date of issue", written(person.issued, style)),
        ("Date of expiry", written(person.expiry, style)),
        ("Document No.", person.number.clone()),
    ];
    if kind == Kind::Passport {
        rows.insert(
            0,
            ("Type     Code     Passport No.", format!("P      {}      {}", person.issuer, person.number)),
        );
        rows.insert(6, ("Authority / Autorité", format!("{} 1", person.issuer)));
    }
    let captions = chance.chance(0.75);
    let step = (bottom - top) / rows.len() as f32;
    let em = (step * chance.between(0.48, 0.62)).min(4.2);
    let pale = mix(dark, [120.0; 3], 0.5);
    let font: fn(&Fonts) -> &Font = match chance.below(5) {
        0 => |fonts| &fonts.serif,
        1 => |fonts| &fonts.mono,
        2 => |fonts| &fonts.bold,
        3 => |fonts| &fonts.ocr,
        _ => |fonts| &fonts.plain,
    };
    for (row, (caption, value)) in rows.iter().enumerate() {
        let base = top + step * (row as f32 + 0.95);
        let room = (right - left) / font(sheet.fonts).width(1.0, value).max(1.0);
        sheet.text(font, em.min(room), [left, base], value, dark);
        if captions {
            sheet.text(|fonts| &fonts.plain, em * 0.42, [left, base - em * 0.98], caption, pale);
        }
    }
}

/// The back of a card: small print, a table or a signature, a chip or a magnetic stripe.
fn back(
    sheet: &mut Sheet,
    [top, floor]: [f32; 2],
    width: f32,
    person: &Person,
    dark: Colour,
    bold: Colour,
    chance: &mut Random,
) {
    let mut y = top + 1.5;
    if chance.chance(0.25) {
        sheet.rectangle([0.0, y, width, y + 9.0], 0.0, chance_dark(chance));
        y += 11.0;
    }
    if chance.chance(0.3) {
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

fn chance_dark(chance: &mut Random) -> Colour {
    chance.colour(10.0, 50.0)
}

fn print_zone(
    sheet: &mut Sheet,
    kind: Kind,
    layout: Layout,
    person: &Person,
    chance: &mut Random,
) -> PrintedZone {
    let [width, height] = kind.size();
    let lines = zone::lines(layout, person, chance);
    let (count, characters) = zone::shape(layout);
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
