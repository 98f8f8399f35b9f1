//! The second stage: the hints of frames → one hint that stands long enough to be read and followed. What
//! single frames say flickers; words that flicker are not read, and a screen reader would never stop.

use super::hint::{HINTS, Hint};

/// How long a frame's hint has weight, in milliseconds. What is seen changes within a second when a person
/// reacts, and the mean of three is what shipped products use.
const WINDOW: f32 = 3_000.0;

/// How fast a hint loses its weight, in milliseconds: to a third after so long.
const DECAY: f32 = 600.0;

/// How much more than the one that stands another must weigh.
const MARGIN: f32 = 1.25;

/// The hint that stands, and what the frames of late said.
#[derive(Clone, Debug)]
pub struct Steady {
    shown: Hint,
    /// Since when it stands; `None` until the first frame.
    since: Option<u32>,
    last: u32,
    least: u32,
    weights: [f32; HINTS.len()],
}

impl Steady {
    /// Begins with this one. Each stands `least` milliseconds.
    pub fn new(shown: Hint, least: u32) -> Self {
        Self { shown, since: None, last: 0, least, weights: [0.0; HINTS.len()] }
    }

    /// Takes the hint of the frame at the time `at`, in milliseconds, and gives the one that stands.
    pub fn next(&mut self, hint: Hint, at: u32) -> Hint {
        let since = *self.since.get_or_insert(at);
        let passed = at.saturating_sub(self.last) as f32;
        self.last = at;
        // A step of an exponential decay, by what a step of any length leaves at least.
        let left = if passed > WINDOW { 0.0 } else { DECAY / (DECAY + passed) };
        self.weights.iter_mut().for_each(|weight| *weight *= left);
        // A frame stands for the time since the last one: a slow device's few frames weigh as much.
        self.weights[hint as usize] += passed.clamp(1.0, DECAY);

        let weight = |hint: Hint| self.weights[hint as usize];
        let heaviest = HINTS
            .into_iter()
            .fold(self.shown, |best, other| if weight(other) > weight(best) { other } else { best });
        let outweighs = weight(heaviest) > weight(self.shown) * MARGIN;
        if heaviest != self.shown && outweighs && at.saturating_sub(since) >= self.least {
            self.shown = heaviest;
            self.since = Some(at);
        }
        self.shown
    }
}
