//! The strip along a side of a document at the frame's full size, and the edge in it.

use super::line::{Found, Side, line};
use crate::frame::Frame;
use crate::geometry::Point;

/// Places along a side.
const PLACES: usize = 64;

/// Steps to either side of where the edge should be.
const STEPS: usize = 20;

/// All steps from inside to outside.
const ACROSS: usize = 2 * STEPS + 1;

/// Pixels that are mixed at each place along the side, so that print and noise count less than an edge.
const TAPS: usize = 3;

/// So many lines are tried at each side: its edge, its shadow, the border of what is printed, and one more.
const CANDIDATES: usize = 5;

/// Lines that differ by so few steps at both ends are one.
const APART: usize = 3;

/// Along a line that is an edge at least so much changes.
const FAINTEST: f32 = 0.15;

/// What differs less is noise: the sum over three colours, between places two steps apart. Three times what
/// a sensor has in a lit room.
const NOISE: f32 = 9.0;

/// A line that may be the edge along a side.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub side: Side,
    /// How far outward it is in the middle of the side that was given, in pixels.
    pub off: f32,
    /// How much the colours change along it: the mean of nothing (0) and all (1).
    pub strength: f32,
}

/// An edge along a side.
#[derive(Clone, Copy)]
pub(super) struct Edge {
    /// Where it is.
    pub side: Side,
    /// In how much of the side it can be seen, from 0 to 1.
    pub seen: f32,
}

/// The lines beside a side, at most `reach` pixels off, along which the most changes.
pub(super) fn candidates(frame: &Frame, side: &Side, reach: f32) -> Vec<Candidate> {
    let strip = Strip::along(frame, side, reach / STEPS as f32);
    let lines = strip.lines().into_iter();
    let candidate = |([start, end], strength): ([f32; 2], f32)| {
        let ends = [start * strip.step, end * strip.step];
        Candidate { side: side.moved(ends), off: (ends[0] + ends[1]) / 2.0, strength }
    };
    lines.map(candidate).collect()
}

/// The edge along a line, to a part of a pixel; `None` where none can be seen. A square has so many pixels.
pub(super) fn edge(frame: &Frame, near: &Side, square: f32) -> Option<Edge> {
    let fine = Strip::along(frame, near, (square / 60.0).clamp(0.25, 1.0));
    let found = fine.peaks();
    let ends = line(&found, 0.8)?;
    let side = near.moved(ends.map(|out| out * fine.step));
    let on = |one: &&Found| (one.out - (ends[0] + (ends[1] - ends[0]) * one.share)).abs() < 3.0;
    let seen = found.iter().filter(on).map(|one| one.weight).sum::<f32>() / PLACES as f32;
    Some(Edge { side, seen })
}

/// How much the colours change outward, at each place along a side: from 0 to 1.
struct Strip {
    /// In pixels.
    step: f32,
    changes: Vec<[f32; ACROSS]>,
}

fn share_of(place: usize) -> f32 {
    // The corners of cards are round (3.18 mm of 86), and those of pages are worn.
    0.05 + 0.9 * (place as f32 + 0.5) / PLACES as f32
}

impl Strip {
    fn along(frame: &Frame, side: &Side, step: f32) -> Self {
        let changes = (0..PLACES)
            .map(|place| {
                let colours: [[f32; 3]; ACROSS + 2] = std::array::from_fn(|at| {
                    let out = step * (at as f32 - (STEPS + 1) as f32);
                    let taps = (0..TAPS).map(|tap| {
                        let within = (tap as f32 + 0.5) / TAPS as f32 - 0.5;
                        colour(frame, side.place(share_of(place) + within * 0.9 / PLACES as f32, out))
                    });
                    taps.fold([0.0; 3], |sum, colour| [0, 1, 2].map(|channel| sum[channel] + colour[channel]))
                });
                std::array::from_fn(|at| {
                    let (inner, outer) = (colours[at], colours[at + 2]);
                    let change: f32 = (0..3).map(|channel| (outer[channel] - inner[channel]).abs()).sum();
                    change / TAPS as f32
                })
            })
            .map(|changes: [f32; ACROSS]| changes.map(|change| change / (change + NOISE)))
            .collect();
        Self { step, changes }
    }

    /// The straight lines along which the most changes: how many steps outward each is at the start and at the
    /// end of the side, and how much changes.
    fn lines(&self) -> Vec<([f32; 2], f32)> {
        let mut sums = vec![0.0f32; ACROSS * ACROSS];
        for start in 0..ACROSS {
            for end in start.saturating_sub(STEPS)..(start + STEPS + 1).min(ACROSS) {
                let sum: f32 = self
                    .changes
                    .iter()
                    .enumerate()
                    .map(|(place, changes)| {
                        let at = start as f32 + (end as f32 - start as f32) * share_of(place);
                        changes[(at + 0.5) as usize]
                    })
                    .sum();
                sums[start * ACROSS + end] = sum / PLACES as f32;
            }
        }
        let mut lines = Vec::with_capacity(CANDIDATES);
        while lines.len() < CANDIDATES {
            let best = (0..sums.len()).max_by(|&a, &b| sums[a].total_cmp(&sums[b]));
            let Some(best) = best.filter(|&best| sums[best] > FAINTEST) else { break };
            let (start, end) = (best / ACROSS, best % ACROSS);
            lines.push(([start, end].map(|at| at as f32 - STEPS as f32), sums[best]));
            // What is nearly the same line is none of its own.
            for near in start.saturating_sub(APART)..(start + APART + 1).min(ACROSS) {
                sums[near * ACROSS..][end.saturating_sub(APART)..(end + APART + 1).min(ACROSS)].fill(0.0);
            }
        }
        lines
    }

    /// Where the most changes at each place, in steps outward and parts of them.
    fn peaks(&self) -> Vec<Found> {
        let peak = |(place, changes): (usize, &[f32; ACROSS])| {
            // Not at the ends of the strip, where it would be no peak.
            let at = (1..ACROSS - 1).max_by(|&a, &b| changes[a].total_cmp(&changes[b]))?;
            let [before, top, after] = [changes[at - 1], changes[at], changes[at + 1]];
            let bend = before - 2.0 * top + after;
            let part = if bend < -1e-4 { (0.5 * (before - after) / bend).clamp(-1.0, 1.0) } else { 0.0 };
            let out = at as f32 - STEPS as f32 + part;
            Some(Found { share: share_of(place), out, weight: top })
        };
        self.changes.iter().enumerate().filter_map(peak).collect()
    }
}

/// The colours at a place, between the four pixels around it.
fn colour(frame: &Frame, place: Point) -> [f32; 3] {
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
