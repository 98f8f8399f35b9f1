//! What is sharp, blurred, outshone or dark is judged so.

use super::*;

/// Paragraphs of print, of which each stroke's border is so many pixels wide, on paper of this brightness.
fn print(blur: f32, paper: f32) -> Plane {
    Plane::of(LENGTH, 404, |x, y| {
        let soft = |at: usize| {
            // Strokes of six pixels every twenty.
            let off = (at % 20) as f32 - 10.0;
            ((3.0 - off.abs()) / blur + 0.5).clamp(0.0, 1.0)
        };
        // Paragraphs with space between them.
        let ink = if y / 60 % 2 == 0 { soft(x).max(soft(y)) } else { 0.0 };
        (paper * (1.0 - 0.8 * ink)) as u8
    })
}

#[test]
fn edges_are_as_wide_as_they_are_blurred() {
    let width = |blur| assess(&print(blur, 200.0)).edge_width.unwrap();
    assert!(width(1.0) < 3.2, "{}", width(1.0));
    assert!((width(4.0) / 4.0 - 1000.0 / 640.0).abs() < 0.5, "{}", width(4.0));
    let dark = assess(&print(4.0, 90.0)).edge_width.unwrap();
    assert!((dark - width(4.0)).abs() < 0.8, "whatever the light: {dark}");
}

#[test]
fn motion_blurs_one_way_and_is_noticed() {
    let sharp = print(1.0, 200.0);
    let moved = Plane::of(LENGTH, 404, |x, y| {
        let sum: u32 = (0..8).map(|by| u32::from(sharp.row((y + by).min(403))[x])).sum();
        (sum / 8) as u8
    });
    let [before, after] = [&sharp, &moved].map(|plane| assess(plane).edge_width.unwrap());
    assert!(after > 2.0 * before, "{before} {after}");
}

#[test]
fn without_edges_nothing_is_said_of_them() {
    assert_eq!(assess(&Plane::of(LENGTH, 404, |_, _| 180)).edge_width, None);
    assert_eq!(assess(&Plane::of(1, 1, |_, _| 180)).edge_width, None);
}

#[test]
fn a_lamp_is_glare_and_white_paper_is_none() {
    let glare = |plane: &Plane| assess(plane).glare;
    assert_eq!(glare(&print(1.0, 254.0)), 0.0);
    for paper in [60.0, 180.0] {
        let clean = print(1.0, paper);
        let lamp = Plane::of(LENGTH, 404, |x, y| match (x, y) {
            (100..164, 100..200) => 255,
            _ => clean.row(y)[x],
        });
        assert!((glare(&lamp) - 6400.0 / (640.0 * 404.0)).abs() < 0.01, "{}", glare(&lamp));
    }
}

#[test]
fn brightness_and_contrast_are_those_of_the_document() {
    let Quality { brightness, contrast, .. } = assess(&print(1.0, 200.0));
    assert!((130.0..180.0).contains(&brightness) && (150.0..165.0).contains(&contrast));
    let even = assess(&Plane::of(64, 40, |_, _| 30));
    assert_eq!((even.brightness, even.contrast), (30.0, 0.0));
}
