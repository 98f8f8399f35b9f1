//! Pictures without a symbol, and any pictures at all. Symbols are read in `vision/bench/tests/barcodes.rs`,
//! where they are drawn.

use proptest::prelude::*;

use super::*;

#[test]
fn where_there_is_no_symbol_none_is_read() {
    let even = Plane::of(1280, 720, |_, _| 128);
    let stripes = Plane::of(1280, 720, |x, _| if x / 5 % 2 == 0 { 20 } else { 230 });
    let noise = Plane::of(640, 480, |x, y| (x * 7919 ^ y * 104_729).wrapping_mul(2_654_435_761) as u8);
    let bars = Plane::of(800, 300, |x, y| {
        // Bars of many widths, in rows, as in a symbol, but without start and stop.
        let bar = (x / 3).wrapping_mul(2_654_435_761).wrapping_add(y / 9 * 97) >> 7 & 1;
        if bar == 0 { 30 } else { 220 }
    });
    for plane in [even, stripes, noise, bars] {
        assert_eq!(read(&plane, None), None);
        let whole = Quad::rectangle(0.0, 0.0, plane.width() as f32, plane.height() as f32);
        assert_eq!(read(&plane, Some(&whole)), None);
    }
}

#[test]
fn what_is_read_is_not_shown_by_accident() {
    let barcode = Barcode {
        text: "DAQT64235789".into(),
        bytes: b"DAQT64235789".into(),
        corners: Quad::rectangle(0.0, 0.0, 1.0, 1.0),
        corrected: 7,
    };
    assert_eq!(format!("{barcode:?}"), "Barcode { corrected: 7, .. }");
}

fn number() -> impl Strategy<Value = f32> {
    prop_oneof![-50.0f32..400.0, Just(f32::NAN), Just(f32::INFINITY), Just(f32::MIN), Just(0.0), Just(1e30),]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_picture_and_no_corners_make_it_panic(
        width in 1usize..300,
        height in 1usize..200,
        seed: u64,
        coarse in 1usize..12,
        high in 1usize..40,
        corners in prop::option::of(prop::array::uniform8(number())),
    ) {
        // Blocks of chance, which now and then look like bars.
        let plane = Plane::of(width, height, |x, y| {
            let block = (x / coarse) as u64 | ((y / high) as u64) << 32;
            ((block ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8
        });
        let document = corners.map(|at| Quad([0, 2, 4, 6].map(|corner| Point::new(at[corner], at[corner + 1]))));
        let _ = read(&plane, document.as_ref());
        let _ = read(&plane, None);
    }
}
