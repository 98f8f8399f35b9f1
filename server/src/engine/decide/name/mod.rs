//! Whether two names can be one person's, with the liberties that people and documents take.

mod part;

use vestibule_protocol::outcome::Verdict;

use self::part::{Part, Relation};
use crate::engine::reading::PersonName;

/// How two names stand to each other. Case, accents, hyphens and apostrophes do not matter, and letters
/// may be spelt as documents do (Doc 9303-3, section 6). Of the family name, particles, titles and
/// suffixes may be left out; of the given names, all but the first. A name that was cut agrees with every
/// name that begins so.
///
/// - `ok`: both parts are the same;
/// - `warn`: one part is the same and the other is not, as after a marriage or with a name of endearment;
///   both are the same in part, or but for one letter; the same words stand in another order or part;
/// - `fail`: they have neither part in common;
/// - `unknown`: one is written in letters that have no spelling here, or in Arabic ones, of which most
///   documents spell the sound, and it is not the same already by the letters.
pub fn compare(one: &PersonName, other: &PersonName) -> Verdict {
    if is_letter_for_letter(one, other) {
        return Verdict::Ok;
    }
    let (Some(one), Some(other)) = (Name::of(one), Name::of(other)) else { return Verdict::Unknown };
    let verdict = match (&one, &other) {
        (Name::Parts(one), Name::Parts(other)) => of_parts(one, other),
        (Name::Parts(parts), Name::Whole(whole)) | (Name::Whole(whole), Name::Parts(parts)) => {
            of_whole(parts, whole)
        }
        (Name::Whole(one), Name::Whole(other)) => match part::given(one, other) {
            Relation::Same => Verdict::Ok,
            Relation::Partly => Verdict::Warn,
            Relation::Other => Verdict::Fail,
        },
    };
    let certain = one.is_certain() && other.is_certain();
    if certain || verdict == Verdict::Ok { verdict } else { Verdict::Unknown }
}

/// A name in words with their spellings.
enum Name {
    Parts(Parts),
    Whole(Part),
}

struct Parts {
    given: Part,
    family: Part,
}

impl Name {
    fn of(name: &PersonName) -> Option<Self> {
        Some(match name {
            PersonName::Parts { given, family, truncated } => Self::Parts(Parts {
                given: Part::of(given, *truncated)?,
                family: Part::of(family, *truncated)?,
            }),
            PersonName::Whole(text) => Self::Whole(Part::of(text, false)?),
        })
    }

    fn is_certain(&self) -> bool {
        match self {
            Self::Parts(Parts { given, family }) => given.is_certain() && family.is_certain(),
            Self::Whole(whole) => whole.is_certain(),
        }
    }
}

fn of_parts(one: &Parts, other: &Parts) -> Verdict {
    let relations = (part::family(&one.family, &other.family), part::given(&one.given, &other.given));
    match relations {
        (Relation::Same, Relation::Same) => Verdict::Ok,
        (Relation::Same, _) | (_, Relation::Same) | (Relation::Partly, Relation::Partly) => Verdict::Warn,
        _ if part::same_words(&[&one.given, &one.family], &[&other.given, &other.family]) => Verdict::Warn,
        _ => Verdict::Fail,
    }
}

/// By whichever way of parting the whole name agrees best, the family name last or first.
fn of_whole(parts: &Parts, whole: &Part) -> Verdict {
    let ways = (0..=whole.len()).flat_map(|at| {
        let (first, last) = whole.split_at(at);
        [Parts { given: first.clone(), family: last.clone() }, Parts { given: last, family: first }]
    });
    let mut best = Verdict::Fail;
    for way in ways {
        match of_parts(parts, &way) {
            Verdict::Ok => return Verdict::Ok,
            Verdict::Warn => best = Verdict::Warn,
            Verdict::Fail | Verdict::Unknown => {}
        }
    }
    best
}

/// Whether two names are written alike, in whatever script.
fn is_letter_for_letter(one: &PersonName, other: &PersonName) -> bool {
    let plain = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
    match (one, other) {
        (PersonName::Whole(one), PersonName::Whole(other)) => plain(one) == plain(other),
        (PersonName::Whole(whole), PersonName::Parts { given, family, .. })
        | (PersonName::Parts { given, family, .. }, PersonName::Whole(whole)) => {
            let (whole, given, family) = (plain(whole), plain(given), plain(family));
            whole == [given.as_str(), &family].concat() || whole == [family.as_str(), &given].concat()
        }
        (
            PersonName::Parts { given, family, .. },
            PersonName::Parts { given: other_given, family: other_family, .. },
        ) => plain(given) == plain(other_given) && plain(family) == plain(other_family),
    }
}

#[cfg(test)]
mod tests;
