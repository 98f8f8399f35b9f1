//! Smooth random values over a plane, and the noise of a sensor.

use crate::random::Random;

/// Values on a lattice, smoothed in between.
pub struct Noise([f32; 1 << 12]);

impl Noise {
    /// Values of their own.
    pub fn new(random: &mut Random) -> Self {
        let mut own = random.part("noise");
        // The next one is another.
        random.bits();
        Self(std::array::from_fn(|_| own.either(1.0)))
    }

    /// The value at a place, from -1 to 1; the lattice has a width of 1.
    #[inline]
    pub fn smooth(&self, x: f32, y: f32) -> f32 {
        let (column, row) = (x.floor(), y.floor());
        let ease = |share: f32| share * share * (3.0 - 2.0 * share);
        let (across, down) = (ease(x - column), ease(y - row));
        let (column, row) = (column as i32, row as i32);
        let value = |dx: i32, dy: i32| {
            let hash = (column + dx).wrapping_mul(374_761_393) ^ (row + dy).wrapping_mul(668_265_263);
            let hash = (hash ^ (hash >> 13)).wrapping_mul(1_274_126_177);
            self.0[((hash >> 15) & 0xFFF) as usize]
        };
        let above = value(0, 0) + (value(1, 0) - value(0, 0)) * across;
        let below = value(0, 1) + (value(1, 1) - value(0, 1)) * across;
        above + (below - above) * down
    }
}

/// Normally distributed values that are quick to draw: from a table.
pub struct Grain {
    table: Vec<f32>,
    random: Random,
}

impl Grain {
    /// Values of their own.
    pub fn new(random: &mut Random) -> Self {
        let table = (0..1 << 12).map(|_| random.normal()).collect();
        Self { table, random: random.part("grain") }
    }

    /// Five values for a pixel.
    #[inline]
    pub fn next(&mut self) -> [f32; 4] {
        let bits = self.random.bits();
        [0, 12, 24, 36].map(|shift| self.table[((bits >> shift) & 0xFFF) as usize])
    }
}
