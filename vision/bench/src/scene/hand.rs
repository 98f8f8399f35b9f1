//! Hands: fingers that hold a document, and a hand that lies there.

use vestibule_vision::geometry::Point;

use crate::canvas::{Canvas, Colour, beside, lit, mix};
use crate::random::Random;

/// Skin from light to dark.
pub const SKINS: [Colour; 6] = [
    [244.0, 212.0, 190.0],
    [228.0, 186.0, 158.0],
    [205.0, 158.0, 124.0],
    [168.0, 120.0, 86.0],
    [122.0, 82.0, 58.0],
    [82.0, 54.0, 40.0],
];

/// A finger, from beyond the picture to its tip.
#[derive(Clone, Copy, Debug)]
pub struct Finger {
    /// The middle of its round tip.
    pub tip: Point,
    /// Where it comes from.
    pub root: Point,
    /// Half its width, in pixels.
    pub half: f32,
    /// Its skin.
    pub skin: Colour,
}

impl Finger {
    /// How far a place is outside of it, in pixels.
    pub fn outside(&self, place: Point) -> f32 {
        let along = place.distance(self.tip) / self.root.distance(self.tip).max(1.0);
        // It grows wider toward the hand.
        beside(place, self.tip, self.root) - self.half * (1.0 + 0.12 * along.min(1.5))
    }

    /// Draws it, with the light on its round side, the nail where it shows, and its shadow.
    pub fn draw(&self, on: &mut Canvas, nail: bool) {
        let reach = self.half * 1.6;
        let within = [
            self.tip.x.min(self.root.x) - reach,
            self.tip.y.min(self.root.y) - reach,
            self.tip.x.max(self.root.x) + reach,
            self.tip.y.max(self.root.y) + reach,
        ];
        on.shade(within, |x, y| {
            let far = self.outside(Point::new(x - self.half * 0.12, y - self.half * 0.15));
            ([10.0; 3], 0.4 / (1.0 + (far / (self.half * 0.12)).exp()))
        });
        on.shape(
            within,
            |x, y| self.outside(Point::new(x, y)),
            |x, y| {
                let depth = (-self.outside(Point::new(x, y)) / self.half).clamp(0.0, 1.0);
                let round = (1.0 - (1.0 - depth) * (1.0 - depth)).sqrt();
                lit(self.skin, 0.62 + 0.4 * round)
            },
        );
        if nail {
            let toward = 1.0 / self.tip.distance(self.root).max(1.0);
            let (dx, dy) = ((self.root.x - self.tip.x) * toward, (self.root.y - self.tip.y) * toward);
            let middle = Point::new(self.tip.x + dx * self.half * 0.02, self.tip.y + dy * self.half * 0.02);
            let outside = |x: f32, y: f32| {
                let (x, y) = (x - middle.x, y - middle.y);
                let (along, across) = (x * dx + y * dy, y * dx - x * dy);
                ((along / 0.72).powi(4) + (across / 0.56).powi(4)).powf(0.25) - self.half
            };
            let colour = mix(self.skin, [250.0, 210.0, 205.0], 0.45);
            let far = self.half;
            on.shape([middle.x - far, middle.y - far, middle.x + far, middle.y + far], outside, |_, _| {
                colour
            });
        }
    }
}

/// A hand that comes in from an edge of the picture.
pub fn hand(on: &mut Canvas, random: &mut Random) {
    let (width, height) = (on.width as f32, on.height as f32);
    let middle = Point::new(random.between(0.1, 0.9) * width, random.between(0.15, 0.9) * height);
    let size = height * random.between(0.16, 0.3);
    let angle = random.between(-0.7, 0.7) - std::f32::consts::FRAC_PI_2;
    hand_at(on, middle, size, angle, *random.pick(&SKINS));
}

/// A hand whose back is here, so large, its fingers in this direction.
pub fn hand_at(on: &mut Canvas, middle: Point, size: f32, angle: f32, skin: Colour) {
    let away = |from: Point, angle: f32, far: f32| {
        Point::new(from.x + angle.cos() * far, from.y + angle.sin() * far)
    };
    let wrist = away(middle, angle, -4.0 * size);
    Finger { tip: middle, root: wrist, half: size * 0.72, skin }.draw(on, false);
    let fingers = [(-0.55, 0.95), (-0.18, 1.25), (0.12, 1.3), (0.42, 1.15), (1.05, 0.75)];
    for (spread, length) in fingers {
        let root = away(middle, angle + spread * 1.1, size * 0.55);
        let tip = away(root, angle + spread * 0.7, size * length);
        Finger { tip, root, half: size * 0.19, skin }.draw(on, true);
    }
}
