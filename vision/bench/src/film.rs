//! Films for the fake camera of Chromium: pictures at 30 a second, each a JPEG, one after the other
//! (`--use-file-for-fake-video-capture=FILE.mjpeg`). The browser plays them again and again. [`Film`] says what
//! happens, [`Shooting`] how it is filmed.

mod manner;
mod script;

use std::io::{self, Write};

use vestibule_vision::geometry::{Point, Quad};

use self::manner::Manner;
use self::script::Moment;
use crate::camera::{Blur, Spot, jpeg, lay_document, store};
use crate::canvas::{Canvas, Picture};
use crate::document::{Document, Kind};
use crate::pose::{Hold, bounds, moved};
use crate::random::Random;
use crate::scene::{SKINS, hand_at, scene};
use crate::shot::Studio;

/// The sides of a picture in pixels, the longer one first.
const SIDES: [usize; 2] = [1280, 720];
/// A camera in a room gives fifteen pictures a second: each is stored twice.
const RATE: f32 = 15.0;
/// How long the steady part is drawn; it is stored three times, so that it lasts 4.8 seconds.
const STEADY: f32 = 1.6;
const QUALITY: u8 = 74;
/// Of the width of a camera held upright a phone's screen shows so much.
const SHOWN_UPRIGHT: f32 = 0.82;
/// How far down the guide is there, as a share of the picture: the controls are below it.
const GUIDE_UPRIGHT: f32 = 0.42;
/// The side of the mark of a [`Shooting::marked`] film, in pixels.
const MARK: usize = 24;

/// What is filmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Film {
    /// A desk; the front of a card comes, is brought near, blurs, mirrors a lamp, and steadies.
    CardArrives,
    /// A desk without a document, over which a hand moves.
    Empty,
    /// The page of a passport arrives and steadies.
    Passport,
    /// The back of a North American licence arrives and steadies.
    LicenceBack,
}

/// How it is filmed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shooting {
    /// Another document, on another desk, in other light, held otherwise, with every seed. Without one it is the
    /// film that the end-to-end tests know.
    pub seed: Option<u64>,
    /// The camera is held upright, as a phone is.
    pub upright: bool,
    /// A mark in the upper left corner is black, and white while the document is steady: by it whoever measures
    /// knows the moment. No document lies there, and most screens do not show the corners.
    pub marked: bool,
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

    /// What a camera sees that looks so often a second, from the first second of what happens until the document has
    /// lain still for 1.6 seconds: in milliseconds, with the picture.
    pub fn watched(
        self,
        shooting: Shooting,
        studio: &Studio,
        looks: f32,
    ) -> impl Iterator<Item = (u32, Picture)> {
        let set = Set::new(self, shooting, studio);
        let count = ((self.arrival() + STEADY) * looks) as usize;
        (0..count)
            .map(move |look| look as f32 / looks)
            .map(move |second| ((second * 1e3) as u32, set.shown(second)))
    }

    /// Makes the film; gives the document that is shown.
    ///
    /// # Errors
    /// Whatever the file says.
    pub fn shoot(
        self,
        shooting: Shooting,
        studio: &Studio,
        file: &mut impl Write,
    ) -> io::Result<Option<Document>> {
        let set = Set::new(self, shooting, studio);
        let pictures =
            |from: f32, seconds: f32| (0..(seconds * RATE) as usize).map(move |at| from + at as f32 / RATE);
        if set.manner.lead > 0.0 {
            let desk = set.picture(-set.manner.lead);
            pictures(0.0, 2.0 * set.manner.lead).try_for_each(|_| file.write_all(&desk))?;
        }
        for second in pictures(0.0, self.arrival()) {
            let picture = set.picture(second);
            // Twice: see `RATE`.
            file.write_all(&picture)?;
            file.write_all(&picture)?;
        }
        let steady: Vec<Vec<u8>> =
            pictures(self.arrival(), STEADY).map(|second| set.picture(second)).collect();
        for _ in 0..3 {
            for picture in &steady {
                file.write_all(picture)?;
                file.write_all(picture)?;
            }
        }
        Ok(set.document)
    }
}

/// A desk, a document, and the light.
struct Set {
    film: Film,
    shooting: Shooting,
    frame: [usize; 2],
    manner: Manner,
    desk: Canvas,
    document: Option<Document>,
    random: Random,
}

