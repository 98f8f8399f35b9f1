//! The strip along a side of a document at the frame's full size, and the edges in it.

use wide::f32x4;

use super::line::{Found, Side, line};
use crate::frame::Frame;
use crate::geometry::Point;

/// Places along a side.
pub(super) const PLACES: usize = 64;

/// Steps to either side of where an edge is looked for, and of where it is likely to be.
pub(super) const WIDE: usize = 40;
pub(super) const NARROW: usize = 14;

/// Steps to either side of where an edge was found.
const FINE: usize = 12;

/// Pixels that are mixed at each place along the side, so that print and noise count less than an edge.
const TAPS: usize = 3;

/// So many sums are computed at a time.
const LANES: usize = 4;

/// So many lines are looked at beside each side: its edge, its shadow, borders of what is printed, and of what lies
/// beside it.
const CANDIDATES: usize = 16;

/// Lines that differ by so few steps at both ends are one.
const APART: usize = 4;

/// Along a line that is an edge at least so much changes.
const FAINTEST: f32 = 0.12;

/// What differs less is noise: the sum over three colours, between places two steps apart. Three times what
/// a sensor has in a lit room.
const NOISE: f32 = 9.0;

/// An edge along a side.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    /// Where it is.
    pub side: Side,
    /// In how much of the side it can be seen, from 0 to 1.
    pub seen: f32,
}

/// A side, and the lines beside it, at most `reach` pixels off, along which the most changes.
pub(super) fn candidates(frame: &Frame, side: &Side, steps: usize, reach: f32) -> Vec<Side> {
    let strip = Strip::along(frame, side, steps, reach / steps as f32, false);
    strip.lines().into_iter().map(|ends| side.moved(ends.map(|end| end * strip.step))).collect()
}

/// The edge along a line, to a part of a pixel; `None` where none can be seen. A square has so many pixels.
#[inline(never)]
pub(super) fn edge(frame: &Frame, near: &Side, square: f32) -> Option<Edge> {
    let fine = Strip::along(frame, near, FINE, (square / 50.0).clamp(0.25, 2.0), true);
    let found = fine.peaks();
    let ends = line(&found, 0.8)?;
    let side = near.moved(ends.map(|out| out * fine.step));
    let on = |one: &&Found| (one.out - (ends[0] + (ends[1] - ends[0]) * one.share)).abs() < 3.0;
    let seen = found.iter().filter(on).map(|one| one.weight).sum::<f32>() / PLACES as f32;
    Some(Edge { side, seen })
}

/// How much the colours change outward, at each place along a side: from 0 to 1.
struct Strip {
    /// To either side.
    steps: usize,
    /// In pixels.
    step: f32,
    /// From inside to outside, place by place.
    changes: Vec<f32>,
}

/// Where such a place is, as a share of the side.
pub(super) fn share_of(place: usize) -> f32 {
    // The corners of cards are round (3.18 mm of 86), and those of pages are worn.
    0.05 + 0.9 * (place as f32 + 0.5) / PLACES as f32
}

/// How much two colours differ, from 0 to 1.
pub(super) fn change(inner: [f32; 3], outer: [f32; 3]) -> f32 {
    let change: f32 = (0..3).map(|channel| (outer[channel] - inner[channel]).abs()).sum();
    change / (change + NOISE)
}

impl Strip {
    fn along(frame: &Frame, side: &Side, steps: usize, step: f32, exact: bool) -> Self {
        let mut changes = Vec::with_capacity(PLACES * (2 * steps + 1) + LANES);
        let mut colours = vec![[0.0; 3]; 2 * steps + 3];
        for place in 0..PLACES {
            colours.fill([0.0; 3]);
            for tap in 0..TAPS {
                let within = (tap as f32 + 0.5) / TAPS as f32 - 0.5;
                let share = share_of(place) + within * 0.9 / PLACES as f32;
                let (on, next) = (side.place(share, 0.0), side.place(share, step));
                for (at, mean) in colours.iter_mut().enumerate() {
                    let place = on.toward(next, at as f32 - (steps + 1) as f32);
                    let colour = if exact { colour(frame, place) } else { pixel(frame, place) };
                    mean.iter_mut().zip(colour).for_each(|(mean, colour)| *mean += colour / TAPS as f32);
                }
            }
            changes.extend(colours.windows(3).map(|three| change(three[0], three[2])));
        }
        // So that the last ones are among four, too.
        changes.extend([0.0; LANES]);
        Self { steps, step, changes }
    }

