//! What tools are asked for that print or write what is learned from.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::sync::mpsc;
use std::thread;

use crate::{Seeds, Studio};

/// As many threads as draw.
const THREADS: usize = 3;

/// Writes the records of these pictures to a file, in the order of their numbers, so that it is the same each time.
///
/// # Errors
/// What the file cannot take.
pub fn write(
    path: &str,
    pictures: Range<u64>,
    record: fn(&Studio, u64) -> Vec<u8>,
) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);
    let (sender, records) = mpsc::sync_channel(64);
    for first in 0..THREADS {
        let sender = sender.clone();
        let mine = pictures.clone().skip(first).step_by(THREADS);
        thread::spawn(move || {
            let studio = Studio::open().expect("the fonts are there");
            for index in mine {
                if sender.send((index, record(&studio, index))).is_err() {
                    break;
                }
            }
        });
    }
    drop(sender);
    let mut early = BTreeMap::new();
    let mut next = pictures.start;
    for (index, record) in records {
        early.insert(index, record);
        while let Some(record) = early.remove(&next) {
            file.write_all(&record)?;
            next += 1;
        }
    }
    Ok(())
}

/// As many pictures as the command line of this tool asks for, `TOOL COUNT [tuning]`, each with its number and its seed: of
/// the tuning seeds, or of those that serve training from `unseen` on, which no network has seen.
///
/// # Errors
/// How it is called, or what is no number.
pub fn pictures(tool: &str, unseen: u64) -> Result<impl Iterator<Item = (u64, u64)> + use<>, Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let count: u64 = words.next().ok_or_else(|| format!("{tool} COUNT [tuning]"))?.parse()?;
    let (seeds, from) = match words.next().as_deref() {
        Some("tuning") => (Seeds::Tuning, 0),
        _ => (Seeds::Train, unseen),
    };
    Ok((0..count).map(move |index| (index, seeds.seed(from + index))))
}
