//! What tools are asked for that print or write what is learned from.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::sync::mpsc;
use std::thread;

use vestibule_vision::report::{Side, Subject};

use crate::{Seeds, Studio};

type Answer<T> = Result<T, Box<dyn Error>>;

/// As many threads as draw.
const THREADS: usize = 3;

/// Writes the records of these pictures to a file, in the order of their numbers, so that it is the same each time.
///
/// # Errors
/// What the file cannot take.
pub fn write(path: &str, pictures: Range<u64>, record: fn(&Studio, u64) -> Vec<u8>) -> Answer<()> {
    let mut file = BufWriter::new(File::create(path)?);
    Ok(each(pictures, record, |record| file.write_all(&record))?)
}

/// Makes something of each of these pictures on several cores, and takes them in the order of their numbers, until that
/// fails.
///
/// # Errors
/// That of `take`.
pub fn each<T: Send, E>(
    pictures: Range<u64>,
    make: impl Fn(&Studio, u64) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let (sender, made) = mpsc::sync_channel(64);
    thread::scope(|threads| {
        for first in 0..THREADS {
            let (sender, make) = (sender.clone(), &make);
            let mine = pictures.clone().skip(first).step_by(THREADS);
            threads.spawn(move || {
                let studio = Studio::open().expect("the fonts are there");
                for index in mine {
                    if sender.send((index, make(&studio, index))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut next = pictures.start;
        // It ends with this loop, and with it the threads, also where that cannot take more.
        for (index, one) in made {
            early.insert(index, one);
            while let Some(one) = early.remove(&next) {
                take(one)?;
                next += 1;
            }
        }
        Ok(())
    })
}

/// The numbers of as many pictures as the command line of this tool asks for, `TOOL COUNT [tuning]`, and which seed each has:
/// one of the tuning seeds, or of those that serve training from `unseen` on, which no network has seen.
///
/// # Errors
/// How it is called, or what is no number.
pub fn pictures(tool: &str, unseen: u64) -> Answer<(Range<u64>, impl Fn(u64) -> u64)> {
    let mut words = std::env::args().skip(1);
    let count: u64 = words.next().ok_or_else(|| format!("{tool} COUNT [tuning]"))?.parse()?;
    let (seeds, from) = match words.next().as_deref() {
        Some("tuning") => (Seeds::Tuning, 0),
        _ => (Seeds::Train, unseen),
    };
    Ok((0..count, move |index| seeds.seed(from + index)))
}

/// What is looked for in a frame of this number that has no document: cards and passports by turns.
pub fn looked_for(index: u64) -> Subject {
    if index.is_multiple_of(2) { Subject::Card(Side::Front) } else { Subject::Passport }
}
