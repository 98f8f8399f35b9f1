//! The light on a picture: how it differs from place to place, shadows, and lamps that are mirrored.

use vestibule_vision::geometry::{Point, Projection, Quad};

use crate::canvas::Canvas;
use crate::random::Random;

/// The light.
#[derive(Clone, Debug)]
pub struct Lighting {
    /// How bright it is in the middle, 1 as the colours are.
    pub strength: f32,
    /// How it changes from the left to the right, and from the top to the bottom.
    pub slope: [f32; 2],
    /// The colour of the lamp.
    pub tint: [f32; 3],
    /// An edge of a shadow: a place on it, a direction (a unit), how soft in pixels, how dark.
    pub shadow: Option<(Point, Point, f32, f32)>,
    /// Lamps that the document mirrors.
    pub spots: Vec<Spot>,
}

/// A lamp that is mirrored: an ellipse with a border.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// Its middle, in pixels.
    pub middle: Point,
    /// Its half axes, in pixels.
    pub reach: [f32; 2],
    /// How it is rotated.
    pub angle: f32,
    /// How much it adds in its middle; the eye sees white from about 100 on.
    pub strength: f32,
    /// Its colour: white for a lamp, anything for a hologram.
    pub tint: [f32; 3],
    /// How sharp its border is: 1 for a sheen, 2 for a lamp, more for a window.
    pub border: f32,
}

impl Spot {
    /// How much it adds at a place, before its colour.
    #[inline]
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let (dx, dy) = (x - self.middle.x, y - self.middle.y);
        let (sin, cos) = self.angle.sin_cos();
        let (u, v) = ((dx * cos + dy * sin) / self.reach[0], (dy * cos - dx * sin) / self.reach[1]);
        let far = u * u + v * v;
        if far > 6.0 { 0.0 } else { self.strength * (-far.powf(self.border)).exp() }
    }

    /// What one lamp does to a document: a bright spot, a streak, a broad sheen, or the colours of a
    /// hologram.
    pub fn some(corners: &Quad, random: &mut Random) -> Vec<Self> {
        let one = Self::new(corners, random);
        match random.below(6) {
            0..=2 => vec![one],
            3 => vec![Self { reach: [one.reach[0] * 3.0, one.reach[0] * 0.3], border: 1.2, ..one }],
            4 => {
                let reach = one.reach.map(|reach| reach * 2.2);
                vec![Self { reach, border: 1.0, strength: one.strength * 0.6, ..one }]
            }
            _ => (0..random.whole(4, 9))
                .map(|_| {
                    let far = one.reach[0] * 1.3;
                    let middle =
                        Point::new(one.middle.x + random.either(far), one.middle.y + random.either(far));
                    let reach =
                        [one.reach[0] * random.between(0.2, 0.6), one.reach[0] * random.between(0.1, 0.4)];
                    let tint = random.colour(0.1, 1.0);
                    let strength = random.between(60.0, 200.0);
                    Self { middle, reach, tint, strength, angle: random.either(1.6), border: 1.5 }
                })
                .collect(),
        }
    }

    fn new(corners: &Quad, random: &mut Random) -> Self {
        let [a, b, c, d] = corners.0;
        let across = random.between(0.1, 0.9);
        let middle = a.toward(b, across).toward(d.toward(c, across), random.between(0.1, 0.9));
        let size = corners.area().sqrt();
        let reach = size * random.between(0.05, 0.16);
        Self {
            middle,
            reach: [reach, reach * random.between(0.35, 1.0)],
            angle: random.either(1.6),
            strength: random.between(120.0, 330.0),
            tint: [1.0; 3],
            border: random.between(1.2, 3.0),
        }
    }
}

impl Lighting {
    /// Lights a picture.
    pub fn apply(&self, canvas: &mut Canvas) {
        let (width, height) = (canvas.width as f32, canvas.height as f32);
        for (y, row) in canvas.pixels.chunks_exact_mut(canvas.width).enumerate() {
            let y = y as f32 + 0.5;
            for (x, pixel) in row.iter_mut().enumerate() {
                let x = x as f32 + 0.5;
                let slope = (x / width - 0.5) * self.slope[0] + (y / height - 0.5) * self.slope[1];
                let mut factor = self.strength * (1.0 + slope);
                if let Some((on, toward, softness, dark)) = self.shadow {
                    let inside = ((x - on.x) * toward.x + (y - on.y) * toward.y) / softness;
                    factor *= 1.0 - dark / (1.0 + (-inside).exp());
                }
                *pixel = [0, 1, 2].map(|channel| pixel[channel] * factor * self.tint[channel]);
            }
        }
        for spot in &self.spots {
            let reach = spot.reach[0].max(spot.reach[1]) * 2.45;
            let within =
                [spot.middle.x - reach, spot.middle.y - reach, spot.middle.x + reach, spot.middle.y + reach];
            let [left, top, right, bottom] = super::span(within, 0.0, canvas);
            for y in top..bottom {
                for x in left..right {
                    let more = spot.at(x as f32 + 0.5, y as f32 + 0.5);
                    let pixel = &mut canvas.pixels[y * canvas.width + x];
                    *pixel = [0, 1, 2].map(|channel| pixel[channel] + more * spot.tint[channel]);
                }
            }
        }
    }

    /// The share of a document in which lamps outshine the print.
    pub fn glare(&self, corners: &Quad) -> f32 {
        const STEPS: usize = 96;
        if self.spots.is_empty() {
            return 0.0;
        }
        let Some(onto) = Projection::onto(corners, STEPS as f32, STEPS as f32) else { return 0.0 };
        let places = (0..STEPS * STEPS).map(|at| ((at % STEPS) as f32 + 0.5, (at / STEPS) as f32 + 0.5));
        let lost = places.filter(|&(x, y)| self.outshines(onto.place(x, y)));
        lost.count() as f32 / (STEPS * STEPS) as f32
    }

    /// Whether lamps outshine what is printed in a place: they add more than 90.
    pub fn outshines(&self, place: Point) -> bool {
        self.added(place) > 90.0
    }

    /// How much of the contrast between print and paper is left in a place where lamps add to both, and the sensor has
    /// no more than 255: from 0 to 1.
    pub fn contrast(&self, place: Point) -> f32 {
        let [print, paper] = [45.0, 205.0].map(|brightness| brightness * self.strength);
        ((255.0 - print - self.added(place)) / (paper - print)).clamp(0.0, 1.0)
    }

    /// How much lamps add in a place.
    fn added(&self, place: Point) -> f32 {
        let more = |spot: &Spot| spot.at(place.x, place.y) * spot.tint.iter().sum::<f32>() / 3.0;
        self.spots.iter().map(more).sum()
    }
}
