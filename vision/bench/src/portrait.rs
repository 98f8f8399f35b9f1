//! A drawn face: skin, hair, eyes, nose, mouth, shoulders, and light from a side.

use vestibule_vision::geometry::Point;

use crate::canvas::{Canvas, Colour, lit, mix};
use crate::random::Random;
use crate::scene::SKINS;

const HAIRS: [Colour; 6] = [
    [28.0, 24.0, 22.0],
    [58.0, 40.0, 28.0],
    [104.0, 70.0, 42.0],
    [176.0, 142.0, 90.0],
    [150.0, 148.0, 146.0],
    [120.0, 52.0, 28.0],
];

/// Draws a portrait within `[left, top, right, bottom]`; gives the middle of the face, and the side of the
/// square from brow to chin.
pub fn draw(on: &mut Canvas, [left, top, right, bottom]: [f32; 4], random: &mut Random) -> (Point, f32) {
    let (width, height) = (right - left, bottom - top);
    let behind = random.tone(165.0, 245.0, 0.5);
    on.rectangle([left, top, right, bottom], 0.0, behind);
    let skin = *random.pick(&SKINS);
    let hair = *random.pick(&HAIRS);
    let cloth = random.tone(20.0, 200.0, 0.6);
    let long = random.chance(0.45);
    let bald = !long && random.chance(0.15);

    let across = width * random.between(0.24, 0.29);
    let down = across * random.between(1.28, 1.42);
    let middle =
        Point::new(left + width * random.between(0.48, 0.52), top + height * random.between(0.45, 0.5));
    let at = |x: f32, y: f32| Point::new(middle.x + x * across, middle.y + y * down);
    let side = random.either(0.25);
    let clip = [left, top, right, bottom];

    if long {
        blob(on, clip, at(0.0, 0.25), across * 1.32, down * 1.35, |_, _| hair);
    }
    let bust = middle.y + down * 1.9;
    blob(on, clip, Point::new(middle.x, bust), width * 0.46, down * 0.85, |x, _| {
        lit(cloth, 1.0 + side * (x - middle.x) / width)
    });
    blob(on, clip, at(0.0, 1.05), across * 0.48, down * 0.5, |_, _| lit(skin, 0.86));
    if !bald {
        blob(on, clip, at(0.0, -0.22), across * 1.12, down * 0.98, |_, _| hair);
    }
    for ear in [-1.0, 1.0] {
        blob(on, clip, at(ear, 0.05), across * 0.14, down * 0.18, |_, _| lit(skin, 0.9));
    }
    blob(on, clip, middle, across, down, |x, y| {
        let (x, y) = ((x - middle.x) / across, (y - middle.y) / down);
        lit(skin, 1.02 + side * x - 0.16 * (x * x + y * y) - 0.04 * y)
    });
    if !bald {
        let fringe = random.between(0.36, 0.5);
        blob(on, clip, at(random.either(0.3), -1.0 + fringe * 0.3), across * 0.98, down * fringe, |_, _| {
            hair
        });
    }
    features(on, &at, across, skin, hair, random);
    // From brow to chin.
    (at(0.0, 0.25), down * 1.5)
}

fn features(
    on: &mut Canvas,
    at: &impl Fn(f32, f32) -> Point,
    across: f32,
    skin: Colour,
    hair: Colour,
    random: &mut Random,
) {
    let eyes = random.between(-0.1, -0.02);
    let apart = random.between(0.4, 0.46);
    for eye in [-apart, apart] {
        on.ellipse(at(eye, eyes - 0.02), across * 0.26, across * 0.2, lit(skin, 0.82));
        on.ellipse(at(eye, eyes), across * 0.17, across * 0.085, [236.0, 232.0, 228.0]);
        on.ellipse(at(eye, eyes), across * 0.085, across * 0.085, mix(hair, [30.0, 20.0, 15.0], 0.6));
        on.line(at(eye - 0.2, eyes - 0.17), at(eye + 0.2, eyes - 0.18), across * 0.08, lit(hair, 0.9));
    }
    on.line(at(0.0, eyes + 0.08), at(0.04, 0.3), across * 0.07, lit(skin, 0.86));
    on.line(at(-0.13, 0.34), at(0.13, 0.34), across * 0.08, lit(skin, 0.68));
    let lips = mix(skin, [160.0, 50.0, 60.0], random.between(0.3, 0.6));
    on.line(at(-0.3, 0.6), at(0.3, 0.6), across * 0.13, lips);
    on.line(at(-0.31, 0.6), at(0.31, 0.6), across * 0.035, lit(lips, 0.55));
    if random.chance(0.25) {
        for eye in [-apart, apart] {
            ring(on, at(eye, eyes), across * 0.27, across * 0.045, [40.0, 36.0, 34.0]);
        }
        on.line(at(-0.16, eyes), at(0.16, eyes), across * 0.045, [40.0, 36.0, 34.0]);
    }
    if random.chance(0.18) {
        on.line(at(-0.3, 0.5), at(0.3, 0.5), across * 0.1, hair);
        on.line(at(-0.25, 0.85), at(0.25, 0.85), across * 0.2, hair);
    }
}

fn ring(on: &mut Canvas, middle: Point, radius: f32, width: f32, colour: Colour) {
    let far = radius + width;
    let within = [middle.x - far, middle.y - far, middle.x + far, middle.y + far];
    let outside = |x: f32, y: f32| (Point::new(x, y).distance(middle) - radius).abs() - width / 2.0;
    on.shape(within, outside, |_, _| colour);
}

/// An ellipse of changing colour that stays within a rectangle.
fn blob(
    on: &mut Canvas,
    clip: [f32; 4],
    middle: Point,
    across: f32,
    down: f32,
    colour: impl Fn(f32, f32) -> Colour,
) {
    let [left, top, right, bottom] = clip;
    let within = [
        (middle.x - across).max(left),
        (middle.y - down).max(top),
        (middle.x + across).min(right),
        (middle.y + down).min(bottom),
    ];
    let outside = |x: f32, y: f32| {
        let round = (((x - middle.x) / across).hypot((y - middle.y) / down) - 1.0) * across.min(down);
        round.max(left - x).max(x - right).max(top - y).max(y - bottom)
    };
    on.shape(within, outside, colour);
}
