//! What lies behind a document, or instead of one.

mod ground;
mod hand;
mod thing;

pub use self::hand::{Finger, SKINS, hand, hand_at};

use vestibule_vision::geometry::{Point, Quad};

use crate::camera::{Shade, Surface, lay};
use crate::canvas::Canvas;
use crate::conditions::Conditions;
use crate::fonts::Fonts;
use crate::pose::{Pose, moved};
use crate::random::Random;

/// A scene, before a document is laid into it. `clutter` is 0 for a calm ground, and 1 for what people have
/// on their desks: then every other scene is busy.
pub fn scene(width: usize, height: usize, clutter: f32, fonts: &Fonts, random: &mut Random) -> Canvas {
    let busy = random.chance(0.5 * clutter);
    let mut canvas = ground::ground(width, height, busy, random);
    if busy {
        for _ in 0..random.whole(1, 3) {
            something(&mut canvas, fonts, random);
        }
    }
    canvas
}

/// A scene in which no document lies, but what might be taken for one: papers, screens, tiles, keyboards,
/// doors, hands.
pub fn tempting(width: usize, height: usize, fonts: &Fonts, random: &mut Random) -> Canvas {
    let mut canvas = ground::ground(width, height, true, random);
    for _ in 0..random.whole(0, 4) {
        something(&mut canvas, fonts, random);
    }
    if random.chance(0.25) {
        hand(&mut canvas, random);
    }
    canvas
}

/// One thing somewhere: a pen, a hand, or something flat.
fn something(canvas: &mut Canvas, fonts: &Fonts, random: &mut Random) {
    match random.below(8) {
        0 | 1 => stroke(canvas, random),
        2 => disc(canvas, random),
        3 if random.chance(0.5) => hand(canvas, random),
        _ => {
            let thing = thing::thing(fonts, random);
            let pose = somewhere(thing.size, canvas, thing.reach, random);
            let surface = Surface { print: &thing.print, size: thing.size, radius: thing.radius };
            lay(canvas, &surface, &pose, &Shade::new(random));
        }
    }
}

/// A place for something flat, anywhere, in part beyond the edge of the picture.
fn somewhere(size: [f32; 2], canvas: &Canvas, reach: [f32; 2], random: &mut Random) -> Quad {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let conditions = Conditions {
        width: canvas.width,
        height: canvas.height,
        fill: reach,
        roll: 45.0,
        tilt: 30.0,
        turned: true,
        ..Conditions::usual()
    };
    let pose = Pose::new(size, &conditions, random);
    let by = Point::new(random.either(0.5) * width, random.either(0.5) * height);
    moved(&pose.corners, by)
}

/// A pen, a cable, an edge of something.
fn stroke(canvas: &mut Canvas, random: &mut Random) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let place = |random: &mut Random| {
        Point::new(random.between(-0.2, 1.2) * width, random.between(-0.2, 1.2) * height)
    };
    let (from, to) = (place(random), place(random));
    let colour = random.tone(10.0, 245.0, 0.6);
    canvas.line(from, to, random.between(2.0, 26.0) * height / 720.0, colour);
}

/// A cup from above, a coin.
fn disc(canvas: &mut Canvas, random: &mut Random) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let middle = Point::new(random.unit() * width, random.unit() * height);
    let radius = random.between(0.04, 0.22) * height;
    let colour = random.tone(20.0, 245.0, 0.4);
    canvas.ellipse(middle, radius, radius, colour);
    let inner = radius * random.between(0.75, 0.92);
    let inside = random.tone(15.0, 230.0, 0.4);
    canvas.ellipse(middle, inner, inner, inside);
}
