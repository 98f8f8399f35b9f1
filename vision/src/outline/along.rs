//! What is seen along a line, and what it is worth as a side of a document. A document's side is seen in nearly all
//! of its length; the paper within it has one colour, and little happens there, where print, shadows and what lies
//! beside it have something of this and lack the rest. How much each counts was learned.

use super::line::Side;
use super::strip::{PLACES, change, colour, share_of};
use crate::frame::Frame;
use crate::rank;

/// What speaks for a line and against it: what [`seen`] gives, what goes on [`beyond`] its ends, and how much the
/// network has covered two squares within, on it, and one square without.
pub type Signs = [f32; 11];

/// What each sign counts: see `along.txt`, which says how that was learned.
static WEIGHTS: &[u8; 4 * 11] = include_bytes!("along.bin");

/// How far beyond its corners an edge is followed, as a share of its length, and at how many places.
const BEYOND: f32 = 0.12;
const BEYOND_PLACES: usize = 8;

/// Where colours are looked at beside a line, in steps outward.
const OUT: [f32; 8] = [-6.0, -4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0];

/// What a line is worth among the others beside it: the logarithm of how likely it is, but for a constant.
pub(super) fn worth(signs: &Signs) -> f32 {
    weighed(WEIGHTS, signs)
}

/// The sum of signs, each by what it counts: little-endian `f32`.
#[inline(never)]
pub(super) fn weighed(weights: &[u8], signs: &[f32]) -> f32 {
    let (weights, _) = weights.as_chunks();
    weights.iter().zip(signs).map(|(&weight, sign)| f32::from_le_bytes(weight) * sign).sum()
}

/// What is seen along a line, in steps of so many pixels: how much changes at it in all but a quarter of its length;
/// how much from further within to further out, and between the means of both; how uneven it is within, how much
/// changes from place to place without, and how much across within; and how the hue differs.
pub(super) fn seen(frame: &Frame, line: &Side, step: f32) -> [f32; 7] {
    let places: Vec<Place> = (0..PLACES).map(|place| Place::of(frame, line, share_of(place), step)).collect();
    let mean = |each: &dyn Fn(&Place) -> f32| places.iter().map(each).sum::<f32>() / PLACES as f32;
    let colour = |at: usize| [0, 1, 2].map(|channel| mean(&|place| place.0[at][channel]));
    let (inner, outer) = (colour(2), colour(6));
    let changes: Vec<f32> = places.iter().map(Place::change).collect();
    let next = places.windows(2).map(|two| change(two[0].0[6], two[1].0[6]));
    let brightness = |colour: [f32; 3]| colour.iter().sum::<f32>();
    let hue = |channel: usize| {
        let share = |colour: [f32; 3]| colour[channel] / (brightness(colour) + 1.0);
        (share(inner) - share(outer)).abs()
    };
    [
        rank::nth(&changes, PLACES / 4),
        mean(&|place| place.between(1, 7)),
        change(inner, outer),
        mean(&|place| change(place.0[2], inner)),
        next.sum::<f32>() / PLACES as f32,
        mean(&|place| place.between(1, 2).max(place.between(0, 1))),
        (0..3).map(hue).sum(),
    ]
}

/// How much changes along a line beyond its ends, from 0 to 1; at most a step of so many pixels beside it.
pub(super) fn beyond(frame: &Frame, line: &Side, step: f32) -> f32 {
    let one = |at: usize| {
        let off = BEYOND * ((at / 2) as f32 + 1.0) / BEYOND_PLACES as f32;
        let share = if at.is_multiple_of(2) { -off } else { 1.0 + off };
        Place::of(frame, line, share, step).change()
    };
    (0..2 * BEYOND_PLACES).map(one).sum::<f32>() / (2 * BEYOND_PLACES) as f32
}

/// The colours across a line at a place: see [`OUT`].
struct Place([[f32; 3]; OUT.len()]);

impl Place {
    #[inline(never)]
    fn of(frame: &Frame, line: &Side, share: f32, step: f32) -> Self {
        let mut colours = [[0.0; 3]; OUT.len()];
        for (seen, out) in colours.iter_mut().zip(OUT) {
            *seen = colour(frame, line.place(share, out * step));
        }
        Self(colours)
    }

    /// How much changes between two of them.
    #[inline(never)]
    fn between(&self, from: usize, to: usize) -> f32 {
        change(self.0[from], self.0[to])
    }

    /// How much changes at the line, or a step beside it.
    fn change(&self) -> f32 {
        (2..5).map(|from| self.between(from, from + 2)).fold(0.0, f32::max)
    }
}
