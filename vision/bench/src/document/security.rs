//! What makes documents hard to copy and hard to read: fine waves on the ground, and printed seals.

use vestibule_vision::geometry::Point;

use super::Document;
use crate::canvas::{Canvas, Colour, mix};
use crate::random::Random;

/// A sine that is quick: from a table of one turn.
struct Sine([f32; 1024]);

impl Sine {
    fn new() -> Self {
        Self(std::array::from_fn(|at| (at as f32 * std::f32::consts::TAU / 1024.0).sin()))
    }

    #[inline]
    fn of(&self, turn: f32) -> f32 {
        self.0[(turn * (1024.0 / std::f32::consts::TAU)).floor() as i64 as usize & 1023]
    }
}

/// A set of fine lines that swing together.
struct Waves {
    across: f32,
    down: f32,
    swing: f32,
    slow: [f32; 2],
    phase: f32,
    ink: Colour,
    strength: f32,
    fine: bool,
}

/// The ground of a document: a gradient of two or three colours, and waves.
pub(super) fn ground(width: f32, height: f32, density: f32, random: &mut Random) -> Canvas {
    let sine = Sine::new();
    let pale = random.between(150.0, 215.0);
    let corners = [0; 4].map(|_| random.colour(pale, 250.0));
    let waves: Vec<Waves> = (0..random.whole(1, 4)).map(|_| Waves::new(random)).collect();
    let (across, down) = ((width * density).round() as usize, (height * density).round() as usize);
    Canvas::of(across, down, |x, y| {
        let (x, y) = (x / density, y / density);
        let (right, low) = (x / width, y / height);
        let mut colour = mix(mix(corners[0], corners[1], right), mix(corners[2], corners[3], right), low);
        for wave in &waves {
            let bend = sine.of(x * wave.slow[0] + wave.phase) + sine.of(y * wave.slow[1] + wave.phase);
            let height = sine.of(x * wave.across + y * wave.down + bend * wave.swing);
            let share = if wave.fine { (height * 4.0 - 2.6).clamp(0.0, 1.0) } else { height * 0.5 + 0.5 };
            colour = mix(colour, wave.ink, share * wave.strength);
        }
        colour
    })
}

impl Waves {
    fn new(random: &mut Random) -> Self {
        let fine = random.chance(0.6);
        // Turns per millimetre: hairlines a millimetre apart, or broad bands.
        let pace = if fine { random.between(2.0, 7.0) } else { random.between(0.15, 1.2) };
        let (sin, cos) = random.either(std::f32::consts::PI).sin_cos();
        Self {
            across: cos * pace,
            down: sin * pace,
            swing: random.between(0.5, 5.0),
            slow: [random.between(0.03, 0.4), random.between(0.03, 0.4)],
            phase: random.between(0.0, 6.0),
            ink: random.colour(90.0, 220.0),
            strength: random.between(0.1, if fine { 0.55 } else { 0.3 }),
            fine,
        }
    }
}

/// What comes last: a seal over the print in some cases, and the rub of years.
pub(super) fn finish(document: &mut Document, random: &mut Random) {
    let [width, height] = document.kind.size();
    if random.chance(0.35) {
        let middle = Point::new(random.between(0.25, 0.75) * width, random.between(0.2, 0.6) * height);
        rosette(document, middle, random);
    }
    let worn = random.between(0.0, 0.12);
    let paper = random.colour(200.0, 235.0);
    for pixel in &mut document.print.pixels {
        *pixel = mix(*pixel, paper, worn);
    }
}

/// A transparent seal: rings whose radius swings around the middle.
fn rosette(document: &mut Document, middle: Point, random: &mut Random) {
    let density = document.density;
    let reach = random.between(6.0, 14.0) * density;
    let (petals, rings) = (random.whole(5, 16) as f32, random.between(0.8, 2.2) / density * 4.0);
    let ink = random.colour(120.0, 250.0);
    let strength = random.between(0.1, 0.35);
    let middle = Point::new(middle.x * density, middle.y * density);
    let within = [middle.x - reach, middle.y - reach, middle.x + reach, middle.y + reach];
    document.print.shade(within, |x, y| {
        let (dx, dy) = (x - middle.x, y - middle.y);
        let far = dx.hypot(dy);
        let swing = (dy.atan2(dx) * petals).sin();
        let line = (far * rings + swing * 2.5).sin() * 0.5 + 0.5;
        (ink, if far < reach { line * line * strength } else { 0.0 })
    });
}
