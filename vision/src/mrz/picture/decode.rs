//! From what was seen in each place to the text that it most likely is.

use super::block::Sights;
use super::legal::{self, legal};
use super::names;
use super::net::{ALPHABET, CLASSES, NOTHING};
use crate::country;
use crate::mrz::{CheckDigit, Layout, Zone};
use crate::rank::highest_first;

/// A character is changed so that a check digit fits, if what was read is no more than so many times as likely
/// as what it is changed to (as a logarithm: 20 times).
const CHANGED_AT_MOST: f32 = 3.0;
/// A code that no country and no organisation has is so much less likely than it looks (a logarithm): more than one frame
/// says against a character that something hides in part.
const UNLISTED: f32 = 6.0;
/// And by so much where it is asked whether a country is clear: a letter that is hidden is not taken for another one only
/// because that makes a country.
const UNLISTED_IF_CLEAR: f32 = 3.0;
/// What is written for a country and is none of ISO 3166-1 (Doc 9303-3, section 5).
const OTHER_CODES: &str = "D<< GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XBA XIM XCC XCE XCO XEC XPO XES XMP XOM \
                           XDC XXA XXB XXC XXX UTO IAO";
/// More characters than these are not changed in one zone.
const CHANGES: usize = 2;
/// So many of the most likely misreadings are looked at.
const CANDIDATES: usize = 60;
/// Where the filler stands in the alphabet.
const FILLER: usize = ALPHABET.len() - 1;

/// A zero and an O: where one is taken for the other, all are that stand in the same print.
pub(super) const ALIKE: [usize; 2] = [0, 24];

/// The text that was most likely seen.
pub(super) struct Decoded {
    pub(super) zone: Zone,
    /// How many characters were changed so that check digits fit.
    pub(super) changed: usize,
    /// The mean of the logarithms of how likely each character is.
    pub(super) score: f32,
    /// Which character stands in each place.
    characters: Vec<Vec<usize>>,
}

/// Something else that may stand in a place.
#[derive(Clone, Copy)]
struct Other {
    /// How much less likely it is.
    loss: f32,
    line: usize,
    column: usize,
    character: usize,
}

/// The layout and the text that are most likely.
pub(super) fn decode(sights: &Sights) -> Option<Decoded> {
    let layouts: &[Layout] = match (sights.len(), sights.first()?.len()) {
        (3, 30) => &[Layout::Td1],
        (2, 36) => &[Layout::Td2, Layout::MrvB, Layout::FrenchCard],
        (2, 44) => &[Layout::Td3, Layout::MrvA],
        _ => return None,
    };
    let reads = layouts.iter().filter_map(|&layout| Decoded::of(sights, layout));
    let mut best = reads.max_by(|a, b| a.score.total_cmp(&b.score))?;
    best.change(sights);
    Some(best)
}

impl Decoded {
    fn of(sights: &Sights, layout: Layout) -> Option<Self> {
        let best = |line: usize, column: usize, sight: &[f32; CLASSES]| {
            best(sight, legal(layout, line, column)).unwrap_or_default()
        };
        let mut characters: Vec<Vec<usize>> = Vec::with_capacity(sights.len());
        for (line, sights) in sights.iter().enumerate() {
            characters.push(sights.iter().enumerate().map(|(at, sight)| best(line, at, sight)).collect());
        }
        for (line, columns) in legal::countries(layout) {
            if let Some(country) = &countries(&sights[line][columns.clone()], UNLISTED)[0] {
                characters[line][columns].copy_from_slice(&country.code);
            }
        }
        let (line, columns) = legal::name(layout);
        let sights_of_name = &sights[line][columns.clone()];
        let (letters, _) = names::course(&kinds(sights_of_name));
        let name = characters[line][columns].iter_mut().zip(sights_of_name).zip(letters);
        name.for_each(|((now, sight), letter)| {
            *now = if letter { letter_of(sight) } else { FILLER };
        });
        let scores = sights.iter().flatten().zip(characters.iter().flatten());
        let sum: f32 = scores.map(|(sight, &at)| sight[at].max(-8.0)).sum();
        let score = sum / (sights.len() * sights[0].len()) as f32;
        let zone = Zone::read(&written(&characters)).ok()?;
        Some(Self { zone, changed: 0, score, characters })
    }

