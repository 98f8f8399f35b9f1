//! Machine-readable zones in pictures.
//!
//! Rows of what may be print are found in a small picture: of the document laid flat where its corners are known
//! (`rows`), of the whole picture where they are not. The light between characters tells how far apart they
//! stand (`pitch`). From one character the line is followed to its ends, each look correcting the next
//! (`track`), and from a line its neighbours are found (`block`). A small network looks at places of the picture
//! itself (`net`, `place`), and what it sees becomes a text of the characters that may stand in each place
//! (`legal`, `decode`).
//!
//! One reading is no proof: [`Agreement`] says what several frames say together.

mod agreement;
mod block;
mod curve;
mod decode;
mod legal;
mod names;
mod net;
mod pitch;
mod place;
mod rows;
mod track;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

pub use self::agreement::Agreement;

use self::block::Sights;
use self::decode::{Decoded, decode};
use self::net::{ALPHABET, CLASSES, Net};
use self::place::{Eye, Place, Step};
use self::rows::{Row, rows};
use super::Zone;
use crate::angle::direction;
use crate::frame::Plane;
use crate::geometry::{Point, Projection, Quad};
use crate::rank::highest_first;
use crate::rectify::rectify;

/// The side along the rows of the flat document in which rows are looked for, in how many parts, and how many
/// of them are tried.
const FLAT: f32 = 560.0;
const PARTS: usize = 10;
const ROWS: usize = 8;
/// The same for a picture whose document is not known, by its longer side; and how much rows rise or fall.
const SEARCHED: f32 = 960.0;
const SEARCHED_PARTS: usize = 16;
const SEARCHED_ROWS: usize = 14;
const SLANTS: [f32; 7] = [0.0, -0.08, 0.08, -0.16, 0.16, -0.24, 0.24];
/// The longer side of a document that has enough pixels to be read: 33 for each character of a card, 20 for
/// those of a passport. Larger ones are made smaller.
const LONG_ENOUGH: f32 = 1100.0;
/// The longer side of a picture that is searched whole, at first and if nothing is found.
const USUAL: f32 = 1280.0;
const LARGEST: f32 = 2600.0;
/// Each direction of rows has so many looks.
const LOOKS: usize = 900;
/// A row of which less than this is a comb is not followed.
const COMB: f32 = 0.05;
/// The mean logarithm of how likely its characters are, below which a zone is not told.
const FAINTEST: f32 = -0.7;
/// A zone is 87 to 93 hundredths as wide as its document (Doc 9303, parts 4 to 7). What is as wide as this is a zone of 44
/// columns of which something hides eight, and that is taken for one of 36; or one of 36 for one of 30.
const CUT_OFF: Range<f32> = 0.69..0.79;

/// What was read of a zone in one picture.
#[derive(Clone, PartialEq)]
pub struct Reading {
    text: String,
    zone: Zone,
    confidence: Vec<f32>,
    changed: usize,
    turn: u8,
    sights: Sights,
}

impl Reading {
    fn new(decoded: Decoded, sights: Sights, turn: u8) -> Self {
        Self {
            text: decoded.text(),
            confidence: decoded.confidence(&sights),
            changed: decoded.changed,
            zone: decoded.zone,
            turn,
            sights,
        }
    }

    /// A reading that is sure of each character of a text, for who has it from elsewhere. `None` where it is not
    /// the text of a zone.
    pub fn of_text(text: &str) -> Option<Self> {
        let sight = |character: u8| {
            let mut sight = [-20.0; CLASSES];
            sight[ALPHABET.iter().position(|&other| other == character)?] = 0.0;
            Some(sight)
        };
        let line = |line: &str| line.bytes().map(sight).collect::<Option<Vec<_>>>();
        let sights = text.lines().map(line).collect::<Option<Sights>>()?;
        decode(&sights).map(|decoded| Self::new(decoded, sights, 0))
    }

    /// Its characters, line by line.
    fn characters(&self) -> impl Iterator<Item = u8> {
        self.text.bytes().filter(|byte| *byte != b'\n')
    }

    /// Its lines, joined by line breaks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it says, with what each check digit says of it.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// How likely each character is, line by line, from 0 to 1. The line breaks of the text have none.
    pub fn confidence(&self) -> &[f32] {
        &self.confidence
    }

    /// How many characters were changed so that check digits fit. Only those are, of which another reading was
    /// at least a twentieth as likely.
    pub fn changed(&self) -> usize {
        self.changed
    }

    /// By how many quarters the print is turned clockwise, from 0 to 3: 2 is upside down. It is counted from
    /// the document's upper side where its corners were given, and from the picture's where they were not.
    pub fn turn(&self) -> u8 {
        self.turn
    }
}

/// How well it was read, and nothing that stands in it.
impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let least = self.confidence.iter().copied().fold(1.0, f32::min);
        f.debug_struct("Reading")
            .field("zone", &self.zone)
            .field("least_confidence", &least)
            .field("changed", &self.changed)
            .field("turn", &self.turn)
            .finish_non_exhaustive()
    }
}

