//! That what is said of a picture is true of it, and that the same seed gives the same picture.

use vestibule_vision::aamva::Card;
use vestibule_vision::frame::Plane;
use vestibule_vision::geometry::{Point, Projection, Quad};
use vestibule_vision::mrz::Zone;
use vestibule_vision_bench::film::{Film, Shooting};
use vestibule_vision_bench::random::Random;
use vestibule_vision_bench::{Conditions, Document, Kind, Picture, Seeds, Shot, Studio, Truth};
use zune_core::bytestream::ZCursor;
use zune_jpeg::JpegDecoder;

fn studio() -> Studio {
    Studio::open().expect("the fonts are installed")
}

fn seed(index: u64) -> u64 {
    Seeds::Tuning.seed(index)
}

/// Nothing between the document and the eye, on a ground of one colour.
fn undisturbed() -> Conditions {
    Conditions { fingers: 0.0, shadow: 0.0, noise: 0.0, clutter: 0.0, jpeg: false, ..Conditions::good() }
}

fn hash(picture: &Picture) -> u64 {
    let mix = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    picture.rgba.iter().fold(0xcbf2_9ce4_8422_2325, mix)
}

#[test]
fn the_same_seed_gives_the_same_picture_and_another_another() {
    let hash_of = |index| hash(&studio().shot(seed(index), &Conditions::hard()).picture);
    assert_eq!(hash_of(3), hash_of(3));
    assert_ne!(hash_of(3), hash_of(4));
}

#[test]
fn no_seed_serves_two_ends() {
    let sets = [Seeds::Train, Seeds::Tuning, Seeds::HeldOut];
    let mut seeds: Vec<u64> =
        sets.iter().flat_map(|set| [0, 1, u64::MAX >> 24].map(|index| set.seed(index))).collect();
    seeds.dedup();
    assert_eq!(seeds.len(), 9);
    assert!(seeds.is_sorted(), "each set is a range of its own");
}

#[test]
fn documents_end_where_their_corners_are_said_to_be() {
    // Only cards: a page of a passport adjoins the page beyond, and papers may be as bright as the table.
    let mut edges = 0;
    for index in 0..12 {
        let Shot { picture, truth } =
            studio().shot(seed(index), &Conditions { turned: true, ..undisturbed() }.of(&[Kind::CardFront]));
        let truth = truth.expect("a document");
        let middle = center(&truth.corners);
        let channels = channels(&picture);
        for side in 0..4 {
            for share in [0.3, 0.5, 0.7] {
                let border = truth.corners.0[side].toward(truth.corners.0[(side + 1) % 4], share);
                if let Some(off) = step(&channels, border, middle) {
                    assert!(off.abs() < 0.5, "picture {index}, side {side} at {share}: {off} pixels off");
                    edges += 1;
                }
            }
        }
    }
    assert!(edges > 80, "only {edges} borders stood out from the ground");
}

fn center(corners: &Quad) -> Point {
    corners.0[0].toward(corners.0[2], 0.5)
}

fn channels(picture: &Picture) -> [Plane; 3] {
    let frame = picture.frame();
    [0, 1, 2].map(|channel| Plane::of(picture.width, picture.height, |x, y| frame.row(y)[x][channel]))
}

/// How far from a place on a border, toward the middle, half of the change of colour is done. `None` where
/// document and ground look alike, or either is uneven.
fn step(channels: &[Plane], border: Point, middle: Point) -> Option<f32> {
    const REACH: f32 = 5.0;
    let unit = 1.0 / border.distance(middle);
    let at = |far: f32, plane: &Plane| {
        let place = border.toward(middle, far * unit);
        plane.at(place.x, place.y)
    };
    let strongest = channels.iter().max_by(|a, b| {
        let change = |plane| (at(REACH, plane) - at(-REACH, plane)).abs();
        change(a).total_cmp(&change(b))
    })?;
    let (outside, inside) = (at(-REACH, strongest), at(REACH, strongest));
    let level = |from: f32, value: f32| (at(from, strongest) - value).abs() < 6.0;
    if (inside - outside).abs() < 50.0 || !level(REACH - 1.5, inside) || !level(1.5 - REACH, outside) {
        return None;
    }
    let half = (inside + outside) / 2.0;
    let beyond = |far: &f32| (at(*far, strongest) > half) == (inside > outside);
    (-50..=50).map(|tenth| tenth as f32 / 10.0).find(beyond)
}

