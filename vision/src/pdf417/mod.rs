//! PDF417 symbols (ISO/IEC 15438:2015), as on the back of North American cards.

mod compaction;
mod correction;
pub mod pattern;
