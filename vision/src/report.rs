//! What a camera frame shows of a document or a face: the words in which the parts of this crate, the
//! worker in the browser, the flow and the server speak of it.

use crate::geometry::{Point, Quad};

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
