//! From what was seen in each place to the text that it most likely is.

use super::block::Sights;
use super::legal::{self, legal};
use super::net::{ALPHABET, CLASSES, NOTHING};
use crate::country;
use crate::mrz::{CheckDigit, Layout, Zone};
use crate::rank::highest_first;

/// A character is changed so that a check digit fits, if what was read is no more than so many times as likely
/// as what it is changed to (as a logarithm: 20 times).
const CHANGED_AT_MOST: f32 = 3.0;
/// What is written for a country and is none of ISO 3166-1 (Doc 9303-3, section 5).
const OTHER_CODES: &str = "D<< GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XBA XIM XCC XCE XCO XEC XPO XES XMP XOM \
                           XDC XXA XXB XXC XXX UTO IAO";
/// More characters than these are not changed in one zone.
const CHANGES: usize = 2;

/// A text, and how sure it is.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) zone: Zone,
    /// How likely each character is, line by line, from 0 to 1.
    pub(super) confidence: Vec<f32>,
    /// How many characters were changed so that check digits fit.
    pub(super) changed: usize,
    /// The mean of the logarithms of how likely each character is.
    pub(super) score: f32,
}

/// The layout and the text that are most likely.
pub(super) fn decode(sights: &Sights) -> Option<Decoded> {
    let layouts: &[Layout] = match (sights.len(), sights.first()?.len()) {
        (3, 30) => &[Layout::Td1],
        (2, 36) => &[Layout::Td2, Layout::MrvB, Layout::FrenchCard],
        (2, 44) => &[Layout::Td3, Layout::MrvA],
        _ => return None,
    };
    let best =
        layouts.iter().map(|&layout| Read::of(sights, layout)).max_by(|a, b| a.score().total_cmp(&b.score()));
    let mut read = best?;
    let zone = Zone::read(&read.text()).ok()?;
    let (zone, changed) = read.changed(sights, zone);
    let confidence = read.confidence(sights);
    Some(Decoded { text: read.text(), zone, confidence, changed, score: read.score() })
}

/// Which character stands in each place.
struct Read {
    layout: Layout,
    characters: Vec<Vec<usize>>,
    score: f32,
}

impl Read {
    fn of(sights: &Sights, layout: Layout) -> Self {
        let best = |line: usize, column: usize, sight: &[f32; CLASSES]| {
            let allowed = legal(layout, line, column);
            let candidates = (0..ALPHABET.len()).filter(|at| allowed >> at & 1 == 1);
            candidates.max_by(|&a, &b| sight[a].total_cmp(&sight[b])).unwrap_or_default()
        };
        let lines = sights.iter().enumerate();
        let characters: Vec<Vec<usize>> = lines
            .map(|(line, sights)| {
                sights.iter().enumerate().map(|(column, sight)| best(line, column, sight)).collect()
            })
            .collect();
        let mut read = Self { layout, characters, score: 0.0 };
        for (line, columns) in legal::countries(layout) {
            read.name_country(&sights[line][columns.clone()], line, columns.start);
        }
        let scores: Vec<f32> = read.places(sights).map(|(sight, at)| sight[at].max(-8.0)).collect();
        read.score = scores.iter().sum::<f32>() / scores.len().max(1) as f32;
        read
    }

    /// Where the letters that stand for a country are none of its codes, the code that they most likely are is
    /// read, if it is not much less likely.
    fn name_country(&mut self, sights: &[[f32; CLASSES]], line: usize, from: usize) {
        let place = |letter: u8| ALPHABET.iter().position(|&other| other == letter).unwrap_or(NOTHING);
        let score = |code: &[usize]| code.iter().zip(sights).map(|(&at, sight)| sight[at]).sum::<f32>();
        let now = &mut self.characters[line][from..from + sights.len()];
        let codes = country::all().map(|(long, _)| long).chain(OTHER_CODES.split(' '));
        let best = codes
            .map(|code| code.bytes().map(place).collect::<Vec<_>>())
            .max_by(|a, b| score(a).total_cmp(&score(b)));
        if let Some(best) = best.filter(|best| score(now) - score(best) < CHANGED_AT_MOST) {
            now.copy_from_slice(&best);
        }
    }

    fn score(&self) -> f32 {
        self.score
    }

    fn places<'a>(&'a self, sights: &'a Sights) -> impl Iterator<Item = (&'a [f32; CLASSES], usize)> {
        sights.iter().flatten().zip(self.characters.iter().flatten().copied())
    }

    /// How likely each character is among those that may stand in its place, and nothing.
    fn confidence(&self, sights: &Sights) -> Vec<f32> {
        let mut confidence = Vec::new();
        for (line, (sights, characters)) in sights.iter().zip(&self.characters).enumerate() {
            for (column, (sight, &at)) in sights.iter().zip(characters).enumerate() {
                let allowed = legal(self.layout, line, column) | 1 << at | 1 << NOTHING;
                let among = (0..CLASSES).filter(|class| allowed >> class & 1 == 1);
                let all: f32 = among.map(|class| sight[class].exp()).sum();
                confidence.push((sight[at].exp() / all.max(1e-9)).min(1.0));
            }
        }
        confidence
    }

    fn text(&self) -> String {
        let line = |line: &Vec<usize>| line.iter().map(|&at| char::from(ALPHABET[at])).collect::<String>();
        self.characters.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Changes the fewest and least likely misread characters so that more check digits fit; what no digit
    /// guards stays as it was read.
    fn changed(&mut self, sights: &Sights, mut zone: Zone) -> (Zone, usize) {
        for changes in 0..CHANGES {
            let before = wrong(&zone);
            if before == 0 {
                return (zone, changes);
            }
            let better = self.candidates(sights).into_iter().find_map(|(_, line, column, character)| {
                let was = std::mem::replace(&mut self.characters[line][column], character);
                let changed = Zone::read(&self.text()).ok().filter(|zone| wrong(zone) < before);
                if changed.is_none() {
                    self.characters[line][column] = was;
                }
                changed
            });
            match better {
                Some(better) => zone = better,
                None => return (zone, changes),
            }
        }
        (zone, CHANGES)
    }

    /// What else may stand somewhere, the most likely first: how much less likely it is, line, column and
    /// character.
    fn candidates(&self, sights: &Sights) -> Vec<(f32, usize, usize, usize)> {
        let mut candidates = Vec::new();
        for (line, sights) in sights.iter().enumerate() {
            for (column, sight) in sights.iter().enumerate() {
                let now = self.characters[line][column];
                let allowed = legal(self.layout, line, column);
                for other in (0..ALPHABET.len()).filter(|&at| at != now && allowed >> at & 1 == 1) {
                    let loss = sight[now] - sight[other];
                    if loss < CHANGED_AT_MOST {
                        candidates.push((loss, line, column, other));
                    }
                }
            }
        }
        let mut candidates = highest_first(&candidates, |(loss, ..)| -loss);
        candidates.truncate(60);
        candidates
    }
}

fn wrong(zone: &Zone) -> usize {
    zone.digits().iter().filter(|(_, digit)| *digit == CheckDigit::Wrong).count()
}
