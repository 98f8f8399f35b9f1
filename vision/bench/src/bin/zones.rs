//! How well machine-readable zones are read:
//!
//! ```text
//! cargo run --release -p vestibule-vision-bench --bin zones -- [--seeds tuning|held-out] [--from 0]
//!     [--count 60] [--conditions usual|hard|good] [--size 720|1080] [--turned yes]
//!     [--corners true|found|no] [--takes 1] [--misread yes] [--missed yes]
//! ```
//!
//! With more than one take, the frames of a document are given to an `Agreement`. The reader is told where the document
//! lies, or with `--corners found` where it is found, or with `--corners no` it is not told. With `--misread yes` each
//! wrong reading is printed, and with `--missed yes` each document on which two frames that can be read do not agree, and
//! what each of its frames gave.

use std::convert::Infallible;
use std::error::Error;
use std::time::Duration;

use vestibule_vision::look::JUDGED;
use vestibule_vision::mrz::picture::{Agreement, Reading, read};
use vestibule_vision_bench::arguments::Arguments;
use vestibule_vision_bench::{Conditions, Kind, Shot, Studio, Truth, asked, surely};

/// What the reader is told.
#[derive(Clone, Copy, PartialEq)]
enum Corners {
    True,
    Found,
    No,
}

/// What became of one document.
struct Outcome {
    index: u64,
    truth: Truth,
    /// Whether anything was read in the first frame, and whether it was all right.
    read: bool,
    exact: bool,
    /// Whether all check digits of a wrong reading were right.
    deceiving: bool,
    turn_told: bool,
    /// Whether what the frames agreed on is right, after how many of them, and after how many that can be read.
    agreed: Option<(bool, u32, u32)>,
    /// How many of the frames that were looked at can be read.
    legible: u32,
    took: Duration,
    /// The readings that are wrong.
    misread: Vec<String>,
    /// What each frame gave: how sure the reading is, and whether it is right.
    given: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::of_tool();
    let seeds = arguments.seeds()?;
    let mut conditions = arguments.conditions()?;
    if arguments.get("kind").is_none() {
        conditions = conditions.of(&Kind::WITH_ZONE);
    }
    let corners = match arguments.get("corners").unwrap_or("true") {
        "found" => Corners::Found,
        "no" => Corners::No,
        _ => Corners::True,
    };
    let (misread, missed) = (arguments.is_yes("misread"), arguments.is_yes("missed"));
    let takes: u32 = arguments.number("takes", 1)?;
    let from: u64 = arguments.number("from", 0)?;
    let count: u64 = arguments.number("count", 60)?;
    let mut outcomes = Vec::new();
    let make =
        |studio: &Studio, index| Outcome::of(studio, index, seeds.seed(index), &conditions, (corners, takes));
    let Ok(()) = asked::each(from..from + count, make, |outcome| {
        if let Some(outcome) = outcome {
            let misread = misread && !outcome.misread.is_empty();
            let missed = missed && outcome.legible >= 2 && !outcome.agreed_by_two();
            if misread {
                outcome.misread.iter().for_each(|reading| say(reading));
            }
            if misread || missed {
                say(&told(&outcome));
            }
            if missed {
                say(&format!("    {}", outcome.given.join(", ")));
            }
            outcomes.push(outcome);
        }
        Ok::<(), Infallible>(())
    });
    for line in report(&outcomes) {
        say(&line);
    }
    Ok(())
}

