//! How a document is held, and in what light.

use vestibule_vision::geometry::Point;

use super::Film;
use crate::camera::{Lighting, Shade};
use crate::random::Random;

/// How long the desk is seen before anything happens in a film of a seed, in seconds: until a slow page shows it.
const LEAD: f32 = 1.5;

/// How a document is held, and in what light.
pub(super) struct Manner {
    /// How long nothing happens at first, in seconds.
    pub lead: f32,
    pub clutter: f32,
    pub fill: f32,
    pub roll: f32,
    pub tilt: f32,
    /// In which direction it leans, in radians.
    pub toward: f32,
    /// From where it comes, as shares of the frame.
    pub from: [f32; 2],
    /// How far the hand trembles, in pixels.
    pub tremble: f32,
    pub light: Lighting,
    pub shade: Shade,
    pub noise: f32,
}

impl Manner {
    /// That of the film that the end-to-end tests know.
    pub fn usual(film: Film) -> Self {
        Self {
            lead: 0.0,
            clutter: 0.0,
            fill: if film == Film::LicenceBack { 0.93 } else { 0.88 },
            roll: 1.2,
            tilt: 4.0,
            toward: -1.3,
            from: [0.75, 0.35],
            tremble: 0.3,
            light: Lighting {
                strength: 0.92,
                slope: [0.06, -0.05],
                tint: [1.02, 1.0, 0.97],
                shadow: None,
                spots: Vec::new(),
            },
            shade: Shade { offset: Point::new(4.0, 6.0), softness: 5.0, strength: 0.35 },
            noise: 0.8,
        }
    }

    /// That of somebody who takes care, as [`crate::Conditions::good`] has it.
    pub fn of(random: &mut Random, film: Film) -> Self {
        // The bars of a licence are finer than print: people are told to come closer.
        let least = if film == Film::LicenceBack { 0.84 } else { 0.75 };
        let (sin, cos) = random.either(std::f32::consts::PI).sin_cos();
        let light = Lighting {
            strength: random.between(0.75, 1.0),
            slope: [random.either(0.1), random.either(0.1)],
            tint: [random.between(0.97, 1.03), 1.0, random.between(0.95, 1.02)],
            shadow: None,
            spots: Vec::new(),
        };
        Self {
            lead: LEAD,
            clutter: 1.0,
            fill: random.between(least, 0.93),
            roll: random.either(4.0),
            tilt: random.between(0.0, 10.0),
            toward: random.either(std::f32::consts::PI),
            from: [0.85 * cos, 0.85 * sin],
            tremble: random.between(0.2, 0.6),
            light,
            shade: Shade::new(random),
            noise: random.between(0.6, 2.0),
        }
    }
}
