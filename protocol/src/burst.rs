//! A burst: further, smaller pictures of a face, taken in a row right after a selfie, for a provider that tells
//! by them whether somebody is there in person.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// The most pictures of one burst.
pub const MOST_PICTURES: u8 = 5;

/// The least and the most time between two pictures, in milliseconds. All of them take two seconds and a half at most:
/// nobody keeps still for longer.
pub const APART_MS: [u16; 2] = [50, 500];

/// The largest picture of a burst, in bytes. One of 640 pixels, strongly compressed, has a tenth of that.
pub const MOST_BYTES: u32 = 300_000;

/// What is wanted of a burst. Fewer pictures may come, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Burst {
    /// How many pictures, beside the selfie.
    pictures: u8,
    /// How many milliseconds lie between two of them.
    apart_ms: u16,
}

/// A burst as it is written, before [`Burst::new`].
#[derive(Deserialize)]
struct Wish {
    pictures: u8,
    apart_ms: u16,
}

/// There is no such burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a burst has 1 to 5 pictures, which are 50 to 500 milliseconds apart")]
pub struct NoBurst;

impl Burst {
    /// So many pictures, so many milliseconds apart.
    ///
    /// # Errors
    /// [`NoBurst`] if there are none, or it is out of bounds.
    pub fn new(pictures: u8, apart_ms: u16) -> Result<Self, NoBurst> {
        let [least, most] = APART_MS;
        let bounded = (1..=MOST_PICTURES).contains(&pictures) && (least..=most).contains(&apart_ms);
        bounded.then_some(Self { pictures, apart_ms }).ok_or(NoBurst)
    }

    /// How many pictures, beside the selfie.
    pub fn pictures(self) -> u8 {
        self.pictures
    }

    /// How many milliseconds lie between two of them.
    pub fn apart_ms(self) -> u16 {
        self.apart_ms
    }
}

impl<'de> Deserialize<'de> for Burst {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let Wish { pictures, apart_ms } = Wish::deserialize(from)?;
        Self::new(pictures, apart_ms).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_short_and_bounded() {
        for (pictures, apart_ms) in [(1, 50), (3, 200), (5, 500)] {
            let burst = Burst::new(pictures, apart_ms).unwrap();
            assert_eq!((burst.pictures(), burst.apart_ms()), (pictures, apart_ms));
        }
        for (pictures, apart_ms) in [(0, 200), (6, 200), (255, 200), (3, 0), (3, 49), (3, 501), (3, 65_535)] {
            assert_eq!(Burst::new(pictures, apart_ms), Err(NoBurst));
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_refused_as_it_is_read() {
        let read = serde_json::from_str::<Burst>;
        assert_eq!(read(r#"{"pictures":3,"apart_ms":200}"#).unwrap(), Burst::new(3, 200).unwrap());
        for text in [
            r#"{"pictures":0,"apart_ms":200}"#,
            r#"{"pictures":6,"apart_ms":200}"#,
            r#"{"pictures":3,"apart_ms":49}"#,
            r#"{"pictures":3,"apart_ms":501}"#,
            r#"{"pictures":-1,"apart_ms":200}"#,
            r#"{"pictures":3}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
