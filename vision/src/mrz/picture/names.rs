//! Where a name ends: two fillers part it once, one filler stands between words, and after the last word there
//! are fillers to the end (Doc 9303-3, section 4.6). So a letter among the last fillers is nearly always misread.

/// What a zone writes against the rule is so much less likely (a logarithm): some issuers do.
const AGAINST: f32 = 6.5;
/// What cannot be.
const NEVER: f32 = -1e6;

/// States of a name from left to right.
const STATES: usize = 6;
/// A letter of the first part, a filler after one, and the filler that parts.
const FIRST: usize = 0;
const FIRST_FILLER: usize = 1;
const PARTED: usize = 2;
/// A letter of the second part, a filler after one, and the fillers up to the end.
const SECOND: usize = 3;
const SECOND_FILLER: usize = 4;
const END: usize = 5;
/// From one state to the next, whether by a letter.
const STEPS: [(usize, usize, bool); 12] = [
    (FIRST, FIRST, true),
    (FIRST, FIRST_FILLER, false),
    (FIRST_FILLER, FIRST, true),
    (FIRST_FILLER, PARTED, false),
    (PARTED, SECOND, true),
    (PARTED, END, false),
    (SECOND, SECOND, true),
    (SECOND, SECOND_FILLER, false),
    (SECOND_FILLER, SECOND, true),
    (SECOND_FILLER, END, false),
    (END, END, false),
    (END, SECOND, true),
];

/// The most likely course of a name, of which each place is known to be a letter or a filler as surely as told
/// (logarithms): where its letters stand, and how likely it is.
pub(super) fn course(places: &[[f32; 2]]) -> (Vec<bool>, f32) {
    let mut scores = [NEVER; STATES];
    scores[FIRST_FILLER] = 0.0;
    let mut from = Vec::with_capacity(places.len());
    for [letter, filler] in places {
        let (mut next, mut best) = ([f32::MIN; STATES], [0; STATES]);
        for (before, after, is_letter) in STEPS {
            let against = if before == END && is_letter { AGAINST } else { 0.0 };
            let score = scores[before] + if is_letter { *letter } else { *filler } - against;
            if score > next[after] {
                (next[after], best[after]) = (score, before);
            }
        }
        scores = next;
        from.push(best);
    }
    let mut state = (0..STATES).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(END);
    let score = scores[state];
    let mut letters = vec![false; places.len()];
    for (letter, best) in letters.iter_mut().zip(&from).rev() {
        *letter = matches!(state, FIRST | SECOND);
        state = best[state];
    }
    (letters, score)
}