#[test]
fn what_is_said_to_be_printed_is_right_in_itself() {
    let studio = studio();
    for kind in Kind::ALL {
        for index in 0..25 {
            let document = Document::new(kind, 1.5, studio.fonts(), &Random::new(seed(index)));
            let zone = document.zone.map(|zone| zone.lines);
            let read = zone.as_deref().map(|lines| Zone::read(lines).expect("a zone"));
            assert_eq!(read.as_ref().map(|zone| zone.layout), kind.layout(), "{zone:?}");
            assert!(read.is_none_or(|zone| zone.all_right()), "{zone:?}");
            assert_eq!(document.barcode.is_some(), kind == Kind::CardBackBarcode);
            if let Some(barcode) = document.barcode {
                assert!(Card::read(&barcode.text).expect("a card").number.is_some());
            }
        }
    }
}

#[test]
fn a_turned_document_has_its_print_where_the_turn_says() {
    for index in 0..16 {
        let conditions = Conditions { turned: true, ..undisturbed() }.of(&Kind::WITH_ZONE).sized(640, 360);
        let truth: Truth = studio().shot(seed(index), &conditions).truth.expect("a document");
        // The zone is at the foot of the print.
        let foot = truth.corners.turned(usize::from(truth.turn)).0;
        let zone = center(&truth.zone_place.expect("a zone"));
        let edges = [(foot[3], foot[2]), (foot[0], foot[1])];
        let [below, above] = edges.map(|(a, b)| a.toward(b, 0.5).distance(zone));
        assert!(below < above, "picture {index} with turn {}", truth.turn);
        assert!(truth.pixels_per_character.expect("a zone") > 4.0);
    }
}

#[test]
fn a_zone_is_dark_print_where_it_is_said_to_be() {
    for index in 0..8 {
        let shot = studio().shot(seed(index), &undisturbed().of(&[Kind::LargeCard, Kind::CardBackZone]));
        let truth = shot.truth.expect("a document");
        let luma = shot.picture.frame().luma();
        let zone = truth.zone_place.expect("a zone");
        let flat = vestibule_vision::rectify::rectify(&luma, &zone, 300, 40).expect("a shape");
        let pixels = flat.pixels();
        let bright = f32::from(*pixels.iter().max().expect("pixels"));
        let dark = pixels.iter().filter(|&&value| f32::from(value) < bright * 0.6).count();
        assert!((0.06..0.5).contains(&(dark as f32 / pixels.len() as f32)), "picture {index}: {dark} dark");
    }
}

#[test]
fn what_goes_wrong_goes_wrong_in_the_truth_too() {
    let conditions = Conditions {
        glare: 1.0,
        dark: 1.0,
        motion: 1.0,
        defocus: 1.0,
        fingers: 1.0,
        cut: 1.0,
        ..Conditions::usual()
    };
    let truths: Vec<Truth> =
        (0..10).filter_map(|index| studio().shot(seed(index), &conditions).truth).collect();
    assert_eq!(truths.len(), 10);
    for truth in &truths {
        let beyond = |point: &Point| point.x < 0.0 || point.y < 0.0 || point.x > 1280.0 || point.y > 720.0;
        assert!(truth.cut && truth.corners.0.iter().any(beyond));
        assert!(truth.lighting.strength < 0.45 && truth.blur > 1.5);
        assert!(truth.motion[0].hypot(truth.motion[1]) > 4.0);
    }
    assert!(truths.iter().filter(|truth| truth.glare > 0.001).count() >= 7);
    assert!(truths.iter().filter(|truth| truth.hidden > 0.0).count() >= 8);
    let empty = studio().shot(seed(0), &Conditions::hard().empty());
    assert!(empty.truth.is_none());
}

