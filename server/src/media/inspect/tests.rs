//! What the decoders are asked to see.

use std::sync::LazyLock;

use jpeg_encoder::SamplingFactor;
use proptest::prelude::*;

use super::*;
use crate::media::samples;

const SIZE: Result<Option<Size>, RejectionReason> = Ok(Some(Size { width: 333, height: 222 }));

/// What a file is, if nothing is expected of it.
fn sized(media_type: MediaType, file: &[u8]) -> Result<Option<Size>, RejectionReason> {
    inspect(media_type, file, None).map(|inspected| inspected.size)
}

/// JPEGs as different encoders and cameras write them.
static VARIANTS: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| {
    vec![
        ("4:4:4", samples::jpeg(|encoder| encoder.set_sampling_factor(SamplingFactor::R_4_4_4))),
        ("4:2:2", samples::jpeg(|encoder| encoder.set_sampling_factor(SamplingFactor::R_4_2_2))),
        ("4:2:0", samples::jpeg(|encoder| encoder.set_sampling_factor(SamplingFactor::R_4_2_0))),
        ("4:4:0", samples::jpeg(|encoder| encoder.set_sampling_factor(SamplingFactor::R_4_4_0))),
        ("restarts", samples::jpeg(|encoder| encoder.set_restart_interval(5))),
        ("optimised", samples::jpeg(|encoder| encoder.set_optimized_huffman_tables(true))),
        ("progressive", samples::jpeg(|encoder| encoder.set_progressive(true))),
    ]
});

#[test]
fn every_kind_of_jpeg_is_seen() {
    for (what, file) in &*VARIANTS {
        assert_eq!(sized(MediaType::Jpeg, file), SIZE, "{what}");
    }
}

#[test]
fn a_scan_that_ends_early_is_noticed_although_the_file_has_an_end() {
    for (what, file) in &*VARIANTS {
        let scan = file.windows(2).position(|marker| marker == [0xff, 0xda]).unwrap();
        // A progressive file has all of the picture, if coarsely, in its first scan.
        let end = if *what == "progressive" { scan + 100 } else { file.len() - 2 };
        for missing in [1, 2, 10, 40, (end - scan) / 2] {
            let mut short = file[..end - missing].to_vec();
            // A cut through 0xff 0x00 would make a marker.
            while short.last() == Some(&0xff) {
                short.pop();
            }
            short.extend_from_slice(&[0xff, 0xd9]);
            let verdict = sized(MediaType::Jpeg, &short);
            assert_eq!(verdict, Err(RejectionReason::Truncated), "{what}, {missing}");
        }
    }
}

#[test]
fn a_bomb_is_known_by_its_header_alone() {
    let header = &samples::bomb(60_000)[..33];
    assert_eq!(sized(MediaType::Png, header), Err(RejectionReason::TooManyPixels));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_file_makes_a_decoder_bring_down_the_server(
        kind in 0usize..9,
        at in any::<prop::sample::Index>(),
        changed in prop::collection::vec(any::<u8>(), 0..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let (media_type, mut file) = match kind {
            7 => (MediaType::Png, samples::picture(MediaType::Png, 210, 220)),
            8 => (MediaType::WebP, samples::picture(MediaType::WebP, 210, 220)),
            jpeg => (MediaType::Jpeg, VARIANTS[jpeg].1.clone()),
        };
        let at = at.index(file.len());
        for (place, byte) in file[at..].iter_mut().zip(changed) {
            *place = byte;
        }
        let _ = sized(media_type, &file);
        let _ = sized(media_type, &file[..cut.index(file.len())]);
    }
}
