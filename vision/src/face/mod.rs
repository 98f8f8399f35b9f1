//! Where faces are. It is guidance for who takes a picture of themselves: "one face, in the middle, this
//! large". It is no evidence of anything, and no measure of how well it finds faces of every skin, with
//! glasses, veils or in the dark is known, so nobody may be barred by it.

mod cascade;

use self::cascade::{Cascade, Sums, WINDOW};
use crate::frame::Plane;
use crate::geometry::Point;
use crate::rank::highest_first;
use crate::report::Face;

/// The smallest face that is looked for, as a share of the shorter side of the picture: at arm's length a
/// phone's front camera shows one of two fifths.
const SMALLEST: f32 = 0.18;

/// How much larger each window is than the one before. The cascade knows faces that are a tenth too large
/// or too small.
const STEP: f32 = 1.12;

/// So many windows that lie on each other are a face; noise gives one or two.
const WINDOWS: usize = 4;

/// The longest side of the picture that is searched, in pixels. It bounds the work, whatever comes in.
const LONGEST: usize = 512;

/// The faces in a picture that are at least a sixth of its shorter side, upright and seen from the front,
/// the largest first.
pub fn find(plane: &Plane) -> Vec<Face> {
    let shorter = plane.width().min(plane.height()) as f32;
    let cascade = Cascade::new();
    let mut windows = Vec::new();
    let mut size = (shorter * SMALLEST).max(WINDOW as f32);
    while size <= shorter {
        let scale = size / WINDOW as f32;
        let shrunk = |side: usize| ((side as f32 / scale) as usize).min(LONGEST);
        let small = plane.shrink(shrunk(plane.width()), shrunk(plane.height()));
        let (across, down) =
            (plane.width() as f32 / small.width() as f32, plane.height() as f32 / small.height() as f32);
        let sums = Sums::of(&small);
        for y in 0..(small.height() + 1).saturating_sub(WINDOW) {
            for x in 0..(small.width() + 1).saturating_sub(WINDOW) {
                if cascade.accepts(&sums, x, y) {
                    let middle = |at: usize| at as f32 + WINDOW as f32 / 2.0;
                    windows.push(Window { middle: Point::new(middle(x) * across, middle(y) * down), size });
                }
            }
        }
        size *= STEP;
    }
    faces(plane, &windows)
}

/// Where the cascade saw a face.
#[derive(Clone, Copy)]
struct Window {
    middle: Point,
    size: f32,
}

/// Windows that see the same face.
#[derive(Clone)]
struct Cluster {
    windows: usize,
    mean: Window,
}

impl Cluster {
    fn is_of(&self, window: &Window) -> bool {
        let (a, b) = (&self.mean, window);
        a.middle.distance(b.middle) < 0.25 * a.size.min(b.size)
            && a.size.max(b.size) < 1.5 * a.size.min(b.size)
    }

    fn add(&mut self, window: &Window) {
        self.windows += 1;
        let share = 1.0 / self.windows as f32;
        self.mean.middle = self.mean.middle.toward(window.middle, share);
        self.mean.size += (window.size - self.mean.size) * share;
    }
}

fn faces(plane: &Plane, windows: &[Window]) -> Vec<Face> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for window in windows {
        match clusters.iter_mut().find(|cluster| cluster.is_of(window)) {
            Some(cluster) => cluster.add(window),
            None => clusters.push(Cluster { windows: 1, mean: *window }),
        }
    }
    clusters.retain(|cluster| cluster.windows >= WINDOWS);
    let mut faces: Vec<Face> = Vec::new();
    for Cluster { mean: Window { middle, size }, .. } in highest_first(&clusters, |cluster| cluster.mean.size)
    {
        // What is seen within a face that is larger is a part of it.
        if faces.iter().all(|face| face.middle.distance(middle) > face.size / 2.0) {
            faces.push(Face { middle, size, brightness: brightness(plane, middle, size) });
        }
    }
    faces
}

/// The mean brightness of the middle of a face, where hair and background are not.
fn brightness(plane: &Plane, middle: Point, size: f32) -> f32 {
    const SAMPLES: usize = 16;
    let place = |at: usize| (at as f32 / (SAMPLES - 1) as f32 - 0.5) * size * 0.6;
    let sum: f32 = (0..SAMPLES * SAMPLES)
        .map(|at| plane.at(middle.x + place(at % SAMPLES), middle.y + place(at / SAMPLES)))
        .sum();
    sum / (SAMPLES * SAMPLES) as f32
}

#[cfg(test)]
mod tests;
