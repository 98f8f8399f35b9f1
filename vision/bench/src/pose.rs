//! How a document lies before a camera with a hole for a lens, and where its corners are in the picture.

use vestibule_vision::geometry::{Point, Quad};

use crate::conditions::Conditions;
use crate::random::Random;

/// A document before the camera.
#[derive(Clone, Copy, Debug)]
pub struct Pose {
    /// Width and height of the document in millimetres.
    pub size: [f32; 2],
    /// Where the corners of the print are, in pixels: those that are upper left, upper right, lower right and
    /// lower left when one reads it.
    pub corners: Quad,
    /// By how many quarters the print is turned clockwise.
    pub turn: u8,
    /// By how many degrees it leans away from the camera.
    pub tilt: f32,
    /// Whether the edge of the frame cuts it off.
    pub cut: bool,
}

/// How a document is held.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    /// How it is rotated clockwise, in radians.
    pub roll: f32,
    /// How far it leans, in radians.
    pub tilt: f32,
    /// In which direction of the picture it goes away from the camera, in radians.
    pub toward: f32,
    /// How far the lens is from the sensor, in pixels.
    pub focal: f32,
    /// How much it fills of the frame: see `vestibule_vision::report::Outline::fill`.
    pub fill: f32,
}

impl Hold {
    /// The corners of a document of `[width, height]` that is held so, around the middle of the picture:
    /// those that are upper left, upper right, lower right and lower left when one reads it.
    pub fn corners(&self, size: [f32; 2], frame: [f32; 2]) -> Quad {
        // The distance at which it fills as much as it should: found in a few steps.
        let mut distance = 4.0 * size[0];
        for _ in 0..12 {
            let [left, top, right, bottom] = bounds(&project(size, self, distance));
            distance *= ((right - left) / frame[0]).max((bottom - top) / frame[1]) / self.fill;
        }
        project(size, self, distance)
    }
}

impl Pose {
    /// How a document of `[width, height]` may lie under these conditions.
    pub fn new(size: [f32; 2], conditions: &Conditions, random: &mut Random) -> Self {
        let turn = if conditions.turned { random.below(4) as u8 } else { 0 };
        let roll = (random.either(conditions.roll) + 90.0 * f32::from(turn)).to_radians();
        // Most people hold it nearly flat.
        let tilt = conditions.tilt * random.unit().powf(1.3);
        let toward = random.either(std::f32::consts::PI);
        let (width, height) = (conditions.width as f32, conditions.height as f32);
        let focal = width.max(height) * random.between(0.75, 1.15);
        let fill = random.between(conditions.fill[0], conditions.fill[1]);
        let cut = random.chance(conditions.cut);
        let hold = Hold { roll, tilt: tilt.to_radians(), toward, focal, fill };
        let corners = hold.corners(size, [width, height]);
        let [left, top, right, bottom] = bounds(&corners);
        let margin = 0.006 * height;
        let place = |random: &mut Random, low: f32, high: f32, end: f32| {
            // Near the middle rather than at the edge, and inside as a whole.
            let free = ((end - (high - low)) / 2.0 - margin).max(0.0);
            end / 2.0 - (low + high) / 2.0 + free * (random.unit() - random.unit())
        };
        let mut by = Point::new(place(random, left, right, width), place(random, top, bottom, height));
        if cut {
            let hidden = random.between(0.06, 0.35);
            match random.below(4) {
                0 => by.x = -left - (right - left) * hidden,
                1 => by.x = width - right + (right - left) * hidden,
                2 => by.y = -top - (bottom - top) * hidden,
                _ => by.y = height - bottom + (bottom - top) * hidden,
            }
        }
        Self { size, corners: moved(&corners, by), turn, tilt, cut }
    }

    /// The corners as they lie in the picture: see [`Quad`].
    pub fn seen(&self) -> Quad {
        self.corners.turned((4 - usize::from(self.turn)) % 4)
    }
}

/// A shape in another place.
pub fn moved(shape: &Quad, by: Point) -> Quad {
    Quad(shape.0.map(|corner| Point::new(corner.x + by.x, corner.y + by.y)))
}

fn project(size: [f32; 2], hold: &Hold, distance: f32) -> Quad {
    let (half_width, half_height) = (size[0] / 2.0, size[1] / 2.0);
    Quad(Quad::rectangle(-half_width, -half_height, half_width, half_height).0.map(|corner| {
        let (x, y) = rotate(corner.x, corner.y, hold.roll);
        // Leaning: what lies in the direction `toward` goes away from the camera.
        let (along, across) = rotate(x, y, -hold.toward);
        let (along, depth) = (along * hold.tilt.cos(), along * hold.tilt.sin());
        let (x, y) = rotate(along, across, hold.toward);
        let scale = hold.focal / (distance + depth);
        Point::new(x * scale, y * scale)
    }))
}

fn rotate(x: f32, y: f32, angle: f32) -> (f32, f32) {
    let (sin, cos) = angle.sin_cos();
    (x * cos - y * sin, x * sin + y * cos)
}

/// The box `[left, top, right, bottom]` around a shape.
pub fn bounds(shape: &Quad) -> [f32; 4] {
    let [first, ..] = shape.0;
    shape.0.iter().fold([first.x, first.y, first.x, first.y], |[left, top, right, bottom], corner| {
        [left.min(corner.x), top.min(corner.y), right.max(corner.x), bottom.max(corner.y)]
    })
}