impl Set {
    fn new(film: Film, shooting: Shooting, studio: &Studio) -> Self {
        let random = Random::new(shooting.seed.unwrap_or(11));
        let manner = match shooting.seed {
            None => Manner::usual(film),
            Some(_) => Manner::of(&mut random.part("manner"), film),
        };
        let [long, short] = SIDES;
        let frame = if shooting.upright { [short, long] } else { [long, short] };
        let desk = scene(frame[0], frame[1], manner.clutter, studio.fonts(), &mut random.part("desk"));
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
            let mut edition = shooting.seed.unwrap_or(4);
            loop {
                let document = printed(kind, edition);
                if coarse(&document) {
                    break document;
                }
                // Seeds are counted from below; those of one film are not those of the next.
                edition += if shooting.seed.is_some() { 1 << 20 } else { 1 };
            }
        });
        Self { film, shooting, frame, manner, desk, document, random }
    }

    /// The picture of this second, as JPEG.
    fn picture(&self, second: f32) -> Vec<u8> {
        jpeg(&self.shown(second), QUALITY).expect("a picture of this size fits a JPEG")
    }

    /// What the camera sees at this second.
    fn shown(&self, second: f32) -> Picture {
        let mut random = self.random.part(&format!("{second:.3}"));
        let mut canvas = self.desk.clone();
        let mut light = self.manner.light.clone();
        let mut blur = Blur { focus: 0.45, motion: [0.0; 2] };
        if self.film == Film::Empty {
            let turn = second * 2.6;
            let [wide, high] = self.frame.map(|side| side as f32);
            let middle =
                Point::new(wide / 2.0 + 260.0 * turn.sin(), high - 160.0 + 70.0 * (turn * 0.7).cos());
            hand_at(&mut canvas, middle, 120.0, -1.6 + 0.2 * turn.cos(), SKINS[1]);
        } else if let Some((document, moment)) =
            self.document.as_ref().zip(self.film.moment(&self.manner, second))
        {
            let corners = self.corners(&moment, document, second, &mut random);
            lay_document(&mut canvas, document, &corners, &self.manner.shade);
            light.spots.extend(moment.lamp.map(|across| lamp(&corners, across)));
            blur = Blur { focus: moment.focus.max(blur.focus), motion: moment.motion };
        }
        light.apply(&mut canvas);
        blur.apply(&mut canvas);
        let mut picture = store(canvas, self.manner.noise, None, &mut random);
        if self.shooting.marked {
            mark(&mut picture, second >= self.film.arrival());
        }
        picture
    }

    /// Where the corners are, with the shake of a hand: it drifts, and it trembles by parts of a pixel.
    fn corners(&self, moment: &Moment, document: &Document, second: f32, random: &mut Random) -> Quad {
        let size = document.kind.size();
        let frame = self.frame.map(|side| side as f32);
        let drift = |pace: f32, far: f32| (second * pace).sin() * far;
        let shown = if self.shooting.upright { SHOWN_UPRIGHT } else { 1.0 };
        let hold = Hold {
            roll: (moment.roll + drift(1.9, 0.25)).to_radians(),
            tilt: (moment.tilt + drift(1.3, 0.4)).to_radians(),
            toward: self.manner.toward,
            focal: 1150.0,
            fill: shown * moment.fill * (1.0 + drift(2.3, 0.003)),
        };
        let corners = hold.corners(size, frame);
        let [left, top, right, bottom] = bounds(&corners);
        let tremble = self.manner.tremble;
        let down = if self.shooting.upright { GUIDE_UPRIGHT } else { 0.5 };
        let middle = [0.5 + moment.away[0], down + moment.away[1]];
        let by = Point::new(
            frame[0] * middle[0] - (left + right) / 2.0 + drift(3.1, 2.0) + random.normal() * tremble,
            frame[1] * middle[1] - (top + bottom) / 2.0 + drift(2.7, 1.6) + random.normal() * tremble,
        );
        moved(&corners, by)
    }
}

/// Draws the mark of a [`Shooting::marked`] film.
fn mark(picture: &mut Picture, lit: bool) {
    let value = if lit { 255 } else { 0 };
    for row in picture.rgba.chunks_exact_mut(4 * picture.width).take(MARK) {
        for pixel in row.chunks_exact_mut(4).take(MARK) {
            pixel[..3].fill(value);
        }
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
