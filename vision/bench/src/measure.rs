//! What the readers of `vestibule-vision` do with held-out pictures, as numbers.

mod barcode;
#[cfg(feature = "peers")]
mod peers;
mod sets;
mod stream;
mod zone;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use serde_json::{Value, json};
use vestibule_vision_bench::Studio;
use vestibule_vision_bench::score::quantile;

pub use self::sets::Set;
pub use self::stream::{Part, stream};

/// Who reads.
const OURS: &str = "vestibule";

/// One number of the report.
pub struct Measurement {
    /// What was measured.
    pub what: String,
    /// Who did it.
    pub who: &'static str,
    /// The number.
    pub value: f64,
    /// `share` from 0 to 1, `count`, or `ms`.
    pub unit: &'static str,
    /// Of how many pictures.
    pub of: usize,
}

/// What is measured, and with what.
pub struct Bench {
    studio: Studio,
    documents: u64,
    measurements: Vec<Measurement>,
}

impl Bench {
    /// A bench for so many documents to a set.
    pub fn new(studio: Studio, documents: u64) -> Self {
        Self { studio, documents, measurements: Vec::new() }
    }

    /// Measures all; `progress` hears what comes next.
    pub fn run(mut self, progress: impl Fn(&str)) -> Value {
        type Part = fn(&mut Bench);
        let parts: [(&str, Part); 2] = [("zones", zone::measure), ("barcodes", barcode::measure)];
        for (name, part) in parts {
            progress(name);
            part(&mut self);
        }
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

    /// Does something for each document of a set, on all cores.
    fn each<T: Send>(&self, set: &str, count: u64, work: impl Fn(&Set, u64) -> T + Sync) -> Vec<T> {
        let set = Set::named(set).expect("a set of this name");
        let next = AtomicU64::new(0);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let work = || {
            let mut done = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                if index >= count {
                    return done;
                }
                done.push((index, work(&set, index)));
            }
        };
        let mut all: Vec<(u64, T)> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
            workers.into_iter().flat_map(|worker| worker.join().expect("no reader panics")).collect()
        });
        all.sort_by_key(|(index, _)| *index);
        all.into_iter().map(|(_, done)| done).collect()
    }
}

/// What something gives, and how many milliseconds it took.
#[expect(clippy::disallowed_methods, reason = "time is what is measured")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let given = work();
    (given, started.elapsed().as_secs_f64() * 1000.0)
}
