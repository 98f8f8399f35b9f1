//! Barcodes in pictures, with a document's place and without.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vestibule_vision::pdf417::read;
use vestibule_vision_fuzz::Input;

fuzz_target!(|bytes: &[u8]| {
    let Some(Input { plane, place }) = Input::of(bytes) else { return };
    for document in [None, Some(&place)] {
        let _ = read(&plane, document);
    }
});
