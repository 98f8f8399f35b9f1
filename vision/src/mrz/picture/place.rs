//! Where a character stands in a picture, and looking at it there.

use wide::f32x4;

use super::net::{Cell, HEIGHT, Net, Sight, WIDTH};
use crate::frame::Plane;
use crate::geometry::Point;

/// A cell covers so many distances of two characters.
const COVERS_ACROSS: f32 = 1.2;
/// A cell covers so many of the same measure downwards.
const COVERS_DOWN: f32 = 1.8;

/// A direction and a length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) x: f32,
    pub(super) y: f32,
}

impl Step {
    /// From one place to another.
    pub(super) fn between(from: Point, to: Point) -> Self {
        Self { x: to.x - from.x, y: to.y - from.y }
    }

    pub(super) fn times(self, factor: f32) -> Self {
        Self { x: self.x * factor, y: self.y * factor }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }

    /// The same step, or the opposite one, whichever goes to the right of somebody who goes along: downwards,
    /// for who reads.
    pub(super) fn right_of(self, along: Self) -> Self {
        if along.x * self.y < along.y * self.x { self.times(-1.0) } else { self }
    }

    pub(super) fn length(self) -> f32 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    /// The same direction with another length.
    pub(super) fn of_length(self, length: f32) -> Self {
        self.times(length / self.length().max(1e-6))
    }
}

/// Where a character stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The middle of a capital that stands there.
    pub(super) middle: Point,
    /// To the next character.
    pub(super) along: Step,
    /// Downwards, as long as `along` if the characters are as tall as the standard has them.
    pub(super) down: Step,
}

impl Place {
    /// The place that is so many characters further, and so many of the same measure downwards.
    pub(super) fn moved(&self, right: f32, down: f32) -> Self {
        let shift = self.along.times(right).plus(self.down.times(down));
        Self { middle: Point::new(self.middle.x + shift.x, self.middle.y + shift.y), ..*self }
    }

    /// The same place for print that stands on its head.
    pub(super) fn reversed(&self) -> Self {
        Self { middle: self.middle, along: self.along.times(-1.0), down: self.down.times(-1.0) }
    }
}

/// Looks at a picture, as often as it may.
pub(super) struct Eye<'a> {
    plane: &'a Plane,
    net: &'a Net,
    /// How often it may still look.
    left: usize,
}

impl<'a> Eye<'a> {
    pub(super) fn new(plane: &'a Plane, net: &'a Net, looks: usize) -> Self {
        Self { plane, net, left: looks }
    }

    pub(super) fn plane(&self) -> &'a Plane {
        self.plane
    }

    /// What stands at a place. Nothing does when it has looked too often, or the place is strange.
    pub(super) fn look(&mut self, place: &Place) -> Sight {
        match (self.left.checked_sub(1), self.cell(place)) {
            (Some(left), Some(cell)) => {
                self.left = left;
                self.net.look(&cell)
            }
            _ => Sight::nothing(),
        }
    }

    fn cell(&self, place: &Place) -> Option<Cell> {
        let mut cell = [0.0; WIDTH * HEIGHT];
        let across = place.along.times(COVERS_ACROSS / WIDTH as f32);
        let down = place.down.times(COVERS_DOWN / HEIGHT as f32);
        let mut sum = 0.0;
        for (at, four) in cell.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let (row, column) = (4 * at / WIDTH, 4 * at % WIDTH);
            let below = row as f32 + 0.5 - HEIGHT as f32 / 2.0;
            let right = f32x4::new([0.5, 1.5, 2.5, 3.5]) + (column as f32 - WIDTH as f32 / 2.0);
            let at = |middle: f32, across: f32, down: f32| right * across + (middle + down * below);
            let values = self
                .plane
                .four_at(at(place.middle.x, across.x, down.x), at(place.middle.y, across.y, down.y));
            *four = values.to_array();
            sum += values.reduce_add();
        }
        let mean = sum / cell.len() as f32;
        let spread =
            cell.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / cell.len() as f32;
        let scale = 1.0 / (spread.sqrt() + 4.0);
        cell.iter_mut().for_each(|value| *value = (*value - mean) * scale);
        scale.is_finite().then_some(cell)
    }
}
