//! Films for the fake camera of Chromium: pictures at 30 a second, each a JPEG, one after the other
//! (`--use-file-for-fake-video-capture=FILE.mjpeg`). The browser plays them again and again.

use std::io::{self, Write};

use vestibule_vision::geometry::{Point, Quad};

use crate::camera::{Blur, Lighting, Shade, Spot, jpeg, lay_document, store};
use crate::canvas::Canvas;
use crate::document::{Document, Kind};
use crate::pose::{Hold, bounds, moved};
use crate::random::Random;
use crate::scene::{SKINS, hand_at, scene};
use crate::shot::Studio;

const WIDTH: usize = 1280;
const HEIGHT: usize = 720;
/// A camera in a room gives fifteen pictures a second: each is stored twice.
const RATE: f32 = 15.0;
/// How long the steady part is drawn; it is stored three times, so that it lasts 4.8 seconds.
const STEADY: f32 = 1.6;
const QUALITY: u8 = 74;

/// What is filmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Film {
    /// A desk; the front of a card comes near, blurs, mirrors a lamp, and steadies.
    CardArrives,
    /// A desk without a document, over which a hand moves.
    Empty,
    /// The page of a passport arrives and steadies.
    Passport,
    /// The back of a North American licence arrives and steadies.
    LicenceBack,
}

/// What one picture of a film shows of a document.
struct Moment {
    /// Its middle, as shares of the frame.
    middle: Point,
    fill: f32,
    roll: f32,
    tilt: f32,
    /// Out of focus by so many pixels.
    focus: f32,
    /// How far it moved while the shutter was open, in pixels.
    motion: [f32; 2],
    /// Where on the document a lamp is mirrored, as a share of its width.
    lamp: Option<f32>,
}

impl Film {
    /// All of them, with their names.
    pub const ALL: [(&'static str, Self); 4] = [
        ("card-arrives", Self::CardArrives),
        ("empty", Self::Empty),
        ("passport", Self::Passport),
        ("licence-back", Self::LicenceBack),
    ];

    /// The film of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(known, film)| (known == name).then_some(film))
    }

    /// Makes the film; gives the document that is shown.
    ///
    /// # Errors
    /// Whatever the file says.
    pub fn shoot(self, studio: &Studio, file: &mut impl Write) -> io::Result<Option<Document>> {
        let set = Set::new(self, studio);
        let pictures =
            |from: f32, seconds: f32| (0..(seconds * RATE) as usize).map(move |at| from + at as f32 / RATE);
        for second in pictures(0.0, self.arrival()) {
            let picture = set.picture(second, self.arrival());
            // Twice: see `RATE`.
            file.write_all(&picture)?;
            file.write_all(&picture)?;
        }
        let steady: Vec<Vec<u8>> =
            pictures(self.arrival(), STEADY).map(|second| set.picture(second, self.arrival())).collect();
        for _ in 0..3 {
            for picture in &steady {
                file.write_all(picture)?;
                file.write_all(picture)?;
            }
        }
        Ok(set.document)
    }

    /// How many seconds pass until it is steady.
    fn arrival(self) -> f32 {
        match self {
            Self::CardArrives => 3.4,
            Self::Empty => 0.8,
            Self::Passport | Self::LicenceBack => 1.6,
        }
    }
}

/// A desk, a document, and the light.
struct Set {
    film: Film,
    desk: Canvas,
    document: Option<Document>,
    random: Random,
}

impl Set {
    fn new(film: Film, studio: &Studio) -> Self {
        let random = Random::new(11);
        let desk = scene(WIDTH, HEIGHT, 0.0, studio.fonts(), &mut random.part("desk"));
        let kind = match film {
            Film::CardArrives => Some(Kind::CardFront),
            Film::Empty => None,
            Film::Passport => Some(Kind::Passport),
            Film::LicenceBack => Some(Kind::CardBackBarcode),
        };
        let printed = |kind, edition: u64| Document::new(kind, 14.0, studio.fonts(), &Random::new(edition));
        let document = kind.map(|kind| {
            // Of the licences one whose barcode a camera of this size can see: modules of a quarter millimetre.
            let coarse =
                |document: &Document| document.barcode.as_ref().is_none_or(|code| code.module > 0.25);
            let mut edition = 4;
            loop {
                let document = printed(kind, edition);
                if coarse(&document) {
                    break document;
                }
                edition += 1;
            }
        });
        Self { film, desk, document, random }
    }