#[test]
fn print_has_no_contrast_where_a_finger_is() {
    let held = |fingers, index| {
        let conditions = Conditions { fingers, ..undisturbed() }.of(&[Kind::CardBackZone]);
        let Shot { picture, truth } = studio().shot(seed(index), &conditions);
        (picture.frame().luma(), truth.expect("a document"))
    };
    let (mut hidden, mut seen) = (Vec::new(), Vec::new());
    for index in 0..6 {
        let ((bare, _), (covered, truth)) = (held(0.0, index), held(1.0, index));
        let onto = Projection::onto(&truth.corners, 50.0, 50.0).expect("a shape");
        for at in 0..50 * 50 {
            let place = onto.place((at % 50) as f32 + 0.5, (at / 50) as f32 + 0.5);
            let differs = (bare.at(place.x, place.y) - covered.at(place.x, place.y)).abs();
            if truth.contrast(place) == 0.0 { hidden.push(differs) } else { seen.push(differs) }
        }
    }
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
    let (hidden, seen, count) = (mean(&hidden), mean(&seen), hidden.len());
    assert!(count > 100 && hidden > 30.0 && seen < 5.0, "{count} places: {hidden} and {seen}");
}

#[test]
fn print_is_fainter_the_more_a_lamp_adds() {
    let shot = studio().shot(seed(3), &Conditions { glare: 1.0, ..undisturbed() }.of(&[Kind::Passport]));
    let truth = shot.truth.expect("a document");
    let luma = shot.picture.frame().luma();
    let places = (0..1280 * 720).map(|at| Point::new((at % 1280) as f32 + 0.5, (at / 1280) as f32 + 0.5));
    let faint: Vec<Point> = places.filter(|place| truth.contrast(*place) < 0.1).collect();
    assert!(faint.len() > 100, "{}", faint.len());
    let bright = faint.iter().filter(|place| luma.at(place.x, place.y) > 225.0).count();
    assert!(bright * 100 > faint.len() * 95, "{bright} of {}", faint.len());
}

#[test]
fn a_film_is_pictures_of_one_size_one_after_the_other() {
    let mut film = Vec::new();
    let empty = Film::named("empty").expect("a film");
    let shown = empty.shoot(Shooting::default(), &studio(), &mut film).expect("memory has room");
    assert!(shown.is_none());
    let starts = film.windows(3).filter(|bytes| bytes == b"\xff\xd8\xff").count();
    let sizes = film
        .windows(9)
        .filter(|bytes| bytes.starts_with(&[0xff, 0xc0]) && bytes[5..] == [2, 208, 5, 0])
        .count();
    assert_eq!((starts, sizes), (168, 168), "5.6 seconds of 1280 x 720 at 30 a second");
    assert!(film.starts_with(b"\xff\xd8") && film.ends_with(b"\xff\xd9"));
}

#[test]
fn a_marked_film_says_when_it_is_steady_and_may_be_upright() {
    let mut film = Vec::new();
    let shooting = Shooting { seed: Some(seed(3)), upright: true, marked: true };
    let empty = Film::named("empty").expect("a film");
    empty.shoot(shooting, &studio(), &mut film).expect("memory has room");
    let starts: Vec<usize> = (2..film.len()).filter(|&at| film[at - 2..=at] == *b"\xff\xd8\xff").collect();
    assert_eq!(starts.len(), 45 + 24 + 144, "the desk, what happens, and what lies still");
    let brightness_of_mark = |picture: usize| {
        let mut reader = JpegDecoder::new(ZCursor::new(&film[starts[picture] - 2..]));
        let pixels = reader.decode().expect("a JPEG");
        let (width, height) = reader.dimensions().expect("it was decoded");
        assert_eq!((width, height), (720, 1280));
        pixels[(8 * width + 8) * 3]
    };
    let marks: Vec<bool> = [0, 60, 68, 69, 100, 212].map(|picture| brightness_of_mark(picture) > 128).into();
    assert_eq!(marks, [false, false, false, true, true, true]);
}
