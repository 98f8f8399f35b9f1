//! What the targets share: how bytes become a picture and a place in it, and pictures to begin with.

use vestibule_vision::frame::Plane;
use vestibule_vision::geometry::{Point, Quad};

/// The longest side of a picture: enough for every search, and few enough pixels that many are looked at.
const LONGEST: usize = 720;

/// The bytes before the pixels: the sides as two `u16`, and a place as eight `f32`, all little-endian.
const HEAD: usize = 36;

/// A picture that bytes stand for, and a place in it.
pub struct Input {
    /// The picture.
    pub plane: Plane,
    /// Any place: beyond the picture, too, crossed, or of no number.
    pub place: Quad,
}

impl Input {
    /// What these bytes stand for. Pixels that are missing are those that are there, over again.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let (head, pixels) = bytes.split_at_checked(HEAD)?;
        let side = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]])) % LONGEST + 1;
        let (width, height) = (side(0), side(2));
        let number = |at: usize| f32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let corner = |at: usize| Point::new(number(4 + at * 8), number(8 + at * 8));
        let value = |at: usize| pixels.get(at % pixels.len().max(1)).copied().unwrap_or(128);
        let plane = Plane::of(width, height, |x, y| value(y * width + x));
        Some(Self { plane, place: Quad([corner(0), corner(1), corner(2), corner(3)]) })
    }

    /// The bytes that stand for this picture and place.
    pub fn bytes(&self) -> Vec<u8> {
        let side = |side: usize| (side as u16 - 1).to_le_bytes();
        let mut bytes = [side(self.plane.width()), side(self.plane.height())].concat();
        for corner in self.place.0 {
            bytes.extend(corner.x.to_le_bytes());
            bytes.extend(corner.y.to_le_bytes());
        }
        bytes.extend(self.plane.pixels());
        bytes
    }
}
