//! The third stage: when the picture is taken by itself. Frames must hold: a whole document, near enough,
//! flat, sharp, without glare, and still. Of those that held, the sharpest is the picture.

/// So many frames must hold; one that does so by chance, as in the middle of a move, is not enough.
const FRAMES: u8 = 3;

/// And for so long, in milliseconds: a hand that comes to rest passes through rest before it is there.
const STILL: u32 = 350;

/// With something still to be read, one waits until it is; so long at most, in milliseconds. A frame is read
/// in a tenth of a second on a slow phone, and two must agree.
const READING: u32 = 900;

/// What happens to a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// Nothing.
    Pass,
    /// It is the sharpest so far of those that held: it is kept, and the one before forgotten.
    Keep,
    /// The picture is taken: the frame that is kept.
    Take,
    /// The picture is taken, and it is this frame.
    TakeThis,
}

/// A shutter. It is released once.
#[derive(Clone, Debug, Default)]
pub struct Shutter {
    run: Option<Run>,
    released: bool,
}

/// Frames that held, one after the other.
#[derive(Clone, Copy, Debug)]
struct Run {
    since: u32,
    frames: u8,
    best: f32,
    /// The last frame did not hold. One may: measures near a threshold waver.
    lapsed: bool,
}

impl Shutter {
    /// Takes how sharp the frame at the time `at` (in milliseconds) is, more being sharper; `None` if it
    /// does not hold. `reading` says that something may still be read.
    pub fn next(&mut self, holds: Option<f32>, at: u32, reading: bool) -> Release {
        if self.released {
            return Release::Pass;
        }
        let Some(sharpness) = holds else {
            self.run = self.run.filter(|run| !run.lapsed).map(|run| Run { lapsed: true, ..run });
            return Release::Pass;
        };
        let first = Run { since: at, frames: 0, best: f32::MIN, lapsed: false };
        let run = self.run.get_or_insert(first);
        run.frames = run.frames.saturating_add(1);
        run.lapsed = false;
        let sharpest = sharpness > run.best;
        run.best = run.best.max(sharpness);
        let held = at.saturating_sub(run.since);
        let enough = run.frames >= FRAMES && held >= STILL && (!reading || held >= READING);
        self.released = enough;
        match (enough, sharpest) {
            (true, true) => Release::TakeThis,
            (true, false) => Release::Take,
            (false, true) => Release::Keep,
            (false, false) => Release::Pass,
        }
    }
}
