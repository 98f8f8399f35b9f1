//! How well barcodes are read, by how many pixels a module has:
//!
//! ```text
//! cargo run --release -p vestibule-vision-bench --bin barcodes -- [--seeds tuning|held-out] [--from 0]
//!     [--count 60] [--conditions usual|hard|good] [--size 720|1080] [--turned yes] [--corners no]
//!     [--missed yes]
//! ```
//!
//! With `--corners no` the reader is not told where the document lies. With `--missed yes` each barcode that is
//! not read is told.

use std::error::Error;
use std::time::{Duration, Instant};

use vestibule_vision::pdf417::read;
use vestibule_vision_bench::arguments::Arguments;
use vestibule_vision_bench::{Conditions, Kind, Studio, Truth};

/// What became of one barcode.
struct Outcome {
    truth: Truth,
    read: bool,
    right: bool,
    took: Duration,
}

/// Pixels to a module: where one row of the table ends and the next begins.
const BORDERS: [f32; 7] = [0.0, 1.5, 1.75, 2.0, 2.5, 3.0, f32::INFINITY];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::of_tool();
    let seeds = arguments.seeds()?;
    let conditions = arguments.conditions()?.of(&[Kind::CardBackBarcode]);
    let corners = arguments.get("corners") != Some("no");
    let missed = arguments.is_yes("missed");
    let from: u64 = arguments.number("from", 0)?;
    let count: u64 = arguments.number("count", 60)?;
    let studio = Studio::open()?;
    let outcomes: Vec<Outcome> = (from..from + count)
        .filter_map(|index| {
            let outcome = outcome(&studio, seeds.seed(index), &conditions, corners)?;
            if missed && !outcome.right {
                say(&told(index, &outcome));
            }
            Some(outcome)
        })
        .collect();
    for pair in BORDERS.windows(2) {
        let within = |outcome: &&Outcome| {
            outcome.truth.pixels_per_module.is_some_and(|pixels| (pair[0]..pair[1]).contains(&pixels))
        };
        let among: Vec<&Outcome> = outcomes.iter().filter(within).collect();
        say(&row(&format!("{} to {} px", pair[0], pair[1]), &among));
    }
    say(&row("all", &outcomes.iter().collect::<Vec<_>>()));
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a tool says how long it took")]
fn outcome(studio: &Studio, seed: u64, conditions: &Conditions, corners: bool) -> Option<Outcome> {
    let shot = studio.shot(seed, conditions);
    let truth = shot.truth?;
    let luma = shot.picture.frame().luma();
    let began = Instant::now();
    let found = read(&luma, corners.then_some(&truth.corners));
    let took = began.elapsed();
    let right = found.as_ref().is_some_and(|found| Some(&found.text) == truth.barcode.as_ref());
    Some(Outcome { truth, read: found.is_some(), right, took })
}

fn row(name: &str, outcomes: &[&Outcome]) -> String {
    let count = |holds: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| holds(outcome)).count();
    let mut times: Vec<Duration> = outcomes.iter().map(|outcome| outcome.took).collect();
    times.sort();
    let time = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    format!(
        "{name:>16}: {:>4} of {:>4} read, {} wrong, {:.1?} in the middle, {:.1?} at worst of twenty",
        count(|outcome| outcome.right),
        outcomes.len(),
        count(|outcome| outcome.read && !outcome.right),
        time(0.5),
        time(0.95),
    )
}

fn told(index: u64, outcome: &Outcome) -> String {
    let truth = &outcome.truth;
    format!(
        "{index:>6}: {:.2} px, turn {}, tilt {:.0}, blur {:.2}, motion {:.1?}, glare {:.3}, light {:.2}, {:.1?}{}",
        truth.pixels_per_module.unwrap_or_default(),
        truth.turn,
        truth.tilt,
        truth.blur,
        truth.motion,
        truth.glare,
        truth.lighting.strength,
        outcome.took,
        if outcome.read { ", READ WRONG" } else { "" },
    )
}

#[expect(clippy::print_stdout, reason = "the answer of a command line")]
fn say(line: &str) {
    println!("{line}");
}
