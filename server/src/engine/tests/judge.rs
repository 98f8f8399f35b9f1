//! Which uploaded pictures will do, and how often a person is sent back for another one.

use vestibule_protocol::outcome::{Check, Verdict};
use vestibule_protocol::upload::RejectionReason::{self, *};
use vestibule_protocol::upload::UploadStatus;
use vestibule_vision::geometry::Quad;
use vestibule_vision::mrz::picture::Reading;
use vestibule_vision::report::{Expectation, Outline, Quality, Report, Side, Subject, Text};

use super::*;
use crate::engine::judge::Judgement::{self, Doubtful, Good, Poor, Wrong};
use crate::engine::judge::{Asked, judge};

/// Doc 9303-4, appendix B, valid until 2034; and the same in 2012, as it is printed.
const PASSPORT: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3404159ZE184226B<<<<<16";
const EXPIRED: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
/// Doc 9303-5, appendix A, valid until 2012.
const CARD: &str =
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<";

const PAGE: Subject = Subject::Passport;
const FRONT: Subject = Subject::Card(Side::Front);
const BACK: Subject = Subject::Card(Side::Back);

/// A document in the middle of a photograph, well seen.
fn seen() -> Report {
    Report {
        width: 1600,
        height: 1200,
        brightness: 120.0,
        outline: Some(Outline {
            corners: Quad::rectangle(200.0, 200.0, 1200.0, 800.0),
            confidence: 0.95,
            cut: false,
        }),
        quality: Some(quality()),
        ..Report::default()
    }
}

fn quality() -> Quality {
    Quality { edge_width: Some(4.0), glare: 0.0, brightness: 150.0, contrast: 120.0 }
}

fn with_zone(zone: &str) -> Report {
    Report { zone: Some(Reading::of_text(zone).unwrap()), ..seen() }
}

fn judged_by(rules: &str, report: &Report, subject: Subject) -> Judgement {
    let steps = "[[steps]]\nname = \"review\"\nkind = \"consent\"\n\
        consents = [{ name = \"data_use\", version = \"1\", text = \"I agree.\" }]\n";
    let source = format!("name = \"own_#1.0\"\ntitle = \"Own\"\n[rules]\n{rules}\n{steps}");
    let skill = parse("skill", &source).unwrap();
    let expectation = Expectation { subject, zone: true, barcode: false };
    let today = Timestamp::from_millis(START).date();
    judge(report, &Asked { expectation: &expectation, document: None, rules: &skill.rules, today })
}

fn judged(report: &Report, subject: Subject) -> Judgement {
    judged_by("", report, subject)
}

#[test]
fn a_document_that_can_be_seen_will_do() {
    for subject in [PAGE, FRONT, BACK] {
        assert_eq!(judged(&seen(), subject), Good);
    }
    assert_eq!(judged(&with_zone(PASSPORT), PAGE), Good);
    let unmeasured = Quality { edge_width: None, ..quality() };
    assert_eq!(judged(&Report { quality: Some(unmeasured), ..seen() }, FRONT), Good, "a plain card");
    assert_eq!(judged(&Report { quality: None, ..seen() }, FRONT), Good);
}

#[test]
fn what_was_not_taken_well_is_taken_again() {
    let outline = seen().outline.unwrap();
    let with = |quality| Report { quality: Some(quality), ..seen() };
    for (report, reason) in [
        (Report { outline: None, brightness: 8.0, ..seen() }, TooDark),
        (Report { outline: None, blank: true, ..seen() }, DocumentNotFound),
        (Report { outline: Some(Outline { cut: true, ..outline }), ..seen() }, DocumentCut),
        (with(Quality { edge_width: Some(14.0), ..quality() }), Blurred),
        (with(Quality { glare: 0.05, ..quality() }), Glare),
        (with(Quality { brightness: 20.0, ..quality() }), TooDark),
        (Report { barcode: Some(Text("@".into())), ..seen() }, WrongSide),
    ] {
        assert_eq!(judged(&report, FRONT), Poor(reason));
    }
    for side in [Side::Front, Side::Back] {
        let guessed = Report { side: Some(side), ..seen() };
        assert_eq!(
            [FRONT, BACK].map(|subject| judged(&guessed, subject)),
            [Good; 2],
            "a guess sends nobody back"
        );
    }
    assert_eq!(judged(&with_zone(&CARD.replace("120415", "340415")), FRONT), Poor(WrongSide), "a back");
}

/// The finder misses documents that people see at once.
#[test]
fn what_nobody_found_is_not_judged() {
    let outline = Outline { confidence: 0.4, ..seen().outline.unwrap() };
    let dull = Quality { glare: 0.05, ..quality() };
    for report in
        [Report { outline: None, ..seen() }, Report { outline: Some(outline), quality: Some(dull), ..seen() }]
    {
        assert_eq!([PAGE, FRONT, BACK].map(|subject| judged(&report, subject)), [Good; 3]);
    }
}

/// A machine has read it, so it is neither dark nor blurred, and it is there.
#[test]
fn what_was_read_cannot_be_unreadable() {
    let read = with_zone(PASSPORT);
    let blurred = Quality { edge_width: Some(14.0), brightness: 20.0, ..quality() };
    for report in [
        Report { outline: None, blank: true, ..read.clone() },
        Report { quality: Some(blurred), ..read.clone() },
    ] {
        assert_eq!(judged(&report, PAGE), Good);
    }
    let outshone = Quality { glare: 0.05, ..quality() };
    assert_eq!(
        judged(&Report { quality: Some(outshone), ..read }, PAGE),
        Doubtful(Glare),
        "the portrait may be"
    );
}

