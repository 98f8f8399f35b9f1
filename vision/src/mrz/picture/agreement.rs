//! Several readings of one document, and what they agree on.
//!
//! Check digits guard no names, no issuer, no sex and no nationality, and one error in ten passes each. So a
//! zone is accepted when of each character two more frames say the same than say anything else, surely enough,
//! and all check digits of what they say are right.

use std::fmt;

use super::Reading;
use super::legal::guarded;
use crate::mrz::Zone;

/// So many readings are kept; older ones are forgotten.
const KEPT: usize = 8;
/// By so many frames must a character lead.
const LEAD: usize = 2;
/// How sure the frames must be, on average, of a character that they agree on, and of one that a check digit
/// guards. Among letters and digits 0 and O are nearly the same; the digit tells them apart.
const SURE: f32 = 0.75;
const SURE_IF_GUARDED: f32 = 0.35;

/// How clear a frame must be to count: the geometric mean of its confidences. In blurred pictures characters
/// are misread that look certain by themselves, and then the others look less so.
const CLEAR: f32 = 0.9;

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
    /// is the same to the last bit of what was read, counts once, and one that is not clear does not count.
    pub fn add(&mut self, reading: Reading) -> Option<Agreed> {
        if clearness(&reading) < CLEAR || self.readings.contains(&reading) {
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
        let (mut line, mut column) = (0, 0);
        for (place, character) in last.text.bytes().enumerate() {
            if character == b'\n' {
                text.push('\n');
                (line, column) = (line + 1, 0);
                continue;
            }
            let guarded = guarded(last.zone.layout, line, column);
            let sure = if guarded { SURE_IF_GUARDED } else { SURE };
            // Line breaks have no confidence.
            text.push(chosen(&alike, place, place - line, sure)?.into());
            column += 1;
        }
        let zone = Zone::read(&text).ok()?;
        zone.all_right().then_some(Agreed { text, zone })
    }
}

fn clearness(reading: &Reading) -> f32 {
    let sum: f32 = reading.confidence.iter().map(|sure| sure.max(1e-6).ln()).sum();
    (sum / reading.confidence.len().max(1) as f32).exp()
}

/// The character that leads in a place, a byte of the text; its confidence has another index. The readings must
/// be so sure of it.
fn chosen(readings: &[&Reading], at: usize, confidence: usize, sure: f32) -> Option<u8> {
    let says = |reading: &&&Reading, character: u8| reading.text.as_bytes().get(at) == Some(&character);
    let votes = |character: u8| readings.iter().filter(|reading| says(reading, character)).count();
    let candidates = readings.iter().filter_map(|reading| reading.text.as_bytes().get(at).copied());
    let best = candidates.max_by_key(|&character| votes(character))?;
    let (with, all) = (votes(best), readings.len());
    let who = readings.iter().filter(|reading| says(reading, best));
    let sum: f32 = who.filter_map(|reading| reading.confidence.get(confidence)).sum();
    (with >= LEAD + (all - with) && sum >= sure * with as f32).then_some(best)
}