impl Outcome {
    /// What becomes of so many frames of a document, or of those that it takes until they agree; nothing where a frame
    /// shows no zone.
    fn of(
        studio: &Studio,
        index: u64,
        seed: u64,
        conditions: &Conditions,
        (corners, takes): (Corners, u32),
    ) -> Option<Self> {
        let mut agreement = Agreement::new();
        let mut outcome: Option<Self> = None;
        for take in 0..takes {
            let shot = studio.take(seed, take, conditions);
            let zone = shot.truth.as_ref()?.zone.clone()?;
            let before = worked();
            let reading = reading(&shot, corners);
            let took = worked().saturating_sub(before);
            let truth = shot.truth?;
            let exact = reading.as_ref().is_some_and(|reading| reading.text() == zone);
            let right = reading.as_ref().is_some_and(|reading| reading.zone().all_right());
            let legible = u32::from(truth.is_zone_legible());
            let outcome = outcome.get_or_insert(Self {
                index,
                read: reading.is_some(),
                exact,
                deceiving: right && !exact,
                turn_told: reading.as_ref().is_some_and(|reading| reading.turn() == truth.turn),
                truth,
                agreed: None,
                legible: 0,
                took,
                misread: Vec::new(),
                given: Vec::new(),
            });
            outcome.given.push(given(reading.as_ref(), exact, legible > 0));
            outcome.legible += legible;
            outcome.misread.extend(reading.as_ref().filter(|_| !exact).map(|one| compared(&zone, one)));
            if outcome.agreed.is_none()
                && let Some(agreed) = reading.and_then(|reading| agreement.add(reading))
            {
                let right = agreed.text() == zone;
                outcome.agreed = Some((right, take + 1, outcome.legible));
                outcome.misread.extend((!right).then(|| compared(&zone, &agreed)));
            }
            if outcome.agreed.is_some() && outcome.legible >= 2 {
                break;
            }
        }
        outcome
    }

    /// Whether two frames that can be read agree on what stands there.
    fn agreed_by_two(&self) -> bool {
        matches!(self.agreed, Some((true, _, ..=2)))
    }
}

fn given(reading: Option<&Reading>, exact: bool, legible: bool) -> String {
    let what = match reading {
        None => "nothing".to_owned(),
        Some(reading) => format!("{} {:.2}", if exact { "right" } else { "wrong" }, sure(reading)),
    };
    if legible { what } else { format!("({what})") }
}

/// How sure a reading is on the whole.
fn sure(reading: &Reading) -> f32 {
    let sum: f32 = reading.confidence().iter().map(|sure| sure.ln()).sum();
    (sum / reading.confidence().len() as f32).exp()
}

fn reading(shot: &Shot, corners: Corners) -> Option<Reading> {
    let frame = shot.picture.frame();
    let truth = shot.truth.as_ref()?;
    let found = match corners {
        Corners::True => truth.corners,
        Corners::Found => surely::outline(&frame, truth.kind.subject(), JUDGED)?.corners,
        Corners::No => return read(&frame.luma(), None),
    };
    read(&frame.luma(), Some(&found))
}

/// A wrong reading below what stands there, how sure it was on the whole, and how sure of what is wrong.
fn compared(zone: &str, reading: &Reading) -> String {
    let characters = |text: &str| text.bytes().filter(|byte| *byte != b'\n').collect::<Vec<_>>();
    let both = characters(zone).into_iter().zip(characters(reading.text())).zip(reading.confidence());
    let wrong: Vec<String> = both
        .filter(|((is, read), _)| is != read)
        .map(|((is, read), sure)| format!("{} as {} {sure:.2}", char::from(is), char::from(read)))
        .take(8)
        .collect();
    let (text, sure) = (reading.text(), sure(reading));
    format!("{zone}\n{text}\n    sure {sure:.3}, {}; {:?}", wrong.join(", "), reading.zone())
}

fn told(outcome: &Outcome) -> String {
    let Outcome { index, truth, agreed, .. } = outcome;
    let agreed = match agreed {
        None => "not",
        Some((true, ..)) => "right",
        Some((false, ..)) => "WRONG",
    };
    format!(
        "{index} {:?} turn {} tilt {:.0} pixels {:.1} blur {:.2} motion {:.1?} glare {:.3} light {:.2} covered {} \
         read {}; agreed {agreed}",
        truth.kind,
        truth.turn,
        truth.tilt,
        truth.pixels_per_character.unwrap_or_default(),
        truth.blur,
        truth.motion,
        truth.glare,
        truth.lighting.strength,
        truth.zone_covered,
        outcome.read,
    )
}

