//! What the readers of `vestibule-vision` do with held-out pictures, as numbers.

mod barcode;
mod face;
mod memory;
mod outline;
#[cfg(feature = "peers")]
mod peers;
mod quality;
mod sets;
mod stream;
mod zone;

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use vestibule_vision::geometry::Quad;
use vestibule_vision_bench::score::quantile;
use vestibule_vision_bench::{Shot, Studio, Truth, surely};

pub use self::sets::Set;
pub use self::stream::{Part, stream};

/// Who reads: our readers, from the frame to the text.
const OURS: &str = "vestibule";
/// One reader alone, given the corners that are true.
const BY_TRUTH: &str = "vestibule, by true corners";

/// One number of the report.
pub struct Measurement {
    /// What was measured.
    pub what: String,
    /// Who did it.
    pub who: &'static str,
    /// The number.
    pub value: f64,
    /// `share` from 0 to 1, `auc` from 0 to 1, `count`, `ms` or `MB`.
    pub unit: &'static str,
    /// Of how many pictures.
    pub of: usize,
}

/// What is measured, and with what.
pub struct Bench {
    studio: Studio,
    documents: u64,
    measurements: Vec<Measurement>,
    end: Instant,
    /// How many sets are still to be looked at: each has an equal part of the time that is left.
    sets: AtomicU32,
    progress: fn(&str),
}

/// A part of the bench, which can be had alone.
struct Stage {
    name: &'static str,
    /// How often it calls [`Bench::each`].
    sets: u32,
    measure: fn(&mut Bench),
}

/// All of them, in their order.
const STAGES: [Stage; 5] = [
    Stage { name: "outlines", sets: 5, measure: outline::measure },
    Stage { name: "quality", sets: 5, measure: quality::measure },
    Stage { name: "zones", sets: 2, measure: zone::measure },
    Stage { name: "barcodes", sets: if cfg!(feature = "peers") { 10 } else { 5 }, measure: barcode::measure },
    Stage { name: "faces", sets: 2, measure: face::measure },
];

/// Whether a stage has this name.
pub fn is_stage(name: &str) -> bool {
    STAGES.iter().any(|stage| stage.name == name)
}

impl Bench {
    /// A bench for so many documents to a set at most, and so long. Of each set at least one document is looked at
    /// on each core, so a run may take a little longer. `progress` hears what has been done.
    #[expect(clippy::disallowed_methods, reason = "time is what is bounded")]
    pub fn new(studio: Studio, documents: u64, time: Duration, progress: fn(&str)) -> Self {
        let (end, sets) = (Instant::now() + time, AtomicU32::new(0));
        Self { studio, documents, measurements: Vec::new(), end, sets, progress }
    }

    /// Measures all stages, or the one of this name alone; `keep` gets all that is known after each.
    ///
    /// # Errors
    /// Those of `keep`.
    pub fn run<E>(mut self, only: Option<&str>, keep: impl Fn(&Value) -> Result<(), E>) -> Result<(), E> {
        let stages = || STAGES.iter().filter(|stage| only.is_none_or(|only| only == stage.name));
        self.sets = AtomicU32::new(stages().map(|stage| stage.sets).sum());
        for stage in stages() {
            memory::forget_peak();
            (stage.measure)(&mut self);
            if let Some(peak) = memory::peak() {
                let what = format!("peak memory with what draws the pictures, {}", stage.name);
                self.add(what, OURS, peak, "MB", 1);
            }
            keep(&self.report())?;
        }
        Ok(())
    }

    fn report(&self) -> Value {
        let rows = self.measurements.iter().map(|row| {
            json!({ "what": row.what, "who": row.who, "value": row.value, "unit": row.unit, "of": row.of })
        });
        json!({ "documents": self.documents, "measurements": rows.collect::<Vec<_>>() })
    }

    fn add(&mut self, what: impl Into<String>, who: &'static str, value: f64, unit: &'static str, of: usize) {
        self.measurements.push(Measurement { what: what.into(), who, value, unit, of });
    }

    /// The share of those for which something is true.
    fn share<T>(&mut self, what: &str, who: &'static str, of: &[T], is: impl Fn(&T) -> bool) {
        let count = of.iter().filter(|one| is(one)).count();
        self.add(what, who, count as f64 / of.len().max(1) as f64, "share", of.len());
    }

    /// Half of the times are below this one.
    fn time(&mut self, what: &str, who: &'static str, milliseconds: &[f64]) {
        self.add(what, who, quantile(milliseconds, 0.5), "ms", milliseconds.len());
    }

    /// Does something for each document of a set, the first ones where time is short, on all cores.
    #[expect(clippy::disallowed_methods, reason = "time is what is bounded")]
    fn each<T: Send>(&self, set: &str, count: u64, work: impl Fn(&Set, u64) -> T + Sync) -> Vec<T> {
        let set = Set::named(set).expect("a set of this name");
        let next = AtomicU64::new(0);
        let began = Instant::now();
        let sets = self.sets.fetch_sub(1, Ordering::Relaxed).max(1);
        let end = began + self.end.saturating_duration_since(began) / sets;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let work = || {
            let mut done = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= count {
                    return done;
                }
                done.push((index, work(&set, index)));
                if Instant::now() >= end {
                    return done;
                }
            }
        };
        let mut all: Vec<(u64, T)> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
            workers.into_iter().flat_map(|worker| worker.join().expect("no reader panics")).collect()
        });
        all.sort_by_key(|(index, _)| *index);
        (self.progress)(&format!("  {}: {} in {:.0?}", set.name, all.len(), began.elapsed()));
        all.into_iter().map(|(_, done)| done).collect()
    }
}

/// The document's corners, as the readers of this crate find them by themselves, where they are at least so sure.
fn found(shot: &Shot, truth: &Truth, least: f32) -> Option<Quad> {
    surely::outline(&shot.picture.frame(), truth.kind.subject(), least).map(|outline| outline.corners)
}

/// What something gives, and how many milliseconds it took.
#[expect(clippy::disallowed_methods, reason = "time is what is measured")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let given = work();
    (given, started.elapsed().as_secs_f64() * 1000.0)
}
