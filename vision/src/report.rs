//! What a camera frame shows of a document or a face: the words in which the parts of this crate, the
//! worker in the browser, the flow and the server speak of it.

use std::fmt;

use crate::geometry::{Point, Quad};
use crate::mrz::picture::Reading;

/// What should be in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A side of a card, 85.6 × 54 mm (ISO/IEC 7810 ID-1), or of a larger identity card (ID-2).
    Card(Side),
    /// The page of a passport that has the portrait, 125 × 88 mm (ID-3).
    Passport,
    /// A face.
    Face,
}

/// A side of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one with the portrait.
    Front,
    /// The other one.
    Back,
}

/// What is asked about a frame. What is not asked takes no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// What should be in the picture.
    pub subject: Subject,
    /// Whether its machine-readable zone is to be read.
    pub zone: bool,
    /// Whether its barcode is to be read.
    pub barcode: bool,
}

/// What a frame shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The size of the frame in pixels.
    pub width: u32,
    /// The size of the frame in pixels.
    pub height: u32,
    /// The mean brightness of the frame, from 0 to 255.
    pub brightness: f32,
    /// Whether a document was looked for, and nothing in the frame is like one.
    pub blank: bool,
    /// The document, where one was found.
    pub outline: Option<Outline>,
    /// How well the document can be seen.
    pub quality: Option<Quality>,
    /// Which side of a card it is, where something on it says so.
    pub side: Option<Side>,
    /// By how many quarters the print is turned clockwise, where something on the document says so: 2 is
    /// upside down.
    pub turn: Option<u8>,
    /// Its machine-readable zone, where one was read whole, with how surely each character was seen: what
    /// frames agree on is for [`crate::mrz::picture::Agreement`] to say.
    pub zone: Option<Reading>,
    /// The text of its barcode, where one was read.
    pub barcode: Option<Text>,
    /// The faces in the frame, the largest first.
    pub faces: Vec<Face>,
}

/// What was read of a document. It is personal, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(pub String);

/// A document that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outline {
    /// Its corners, in pixels of the frame.
    pub corners: Quad,
    /// How likely it is that a document lies there and its corners are within 1 % of its length, from 0 to 1.
    pub confidence: f32,
    /// Whether the edge of the frame cuts it off.
    pub cut: bool,
}

/// How well a flat document can be seen. All is measured on the document, whatever its size in the frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// How wide the sharpest edges are, in thousandths of the document's length; fewer is sharper. `None`
    /// where there are too few edges to say.
    pub edge_width: Option<f32>,
    /// The part of the document in which light outshines what stands there, from 0 to 1.
    pub glare: f32,
    /// The mean brightness of the document, from 0 to 255.
    pub brightness: f32,
    /// How far its dark and its bright parts are from each other, from 0 to 255 (5th to 95th hundredth).
    pub contrast: f32,
}

/// A face that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// Its middle, in pixels of the frame.
    pub middle: Point,
    /// The side of the square from brow to chin, in pixels of the frame.
    pub size: f32,
    /// Its mean brightness, from 0 to 255.
    pub brightness: f32,
}

impl Outline {
    /// How far the document fills a frame of this size, from 0 to 1: the longer of its shares of the frame's
    /// width and height.
    pub fn fill(&self, width: f32, height: f32) -> f32 {
        let corners = self.corners.0;
        let span = |place: fn(&Point) -> f32| {
            let places = corners.iter().map(place);
            places.clone().fold(f32::MIN, f32::max) - places.fold(f32::MAX, f32::min)
        };
        (span(|corner| corner.x) / width).max(span(|corner| corner.y) / height)
    }

    /// How much it leans away from the camera: how much longer a side is than the one across, as a share. A
    /// card at arm's length that leans by 30° has about 0.15.
    pub fn tilt(&self) -> f32 {
        let [upper, right, lower, left] = self.corners.sides();
        let lean = |a: f32, b: f32| a.max(b) / a.min(b).max(1.0) - 1.0;
        lean(upper, lower).max(lean(left, right))
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} characters)", self.0.len())
    }
}
