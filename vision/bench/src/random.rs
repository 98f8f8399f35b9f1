//! Chance that repeats: the same seed gives the same numbers, here and everywhere.

/// `SplitMix64` (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Numbers from a seed. Neighbouring seeds have nothing in common.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Numbers of their own for a part, so that a change in one part changes no other one.
    pub fn part(&self, name: &str) -> Self {
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        Self(Self(self.0 ^ hash).bits())
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1, without 1.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Between two numbers.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// As far as this in either direction.
    pub fn either(&mut self, far: f32) -> f32 {
        self.between(-far, far)
    }

    /// A whole number below this one, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// A whole number between two, both included.
    pub fn whole(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in this share of cases.
    pub fn chance(&mut self, share: f32) -> bool {
        self.unit() < share
    }

    /// One of several, of which there is at least one.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Normally distributed around 0 with deviation 1 (the sum of twelve: no tail beyond 6).
    pub fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.unit()).sum::<f32>() - 6.0
    }

    /// A colour between two brightnesses, 0 to 255, that is no more than so far from grey: 0 is grey, 1 any.
    pub fn tone(&mut self, low: f32, high: f32, colourful: f32) -> [f32; 3] {
        let bright = self.between(low, high);
        let share = colourful * self.unit();
        self.colour(low, high).map(|value| bright + (value - bright) * share)
    }

    /// A colour of which each channel is between two brightnesses, 0 to 255.
    pub fn colour(&mut self, low: f32, high: f32) -> [f32; 3] {
        [0; 3].map(|_| self.between(low, high))
    }
}
