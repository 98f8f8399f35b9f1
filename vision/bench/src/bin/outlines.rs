//! How well outlines are found:
//!
//! ```text
//! cargo run --release -p vestibule-vision-bench --bin outlines -- [--seeds tuning|held-out] [--from 0]
//!     [--count 100] [--conditions usual|hard|good|empty] [--kind passport|…] [--size 720|1080] [--turned yes]
//!     [--missed yes]
//! ```
//!
//! With `--missed yes` each picture is told in which what is found is wrong, or right and not sure enough.

use std::convert::Infallible;
use std::error::Error;

use vestibule_vision::geometry::Quad;
use vestibule_vision::outline::{candidate, shapes};
use vestibule_vision_bench::arguments::Arguments;
use vestibule_vision_bench::score::overlap;
use vestibule_vision_bench::surely::ACTED_ON;
use vestibule_vision_bench::{Conditions, Kind, Studio, Truth, asked};

/// What became of one picture.
struct Outcome {
    index: u64,
    truth: Option<Truth>,
    confidence: f32,
    /// Whether it is taken for cut off.
    cut: bool,
    /// With the truth.
    overlap: f32,
    /// That of the best of all shapes that were looked at.
    best: f32,
}

impl Outcome {
    fn of(studio: &Studio, index: u64, seed: u64, conditions: &Conditions) -> Self {
        let shot = studio.shot(seed, conditions);
        let frame = shot.picture.frame();
        let other = asked::looked_for(index);
        let subject = shot.truth.as_ref().map_or(other, |truth| truth.kind.subject());
        let found = candidate(&frame, subject);
        let seen = shapes(&frame, subject).unwrap_or_default();
        let share =
            |corners: &Quad| shot.truth.as_ref().map_or(0.0, |truth| overlap(corners, &truth.corners));
        Self {
            index,
            confidence: found.as_ref().map_or(0.0, |found| found.confidence),
            cut: found.as_ref().is_some_and(|found| found.cut),
            overlap: found.map_or(0.0, |found| share(&found.corners)),
            best: seen.iter().map(share).fold(0.0, f32::max),
            truth: shot.truth,
        }
    }

    fn is_acted_on(&self) -> bool {
        self.confidence >= ACTED_ON
    }

    fn is_missed(&self) -> bool {
        self.is_acted_on() != (self.overlap > 0.95)
    }

    fn told(&self) -> String {
        let Self { index, confidence, cut, overlap, best, .. } = self;
        let found =
            format!("{index:>6}: {confidence:.3} sure, overlap {overlap:.3}, best {best:.3}, cut {cut}");
        let Some(truth) = &self.truth else { return found };
        let Truth { kind, turn, tilt, blur, motion, glare, lighting, hidden, .. } = truth;
        format!(
            "{found}, {kind:?} turn {turn} tilt {tilt:.0} blur {blur:.2} motion {motion:.1?} glare {glare:.3} \
             light {:.2} hidden {hidden:.2}",
            lighting.strength
        )
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::of_tool();
    let (seeds, conditions) = (arguments.seeds()?, arguments.conditions()?);
    let (from, count): (u64, u64) = (arguments.number("from", 0)?, arguments.number("count", 100)?);
    let missed = arguments.is_yes("missed");
    let mut outcomes = Vec::new();
    let make = |studio: &Studio, index| Outcome::of(studio, index, seeds.seed(index), &conditions);
    let Ok(()) = asked::each(from..from + count, make, |outcome| {
        if missed && outcome.is_missed() {
            say(&outcome.told());
        }
        outcomes.push(outcome);
        Ok::<(), Infallible>(())
    });
    for kind in Kind::ALL {
        let of_kind = |one: &&Outcome| one.truth.as_ref().is_some_and(|truth| truth.kind == kind);
        let among: Vec<&Outcome> = outcomes.iter().filter(of_kind).collect();
        if !among.is_empty() {
            say(&row(&format!("{kind:?}"), &among));
        }
    }
    say(&row("all", &outcomes.iter().collect::<Vec<_>>()));
    Ok(())
}

fn row(name: &str, among: &[&Outcome]) -> String {
    let mean = |each: &dyn Fn(&Outcome) -> f32| {
        among.iter().map(|one| each(one)).sum::<f32>() / among.len().max(1) as f32
    };
    let share = |holds: &dyn Fn(&Outcome) -> bool| 100.0 * mean(&|one| f32::from(u8::from(holds(one))));
    let acted_on = |one: &Outcome| if one.is_acted_on() { one.overlap } else { 0.0 };
    format!(
        "{name:>16} {:>5}: acted on {:5.1} %, mean overlap {:.4}; however sure {:.4}, above 0.95 {:5.1} %; best of \
         all shapes {:.4}, {:5.1} %; acted on and below 0.85: {}",
        among.len(),
        share(&Outcome::is_acted_on),
        mean(&acted_on),
        mean(&|one| one.overlap),
        share(&|one| one.overlap > 0.95),
        mean(&|one| one.best),
        share(&|one| one.best > 0.95),
        among.iter().filter(|one| one.is_acted_on() && one.overlap < 0.85).count(),
    )
}

#[expect(clippy::print_stdout, reason = "the answer of a command line")]
fn say(line: &str) {
    println!("{line}");
}