/// Finds the zone of a document and reads it. The corners are those of [`crate::geometry`]; where they are not
/// known the whole picture is searched, which takes longer and finds less. Each pixel is looked at a few times
/// at most, and the network looks at no more than 1,800 places (3,600 of a picture of more than 1,280 pixels
/// without corners).
pub fn read(plane: &Plane, document: Option<&Quad>) -> Option<Reading> {
    let net = Net::new();
    match document {
        Some(document) => {
            let longest = document.sides().into_iter().fold(0.0, f32::max);
            let (plane, scale) = reduced(plane, LONG_ENOUGH / longest.max(1.0));
            read_document(&plane, &net, &document.scaled(scale[0], scale[1]))
        }
        None => {
            // A document that fills the picture is read in a small one, and one that does not in a large one.
            let longer = plane.width().max(plane.height()) as f32;
            let (usual, _) = reduced(plane, USUAL / longer);
            read_anywhere(&usual, &net).or_else(|| {
                let (large, _) = reduced(plane, LARGEST / longer);
                (large.width() > usual.width()).then(|| read_anywhere(&large, &net))?
            })
        }
    }
}

/// A picture of this scale, if that is smaller, and the scales that it has.
fn reduced(plane: &Plane, scale: f32) -> (Cow<'_, Plane>, [f32; 2]) {
    if scale.is_nan() || scale >= 0.9 {
        return (Cow::Borrowed(plane), [1.0; 2]);
    }
    let side = |pixels: usize| (pixels as f32 * scale).round() as usize;
    let small = plane.shrink(side(plane.width()), side(plane.height()));
    let scales = [small.width() as f32 / plane.width() as f32, small.height() as f32 / plane.height() as f32];
    (Cow::Owned(small), scales)
}

/// Reads the zone of a document whose corners are known: its rows go along the longer sides, or else, on an
/// open passport, along the shorter ones.
fn read_document(plane: &Plane, net: &Net, document: &Quad) -> Option<Reading> {
    if !document.is_convex() {
        return None;
    }
    let [upper, right, lower, left] = document.sides();
    let longer = usize::from(upper + lower < left + right);
    [longer, 1 - longer].into_iter().find_map(|quarters| {
        let shape = document.turned(quarters);
        let [upper, right, lower, left] = shape.sides();
        let width = FLAT;
        let height = (FLAT * (left + right) / (upper + lower).max(1.0)).clamp(60.0, 1.6 * FLAT);
        let flat = rectify(plane, &shape, width as usize, height as usize)?;
        let projection = Projection::onto(&shape, flat.width() as f32, flat.height() as f32)?;
        let to_picture = |place: Point| projection.place(place.x, place.y);
        let rows = rows(&flat, &[0.0], PARTS, ROWS);
        let found = read_rows(plane, net, &rows, &to_picture)?;
        let Place { middle, along, .. } = found.place;
        let next = Point::new(middle.x + along.x, middle.y + along.y);
        let pitch = projection.back(middle).distance(projection.back(next));
        if CUT_OFF.contains(&(found.sights[0].len() as f32 * pitch / width)) {
            return None;
        }
        let edge = Step::between(document.0[0], document.0[1]);
        Some(found.told(edge))
    })
}

/// Reads a zone that may lie anywhere, in any direction.
fn read_anywhere(plane: &Plane, net: &Net) -> Option<Reading> {
    let (small, [across, down]) = reduced(plane, SEARCHED / plane.width().max(plane.height()) as f32);
    let level = |place: Point| Point::new(place.x / across, place.y / down);
    let found =
        read_rows(plane, net, &rows(&small, &SLANTS, SEARCHED_PARTS, SEARCHED_ROWS), &level).or_else(|| {
            let upright = Plane::of(small.height(), small.width(), |x, y| small.row(x)[y]);
            let level = |place: Point| Point::new(place.y / across, place.x / down);
            read_rows(plane, net, &rows(&upright, &SLANTS, SEARCHED_PARTS, SEARCHED_ROWS), &level)
        });
    Some(found?.told(Step { x: 1.0, y: 0.0 }))
}

/// Reads the first zone among rows.
fn read_rows(plane: &Plane, net: &Net, rows: &[Row], to_picture: &dyn Fn(Point) -> Point) -> Option<Found> {
    let mut eye = Eye::new(plane, net, LOOKS);
    let combs: Vec<pitch::Comb> = rows
        .iter()
        .filter_map(|row| pitch::comb(eye.plane(), row, to_picture))
        .filter(|comb| comb.share > COMB)
        .collect();
    let mut best: Option<Found> = None;
    for comb in highest_first(&combs, |comb| comb.share) {
        let read = track::follow_either(&mut eye, &comb.place)
            .filter(|seats| seats.len() >= 20)
            .and_then(|seats| block::read(&mut eye, seats))
            .and_then(|(sights, place)| Some(Found { decoded: decode(&sights)?, sights, place }))
            .filter(|found| found.decoded.score > FAINTEST);
        if let Some(found) = read {
            if found.decoded.zone.all_right() {
                return Some(found);
            }
            if best.as_ref().is_none_or(|best| found.decoded.score > best.decoded.score) {
                best = Some(found);
            }
        }
    }
    best
}

/// A zone that was read, and where its first character stands.
struct Found {
    decoded: Decoded,
    sights: Sights,
    place: Place,
}

impl Found {
    /// With the turn of its print against an edge that goes to the right.
    fn told(self, edge: Step) -> Reading {
        let along = self.place.along;
        let angle = direction(edge.x * along.y - edge.y * along.x, edge.x * along.x + edge.y * along.y);
        let quarters = (angle / std::f32::consts::FRAC_PI_2).round() as i32;
        Reading::new(self.decoded, self.sights, quarters.rem_euclid(4) as u8)
    }
}

#[cfg(test)]
mod tests;