/// Nothing is wrong with the picture that a person could see: no blur, no movement, no glare, enough light.
fn undisturbed(truth: &Truth) -> bool {
    let moved = truth.motion[0].hypot(truth.motion[1]);
    truth.glare < 0.03
        && truth.lighting.strength > 0.45
        && truth.blur < 1.6
        && moved < 3.0
        && truth.hidden < 0.02
}

fn report(outcomes: &[Outcome]) -> Vec<String> {
    let mut lines = vec![
        row("all", outcomes, |_| true),
        row("undisturbed", outcomes, undisturbed),
        row("no character covered", outcomes, |truth| truth.zone_covered == 0),
        of_legible(outcomes),
    ];
    for (least, most) in [(0.0, 8.0), (8.0, 10.0), (10.0, 12.0), (12.0, 15.0), (15.0, 20.0), (20.0, 99.0)] {
        let sized =
            |truth: &Truth| truth.pixels_per_character.is_some_and(|pixels| (least..most).contains(&pixels));
        lines.push(row(&format!("{least} to {most} pixels a character"), outcomes, sized));
        lines.push(row("    undisturbed", outcomes, |truth| sized(truth) && undisturbed(truth)));
    }
    for kind in Kind::WITH_ZONE {
        lines.push(row(&format!("{kind:?}"), outcomes, |truth| truth.kind == kind));
    }
    for turn in 0..4 {
        lines.push(row(&format!("turned by {turn}"), outcomes, |truth| truth.turn == turn));
    }
    let mut times: Vec<Duration> = outcomes.iter().map(|outcome| outcome.took).collect();
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
    lines.push(format!("half within {:.1?}, 95 % {:.1?}, all {:.1?}", at(50), at(95), at(100)));
    lines
}

fn row(name: &str, outcomes: &[Outcome], which: impl Fn(&Truth) -> bool) -> String {
    let of: Vec<&Outcome> = outcomes.iter().filter(|outcome| which(&outcome.truth)).collect();
    let share = |holds: &dyn Fn(&Outcome) -> bool| {
        100.0 * of.iter().filter(|outcome| holds(outcome)).count() as f32 / of.len().max(1) as f32
    };
    let wrong = of.iter().filter(|outcome| matches!(outcome.agreed, Some((false, ..)))).count();
    format!(
        "{name:32} {:5}: read {:5.1} %, exact {:5.1} %, deceiving {:4.1} %, turn told {:5.1} %; \
         agreed {:5.1} %, within two {:5.1} %, three {:5.1} %, wrong {wrong}",
        of.len(),
        share(&|outcome| outcome.read),
        share(&|outcome| outcome.exact),
        share(&|outcome| outcome.deceiving),
        share(&|outcome| outcome.turn_told),
        share(&|outcome| matches!(outcome.agreed, Some((true, ..)))),
        share(&|outcome| matches!(outcome.agreed, Some((true, 2, _)))),
        share(&|outcome| matches!(outcome.agreed, Some((true, 2..=3, _)))),
    )
}

/// Of documents of which two frames can be read.
fn of_legible(outcomes: &[Outcome]) -> String {
    let legible = outcomes.iter().filter(|outcome| outcome.legible >= 2);
    let agreed = legible.clone().filter(|outcome| outcome.agreed_by_two()).count();
    let of = legible.count();
    let share = 100.0 * agreed as f32 / of.max(1) as f32;
    format!("agreed on by two frames that can be read: {agreed} of {of} documents, {share:.1} %")
}

/// How long this thread has worked, other programs not counted; nothing where the system does not say.
fn worked() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|spent| spent.parse().ok()).unwrap_or(0))
}

#[expect(clippy::print_stdout, reason = "the answer of a command line")]
fn say(line: &str) {
    println!("{line}");
}
