//! The camera: surfaces are laid into a scene, lit, blurred, and stored.

mod light;
mod sensor;

use vestibule_vision::geometry::{Point, Projection, Quad};

pub use self::light::{Lighting, Spot};
pub use self::sensor::{Blur, jpeg, store};

use crate::canvas::{Canvas, Colour, mix, rounded};
use crate::document::Document;
use crate::pose::bounds;

/// Something flat: a print, as large as it is in millimetres.
pub struct Surface<'a> {
    /// What is on it.
    pub print: &'a Canvas,
    /// Width and height in millimetres.
    pub size: [f32; 2],
    /// How round its corners are, in millimetres.
    pub radius: f32,
}

/// The shadow that something flat casts on what it lies on.
#[derive(Clone, Copy, Debug)]
pub struct Shade {
    /// How far it lies from the thing, in pixels.
    pub offset: Point,
    /// How soft it is, in pixels.
    pub softness: f32,
    /// How dark it is, from 0 to 1.
    pub strength: f32,
}

impl Shade {
    /// No shadow.
    pub const NONE: Self = Self { offset: Point::new(0.0, 0.0), softness: 0.5, strength: 0.0 };

    /// Some shadow.
    pub fn new(random: &mut crate::random::Random) -> Self {
        Self {
            offset: Point::new(random.either(7.0), random.either(7.0)),
            softness: random.between(1.5, 7.0),
            strength: random.between(0.0, 0.5),
        }
    }
}

/// Lays a document into a scene, and what it is bound to. Its corners are where they are said to be: those
/// that are upper left, upper right, lower right and lower left when one reads it.
pub fn lay_document(scene: &mut Canvas, document: &Document, corners: &Quad, shade: &Shade) {
    let size = document.kind.size();
    let Some(projection) = Projection::onto(corners, size[0], size[1]) else { return };
    for beside in &document.beside {
        let place = Quad(beside.place.0.map(|corner| projection.place(corner.x, corner.y)));
        let [across, down, ..] = beside.place.sides();
        if place.is_convex() && place.area() < 20.0 * corners.area() {
            lay(scene, &Surface { print: &beside.print, size: [across, down], radius: 2.0 }, &place, shade);
        }
    }
    let bound = if document.beside.is_empty() { shade } else { &Shade::NONE };
    lay(scene, &Surface { print: &document.print, size, radius: document.radius }, corners, bound);
}

/// Lays something flat into a scene, with its corners there: those of its print from the upper left on.
/// Every pixel is the mean of what lies within it, so that borders are exact to a part of a pixel.
pub fn lay(scene: &mut Canvas, surface: &Surface, corners: &Quad, shade: &Shade) {
    let [width, height] = surface.size;
    let Some(projection) = Projection::onto(corners, width, height) else { return };
    let fine = [surface.print.width as f32 / width, surface.print.height as f32 / height];
    // Millimetres to a pixel, as seen in the middle.
    let scale = (width * height / corners.area().max(1.0)).sqrt();
    let outside = |place: Point| rounded(place.x, place.y, [0.0, 0.0, width, height], surface.radius);
    shadow(scene, corners, shade, |place| outside(projection.back(place)) / scale);
    let [left, top, right, bottom] = span(bounds(corners), 1.0, scene);
    for y in top..bottom {
        for x in left..right {
            let far = outside(projection.back(Point::new(x as f32 + 0.5, y as f32 + 0.5))) / scale;
            if far > 2.0 {
                continue;
            }
            let pixel = &mut scene.pixels[y * scene.width + x];
            let ground = *pixel;
            let border = far > -2.0;
            let taps = if border { 4 } else { 2 };
            let step = 1.0 / taps as f32;
            let mut sum: Colour = [0.0; 3];
            for tap in 0..taps * taps {
                let place = Point::new(
                    x as f32 + ((tap % taps) as f32 + 0.5) * step,
                    y as f32 + ((tap / taps) as f32 + 0.5) * step,
                );
                let place = projection.back(place);
                let mut colour = surface.print.at(place.x * fine[0], place.y * fine[1]);
                if border {
                    let share = 0.5 - outside(place) / scale * taps as f32;
                    colour = mix(ground, colour, share.clamp(0.0, 1.0));
                }
                sum = [0, 1, 2].map(|channel| sum[channel] + colour[channel]);
            }
            *pixel = sum.map(|value| value * step * step);
        }
    }
}

/// Darkens a scene around a shape, of which `outside` says how far a place is from it in pixels.
fn shadow(scene: &mut Canvas, corners: &Quad, shade: &Shade, outside: impl Fn(Point) -> f32) {
    if shade.strength < 0.01 {
        return;
    }
    let reach = shade.softness * 4.0 + shade.offset.x.abs().max(shade.offset.y.abs());
    let [left, top, right, bottom] = span(bounds(corners), reach, scene);
    for y in top..bottom {
        for x in left..right {
            let place = Point::new(x as f32 + 0.5 - shade.offset.x, y as f32 + 0.5 - shade.offset.y);
            let far = outside(place) / shade.softness;
            if far < 4.0 {
                let dark = shade.strength / (1.0 + far.max(-6.0).exp());
                let pixel = &mut scene.pixels[y * scene.width + x];
                *pixel = pixel.map(|value| value * (1.0 - dark));
            }
        }
    }
}

/// The pixels of a box and so much around it that are in the picture.
fn span([left, top, right, bottom]: [f32; 4], more: f32, scene: &Canvas) -> [usize; 4] {
    let cut = |at: f32, end: usize| at.clamp(0.0, end as f32) as usize;
    [
        cut((left - more).floor(), scene.width),
        cut((top - more).floor(), scene.height),
        cut((right + more).ceil(), scene.width),
        cut((bottom + more).ceil(), scene.height),
    ]
}
