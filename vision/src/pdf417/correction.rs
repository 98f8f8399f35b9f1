//! Reed–Solomon error correction over the numbers modulo 929 (ISO/IEC 15438:2015, 5.10 and annex H).
//!
//! Berlekamp and Massey's algorithm, begun with what is known to be missing; Blahut, "Algebraic Codes for
//! Data Transmission" (2003), 7.5.

use super::pattern::CODEWORDS;

const FIELD: u32 = CODEWORDS as u32;

/// The powers of 3 from 0 to 927, and which power each number is.
pub(super) struct Field {
    powers: Vec<u16>,
    logarithms: Vec<u16>,
}

impl Field {
    pub(super) fn new() -> Self {
        let mut field = Self { powers: Vec::with_capacity(928), logarithms: vec![0; 929] };
        let mut power = 1;
        for exponent in 0..928 {
            field.powers.push(power as u16);
            field.logarithms[power as usize] = exponent;
            power = power * 3 % FIELD;
        }
        field
    }

    fn power(&self, exponent: usize) -> u32 {
        u32::from(self.powers[exponent % 928])
    }

    /// 1 divided by a number that is not 0.
    fn inverse(&self, number: u32) -> u32 {
        self.power(928 - usize::from(self.logarithms[number as usize]))
    }

    fn value(&self, polynomial: &[u32], at: u32) -> u32 {
        polynomial.iter().rev().fold(0, |sum, coefficient| (sum * at + coefficient) % FIELD)
    }

    /// The values of all powers at the roots of the code; all 0 where there is no error.
    pub(super) fn syndromes(&self, words: &[u16], correction: usize) -> Vec<u32> {
        let at = |root| words.iter().fold(0, |sum, &word| (sum * root + u32::from(word)) % FIELD);
        (1..=correction).map(|exponent| at(self.power(exponent))).collect()
    }

    /// Corrects codewords of which the last `syndromes.len()` are correction, and these are the syndromes.
    /// Words at the `erased` places are taken for lost. Returns how many words changed.
    ///
    /// `None` where there are too many errors: two numbers of correction are needed for each, one for each
    /// that is erased, and `spare` must remain, so that chance does not pass for a correction.
    pub(super) fn correct(
        &self,
        words: &mut [u16],
        syndromes: &[u32],
        erased: &[usize],
        spare: usize,
    ) -> Option<usize> {
        if syndromes.iter().all(|&syndrome| syndrome == 0) {
            return Some(0);
        }
        let (count, known) = (syndromes.len(), erased.len());
        if known + spare > count {
            return None;
        }
        let exponent = |place: usize| words.len() - 1 - place;
        let mut locator = vec![1];
        for &place in erased {
            let root = self.power(exponent(place));
            locator.push(0);
            for at in (1..locator.len()).rev() {
                locator[at] = (locator[at] + (FIELD - root) * locator[at - 1]) % FIELD;
            }
        }
        let mut before = locator.clone();
        let mut length = known;
        for step in known..count {
            let terms = locator.iter().take(step + 1).zip(syndromes[..=step].iter().rev());
            let wrong = terms.fold(0, |sum, (a, b)| (sum + a * b) % FIELD);
            before.insert(0, 0);
            if wrong == 0 {
                continue;
            }
            let last = locator.clone();
            locator.resize(locator.len().max(before.len()), 0);
            for (coefficient, &part) in locator.iter_mut().zip(&before) {
                *coefficient = (*coefficient + (FIELD - wrong) * part) % FIELD;
            }
            if 2 * length <= step + known {
                length = step + 1 + known - length;
                let factor = self.inverse(wrong);
                before = last.into_iter().map(|coefficient| coefficient * factor % FIELD).collect();
            }
        }
        while locator.last() == Some(&0) {
            locator.pop();
        }
        if locator.len() != length + 1 || 2 * (length - known) + known + spare > count {
            return None;
        }
        self.amend(words, syndromes, &locator)
    }

