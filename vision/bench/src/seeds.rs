//! Which seeds serve what. The only place that knows.

/// A set of seeds; no two sets have one in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seeds {
    /// For what learns: networks and cascades.
    Train,
    /// For what is set by hand: thresholds, sizes, choices between ways. Look at these as long as you like.
    Tuning,
    /// For the report alone. Whoever changes something because of what these show has spoiled them: then
    /// take the next [`Seeds::HELD_OUT_EDITION`].
    HeldOut,
}

impl Seeds {
    /// Counted up whenever the held-out seeds were looked at for more than the report.
    pub const HELD_OUT_EDITION: u64 = 1;

    /// The seed with this index, of as many as are wanted (below 2⁴⁰).
    pub const fn seed(self, index: u64) -> u64 {
        let set = match self {
            Self::Train => 1,
            Self::Tuning => 2,
            Self::HeldOut => 16 + Self::HELD_OUT_EDITION,
        };
        (set << 40) | (index & ((1 << 40) - 1))
    }
}
