//! The side of a document that shows its holder: a portrait, and what is said of the person.

use vestibule_vision::Sex;
use vestibule_vision::geometry::Point;

use super::Kind;
use super::print::Sheet;
use crate::canvas::{Colour, lit, mix};
use crate::fonts::{Font, Fonts};
use crate::person::{Person, written};
use crate::portrait;
use crate::random::Random;

/// The portrait, and beside it what is said of the person.
pub(super) fn portrait_and_fields(
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
