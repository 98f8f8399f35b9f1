//! The one thing of EXIF that belongs to the picture: which way up it is.
//!
//! CIPA DC-008 (Exif 2.32), section 4.6.4: tag 0x0112, a SHORT from 1 (upright) to 8, in the first
//! directory of a TIFF structure.

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// How a picture lies, when it is not upright: 2 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

/// Length of [`Orientation::tiff`].
pub(super) const TIFF: usize = 26;

impl Orientation {
    /// The orientation that this TIFF structure tells. `None` if it tells none, or upright, or is
    /// no TIFF structure.
    pub fn read(tiff: &[u8]) -> Option<Self> {
        let big = match tiff.get(..4)? {
            [b'M', b'M', 0, 42] => true,
            [b'I', b'I', 42, 0] => false,
            _ => return None,
        };
        let short = |at: usize| {
            let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
            Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
        };
        let long = tiff.get(4..8)?.try_into().ok()?;
        let directory = if big { u32::from_be_bytes(long) } else { u32::from_le_bytes(long) } as usize;
        let count = usize::from(short(directory)?);
        (0..count)
            .map_while(|entry| directory.checked_add(2 + 12 * entry))
            .find(|&at| short(at) == Some(ORIENTATION) && short(at + 2) == Some(SHORT))
            .and_then(|at| short(at + 8))
            .and_then(|value| u8::try_from(value).ok())
            .filter(|value| (2..=8).contains(value))
            .map(Self)
    }

    /// As EXIF numbers it.
    pub fn number(self) -> u8 {
        self.0
    }

    /// A TIFF structure that tells this orientation and nothing else.
    pub(super) fn tiff(self) -> [u8; TIFF] {
        let mut tiff = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
        tiff[19] = self.0;
        tiff
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_is_read_back_in_both_byte_orders() {
        for value in 2..=8 {
            let tiff = Orientation(value).tiff();
            assert_eq!(Orientation::read(&tiff), Some(Orientation(value)));
        }
        let little = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        assert_eq!(Orientation::read(little), Some(Orientation(6)));
    }

    #[test]
    fn upright_and_nonsense_need_no_words() {
        for value in [0, 1, 9] {
            assert_eq!(Orientation::read(&Orientation(value).tiff()), None);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_get_an_answer(order in any::<bool>(), rest in prop::collection::vec(any::<u8>(), 0..200)) {
            let start: &[u8] = if order { b"MM\0\x2a" } else { b"II\x2a\0" };
            Orientation::read(&[start, &rest].concat());
        }
    }
}
