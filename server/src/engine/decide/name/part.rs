//! One part of a name: its words, and how it stands to the same part of another name.

use vestibule_vision::spelling::Spelt;

/// Particles, titles and suffixes that documents have and people leave out, or the other way round.
const SMALL: &str = " AF AL AV BEN BIN BINT D DA DAS DE DEL DELA DEN DER DI DO DOS DR DU E EL IBN II III IV \
    JR LA LAS LE LOS PROF SR TEN TER VAN VOM VON Y ZU ZUM ZUR ";

/// How one part stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They can be one.
    Same,
    /// They share something, or one of them is empty.
    Partly,
    /// They share nothing.
    Other,
}

/// A part of a name.
#[derive(Clone)]
pub struct Part {
    words: Vec<Word>,
    truncated: bool,
}

#[derive(Clone)]
struct Word {
    text: String,
    spelt: Spelt,
}

impl Word {
    fn is_small(&self) -> bool {
        SMALL.contains(&[" ", &self.spelt.recommended(), " "].concat())
    }
}

impl Part {
    /// The words of a text, parted by spaces and hyphens; `None` when a letter has no spelling.
    pub fn of(text: &str, truncated: bool) -> Option<Self> {
        let mut words = Vec::new();
        for text in text.split(|c: char| c.is_whitespace() || "-‐‑–,".contains(c)) {
            let spelt = Spelt::of(text)?;
            if !spelt.is_empty() {
                words.push(Word { text: text.into(), spelt });
            }
        }
        Some(Self { words, truncated })
    }

    /// Whether its spelling follows from its letters.
    pub fn is_certain(&self) -> bool {
        self.words.iter().all(|word| word.spelt.is_certain())
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The words before this place, and those from there on.
    pub fn split_at(&self, place: usize) -> (Self, Self) {
        let (before, after) = self.words.split_at(place);
        let part = |words: &[Word]| Self { words: words.to_vec(), truncated: self.truncated };
        (part(before), part(after))
    }

    /// All words as one.
    fn joined(&self) -> Spelt {
        joined(self.words.iter())
    }
}

/// How two family names stand to each other.
pub fn family(one: &Part, other: &Part) -> Relation {
    if agree(&one.joined(), one.truncated, &other.joined(), other.truncated) {
        return Relation::Same;
    }
    let large = |part: &Part| joined(part.words.iter().filter(|word| !word.is_small()));
    let (large_one, large_other) = (large(one), large(other));
    let some = !large_one.is_empty() && !large_other.is_empty();
    if some && agree(&large_one, one.truncated, &large_other, other.truncated) {
        return Relation::Same;
    }
    let shared =
        |word: &Word| !word.is_small() && other.words.iter().any(|theirs| word.spelt.is(&theirs.spelt));
    part_of(one, other, shared)
}

/// How two rows of given names stand to each other.
pub fn given(one: &Part, other: &Part) -> Relation {
    if agree(&one.joined(), one.truncated, &other.joined(), other.truncated)
        || leaves_out(one, other)
        || leaves_out(other, one)
    {
        return Relation::Same;
    }
    // An initial says little, and contradicts nothing.
    let shared = |word: &Word| {
        let initial = |letter: &Word, name: &Word| {
            letter.text.chars().filter(|c| c.is_alphabetic()).count() == 1
                && letter.spelt.likeness(&name.spelt).begins
        };
        other
            .words
            .iter()
            .any(|theirs| word.spelt.is(&theirs.spelt) || initial(word, theirs) || initial(theirs, word))
    };
    part_of(one, other, shared)
}

/// Whether the same words stand in both, in whatever order and part.
pub fn same_words(one: &[&Part], other: &[&Part]) -> bool {
    let mut left: Vec<&Spelt> = other.iter().flat_map(|part| &part.words).map(|word| &word.spelt).collect();
    let mut words = one.iter().flat_map(|part| &part.words);
    let all = words.all(|word| match left.iter().position(|theirs| word.spelt.is(theirs)) {
        Some(place) => {
            left.swap_remove(place);
            true
        }
        None => false,
    });
    all && left.is_empty()
}

/// Whether the first words are the same, and the rest of the shorter row stands in the longer one, in the
/// same order.
fn leaves_out(short: &Part, long: &Part) -> bool {
    let Some((first, rest)) = short.words.split_first() else { return false };
    let Some((their_first, mut theirs)) = long.words.split_first() else { return false };
    let same = |index: usize, word: &Word, their: &Word| {
        let cut = short.truncated && index + 1 == short.words.len();
        agree(&word.spelt, cut, &their.spelt, false)
    };
    same(0, first, their_first)
        && rest.iter().enumerate().all(|(index, word)| {
            let found = theirs.iter().position(|their| same(index + 1, word, their));
            found.inspect(|place| theirs = &theirs[place + 1..]).is_some()
        })
}

fn part_of(one: &Part, other: &Part, shared: impl Fn(&Word) -> bool) -> Relation {
    let empty = one.words.is_empty() != other.words.is_empty();
    if empty || one.words.iter().any(shared) || is_near(&one.joined(), &other.joined()) {
        Relation::Partly
    } else {
        Relation::Other
    }
}

/// Whether two can be spelt the same, or one that was cut begins the other.
fn agree(one: &Spelt, one_cut: bool, other: &Spelt, other_cut: bool) -> bool {
    let likeness = one.likeness(other);
    let some = !one.is_empty() && !other.is_empty();
    likeness.same || (some && one_cut && likeness.begins) || (some && other_cut && likeness.begun)
}

fn joined<'a>(words: impl Iterator<Item = &'a Word>) -> Spelt {
    let text: String = words.map(|word| word.text.as_str()).collect();
    Spelt::of(&text).unwrap_or_else(|| unreachable!("each of the words has a spelling"))
}

/// Whether names of four letters or so differ by one: another, one more or less, or two exchanged.
fn is_near(one: &Spelt, other: &Spelt) -> bool {
    let (one, other) = (one.recommended(), other.recommended());
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    if long.len() < 4 || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    let (short, long) = (&short[same..], &long[same..]);
    match (short, long) {
        ([], _) => true,
        _ if short.len() < long.len() => short == &long[1..],
        ([a, b, rest @ ..], [c, d, others @ ..]) if a == d && b == c => rest == others,
        _ => short[1..] == long[1..],
    }
}