#[test]
fn another_document_is_told_by_its_zone() {
    assert_eq!(judged(&with_zone(CARD), PAGE), Wrong(WrongDocument));
    for subject in [FRONT, BACK] {
        assert_eq!(judged(&with_zone(PASSPORT), subject), Wrong(WrongDocument));
    }
    assert_eq!(judged_by("fail_if = []", &with_zone(CARD), BACK), Good);
}

#[test]
fn an_expired_document_is_refused_where_it_would_fail_anyway() {
    assert_eq!(judged(&with_zone(EXPIRED), PAGE), Wrong(Expired));
    assert_eq!(judged(&with_zone(CARD), BACK), Wrong(Expired));
    assert_eq!(judged_by("fail_if = [\"mrz.fail\"]", &with_zone(EXPIRED), PAGE), Good);
    let misread = EXPIRED.replace("1204159", "1204158");
    assert_eq!(judged(&with_zone(&misread), PAGE), Good, "its digits do not fit");
}

#[test]
fn a_face_bars_nobody_and_the_dark_does() {
    assert_eq!(judged(&Report { outline: None, ..seen() }, Subject::Face), Good);
    assert_eq!(judged(&Report { brightness: 5.0, ..seen() }, Subject::Face), Poor(TooDark));
}

/// Somebody at the document step of a skill with these rules and limits, whose pictures show what is told.
struct Photographer(Person);

impl Photographer {
    fn new(rules: &str, attempts: u8) -> Self {
        let mut person = Person::new(&format!(
            "name = \"own_#1.0\"\ntitle = \"Own\"\n[rules]\n{rules}\n\
             [[steps]]\nname = \"document\"\nkind = \"document\"\ndocuments = [\"passport\"]\n\
             limits = {{ attempts = {attempts} }}\n\
             [[steps]]\nname = \"review\"\nkind = \"review\"\n"
        ));
        person.submit("document", &data(&[("kind", "passport")])).unwrap();
        Self(person)
    }

    /// Why the picture is refused, if it is.
    fn shows(&mut self, report: &Report) -> Option<RejectionReason> {
        let id = id::<UploadId>(&self.0.random);
        let (name, media_type) = (UploadName::Front, MediaType::Jpeg);
        let upload = Upload { media_type, ..picture(id, name) };
        let answer = self.0.upload(name, Judged::Accepted(upload, Some(Box::new(report.clone())))).unwrap();
        assert_eq!(answer.status == UploadStatus::Rejected, answer.rejection.is_some());
        assert_eq!(answer.remaining.is_empty(), answer.rejection.is_none());
        answer.rejection.map(|rejection| rejection.reason)
    }

    /// What the decision says of the pictures, and whether a reviewer is called.
    fn decided(mut self) -> (Option<Verdict>, bool) {
        self.0.submit("review", &Data::default()).unwrap();
        let outcome = &self.0.session.completion().unwrap().outcome;
        let mut checks = outcome.checks.iter();
        let found = checks.find(|result| result.check == Check::DocumentQuality);
        (found.map(|result| result.verdict), outcome.requires_manual_review)
    }
}

const REVIEWED: &str = "review_if = [\"document_quality.warn\"]";

fn blurred() -> Report {
    Report { quality: Some(Quality { edge_width: Some(20.0), ..quality() }), ..seen() }
}

#[test]
fn after_three_bad_pictures_the_next_is_left_to_a_reviewer() {
    let mut person = Photographer::new(REVIEWED, 10);
    let reasons = [0; 4].map(|_| person.shows(&blurred()));
    assert_eq!(reasons, [Some(Blurred), Some(Blurred), Some(Blurred), None]);
    assert_eq!(person.decided(), (Some(Verdict::Warn), true));
}

#[test]
fn a_skill_says_how_often_it_asks_again() {
    let mut once = Photographer::new("retakes = 1", 10);
    assert_eq!([once.shows(&blurred()), once.shows(&blurred())], [Some(Blurred), None]);
    assert_eq!(Photographer::new("retakes = 0", 10).shows(&blurred()), None);
}

#[test]
fn the_last_attempt_is_not_wasted_on_quality() {
    let mut person = Photographer::new(REVIEWED, 2);
    assert_eq!([person.shows(&blurred()), person.shows(&blurred())], [Some(Blurred), None]);
    assert_eq!(person.decided(), (Some(Verdict::Warn), true));
}

#[test]
fn another_document_is_refused_to_the_last() {
    let mut person = Photographer::new("", 2);
    assert_eq!([(); 2].map(|()| person.shows(&with_zone(CARD))), [Some(WrongDocument); 2]);
}

#[test]
fn a_good_picture_after_a_bad_one_calls_nobody() {
    let mut person = Photographer::new(REVIEWED, 10);
    assert_eq!([person.shows(&blurred()), person.shows(&seen())], [Some(Blurred), None]);
    assert_eq!(person.decided(), (Some(Verdict::Ok), false));
}
