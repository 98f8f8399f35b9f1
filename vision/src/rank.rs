//! Items in the order of a number, and the number that has a rank. Every list is ordered by one sort of its
//! places: a sort for each kind of item would weigh more than what is done with them.

/// The places of all keys, the highest key first; of equal ones the earlier place.
#[inline(never)]
fn places(keys: &[f32]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..keys.len()).collect();
    places.sort_by(|&a, &b| keys[b].total_cmp(&keys[a]));
    places
}

/// The same items, that with the highest key first; of equal ones the earlier.
pub(crate) fn highest_first<T: Clone>(items: &[T], key: impl Fn(&T) -> f32) -> Vec<T> {
    let keys: Vec<f32> = items.iter().map(key).collect();
    places(&keys).into_iter().map(|at| items[at].clone()).collect()
}

/// Of numbers that are not below 0, the one that has so many below it once they are ordered. 0 where there are
/// none.
#[inline(never)]
pub(crate) fn nth(values: &[f32], rank: usize) -> f32 {
    // The bits of such numbers are in the order of the numbers: the highest that has no more below it is found bit
    // by bit.
    let bits = (0..31).rev().fold(0, |found: u32, bit| {
        let probe = found | 1 << bit;
        let below = values.iter().filter(|value| value.to_bits() < probe).count();
        if below <= rank.min(values.len().wrapping_sub(1)) && !values.is_empty() { probe } else { found }
    });
    f32::from_bits(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_come_first_and_equal_ones_keep_their_order() {
        let items = [("a", 1.0), ("b", 3.0), ("c", -2.0), ("d", 3.0), ("e", f32::MIN)];
        let names: String = highest_first(&items, |(_, key)| *key).iter().map(|(name, _)| *name).collect();
        assert_eq!(names, "bdace");
    }

    #[test]
    fn each_rank_has_the_number_that_a_sort_has_there() {
        let values: Vec<f32> = (0..97u32).map(|at| (at * 37 % 89) as f32 * 0.37).collect();
        let mut sorted = values.clone();
        sorted.sort_by(f32::total_cmp);
        assert!((0..97).all(|rank| nth(&values, rank) == sorted[rank]));
        assert_eq!((nth(&values, 500), nth(&[], 0), nth(&[0.0, 0.0, 5.0], 1)), (sorted[96], 0.0, 0.0));
    }
}
