//! From what frames show to what a person is told, and to the moment at which the picture is taken. Three
//! stages, each pure: a report gives a hint ([`hint`]), hints over time give one steady hint ([`steady`]),
//! and frames that hold over time release the shutter ([`shutter`]). Time is an argument.
//!
//! They live beside the reports, in the module that is loaded when a camera is near, and not in the flow,
//! whose first step would have to wait for them.

pub mod hint;
pub mod shutter;
pub mod steady;

use self::hint::Hint;
use self::shutter::{Release, Shutter};
use self::steady::Steady;
use crate::geometry::Quad;
use crate::report::{Expectation, Report};

/// After so many milliseconds without a picture the button is offered loudly. Peers that have one wait
/// for 20 s; nine of ten documents are taken within them, so it may come sooner, and disturbs nobody.
const BY_HAND: u32 = 10_000;

/// How long a hint stands at least, in milliseconds: six words are read in 1.5 s.
const READ: u32 = 1_500;

/// The same for who hears it: a screen reader says six words in two seconds, and must not be cut short.
const HEARD: u32 = 3_000;

/// The eyes of one camera, from its first frame to its picture.
#[derive(Clone, Debug)]
pub struct Guide {
    expectation: Expectation,
    before: Option<Seen>,
    shown: Steady,
    spoken: Steady,
    shutter: Shutter,
    begun: Option<u32>,
}

/// What is to be done after a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What the person is told.
    pub hint: Hint,
    /// What is told to who hears it and does not see it.
    pub spoken: Hint,
    /// What happens to this frame, and whether the picture is taken.
    pub release: Release,
    /// Whether the light is to be offered.
    pub dark: bool,
    /// Whether the person is to be told that they can press the button.
    pub by_hand: bool,
}

/// Where the document was in the frame before.
#[derive(Clone, Copy, Debug)]
struct Seen {
    corners: Quad,
    at: u32,
}

impl Guide {
    /// Eyes that look for this.
    pub fn new(expectation: Expectation) -> Self {
        Self {
            expectation,
            before: None,
            shown: Steady::new(Hint::Seek, READ),
            spoken: Steady::new(Hint::Seek, HEARD),
            shutter: Shutter::default(),
            begun: None,
        }
    }

    /// Takes what a frame shows. `at` is when it was taken, in milliseconds of any clock that goes on;
    /// `reading` says that something may still be read of the document, which is worth a moment.
    pub fn see(&mut self, report: &Report, at: u32, reading: bool) -> Advice {
        let begun = *self.begun.get_or_insert(at);
        let seen = report.outline.map(|outline| Seen { corners: outline.corners, at });
        let moved = self.before.zip(seen).map(|(before, now)| {
            hint::speed(&before.corners, &now.corners, now.at.saturating_sub(before.at))
        });
        self.before = seen;
        let hint = hint::of(report, &self.expectation, moved);
        let holds = (hint == Hint::Good).then(|| hint::sharpness(report));
        Advice {
            hint: self.shown.next(hint, at),
            spoken: self.spoken.next(hint, at),
            release: self.shutter.next(holds, at, reading),
            dark: hint == Hint::MoreLight,
            by_hand: at.saturating_sub(begun) >= BY_HAND,
        }
    }
}

#[cfg(test)]
mod tests;
