//! The camera: a document is laid into a scene, lit, blurred, and stored.

mod light;
mod sensor;

use vestibule_vision::geometry::{Point, Projection, Quad};

pub use self::light::{Lighting, Spot};
pub use self::sensor::{Blur, store};

use crate::canvas::{Canvas, mix, rounded};
use crate::document::Document;
use crate::pose::bounds;

/// Lays a document into a scene, its corners where they are said to be: those that are upper left, upper
/// right, lower right and lower left when one reads it. `shade` darkens the scene around it.
pub fn lay(scene: &mut Canvas, document: &Document, corners: &Quad, shade: &Shade) {
    let [width, height] = document.kind.size();
    let Some(projection) = Projection::onto(corners, width, height) else { return };
    let [left, top, right, bottom] = bounds(corners);
    let reach = shade.softness * 3.0 + shade.offset.x.abs().max(shade.offset.y.abs());
    let around = span([left - reach, top - reach, right + reach, bottom + reach], scene);
    // Millimetres to a pixel, as seen in the middle.
    let scale = (document.kind.size()[0] * height / corners.area()).sqrt();
    let outside = |x: f32, y: f32| {
        let place = projection.back(Point::new(x, y));
        (rounded(place.x, place.y, [0.0, 0.0, width, height], document.radius), place)
    };
    for y in around[1]..around[3] {
        for x in around[0]..around[2] {
            let (middle_x, middle_y) = (x as f32 + 0.5, y as f32 + 0.5);
            let (far, _) = outside(middle_x - shade.offset.x, middle_y - shade.offset.y);
            let shadow = 1.0 / (1.0 + (far / scale / shade.softness.max(0.5)).exp());
            let (far, _) = outside(middle_x, middle_y);
            let pixel = &mut scene.pixels[y * scene.width + x];
            if far > 3.0 * scale {
                *pixel = pixel.map(|value| value * (1.0 - shade.strength * shadow));
                continue;
            }
            let ground = pixel.map(|value| value * (1.0 - shade.strength * shadow));
            let mut sum = [0.0; 3];
            let taps = if far > -2.0 * scale { 4 } else { 2 };
            let step = 1.0 / taps as f32;
            for down in 0..taps {
                for across in 0..taps {
                    let x = x as f32 + (across as f32 + 0.5) * step;
                    let y = y as f32 + (down as f32 + 0.5) * step;
                    let (far, place) = outside(x, y);
                    let share = (0.5 - far / scale * taps as f32).clamp(0.0, 1.0);
                    let print = document.print.at(place.x * document.density, place.y * document.density);
                    let colour = mix(ground, print, share);
                    sum = [0, 1, 2].map(|channel| sum[channel] + colour[channel]);
                }
            }
            *pixel = sum.map(|value| value * step * step);
        }
    }
}

/// The shadow that a document casts on what it lies on.
#[derive(Clone, Copy, Debug)]
pub struct Shade {
    /// How far it lies from the document, in pixels.
    pub offset: Point,
    /// How soft it is, in pixels.
    pub softness: f32,
    /// How dark it is, from 0 to 1.
    pub strength: f32,
}

/// The pixels of a box that are in the picture.
fn span([left, top, right, bottom]: [f32; 4], scene: &Canvas) -> [usize; 4] {
    let cut = |at: f32, end: usize| at.clamp(0.0, end as f32) as usize;
    [
        cut(left.floor(), scene.width),
        cut(top.floor(), scene.height),
        cut(right.ceil(), scene.width),
        cut(bottom.ceil(), scene.height),
    ]
}