    pub(super) fn text(&self) -> String {
        written(&self.characters)
    }

    /// How likely each character is among those that may stand in its place, and nothing: line by line, from 0
    /// to 1.
    pub(super) fn confidence(&self, sights: &Sights) -> Vec<f32> {
        let mut confidence = Vec::new();
        for (line, (sights, characters)) in sights.iter().zip(&self.characters).enumerate() {
            for (column, (sight, &at)) in sights.iter().zip(characters).enumerate() {
                let allowed = legal(self.zone.layout, line, column) | 1 << at | 1 << NOTHING;
                let among = (0..CLASSES).filter(|class| allowed >> class & 1 == 1);
                let all: f32 = among.map(|class| sight[class].exp()).sum();
                confidence.push((sight[at].exp() / all.max(1e-9)).min(1.0));
            }
        }
        confidence
    }

    /// Changes the fewest and least likely misread characters so that more check digits fit; what no digit
    /// guards stays as it was read.
    fn change(&mut self, sights: &Sights) {
        while self.changed < CHANGES && !self.zone.all_right() {
            let before = wrong(&self.zone);
            let others = self.others(sights, CHANGED_AT_MOST);
            let better = others.iter().find_map(|other| {
                self.with(&[*other]).filter(|zone| wrong(zone) < before).map(|zone| (*other, zone))
            });
            let Some((other, zone)) = better else { return };
            self.characters[other.line][other.column] = other.character;
            self.zone = zone;
            self.changed += 1;
        }
    }

    /// What it would say with other characters.
    fn with(&self, others: &[Other]) -> Option<Zone> {
        let mut characters = self.characters.clone();
        for other in others {
            characters[other.line][other.column] = other.character;
        }
        Zone::read(&written(&characters)).ok()
    }

    /// What else may stand somewhere and is less likely by less than `most`, the most likely first.
    fn others(&self, sights: &Sights, most: f32) -> Vec<Other> {
        let mut others = Vec::new();
        for (line, sights) in sights.iter().enumerate() {
            for (column, sight) in sights.iter().enumerate() {
                let now = self.characters[line][column];
                let allowed = legal(self.zone.layout, line, column);
                for character in (0..ALPHABET.len()).filter(|&at| at != now && allowed >> at & 1 == 1) {
                    let loss = sight[now] - sight[character];
                    if loss < most {
                        others.push(Other { loss, line, column, character });
                    }
                }
            }
        }
        let mut others = highest_first(&others, |other| -other.loss);
        others.truncate(CANDIDATES);
        others
    }

    /// Whether every other text whose check digits fit is less likely by `margin` (a logarithm).
    pub(super) fn is_clear(&self, sights: &Sights, margin: f32) -> bool {
        let layout = self.zone.layout;
        let countries_are_clear = legal::countries(layout).into_iter().all(|(line, columns)| {
            let [best, next] = countries(&sights[line][columns], UNLISTED_IF_CLEAR);
            best.zip(next).is_some_and(|(best, next)| best.listed && best.score - next.score >= margin)
        });
        countries_are_clear && self.name_is_clear(sights, margin) && self.rest_is_clear(sights, margin)
    }

    fn name_is_clear(&self, sights: &Sights, margin: f32) -> bool {
        let (line, columns) = legal::name(self.zone.layout);
        let (sights, now) = (&sights[line][columns.clone()], &self.characters[line][columns]);
        let mut kinds = kinds(sights);
        let (_, whole) = names::course(&kinds);
        (0..now.len()).all(|at| {
            let (sight, letter) = (&sights[at], now[at] != FILLER);
            let second = best(sight, legal::LETTER & !(1 << now[at])).map_or(f32::MIN, |at| sight[at]);
            if letter && sight[now[at]] - second < margin {
                return false;
            }
            let kind = &mut kinds[at][usize::from(!letter)];
            let was = std::mem::replace(kind, f32::MIN / 64.0);
            let otherwise = names::course(&kinds).1;
            kinds[at][usize::from(!letter)] = was;
            whole - otherwise >= margin
        })
    }