    fn across(&self) -> usize {
        2 * self.steps + 1
    }

    /// The side itself, and the straight lines along which the most changes: how many steps outward each is at the start
    /// and at the end of the side.
    fn lines(&self) -> Vec<[f32; 2]> {
        let across = self.across();
        let mut sums = vec![0.0f32; across * across];
        // All lines of one slope at once: at each place they lie side by side.
        for rise in -(self.steps as i32)..=self.steps as i32 {
            let (first, last) = ((-rise).max(0) as usize, across - rise.max(0) as usize);
            let mut of_slope = vec![f32x4::ZERO; (last - first).div_ceil(LANES)];
            for place in 0..PLACES {
                let off = (rise as f32 * share_of(place) + 0.5).floor() as i32;
                let changes = &self.changes[place * across + (first as i32 + off) as usize..];
                let (fours, _) = changes.as_chunks::<LANES>();
                of_slope.iter_mut().zip(fours).for_each(|(sum, &four)| *sum += f32x4::new(four));
            }
            for (start, four) in (first..last).step_by(LANES).zip(of_slope) {
                for (start, sum) in (start..last).zip(four.to_array()) {
                    sums[start * across + (start as i32 + rise) as usize] = sum / PLACES as f32;
                }
            }
        }
        let mut lines = vec![[0.0; 2]];
        while lines.len() <= CANDIDATES {
            // None is below 0, and the bits of such numbers are in their order.
            let best = (0..sums.len()).max_by_key(|&at| sums[at].to_bits());
            let Some(best) = best.filter(|&best| sums[best] > FAINTEST) else { break };
            let (start, end) = (best / across, best % across);
            let line = [start, end].map(|at| at as f32 - self.steps as f32);
            if line != [0.0; 2] {
                lines.push(line);
            }
            // What is nearly the same line is none of its own.
            for near in start.saturating_sub(APART)..(start + APART + 1).min(across) {
                sums[near * across..][end.saturating_sub(APART)..(end + APART + 1).min(across)].fill(0.0);
            }
        }
        lines
    }

    /// Where the most changes at each place, in steps outward and parts of them.
    fn peaks(&self) -> Vec<Found> {
        let across = self.across();
        let peak = |(place, changes): (usize, &[f32])| {
            // Not at the ends of the strip, where it would be no peak.
            let at = (1..across - 1).max_by(|&a, &b| changes[a].total_cmp(&changes[b]))?;
            let [before, top, after] = [changes[at - 1], changes[at], changes[at + 1]];
            let bend = before - 2.0 * top + after;
            let part = if bend < -1e-4 { (0.5 * (before - after) / bend).clamp(-1.0, 1.0) } else { 0.0 };
            let out = at as f32 - self.steps as f32 + part;
            Some(Found { share: share_of(place), out, weight: top })
        };
        self.changes.chunks_exact(across).take(PLACES).enumerate().filter_map(peak).collect()
    }
}

/// The colours of the pixel at a place: where several are mixed, and an edge is looked for that is found more exactly
/// later, it is as good as what is between pixels, and several times as quick.
fn pixel(frame: &Frame, place: Point) -> [f32; 3] {
    let [red, green, blue, _] = frame.nearest(place);
    [red, green, blue].map(f32::from)
}

/// The colours at a place, between the four pixels around it. Once for all who look: it weighs more than a call takes.
#[inline(never)]
pub(super) fn colour(frame: &Frame, place: Point) -> [f32; 3] {
    let x = (place.x - 0.5).clamp(0.0, (frame.width() - 1) as f32);
    let y = (place.y - 0.5).clamp(0.0, (frame.height() - 1) as f32);
    let (column, row) = (x as usize, y as usize);
    let (across, down) = (x - column as f32, y - row as f32);
    let right = (column + 1).min(frame.width() - 1);
    let (upper, lower) = (frame.row(row), frame.row((row + 1).min(frame.height() - 1)));
    let mix = |from: f32, to: f32, share: f32| from + (to - from) * share;
    std::array::from_fn(|channel| {
        let value = |pixel: [u8; 4]| f32::from(pixel[channel]);
        let above = mix(value(upper[column]), value(upper[right]), across);
        let below = mix(value(lower[column]), value(lower[right]), across);
        mix(above, below, down)
    })
}
