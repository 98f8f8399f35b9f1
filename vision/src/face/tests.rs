//! Faces in NASA's portrait of the astronaut Eileen Collins (public domain), of which `portrait.gray` is a
//! part: 96 × 96 pixels of brightness.

use proptest::prelude::*;

use super::*;

fn portrait() -> Plane {
    Plane::new(96, 96, include_bytes!("portrait.gray").to_vec()).expect("96 × 96 bytes")
}

/// The portrait in a larger picture, this many times as large, with its upper left corner there.
fn scene(width: usize, height: usize, scale: f32, places: &[(f32, f32)]) -> Plane {
    let portrait = portrait();
    Plane::of(width, height, |x, y| {
        let within = places.iter().map(|(left, top)| ((x as f32 - left) / scale, (y as f32 - top) / scale));
        let mut within = within.filter(|(x, y)| (0.0..96.0).contains(x) && (0.0..96.0).contains(y));
        within.next().map_or(90, |(x, y)| portrait.at(x + 0.5, y + 0.5) as u8)
    })
}

#[test]
fn one_face_is_found_where_it_is_and_as_large_as_it_is() {
    for (scale, left, top) in [(2.2, 40.0, 20.0), (3.0, 180.0, 60.0), (4.9, 30.0, 8.0)] {
        let faces = find(&scene(640, 480, scale, &[(left, top)]));
        assert_eq!(faces.len(), 1, "{faces:?}");
        let face = faces[0];
        let middle = Point::new(left + 40.0 * scale, top + 49.0 * scale);
        assert!(face.middle.distance(middle) < 8.0 * scale, "{face:?} {middle:?}");
        assert!((34.0..52.0).contains(&(face.size / scale)), "{face:?}");
        assert!((100.0..200.0).contains(&face.brightness), "{face:?}");
    }
}

#[test]
fn two_faces_are_two() {
    assert_eq!(find(&scene(640, 360, 3.0, &[(10.0, 40.0), (330.0, 50.0)])).len(), 2);
}

#[test]
fn where_no_face_is_none_is_found() {
    assert_eq!(find(&Plane::of(640, 480, |_, _| 128)), []);
    assert_eq!(find(&Plane::of(640, 480, |x, y| (x * y / 7) as u8)), []);
    let upside_down = portrait();
    assert_eq!(
        find(&Plane::of(480, 480, |x, y| upside_down.at(x as f32 / 5.0, 96.0 - y as f32 / 5.0) as u8)),
        []
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_picture_has_an_answer(width in 1usize..60, height in 1usize..60, seed in any::<u32>()) {
        let noise = |x: usize, y: usize| (seed ^ (x * 31 + y * 17) as u32).wrapping_mul(2_654_435_761).to_be_bytes()[0];
        prop_assert!(find(&Plane::of(width, height, noise)).len() <= width * height);
    }
}
