//! A cascade of local binary patterns that OpenCV has trained (see NOTICE): windows of 24 × 24 pixels are
//! faces if none of 20 stages refuses them. Liao et al., "Learning Multi-scale Block Local Binary Patterns
//! for Face Recognition" (2007).
//!
//! `cascade.bin` is made by `vision/train/face_cascade.py`, which says how it is laid out.

use crate::frame::Plane;

/// The side of a window, in pixels.
pub(super) const WINDOW: usize = 24;

const PACKED: &[u8] = include_bytes!("cascade.bin");

/// The stages, of which each must accept.
pub(super) struct Cascade {
    stages: Vec<Stage>,
}

struct Stage {
    threshold: f32,
    features: Vec<Feature>,
}

/// Nine cells, of which the eight outer ones are compared with the middle one.
struct Feature {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    /// One bit for each of 256 patterns.
    against: [u32; 8],
    if_against: f32,
    if_not: f32,
}

impl Cascade {
    pub(super) fn new() -> Self {
        let mut bytes = Bytes(PACKED);
        let mut stages = Vec::new();
        while let Some(features) = bytes.byte() {
            let threshold = bytes.number();
            stages.push(Stage {
                threshold,
                features: (0..features).map(|_| Feature::read(&mut bytes)).collect(),
            });
        }
        Self { stages }
    }

    /// Whether the window whose upper left pixel this is shows a face.
    pub(super) fn accepts(&self, sums: &Sums, x: usize, y: usize) -> bool {
        self.stages.iter().all(|stage| {
            let sum: f32 = stage.features.iter().map(|feature| feature.weigh(sums, x, y)).sum();
            sum >= stage.threshold
        })
    }
}

impl Feature {
    fn read(bytes: &mut Bytes) -> Self {
        let [left, top, width, height] = bytes.four().map(usize::from);
        let against = [(); 8].map(|()| u32::from_le_bytes(bytes.four()));
        let [low, high, then_low, then_high] = bytes.four();
        let [if_against, if_not] = [[0, 0, low, high], [0, 0, then_low, then_high]].map(f32::from_le_bytes);
        Self { left, top, width, height, against, if_against, if_not }
    }

    fn weigh(&self, sums: &Sums, x: usize, y: usize) -> f32 {
        let cell = |across: usize, down: usize| {
            let (left, top) = (x + self.left + across * self.width, y + self.top + down * self.height);
            sums.within(left, top, self.width, self.height)
        };
        let middle = cell(1, 1);
        // Clockwise from the upper left one, which is the highest bit.
        let around = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)];
        let pattern = around
            .into_iter()
            .fold(0, |pattern, (across, down)| pattern << 1 | usize::from(cell(across, down) >= middle));
        let against = self.against[pattern >> 5] >> (pattern & 31) & 1 == 1;
        if against { self.if_against } else { self.if_not }
    }
}

/// For each place the sum of all that is above it and left of it, so that the sum within any rectangle is
/// four look-ups (Crow, "Summed-area tables for texture mapping", 1984).
pub(super) struct Sums {
    width: usize,
    sums: Vec<u32>,
}

impl Sums {
    pub(super) fn of(plane: &Plane) -> Self {
        let width = plane.width() + 1;
        let mut sums = vec![0; width * (plane.height() + 1)];
        for y in 0..plane.height() {
            let mut row = 0u32;
            for (x, &value) in plane.row(y).iter().enumerate() {
                row += u32::from(value);
                sums[(y + 1) * width + x + 1] = sums[y * width + x + 1] + row;
            }
        }
        Self { width, sums }
    }

    fn within(&self, left: usize, top: usize, width: usize, height: usize) -> u32 {
        let at = |x: usize, y: usize| self.sums[y * self.width + x];
        let (right, bottom) = (left + width, top + height);
        (at(right, bottom) + at(left, top)) - (at(right, top) + at(left, bottom))
    }
}

/// Bytes that are read one after the other.
struct Bytes(&'static [u8]);

impl Bytes {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    fn four(&mut self) -> [u8; 4] {
        let Some((&four, rest)) = self.0.split_first_chunk() else { return [0; 4] };
        self.0 = rest;
        four
    }

    fn number(&mut self) -> f32 {
        f32::from_le_bytes(self.four())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cascade_is_read_whole() {
        let cascade = Cascade::new();
        let features = cascade.stages.iter().map(|stage| stage.features.len());
        assert_eq!((cascade.stages.len(), features.sum::<usize>()), (20, 139));
        for feature in cascade.stages.iter().flat_map(|stage| &stage.features) {
            assert!(feature.width > 0 && feature.left + 3 * feature.width <= WINDOW);
            assert!(feature.height > 0 && feature.top + 3 * feature.height <= WINDOW);
        }
    }

    #[test]
    fn sums_within_a_rectangle_are_those_of_its_pixels() {
        let sums = Sums::of(&Plane::of(7, 5, |x, y| (x * 10 + y) as u8));
        assert_eq!(sums.within(2, 1, 2, 2), (20 + 1) + (30 + 1) + (20 + 2) + (30 + 2));
        assert_eq!(sums.within(0, 0, 7, 5), 5 * 210 + 7 * 10);
    }
}
