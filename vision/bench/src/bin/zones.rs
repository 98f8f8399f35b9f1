//! How well machine-readable zones are read:
//!
//! ```text
//! cargo run --release -p vestibule-vision-bench --bin zones -- [--seeds tuning|held-out] [--from 0]
//!     [--count 60] [--conditions usual|hard|good] [--size 720|1080] [--turned yes] [--corners no]
//!     [--takes 1] [--misread yes]
//! ```
//!
//! With more than one take, the frames of a document are given to an `Agreement`. With `--corners no` the reader
//! is not told where the document lies. With `--misread yes` each wrong reading is printed.

use std::error::Error;
use std::time::Duration;

use vestibule_vision::mrz::picture::{Agreement, Reading, read};
use vestibule_vision_bench::{Conditions, Kind, Seeds, Studio, Truth};

/// What became of one document.
struct Outcome {
    truth: Truth,
    /// Whether anything was read in the first frame, and whether it was all right.
    read: bool,
    exact: bool,
    /// Whether all check digits of a wrong reading were right.
    deceiving: bool,
    turn_told: bool,
    /// What the frames agreed on, and after how many.
    agreed: Option<(bool, u32)>,
    took: Duration,
}

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str, otherwise: &str| {
        let at = words.iter().position(|word| word == name);
        at.and_then(|at| words.get(at + 1)).map_or(otherwise.to_owned(), Clone::clone)
    };
    let seeds = if option("--seeds", "tuning") == "held-out" { Seeds::HeldOut } else { Seeds::Tuning };
    let conditions = match &*option("--conditions", "usual") {
        "hard" => Conditions::hard(),
        "good" => Conditions::good(),
        _ => Conditions::usual(),
    };
    let mut conditions = conditions.of(&Kind::WITH_ZONE);
    if option("--size", "720") == "1080" {
        conditions = conditions.sized(1920, 1080);
    }
    conditions.turned = conditions.turned || option("--turned", "no") == "yes";
    let corners = option("--corners", "yes") == "yes";
    let misread = option("--misread", "no") == "yes";
    let takes: u32 = option("--takes", "1").parse()?;
    let from: u64 = option("--from", "0").parse()?;
    let count: u64 = option("--count", "60").parse()?;
    let studio = Studio::open()?;
    let outcomes: Vec<Outcome> = (from..from + count)
        .filter_map(|index| {
            let outcome = outcome(&studio, seeds.seed(index), &conditions, corners, takes, misread)?;
            if misread && !outcome.exact {
                say(&told(index, &outcome));
            }
            Some(outcome)
        })
        .collect();
    for line in report(&outcomes) {
        say(&line);
    }
    Ok(())
}

fn outcome(
    studio: &Studio,
    seed: u64,
    conditions: &Conditions,
    corners: bool,
    takes: u32,
    misread: bool,
) -> Option<Outcome> {
    let mut agreement = Agreement::new();
    let mut outcome: Option<Outcome> = None;
    for take in 0..takes {
        let shot = studio.take(seed, take, conditions);
        let truth = shot.truth?;
        let zone = truth.zone.clone()?;
        let plane = shot.picture.frame().luma();
        let before = worked();
        let reading = read(&plane, corners.then_some(&truth.corners));
        let took = worked().saturating_sub(before);
        let exact = reading.as_ref().is_some_and(|reading| reading.text() == zone);
        let right = reading.as_ref().is_some_and(|reading| reading.zone().all_right());
        if let Some(reading) = reading.as_ref().filter(|_| misread && !exact) {
            say(&compared(&zone, reading));
        }
        let turn_told = reading.as_ref().is_some_and(|reading| reading.turn() == truth.turn);
        let outcome = outcome.get_or_insert(Outcome {
            truth,
            read: reading.is_some(),
            exact,
            deceiving: right && !exact,
            turn_told,
            agreed: None,
            took,
        });
        if let Some(agreed) = reading.and_then(|reading| agreement.add(reading)) {
            outcome.agreed = Some((agreed.text() == zone, take + 1));
            break;
        }
    }
    outcome
}

/// A wrong reading below what stands there, how sure it was on the whole, and how sure of what is wrong.
fn compared(zone: &str, reading: &Reading) -> String {
    let sum: f32 = reading.confidence().iter().map(|sure| sure.ln()).sum();
    let mean = (sum / reading.confidence().len() as f32).exp();
    let characters = |text: &str| text.bytes().filter(|byte| *byte != b'\n').collect::<Vec<_>>();
    let both = characters(zone).into_iter().zip(characters(reading.text())).zip(reading.confidence());
    let wrong: Vec<String> = both
        .filter(|((is, read), _)| is != read)
        .map(|((is, read), sure)| format!("{} as {} {sure:.2}", char::from(is), char::from(read)))
        .take(8)
        .collect();
    format!("{zone}\n{}\n    sure {mean:.3}, {}; {:?}", reading.text(), wrong.join(", "), reading.zone())
}

fn told(index: u64, outcome: &Outcome) -> String {
    let truth = &outcome.truth;
    format!(
        "{index} {:?} turn {} tilt {:.0} pixels {:.1} blur {:.2} motion {:.1?} glare {:.3} light {:.2} covered {} \
         read {}",
        truth.kind,
        truth.turn,
        truth.tilt,
        truth.pixels_per_character.unwrap_or_default(),
        truth.blur,
        truth.motion,
        truth.glare,
        truth.light,
        truth.zone_covered,
        outcome.read,
    )
}

/// Nothing is wrong with the picture that a person could see: no blur, no movement, no glare, enough light.
fn undisturbed(truth: &Truth) -> bool {
    let moved = truth.motion[0].hypot(truth.motion[1]);
    truth.glare < 0.03 && truth.light > 0.45 && truth.blur < 1.6 && moved < 3.0 && truth.hidden < 0.02
}

fn report(outcomes: &[Outcome]) -> Vec<String> {
    let mut lines = vec![
        row("all", outcomes, |_| true),
        row("undisturbed", outcomes, undisturbed),
        row("no character covered", outcomes, |truth| truth.zone_covered == 0),
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
    let wrong = of.iter().filter(|outcome| matches!(outcome.agreed, Some((false, _)))).count();
    format!(
        "{name:32} {:5}: read {:5.1} %, exact {:5.1} %, deceiving {:4.1} %, turn told {:5.1} %; \
         agreed {:5.1} %, within two {:5.1} %, three {:5.1} %, wrong {wrong}",
        of.len(),
        share(&|outcome| outcome.read),
        share(&|outcome| outcome.exact),
        share(&|outcome| outcome.deceiving),
        share(&|outcome| outcome.turn_told),
        share(&|outcome| matches!(outcome.agreed, Some((true, _)))),
        share(&|outcome| matches!(outcome.agreed, Some((true, 2)))),
        share(&|outcome| matches!(outcome.agreed, Some((true, 2..=3)))),
    )
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
