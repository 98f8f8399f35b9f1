//! Grounds that fill the picture: tables, cloths, tiles, stripes.

use crate::canvas::{Canvas, lit, mix};
use crate::noise::Noise;
use crate::random::Random;

/// A ground; busy ones have patterns of their own.
pub(super) fn ground(width: usize, height: usize, busy: bool, random: &mut Random) -> Canvas {
    match random.below(if busy { 8 } else { 3 }) {
        0 => plain(width, height, random),
        1 | 3 => wood(width, height, random),
        2 => leather(width, height, random),
        4 => cloth(width, height, random),
        5 => stone(width, height, random),
        6 => stripes(width, height, random),
        _ => tiles(width, height, random),
    }
}

fn plain(width: usize, height: usize, random: &mut Random) -> Canvas {
    let colour = random.tone(12.0, 248.0, 0.5);
    let grain = random.between(0.0, 6.0);
    let noise = Noise::new(random);
    Canvas::of(width, height, |x, y| colour.map(|value| value + grain * noise.smooth(x * 0.4, y * 0.4)))
}

/// Boards, their grain along them, with gaps in between in some cases.
fn wood(width: usize, height: usize, random: &mut Random) -> Canvas {
    let noise = Noise::new(random);
    let bright = random.between(0.35, 1.15);
    let base = lit(
        [random.between(170.0, 200.0), random.between(128.0, 150.0), random.between(80.0, 115.0)],
        bright,
    );
    let (sin, cos) = random.either(std::f32::consts::PI).sin_cos();
    let (pace, depth) = (random.between(0.02, 0.06), random.between(0.06, 0.2));
    let board = if random.chance(0.4) { height as f32 * random.between(0.12, 0.4) } else { f32::INFINITY };
    Canvas::of(width, height, |x, y| {
        let (along, across) = (x * cos + y * sin, y * cos - x * sin);
        let which = if board.is_finite() { (across / board).floor() } else { 0.0 };
        let bend = noise.smooth(along * 0.003 + which * 7.3, across * 0.012) * 3.0;
        let ring = noise.smooth(along * 0.004 + which * 3.7, across * pace + bend);
        let fibre = noise.smooth(along * 0.02, across * 0.6);
        let gap = if board.is_finite() {
            let beside = across - which * board;
            1.0 - 0.5 * (1.5 - beside.min(board - beside)).clamp(0.0, 1.0)
        } else {
            1.0
        };
        lit(base, gap * (1.0 + depth * ring + depth * 0.35 * fibre + 0.06 * noise.smooth(which * 5.1, 0.5)))
    })
}

fn leather(width: usize, height: usize, random: &mut Random) -> Canvas {
    let noise = Noise::new(random);
    let base = random.tone(20.0, 150.0, 0.5);
    let pace = random.between(0.08, 0.3);
    let depth = random.between(0.04, 0.15);
    Canvas::of(width, height, |x, y| {
        let rough = noise.smooth(x * pace, y * pace) + noise.smooth(x * pace * 0.13, y * pace * 0.13);
        lit(base, 1.0 + depth * rough)
    })
}

/// A weave, with folds.
fn cloth(width: usize, height: usize, random: &mut Random) -> Canvas {
    let noise = Noise::new(random);
    let (one, other) = (random.tone(20.0, 230.0, 0.6), random.tone(20.0, 230.0, 0.6));
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
    let (one, other) = (random.tone(40.0, 230.0, 0.35), random.tone(40.0, 230.0, 0.35));
    let pace = random.between(0.006, 0.08);
    let strength = random.between(0.2, 0.8);
    Canvas::of(width, height, |x, y| {
        let rough = noise.smooth(x * pace, y * pace)
            + noise.smooth(x * pace * 2.1, y * pace * 2.1) * 0.5
            + noise.smooth(x * pace * 5.3, y * pace * 5.3) * 0.3;
        mix(one, other, (rough * strength + 0.5).clamp(0.0, 1.0))
    })
}

fn stripes(width: usize, height: usize, random: &mut Random) -> Canvas {
    let (one, other) = (random.tone(20.0, 240.0, 0.6), random.tone(20.0, 240.0, 0.6));
    let step = height as f32 * random.between(0.02, 0.2);
    let share = random.between(0.2, 0.8);
    let (sin, cos) = random.either(std::f32::consts::PI).sin_cos();
    let crossed = random.chance(0.4);
    let edge = |at: f32| {
        let at = at.rem_euclid(step);
        let inside = at.min(share * step - at).max(at - step);
        (inside + 0.5).clamp(0.0, 1.0)
    };
    Canvas::of(width, height, |x, y| {
        let one_way = edge(x * cos + y * sin);
        let share = if crossed { (one_way + edge(y * cos - x * sin)) / 2.0 } else { one_way };
        mix(one, other, share)
    })
}

/// Tiles with joints, seen straight or aslant.
fn tiles(width: usize, height: usize, random: &mut Random) -> Canvas {
    let noise = Noise::new(random);
    let (tile, joint) = (random.tone(60.0, 240.0, 0.35), random.tone(40.0, 220.0, 0.2));
    let down = height as f32 * random.between(0.12, 0.7);
    let across = down * *random.pick(&[1.0, 1.0, 1.585, 2.0, 3.0]);
    let gap = random.between(1.5, 9.0);
    let (sin, cos) = random.either(0.6).sin_cos();
    let staggered = random.chance(0.4);
    let differ = random.between(0.0, 0.12);
    Canvas::of(width, height, |x, y| {
        let (u, v) = (x * cos + y * sin, y * cos - x * sin);
        let row = (v / down).floor();
        let u = if staggered { u + row * across / 2.0 } else { u };
        let column = (u / across).floor();
        let (x_in, y_in) = (u - column * across, v - row * down);
        let inside = x_in.min(across - x_in).min(y_in).min(down - y_in) - gap / 2.0;
        let own = 1.0 + differ * noise.smooth(column * 3.7 + 0.5, row * 5.3 + 0.5);
        mix(joint, lit(tile, own), (inside + 0.5).clamp(0.0, 1.0))
    })
}