    /// The picture of this second, as JPEG.
    fn picture(&self, second: f32, arrival: f32) -> Vec<u8> {
        let mut random = self.random.part(&format!("{second:.3}"));
        let mut canvas = self.desk.clone();
        let mut light = Lighting {
            strength: 0.92,
            slope: [0.06, -0.05],
            tint: [1.02, 1.0, 0.97],
            shadow: None,
            spots: Vec::new(),
        };
        let mut blur = Blur { focus: 0.45, motion: [0.0; 2] };
        if self.film == Film::Empty {
            let turn = second * 2.6;
            let middle = Point::new(640.0 + 260.0 * turn.sin(), 560.0 + 70.0 * (turn * 0.7).cos());
            hand_at(&mut canvas, middle, 120.0, -1.6 + 0.2 * turn.cos(), SKINS[1]);
        } else if let Some((document, moment)) =
            self.document.as_ref().zip(moment(self.film, second, arrival))
        {
            let corners = moment.corners(document, second, &mut random);
            let shade = Shade { offset: Point::new(4.0, 6.0), softness: 5.0, strength: 0.35 };
            lay_document(&mut canvas, document, &corners, &shade);
            light.spots.extend(moment.lamp.map(|across| lamp(&corners, across)));
            blur = Blur { focus: moment.focus.max(blur.focus), motion: moment.motion };
        }
        light.apply(&mut canvas);
        blur.apply(&mut canvas);
        let picture = store(canvas, 0.8, None, &mut random);
        jpeg(&picture, QUALITY).expect("a picture of this size fits a JPEG")
    }
}

fn lamp(corners: &Quad, across: f32) -> Spot {
    let [a, b, c, d] = corners.0;
    Spot {
        middle: a.toward(b, across).toward(d.toward(c, across), 0.45),
        reach: [110.0, 75.0],
        angle: 0.4,
        strength: 260.0,
        tint: [1.0; 3],
        border: 1.6,
    }
}

impl Moment {
    /// Where the corners are, with the shake of a hand: it drifts, and it trembles by parts of a pixel.
    fn corners(&self, document: &Document, second: f32, random: &mut Random) -> Quad {
        let size = document.kind.size();
        let frame = [WIDTH as f32, HEIGHT as f32];
        let drift = |pace: f32, far: f32| (second * pace).sin() * far;
        let hold = Hold {
            roll: (self.roll + drift(1.9, 0.25)).to_radians(),
            tilt: (self.tilt + drift(1.3, 0.4)).to_radians(),
            toward: -1.3,
            focal: 1150.0,
            fill: self.fill * (1.0 + drift(2.3, 0.003)),
        };
        let corners = hold.corners(size, frame);
        let [left, top, right, bottom] = bounds(&corners);
        let by = Point::new(
            frame[0] * self.middle.x - (left + right) / 2.0 + drift(3.1, 2.0) + random.normal() * 0.3,
            frame[1] * self.middle.y - (top + bottom) / 2.0 + drift(2.7, 1.6) + random.normal() * 0.3,
        );
        moved(&corners, by)
    }
}

/// What is shown of the document at this second; nothing as long as it is not there yet.
fn moment(film: Film, second: f32, arrival: f32) -> Option<Moment> {
    let fill = match film {
        Film::LicenceBack => 0.93,
        _ => 0.88,
    };
    let middle = Point::new(0.5, 0.5);
    let steady = Moment { middle, fill, roll: 1.2, tilt: 4.0, focus: 0.4, motion: [0.3, 0.2], lamp: None };
    let travel = 0.8;
    let starts = if film == Film::CardArrives { 0.8 } else { 0.4 };
    let travelled = (second - starts) / travel;
    if travelled < 0.0 {
        return None;
    }
    if travelled < 1.0 {
        let left = (1.0 - travelled) * (1.0 - travelled);
        return Some(Moment {
            middle: Point::new(0.5 + 0.75 * left, 0.5 + 0.35 * left),
            fill: fill * (1.0 - 0.4 * left),
            roll: 1.2 + 16.0 * left,
            tilt: 4.0 + 16.0 * left,
            focus: 1.2 + 2.0 * left,
            motion: [30.0 * (1.0 - travelled) + 2.0, 14.0 * (1.0 - travelled)],
            ..steady
        });
    }
    if film != Film::CardArrives || second >= arrival {
        return Some(Moment { focus: if second < arrival { 1.6 } else { 0.4 }, ..steady });
    }
    // It lies there: first the lens has to find it, then a lamp wanders over it.
    let since = second - starts - travel;
    let focus = (4.5 - 4.5 * since).max(0.5);
    let lamp = (since > 0.9).then(|| (since - 0.9) / (arrival - starts - travel - 0.9) * 1.1);
    Some(Moment { focus, lamp, ..steady })
}
