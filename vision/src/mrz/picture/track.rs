//! Following a line of characters from one of them to both of its ends.

use super::net::Sight;
use super::place::{Eye, Place};

/// After so many places with nothing, a line has ended.
const GAP: usize = 4;
/// No line goes on for longer than this to either side.
const LONGEST: usize = 50;
/// So many characters to either side tell whether this is a line, and which way up it is.
const GLANCE: usize = 5;
/// How much shorter or longer than at the start the distance of two characters may become, as leaning lines
/// have it.
const STRETCH: f32 = 1.3;

/// A place on a line, and how likely it is that a character stands there.
#[derive(Clone)]
pub(super) struct Seat {
    /// Set right by what was seen, where something was.
    pub(super) place: Place,
    pub(super) some: f32,
    pub(super) taller: f32,
    /// What was seen there.
    pub(super) sight: Sight,
}

impl Seat {
    /// Where what was seen at a place really stands.
    pub(super) fn of(place: &Place, sight: Sight) -> Self {
        let some = sight.some();
        let (right, down) = if some > 0.3 { (sight.right, sight.down) } else { (0.0, 0.0) };
        let near = |value: f32| value.clamp(-0.4, 0.4);
        let taller = sight.taller.clamp(-0.25, 0.25);
        Self { place: place.moved(near(right), near(down)), some, taller, sight }
    }
}

/// Follows the line that has a character near a place, whichever way up it is; `None` where there is none.
/// The first and the last seat have characters.
pub(super) fn follow_either(eye: &mut Eye, near: &Place) -> Option<Vec<Seat>> {
    let ways = [*near, near.reversed()].map(|place| {
        let start = acquire(eye, &place)?;
        let glance = around(eye, &start, GLANCE);
        let seen = glance.iter().map(|seat| seat.some).sum::<f32>();
        (seen > 0.55 * (2 * GLANCE + 1) as f32).then_some((seen, start))
    });
    let [this, other] = ways;
    let (_, start) = match (this, other) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b),
    }?;
    Some(trimmed(around(eye, &start, LONGEST)))
}

/// Follows the line that has a character near a place, the same way up.
pub(super) fn follow(eye: &mut Eye, near: &Place) -> Option<Vec<Seat>> {
    let start = acquire(eye, near)?;
    Some(trimmed(around(eye, &start, LONGEST)))
}

/// A place near by where a character is seen for sure.
fn acquire(eye: &mut Eye, near: &Place) -> Option<Seat> {
    for ahead in [0.0, 0.5, -2.0, 2.0, 4.5, -4.5] {
        let near = near.moved(ahead, 0.0);
        let mut seat = Seat::of(&near, eye.look(&near));
        if seat.some < 0.4 {
            continue;
        }
        for _ in 0..2 {
            seat.place.down = seat.place.down.times((0.8 * seat.taller).exp());
            seat = Seat::of(&seat.place, eye.look(&seat.place));
        }
        if seat.some > 0.6 {
            return Some(seat);
        }
    }
    None
}

/// The seats to both sides of one, from left to right.
fn around(eye: &mut Eye, start: &Seat, most: usize) -> Vec<Seat> {
    let mut seats = march(eye, start, -1.0, most);
    seats.reverse();
    seats.push(start.clone());
    seats.extend(march(eye, start, 1.0, most));
    seats
}

/// The seats to one side. What is seen corrects where the next one is expected, and so its distance.
fn march(eye: &mut Eye, start: &Seat, side: f32, most: usize) -> Vec<Seat> {
    let mut seats = Vec::new();
    let mut at = start.place;
    let usual = at.along.length();
    let mut gap = 0;
    while seats.len() < most && gap < GAP {
        let next = at.moved(side, 0.0);
        let seen = Seat::of(&next, eye.look(&next));
        if seen.some > 0.5 {
            gap = 0;
            let sight = &seen.sight;
            let (right, down) = (sight.right.clamp(-0.4, 0.4), sight.down.clamp(-0.4, 0.4));
            let (further, lower) = (right * side, down * side);
            at = next.moved(0.6 * right, 0.6 * down);
            let along = at.along.times(1.0 + 0.12 * further).plus(at.down.times(0.06 * lower));
            at.along = along.of_length(along.length().clamp(usual / STRETCH, usual * STRETCH));
            at.down = at.down.times((0.15 * seen.taller).exp());
        } else {
            gap += 1;
            at = next;
        }
        seats.push(seen);
    }
    seats
}

/// Without the places with nothing at both ends.
fn trimmed(mut seats: Vec<Seat>) -> Vec<Seat> {
    let something = |seat: &Seat| seat.some > 0.5;
    seats.truncate(seats.iter().rposition(something).map_or(0, |last| last + 1));
    let first = seats.iter().position(something).unwrap_or(0);
    seats.split_off(first)
}
