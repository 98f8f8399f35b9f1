//! Whether two rows of letters, each with several spellings, have a spelling in common.

use super::{Letter, Likeness};

/// How far both have been spelt, and what one of them is ahead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    one: usize,
    other: usize,
    ahead: Ahead,
}

/// Of the two, which has spelt more, and what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ahead {
    Neither,
    One(&'static str),
    Other(&'static str),
}

impl Ahead {
    fn new(side: fn(&'static str) -> Self, text: &'static str) -> Self {
        if text.is_empty() { Self::Neither } else { side(text) }
    }
}

/// Walks both at once, along every choice of spellings that agree so far. Every place is visited once,
/// and there are few between two letters, so the time grows with the product of the lengths at most.
pub(super) fn likeness(one: &[Letter], other: &[Letter]) -> Likeness {
    let mut found = Likeness::default();
    let mut open = vec![Place { one: 0, other: 0, ahead: Ahead::Neither }];
    let mut seen: Vec<Place> = Vec::new();
    while let Some(place) = open.pop() {
        match seen.binary_search(&place) {
            Ok(_) => continue,
            Err(at) => seen.insert(at, place),
        }
        let (at_one, at_other) = (one.get(place.one), other.get(place.other));
        let further_one = |ahead| Place { one: place.one + 1, ahead, ..place };
        let further_other = |ahead| Place { other: place.other + 1, ahead, ..place };
        match place.ahead {
            Ahead::Neither => {
                found.same |= at_one.is_none() && at_other.is_none();
                found.begins |= at_one.is_none();
                found.begun |= at_other.is_none();
                match (at_one, at_other) {
                    (Some(letter), _) => {
                        open.extend(letter.iter().map(|text| further_one(Ahead::new(Ahead::One, text))));
                    }
                    (None, Some(letter)) => {
                        open.extend(letter.iter().map(|text| further_other(Ahead::new(Ahead::Other, text))));
                    }
                    (None, None) => {}
                }
            }
            Ahead::One(said) => match at_other {
                Some(letter) => open.extend(
                    letter
                        .iter()
                        .filter_map(|text| agree(said, text, Ahead::One, Ahead::Other))
                        .map(further_other),
                ),
                None => found.begun = true,
            },
            Ahead::Other(said) => match at_one {
                Some(letter) => open.extend(
                    letter
                        .iter()
                        .filter_map(|text| agree(said, text, Ahead::Other, Ahead::One))
                        .map(further_one),
                ),
                None => found.begins = true,
            },
        }
    }
    found
}

/// Who is ahead once `text` is spelt after `said`; `None` when the two differ.
fn agree(
    said: &'static str,
    text: &'static str,
    still: fn(&'static str) -> Ahead,
    now: fn(&'static str) -> Ahead,
) -> Option<Ahead> {
    if let Some(more) = text.strip_prefix(said) {
        Some(Ahead::new(now, more))
    } else {
        said.strip_prefix(text).map(|rest| Ahead::new(still, rest))
    }
}
