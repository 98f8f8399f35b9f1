//! Documents laid flat from anywhere, and how they are judged; and faces.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vestibule_vision::look::flat;
use vestibule_vision::rectify::rectify;
use vestibule_vision::{face, lie, quality};
use vestibule_vision_fuzz::Input;

fuzz_target!(|bytes: &[u8]| {
    let Some(Input { plane, place }) = Input::of(bytes) else { return };
    let of_any_size = rectify(&plane, &place, plane.height(), plane.width());
    for flat in [flat(&plane, &place), of_any_size].into_iter().flatten() {
        let quality = quality::assess(&flat);
        assert!((0.0..=1.0).contains(&quality.glare));
        let _ = lie::of(&flat);
    }
    let _ = face::find(&plane);
});