    /// Whether a zero stands where an O may, or an O where a zero may.
    fn is_alike(&self, other: &Other) -> bool {
        [other.character, self.characters[other.line][other.column]].iter().all(|at| ALIKE.contains(at))
    }

    /// One other character changes what nothing guards, and two may deceive check digits.
    fn rest_is_clear(&self, sights: &Sights, margin: f32) -> bool {
        let (line_of_name, name) = legal::name(self.zone.layout);
        let countries = legal::countries(self.zone.layout);
        let mut others = self.others(sights, margin);
        others.retain(|other| {
            let of = |line: usize, columns: &std::ops::Range<usize>| {
                line == other.line && columns.contains(&other.column)
            };
            !of(line_of_name, &name) && !countries.iter().any(|(line, columns)| of(*line, columns))
        });
        let fits = |others: &[Other]| self.with(others).is_some_and(|zone| zone.all_right());
        for (at, &one) in others.iter().enumerate() {
            if fits(&[one]) {
                return false;
            }
            for &two in &others[..at] {
                let apart = (one.line, one.column) != (two.line, two.column);
                let loss = match [one, two].iter().all(|other| self.is_alike(other)) {
                    true => one.loss.max(two.loss),
                    false => one.loss + two.loss,
                };
                if apart && loss < margin && fits(&[one, two]) {
                    return false;
                }
            }
        }
        true
    }
}

/// The likeliest of some characters.
fn best(sight: &[f32; CLASSES], among: legal::Set) -> Option<usize> {
    let among = (0..ALPHABET.len()).filter(|at| among >> at & 1 == 1);
    among.max_by(|&a, &b| sight[a].total_cmp(&sight[b]))
}

fn letter_of(sight: &[f32; CLASSES]) -> usize {
    best(sight, legal::LETTER).unwrap_or_default()
}

/// How likely each place has a letter, and a filler.
fn kinds(sights: &[[f32; CLASSES]]) -> Vec<[f32; 2]> {
    sights.iter().map(|sight| [sight[letter_of(sight)], sight[FILLER]]).collect()
}

/// A code that may stand for a country.
#[derive(Clone, Copy)]
struct Country {
    code: [usize; 3],
    /// How likely it is.
    score: f32,
    /// Whether there is such a country or organisation.
    listed: bool,
}

/// The two likeliest codes of a country. What looks likeliest and is none of them is one too, and so much less likely than
/// it looks; no number of frames can say it, for a finger hides the same of a character in all of them.
fn countries(sights: &[[f32; CLASSES]], unlisted: f32) -> [Option<Country>; 2] {
    let place = |letter: u8| ALPHABET.iter().position(|&other| other == letter).unwrap_or(FILLER);
    let score = |code: &[usize]| code.iter().zip(sights).map(|(&at, sight)| sight[at]).sum::<f32>();
    let codes = country::all().map(|(long, _)| long).chain(OTHER_CODES.split(' '));
    let listed = codes.filter_map(|code| code.as_bytes().first_chunk().map(|code| code.map(place)));
    let listed = listed.map(|code| Country { code, score: score(&code), listed: true });
    let read: Vec<usize> = sights.iter().filter_map(|sight| best(sight, legal::WORD)).collect();
    let read =
        read.first_chunk().map(|&code| Country { code, score: score(&code) - unlisted, listed: false });
    let mut found: [Option<Country>; 2] = [None; 2];
    for country in listed.chain(read) {
        if found[0].is_none_or(|best| country.score > best.score) {
            found = [Some(country), found[0].filter(|best| best.code != country.code)];
        } else if found.iter().flatten().all(|other| other.code != country.code)
            && found[1].is_none_or(|next| country.score > next.score)
        {
            found[1] = Some(country);
        }
    }
    found
}

fn written(characters: &[Vec<usize>]) -> String {
    let line = |line: &Vec<usize>| line.iter().map(|&at| char::from(ALPHABET[at])).collect::<String>();
    characters.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn wrong(zone: &Zone) -> usize {
    zone.digits().iter().filter(|(_, digit)| *digit == CheckDigit::Wrong).count()
}