    /// Finds the places that the locator names, and what was there (Forney).
    fn amend(&self, words: &mut [u16], syndromes: &[u32], locator: &[u32]) -> Option<usize> {
        let evaluator: Vec<u32> = (0..locator.len() - 1)
            .map(|degree| {
                (0..=degree).fold(0, |sum, at| (sum + locator[at] * syndromes[degree - at]) % FIELD)
            })
            .collect();
        let slope: Vec<u32> =
            (1..locator.len()).map(|degree| degree as u32 * locator[degree] % FIELD).collect();
        let (mut found, mut changed) = (0, 0);
        for place in 0..words.len() {
            let root = self.power(928 - (words.len() - 1 - place) % 928);
            if self.value(locator, root) != 0 {
                continue;
            }
            let steepness = self.value(&slope, root);
            if steepness == 0 {
                return None;
            }
            // The error is minus this; taking it away adds.
            let size = self.value(&evaluator, root) * self.inverse(steepness) % FIELD;
            let word = (u32::from(words[place]) + size) % FIELD;
            found += 1;
            changed += usize::from(word != u32::from(words[place]));
            words[place] = word as u16;
        }
        let whole = found == locator.len() - 1
            && self.syndromes(words, syndromes.len()).iter().all(|&syndrome| syndrome == 0);
        whole.then_some(changed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Eight words of correction after some words: what must be added for all syndromes to be 0, found by
    /// erasing them.
    fn coded(words: &[u16]) -> Vec<u16> {
        let mut words = words.to_vec();
        words.extend([0; 8]);
        let field = Field::new();
        let erased: Vec<_> = (words.len() - 8..words.len()).collect();
        let syndromes = field.syndromes(&words, 8);
        field.correct(&mut words, &syndromes, &erased, 0).expect("eight are enough");
        words
    }

    #[test]
    fn the_standard_s_example_is_a_code() {
        // 5.10, "PDF417" at level 1.
        let words = [5, 453, 178, 121, 239, 452, 327, 657, 619];
        assert_eq!(Field::new().syndromes(&words, 4), [0; 4]);
    }

    proptest! {
        #[test]
        fn errors_and_losses_are_mended_up_to_the_bound_and_not_beyond(
            words in prop::collection::vec(0u16..929, 1..60),
            wrongs in prop::collection::btree_map(0usize..68, 1u16..929, 0..9),
            lost in 0usize..9,
        ) {
            let whole = coded(&words);
            let wrongs: Vec<_> = wrongs.into_iter().filter(|&(place, _)| place < whole.len()).collect();
            let lost = lost.min(wrongs.len());
            let mut read = whole.clone();
            for &(place, by) in &wrongs {
                read[place] = (read[place] + by) % 929;
            }
            let field = Field::new();
            let syndromes = field.syndromes(&read, 8);
            let erased: Vec<_> = wrongs[..lost].iter().map(|&(place, _)| place).collect();
            let corrected = field.correct(&mut read, &syndromes, &erased, 0);
            if 2 * (wrongs.len() - lost) + lost <= 8 {
                prop_assert_eq!(corrected, Some(wrongs.len()));
                prop_assert_eq!(read, whole);
            } else if corrected.is_some() {
                prop_assert!(field.syndromes(&read, 8).iter().all(|&syndrome| syndrome == 0));
            }
        }

        #[test]
        fn nothing_makes_it_panic(
            mut words in prop::collection::vec(0u16..929, 3..40),
            erased in prop::collection::btree_set(0usize..40, 0..12),
            correction in 1usize..12,
        ) {
            let erased: Vec<_> = erased.into_iter().filter(|&place| place < words.len()).collect();
            let field = Field::new();
            let syndromes = field.syndromes(&words, correction.min(words.len()));
            let _ = field.correct(&mut words, &syndromes, &erased, 2);
        }
    }
}
