//! What lies behind a document, or instead of one.

use vestibule_vision::geometry::Point;

use crate::canvas::{Canvas, Colour, lit, mix};
use crate::noise::Noise;
use crate::random::Random;

/// A scene without a document.
pub fn scene(width: usize, height: usize, clutter: f32, random: &mut Random) -> Canvas {
    let busy = random.chance(0.5 * clutter);
    let mut canvas = match random.below(if busy { 4 } else { 2 }) {
        0 => plain(width, height, random),
        1 => wood(width, height, random),
        2 => cloth(width, height, random),
        _ => stone(width, height, random),
    };
    if busy {
        for _ in 0..random.whole(1, 4) {
            stroke(&mut canvas, random);
        }
    }
    canvas
}

fn plain(width: usize, height: usize, random: &mut Random) -> Canvas {
    let colour = random.colour(15.0, 245.0);
    let colour = mix([colour.iter().sum::<f32>() / 3.0; 3], colour, random.between(0.1, 0.8));
    let grain = random.between(0.0, 6.0);
    let noise = Noise::new(random);
    Canvas::of(width, height, |x, y| colour.map(|value| value + grain * noise.smooth(x * 0.4, y * 0.4)))
}

fn wood(width: usize, height: usize, random: &mut Random) -> Canvas {
    let noise = Noise::new(random);
    let base = [random.between(90.0, 210.0), random.between(65.0, 160.0), random.between(35.0, 115.0)];
    let (sin, cos) = random.either(std::f32::consts::PI).sin_cos();
    let (pace, depth) = (random.between(0.02, 0.06), random.between(0.06, 0.2));
    Canvas::of(width, height, |x, y| {
        let (along, across) = (x * cos + y * sin, y * cos - x * sin);
        let bend = noise.smooth(along * 0.003, across * 0.012) * 3.0;
        let ring = noise.smooth(along * 0.004, across * pace + bend);
        let fibre = noise.smooth(along * 0.02, across * 0.6);
        lit(base, 1.0 + depth * ring + depth * 0.35 * fibre)
    })
}

fn cloth(width: usize, height: usize, random: &mut Random) -> Canvas {
    let noise = Noise::new(random);
    let (one, other) = (random.colour(20.0, 230.0), random.colour(20.0, 230.0));
    let other = mix(one, other, random.between(0.1, 0.6));
    let pace = random.between(0.4, 1.6);
    let (sin, cos) = random.either(1.0).sin_cos();
    Canvas::of(width, height, |x, y| {
        let (u, v) = ((x * cos - y * sin) * pace, (x * sin + y * cos) * pace);
        let weave = u.sin() * v.sin() * 0.5 + 0.5;
        let fold = noise.smooth(x * 0.006, y * 0.006) * 0.18;
        lit(mix(one, other, weave), 1.0 + fold)
    })
}

fn stone(width: usize, height: usize, random: &mut Random) -> Canvas {
    let noise = Noise::new(random);
    let (one, other) = (random.colour(40.0, 220.0), random.colour(40.0, 220.0));
    let pace = random.between(0.01, 0.08);
    let strength = random.between(0.3, 1.0);
    Canvas::of(width, height, |x, y| {
        let rough = noise.smooth(x * pace, y * pace)
            + noise.smooth(x * pace * 2.1, y * pace * 2.1) * 0.5
            + noise.smooth(x * pace * 5.3, y * pace * 5.3) * 0.3;
        mix(one, other, (rough * strength + 0.5).clamp(0.0, 1.0))
    })
}

/// A pen, a cable, an edge of something.
fn stroke(canvas: &mut Canvas, random: &mut Random) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let place = |random: &mut Random| {
        Point::new(random.between(-0.2, 1.2) * width, random.between(-0.2, 1.2) * height)
    };
    let (from, to) = (place(random), place(random));
    let colour: Colour = random.colour(10.0, 245.0);
    canvas.line(from, to, random.between(2.0, 26.0), colour);
}
