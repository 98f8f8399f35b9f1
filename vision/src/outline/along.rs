//! What is seen along a line, and what it is worth as a side of a document. A document's side is seen in nearly all
//! of its length; the paper within it has one colour, and little happens there, where print, shadows and what lies
//! beside it have something of this and lack the rest. How much each counts was learned.

use super::line::Side;
use super::strip::{PLACES, change, colour, share_of};
use crate::frame::Frame;
use crate::rank;

/// What speaks for a line and against it: what [`seen`] gives, what goes on [`beyond`] its ends, how much the network
/// is against it, and how much it has covered two squares and one within, on, and one beyond.
pub type Signs = [f32; 14];

/// What each sign counts: see `along.txt`, which says how that was learned.
static WEIGHTS: &[u8; 4 * 14] = include_bytes!("along.bin");

/// How far beyond its corners an edge is followed, as a share of its length, and at how many places.
const BEYOND: f32 = 0.12;
const BEYOND_PLACES: usize = 8;

/// Where colours are looked at beside a line, in steps outward.
const OUT: [f32; 8] = [-6.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0];

/// What a line is worth among the others beside it: the logarithm of how likely it is, and a constant.
pub(super) fn worth(signs: &Signs) -> f32 {
    let (weights, _) = WEIGHTS.as_chunks();
    weights.iter().zip(signs).map(|(&weight, sign)| f32::from_le_bytes(weight) * sign).sum()
}

/// What is seen along a line, in steps of so many pixels: how much changes at it in all but a quarter of its length;
/// how much from further within to further out, and between the means of both; how uneven it is within, how much
/// changes from place to place without, and how much across within; how the hue differs, and how much lighter it is
/// within.
pub(super) fn seen(frame: &Frame, line: &Side, step: f32) -> [f32; 8] {
    let places: [[[f32; 3]; 8]; PLACES] =
        std::array::from_fn(|place| OUT.map(|out| colour(frame, line.place(share_of(place), out * step))));
    let mean = |each: &dyn Fn(&[[f32; 3]; 8]) -> f32| places.iter().map(each).sum::<f32>() / PLACES as f32;
    let colour = |at: usize| [0, 1, 2].map(|channel| mean(&|colours| colours[at][channel]));
    let (inner, outer) = (colour(2), colour(6));
    let changes =
        places.map(|colours| most([(2, 4), (3, 5), (4, 6)].map(|(a, b)| change(colours[a], colours[b]))));
    let next = places.windows(2).map(|two| change(two[0][6], two[1][6]));
    let brightness = |colour: [f32; 3]| colour.iter().sum::<f32>();
    let hue = |channel: usize| {
        let share = |colour: [f32; 3]| colour[channel] / (brightness(colour) + 1.0);
        (share(inner) - share(outer)).abs()
    };
    [
        rank::nth(&changes, PLACES / 4),
        mean(&|colours| change(colours[1], colours[7])),
        change(inner, outer),
        mean(&|colours| change(colours[2], inner)),
        next.sum::<f32>() / PLACES as f32,
        mean(&|colours| most([change(colours[1], colours[2]), change(colours[0], colours[1])])),
        hue(0) + hue(1) + hue(2),
        (brightness(inner) - brightness(outer)) / 765.0,
    ]
}

/// How much changes along a line beyond its ends, from 0 to 1; at most a step of so many pixels beside it.
pub(super) fn beyond(frame: &Frame, line: &Side, step: f32) -> f32 {
    let one = |at: usize| {
        let off = BEYOND * ((at / 2) as f32 + 1.0) / BEYOND_PLACES as f32;
        let share = if at % 2 == 0 { -off } else { 1.0 + off };
        let colours = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|out| colour(frame, line.place(share, out * step)));
        most([0, 1, 2].map(|at| change(colours[at], colours[at + 2])))
    };
    (0..2 * BEYOND_PLACES).map(one).sum::<f32>() / (2 * BEYOND_PLACES) as f32
}

fn most<const N: usize>(changes: [f32; N]) -> f32 {
    changes.into_iter().fold(0.0, f32::max)
}
