//! What a person is told while a film runs, and when the picture is taken. Time is that of the film.

use vestibule_vision::guide::Guide;
use vestibule_vision::guide::hint::Hint;
use vestibule_vision::guide::shutter::Release;
use vestibule_vision::look::look;
use vestibule_vision::report::{Expectation, Side, Subject};
use vestibule_vision_bench::Studio;
use vestibule_vision_bench::film::{Film, Shooting};

/// So many looks a second: those of a phone that is neither quick nor slow.
const LOOKS: f32 = 6.0;

const FRONT: Expectation = Expectation { subject: Subject::Card(Side::Front), zone: false, barcode: false };

/// The hints as they stand one after the other, and when the picture is taken, in milliseconds.
fn told(film: Film, shooting: Shooting, expectation: &Expectation) -> (Vec<Hint>, Option<u32>) {
    let studio = Studio::open().expect("the fonts are there");
    let mut guide = Guide::new(*expectation);
    let mut hints = Vec::new();
    for (at, picture) in film.watched(shooting, &studio, LOOKS) {
        let report = look(&picture.frame(), expectation);
        let advice = guide.see(&report, at, false);
        if hints.last() != Some(&advice.hint) {
            hints.push(advice.hint);
        }
        if matches!(advice.release, Release::Take | Release::TakeThis) {
            return (hints, Some(at));
        }
    }
    (hints, None)
}

#[test]
fn each_thing_that_is_wrong_is_told_in_its_turn_and_the_picture_is_taken_once_nothing_is() {
    let (hints, taken) = told(Film::CardArrives, Shooting::default(), &FRONT);
    assert_eq!(hints, [Hint::Seek, Hint::Closer, Hint::Still, Hint::Glare, Hint::Good]);
    let taken = taken.expect("it lies still");
    assert!((10_200..11_200).contains(&taken), "{taken} ms: within a second of lying still");
}

#[test]
fn a_passport_that_lies_still_is_taken_and_a_desk_is_not() {
    let passport = Expectation { subject: Subject::Passport, zone: false, barcode: false };
    let (_, taken) = told(Film::Passport, Shooting::default(), &passport);
    assert!(taken.is_some_and(|at| (1_600..2_600).contains(&at)), "{taken:?} ms");
    assert_eq!(told(Film::Empty, Shooting::default(), &FRONT), (vec![Hint::Seek], None));
}
