//! Several readings of one document, and what they agree on.
//!
//! Check digits guard no names, no issuer, no sex and no nationality, and one error in ten passes each. So a
//! zone is accepted when of each character two more frames say the same than say anything else, surely enough,
//! and all check digits of what they say are right.

use std::fmt;

use super::Reading;
use crate::mrz::Zone;

/// So many readings are kept; older ones are forgotten.
const KEPT: usize = 8;
/// By so many frames must a character lead.
const LEAD: usize = 2;
/// How sure the frames must be, on average, of a character that they agree on.
const SURE: f32 = 0.75;

/// Readings over the frames of one document.
#[derive(Clone, Debug, Default)]
pub struct Agreement {
    readings: Vec<Reading>,
}

/// A zone on which frames agree.
#[derive(Clone, PartialEq)]
pub struct Agreed {
    text: String,
    zone: Zone,
}

impl Agreed {
    /// Its lines, joined by line breaks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it says; every check digit that it has is right.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }
}

/// What its check digits say, and nothing that stands in it.
impl fmt::Debug for Agreed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Agreed").field("zone", &self.zone).finish_non_exhaustive()
    }
}

impl Agreement {
    /// No reading yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the reading of another frame; the zone, if it is agreed on now. A frame that was given before, or
    /// is the same to the last bit of what was read, counts once.
    pub fn add(&mut self, reading: Reading) -> Option<Agreed> {
        if self.readings.contains(&reading) {
            return None;
        }
        self.readings.push(reading);
        if self.readings.len() > KEPT {
            self.readings.remove(0);
        }
        self.agreed()
    }

    fn agreed(&self) -> Option<Agreed> {
        let last = self.readings.last()?;
        // Readings that have another shape are of something else, or wrong.
        let alike: Vec<&Reading> =
            self.readings.iter().filter(|reading| reading.zone.layout == last.zone.layout).collect();
        let mut text = String::with_capacity(last.text.len());
        let mut place = 0;
        for (at, character) in last.text.bytes().enumerate() {
            if character == b'\n' {
                text.push('\n');
                continue;
            }
            text.push(chosen(&alike, at, place)?.into());
            place += 1;
        }
        let zone = Zone::read(&text).ok()?;
        zone.all_right().then_some(Agreed { text, zone })
    }
}

/// The character that leads in a place: a byte of the text, and a number of its confidences.
fn chosen(readings: &[&Reading], at: usize, place: usize) -> Option<u8> {
    let says = |reading: &&&Reading, character: u8| reading.text.as_bytes().get(at) == Some(&character);
    let votes = |character: u8| readings.iter().filter(|reading| says(reading, character)).count();
    let candidates = readings.iter().filter_map(|reading| reading.text.as_bytes().get(at).copied());
    let best = candidates.max_by_key(|&character| votes(character))?;
    let (with, all) = (votes(best), readings.len());
    let confidences = readings.iter().filter(|reading| says(reading, best));
    let sure: f32 = confidences.filter_map(|reading| reading.confidence.get(place)).sum();
    (with >= LEAD + (all - with) && sure >= SURE * with as f32).then_some(best)
}
