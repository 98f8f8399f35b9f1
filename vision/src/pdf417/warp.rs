//! How far what is seen lies beside where a flat symbol would have it, as a smooth surface: paper bends, and
//! corners are not found exactly.

/// 1, x, y, x², xy, y², x³, x²y.
const TERMS: usize = 8;

/// The surface, over places from −1 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Warp([f32; TERMS]);

fn terms((x, y): (f32, f32)) -> [f32; TERMS] {
    [1.0, x, y, x * x, x * y, y * y, x * x * x, x * x * y]
}

impl Warp {
    /// How far beside it is at a place.
    pub(super) fn at(&self, place: (f32, f32)) -> f32 {
        terms(place).iter().zip(&self.0).map(|(term, factor)| term * factor).sum()
    }

    /// The surface nearest to what was seen: places, how far beside, and how much each counts. Twice, so that
    /// what is far from it counts less.
    pub(super) fn fit(seen: &[((f32, f32), f32, f32)]) -> Self {
        let first = Self::nearest(seen);
        let nearer = seen.iter().map(|&(place, aside, worth)| {
            let off = (aside - first.at(place)) / 0.25;
            (place, aside, worth / (1.0 + off * off))
        });
        Self::nearest(&nearer.collect::<Vec<_>>())
    }

    /// By least squares. A little pulls towards nothing, so that there is always an answer.
    fn nearest(seen: &[((f32, f32), f32, f32)]) -> Self {
        let mut matrix = [[0.0f64; TERMS + 1]; TERMS];
        let mut whole = 0.0;
        for &(place, aside, worth) in seen {
            let (terms, worth) = (terms(place), f64::from(worth.max(0.0)));
            whole += worth;
            for (row, &term) in matrix.iter_mut().zip(&terms) {
                let weighted = worth * f64::from(term);
                row.iter_mut().zip(&terms).for_each(|(sum, &other)| *sum += weighted * f64::from(other));
                row[TERMS] += weighted * f64::from(aside);
            }
        }
        for (at, row) in matrix.iter_mut().enumerate() {
            row[at] += whole * 0.003 + 1e-6;
        }
        // The matrix is symmetric and positive, so elimination needs no pivots.
        for at in 0..TERMS {
            let pivot = matrix[at];
            for row in &mut matrix[at + 1..] {
                let factor = row[at] / pivot[at];
                row.iter_mut().zip(&pivot).for_each(|(value, &other)| *value -= factor * other);
            }
        }
        let mut factors = [0.0f64; TERMS];
        for at in (0..TERMS).rev() {
            let known: f64 = (at + 1..TERMS).map(|other| matrix[at][other] * factors[other]).sum();
            factors[at] = (matrix[at][TERMS] - known) / matrix[at][at];
        }
        Self(factors.map(|factor| factor as f32))
    }
}
