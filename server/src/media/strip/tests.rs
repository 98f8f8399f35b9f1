//! What the filters keep and drop, asked through the public functions.

use proptest::prelude::*;

use super::*;
use crate::media::samples;

/// Runs a file through its filter in parts of `step` bytes.
fn strip(media_type: MediaType, file: &[u8], step: usize) -> Result<Vec<u8>, RejectionReason> {
    let mut filter = filter(media_type);
    let mut kept = Vec::new();
    for part in file.chunks(step) {
        filter.push(part, &mut kept)?;
    }
    filter.finish()?;
    Ok(kept)
}

fn contains(file: &[u8], text: &[u8]) -> bool {
    file.windows(text.len()).any(|part| part == text)
}

fn all_types() -> impl Strategy<Value = MediaType> {
    prop::sample::select(MediaType::ALL.to_vec())
}

#[test]
fn metadata_are_dropped_and_the_picture_stays_the_same() {
    for media_type in [MediaType::Jpeg, MediaType::Png, MediaType::WebP] {
        let plain = samples::picture(media_type, 240, 320);
        let laden = samples::laden(media_type, &plain, 6);
        assert!(contains(&laden, samples::SECRET));
        let kept = strip(media_type, &laden, 1000).unwrap();
        assert!(!contains(&kept, samples::SECRET), "{media_type:?}");
        assert!(contains(&kept, samples::PROFILE), "{media_type:?}");
        assert_eq!(samples::pixels(&kept), samples::pixels(&plain), "{media_type:?}");
        assert_eq!(samples::orientation(&kept), Some(6), "{media_type:?}");
    }
}

#[test]
fn an_upright_picture_keeps_no_exif() {
    for media_type in [MediaType::Jpeg, MediaType::Png] {
        let plain = samples::picture(media_type, 240, 320);
        let kept = strip(media_type, &samples::laden(media_type, &plain, 1), 1000).unwrap();
        assert_eq!(samples::orientation(&kept), None, "{media_type:?}");
        assert!(!contains(&kept, b"Exif") && !contains(&kept, b"eXIf"));
    }
}

#[test]
fn what_stands_behind_the_end_is_dropped() {
    for media_type in [MediaType::Jpeg, MediaType::Png, MediaType::WebP] {
        let plain = samples::picture(media_type, 240, 320);
        let mut polyglot = plain.clone();
        polyglot.extend_from_slice(b"PK\x03\x04 and a whole archive");
        assert_eq!(strip(media_type, &polyglot, 7), strip(media_type, &plain, 7), "{media_type:?}");
    }
}

#[test]
fn a_pdf_passes_unchanged_and_must_have_an_end() {
    let pdf = samples::pdf();
    assert_eq!(strip(MediaType::Pdf, &pdf, 10), Ok(pdf.clone()));
    assert_eq!(strip(MediaType::Pdf, &pdf[..pdf.len() - 8], 10), Err(RejectionReason::Truncated));
    let buried = [&pdf[..], &[b' '; 2000]].concat();
    assert_eq!(strip(MediaType::Pdf, &buried, 10), Err(RejectionReason::Truncated));
}

#[test]
fn a_jpeg_of_endless_scans_is_refused() {
    let mut file = b"\xff\xd8".to_vec();
    for _ in 0..101 {
        file.extend_from_slice(b"\xff\xda\0\x03\x01");
    }
    file.extend_from_slice(b"\xff\xd9");
    assert_eq!(strip(MediaType::Jpeg, &file, 10), Err(RejectionReason::Unreadable));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_does_not_matter_how_the_bytes_come(media_type in all_types(), step in 1usize..300) {
        let file = samples::any(media_type);
        prop_assert_eq!(strip(media_type, &file, step), strip(media_type, &file, file.len()));
    }

    #[test]
    fn what_was_filtered_is_filtered_already(media_type in all_types()) {
        let once = strip(media_type, &samples::any(media_type), 4096).unwrap();
        prop_assert_eq!(strip(media_type, &once, 4096), Ok(once.clone()));
    }

    #[test]
    fn every_cut_is_noticed(media_type in all_types(), at in any::<prop::sample::Index>()) {
        let file = strip(media_type, &samples::any(media_type), 4096).unwrap();
        let cut = &file[..at.index(file.len() - 6)];
        prop_assert_eq!(strip(media_type, cut, 4096), Err(RejectionReason::Truncated));
    }

    #[test]
    fn no_bytes_make_a_filter_panic_or_swell(
        media_type in all_types(),
        at in any::<prop::sample::Index>(),
        changed in prop::collection::vec(any::<u8>(), 1..12),
        step in 1usize..500,
    ) {
        let mut file = samples::any(media_type);
        let at = at.index(file.len());
        for (place, byte) in file[at..].iter_mut().zip(changed) {
            *place = byte;
        }
        if let Ok(kept) = strip(media_type, &file, step) {
            prop_assert!(kept.len() <= file.len() + TOLERANCE);
        }
    }
}

/// A JFIF header or an orientation may be written anew.
const TOLERANCE: usize = 64;
