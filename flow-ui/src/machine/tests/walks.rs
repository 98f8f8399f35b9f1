//! Walks, as people make them.

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::problem::Code;
use vestibule_protocol::session::Progress;
use vestibule_protocol::step::Screen;
use vestibule_protocol::upload::DocumentKind;
use vestibule_protocol::upload::UploadName::{Back, Front, Selfie};

use super::actors::*;
use crate::machine::{Event, Pace, Phase, Trouble};

const NOTHING: [&str; 0] = [];

/// A flow that shows the form.
fn at_the_form() -> Flow {
    let (flow, asked) = Flow::begin(next("n1", form()));
    assert_eq!(asked, NOTHING);
    flow
}

/// A flow that asks for the front of a card.
fn before_the_camera() -> Flow {
    let (flow, asked) = Flow::begin(files_first("n4", selfie(), both_sides()));
    assert_eq!(asked, NOTHING);
    flow
}

/// A flow that shows what was given.
fn at_the_review() -> Flow {
    Flow::begin(next("n5", review())).0
}

#[test]
fn a_person_walks_from_the_form_to_the_end() {
    let mut flow = at_the_form();
    assert_eq!(flow.shows(), "personal_data");
    assert_eq!(flow.submits("Anna"), ["submit personal_data with n1: Anna"]);
    assert_eq!(flow.arrives(next("n2", consent())), NOTHING);
    assert_eq!(flow.shows(), "consent");
    assert_eq!(flow.submits("1.0"), ["submit consent with n2: 1.0"]);
    assert_eq!(flow.arrives(next("n3", document(None))), NOTHING);
    assert_eq!(flow.submits("id_card"), ["submit document with n3: id_card"]);

    // The files come before the selfie, whose step nobody has submitted yet.
    assert_eq!(flow.arrives(files_first("n4", selfie(), both_sides())), NOTHING);
    assert_eq!(flow.shows(), "front of document");
    assert_eq!(flow.tell(Event::Use("front.jpg")), ["upload front to step_card with card-nonce: front.jpg"]);
    assert_eq!(flow.tell(accepted(&[Back])), NOTHING);
    assert_eq!(flow.shows(), "back of document");
    assert_eq!(flow.tell(Event::Use("back.jpg")), ["upload back to step_card with card-nonce: back.jpg"]);

    // A selfie asks for nothing but the picture, so its step submits itself.
    assert_eq!(flow.tell(accepted(&[])), ["submit selfie with n4: nothing"]);
    assert_eq!(flow.arrives(files_first("n5", review(), own_picture())), NOTHING);
    assert_eq!(flow.shows(), "selfie of selfie");
    assert_eq!(flow.tell(Event::Use("me.jpg")), ["upload selfie to step_selfie with selfie-nonce: me.jpg"]);
    assert_eq!(flow.tell(accepted(&[])), NOTHING);

    assert_eq!((flow.shows(), flow.goes()), ("review".into(), "idle".into()));
    assert_eq!(flow.submits("yes"), ["submit review with n5: yes"]);
    assert_eq!(flow.arrives(complete()), ["tell the host: valtok"]);
    assert_eq!(flow.shows(), "the good end");
}

#[test]
fn a_second_click_while_sending_changes_nothing() {
    let mut flow = at_the_form();
    flow.submits("Anna");
    assert_eq!(flow.submits("Anna"), NOTHING);
    assert_eq!(flow.tell(Event::Back), NOTHING);
    assert_eq!(flow.tell(Event::Retry), NOTHING);
    assert_eq!(flow.goes(), "0 % sent");
}

#[test]
fn who_comes_back_from_elsewhere_sees_where_the_session_stands() {
    let mut flow = at_the_form();
    assert_eq!(flow.tell(Event::Look), ["open"]);
    assert_eq!(flow.arrives(next("n2", consent())), NOTHING);
    assert_eq!((flow.shows(), flow.goes()), ("consent".into(), "idle".into()));

    flow.tell(Event::Look);
    assert_eq!(flow.tell(Event::Trouble(Trouble::NoAnswer)), NOTHING);
    assert_eq!(flow.tell(Event::Retry), ["open"]);
    assert_eq!(flow.arrives(complete()), ["tell the host: valtok"]);
}

#[test]
fn how_sending_goes_is_shown_while_it_goes() {
    let mut flow = before_the_camera();
    flow.tell(Event::Pace(Pace::Moving(40)));
    assert_eq!(flow.goes(), "idle");
    flow.tell(Event::Use("front.jpg"));
    for (pace, shown) in [(Pace::Moving(40), "40 % sent"), (Pace::Slow, "Slow"), (Pace::Offline, "Offline")] {
        assert_eq!(flow.tell(Event::Pace(pace)), NOTHING);
        assert_eq!(flow.goes(), shown);
    }
}

#[test]
fn refused_fields_give_the_form_back() {
    for code in [Code::InvalidField, Code::MissingFields] {
        let mut flow = at_the_form();
        flow.submits("Ann4");
        let refused = refusal_of(code, "id.first_name", FieldProblem::InvalidCharacters);
        assert_eq!(flow.tell(Event::Trouble(refused)), NOTHING);
        assert_eq!((flow.shows(), flow.goes()), ("personal_data".into(), "refused id.first_name".into()));
        // A refusal consumes no nonce.
        assert_eq!(flow.submits("Anna"), ["submit personal_data with n1: Anna"]);
    }
}

#[test]
fn fields_that_nobody_can_mend_are_a_failure() {
    let mut flow = at_the_form();
    flow.submits("Anna");
    flow.tell(Event::Trouble(refusal_of(Code::InvalidField, "id.shoe_size", FieldProblem::Unknown)));
    assert_eq!(flow.goes(), "personal_data failed: invalid_field");
}

#[test]
fn a_rejected_picture_is_taken_again() {
    let mut flow = before_the_camera();
    flow.tell(Event::Use("dark.jpg"));
    assert_eq!(flow.tell(rejected(&[Front, Back], 2)), NOTHING);
    assert_eq!((flow.shows(), flow.goes()), ("front of document".into(), "rejected TooSmall".into()));
    assert_eq!(flow.tell(Event::Use("light.jpg")), ["upload front to step_card with card-nonce: light.jpg"]);
}

#[test]
fn a_file_that_can_never_be_taken_is_chosen_anew() {
    let refusals =
        [(Code::UploadTooLarge, "rejected TooManyPixels"), (Code::UnsupportedMedia, "rejected Other")];
    for (code, shown) in refusals {
        let mut flow = before_the_camera();
        flow.tell(Event::Use("film.mov"));
        assert_eq!(flow.is_refused(code), NOTHING);
        assert_eq!((flow.shows(), flow.goes()), ("front of document".into(), shown.into()));
        assert_eq!(flow.tell(Event::Use("a.jpg")), ["upload front to step_card with card-nonce: a.jpg"]);
    }
}

#[test]
fn with_the_last_attempt_the_session_ends_and_the_host_hears_it_once() {
    let mut flow = before_the_camera();
    flow.tell(Event::Use("dark.jpg"));
    assert_eq!(flow.tell(rejected(&[Front, Back], 0)), ["tell the host: too_many_attempts"]);
    assert_eq!(flow.shows(), "the end: too_many_attempts");
    assert_eq!(flow.tell(rejected(&[Front, Back], 0)), NOTHING);
}

#[test]
fn a_dead_nonce_opens_the_session_again_and_sends_the_same_once_more() {
    for code in [Code::NonceExpired, Code::NonceUsed, Code::InvalidNonce] {
        let mut flow = at_the_form();
        flow.submits("Anna");
        assert_eq!(flow.is_refused(code), ["open"]);
        assert_eq!(flow.goes(), "0 % sent");
        assert_eq!(flow.arrives(next("n2", form())), ["submit personal_data with n2: Anna"]);
        // Only once: the second time the person is told.
        assert_eq!(flow.is_refused(code), NOTHING);
        assert_eq!(flow.goes(), format!("personal_data failed: {code}"));
        assert_eq!(flow.tell(Event::Retry), ["submit personal_data with n2: Anna"]);
    }
}

#[test]
fn a_dead_nonce_of_a_file_opens_the_session_again_and_sends_the_file_once_more() {
    let mut flow = before_the_camera();
    flow.tell(Event::Use("front.jpg"));
    assert_eq!(flow.is_refused(Code::NonceExpired), ["open"]);
    let fresh = files(document(Some(DocumentKind::IdCard)), "card", "fresh-nonce", &[Front, Back]);
    assert_eq!(
        flow.arrives(files_first("n5", selfie(), fresh)),
        ["upload front to step_card with fresh-nonce: front.jpg"]
    );
    assert_eq!(flow.tell(accepted(&[Back])), NOTHING);
    assert_eq!(flow.shows(), "back of document");
}

#[test]
fn a_picture_of_a_passport_is_not_sent_as_one_of_a_card() {
    let passport = files(document(Some(DocumentKind::Passport)), "passport", "p", &[Front]);
    let (mut flow, _) = Flow::begin(files_first("n4", selfie(), passport));
    flow.tell(Event::Use("passport.jpg"));
    // In another tab the person chose the card after all: this tab's submission is gone.
    assert_eq!(flow.is_refused(Code::NotFound), ["open"]);
    assert_eq!(flow.arrives(files_first("n5", selfie(), both_sides())), NOTHING);
    assert_eq!((flow.shows(), flow.goes()), ("front of document".into(), "idle".into()));
}

#[test]
fn what_another_tab_did_meanwhile_is_shown() {
    let mut flow = at_the_form();
    flow.submits("Anna");
    flow.is_refused(Code::NonceUsed);
    assert_eq!(flow.arrives(next("n7", consent())), NOTHING);
    assert_eq!((flow.shows(), flow.goes()), ("consent".into(), "idle".into()));

    let mut flow = before_the_camera();
    flow.tell(Event::Use("front.jpg"));
    flow.is_refused(Code::InvalidNonce);
    assert_eq!(flow.arrives(next("n8", review())), NOTHING);
    assert_eq!(flow.shows(), "review");

    let mut flow = at_the_review();
    flow.submits("yes");
    assert_eq!(flow.is_refused(Code::SessionCompleted), ["open"]);
    assert_eq!(flow.arrives(complete()), ["tell the host: valtok"]);
}

#[test]
fn files_that_are_missing_after_all_are_asked_for() {
    let mut flow = at_the_review();
    flow.submits("yes");
    assert_eq!(flow.is_refused(Code::UploadsMissing), ["open"]);
    assert_eq!(flow.arrives(files_first("n6", review(), both_sides())), NOTHING);
    assert_eq!((flow.shows(), flow.goes()), ("front of document".into(), "idle".into()));
}

#[test]
fn a_correction_with_a_dead_nonce_stays_one() {
    let mut flow = at_the_review();
    flow.tell(Event::Correct(step_name("personal_data")));
    flow.submits("Annika");
    assert_eq!(flow.is_refused(Code::NonceExpired), ["open"]);
    assert_eq!(flow.arrives(next("n6", review())), ["submit personal_data with n6: Annika"]);
    assert_eq!(flow.arrives(next("n7", review())), NOTHING);
    assert_eq!(flow.shows(), "review");
}

#[test]
fn a_session_that_cannot_go_on_stops_and_the_host_hears_it_once() {
    for code in [Code::SessionExpired, Code::InvalidToken, Code::InvalidSessionId, Code::TooManyAttempts] {
        let mut flow = at_the_form();
        flow.submits("Anna");
        assert_eq!(flow.is_refused(code), [format!("tell the host: {code}")]);
        assert_eq!(flow.shows(), format!("the end: {code}"));
        assert_eq!(flow.is_refused(code), NOTHING);
    }
}

#[test]
fn a_session_that_ran_out_while_it_was_opened_again_stops() {
    let mut flow = at_the_form();
    flow.submits("Anna");
    flow.is_refused(Code::NonceExpired);
    assert_eq!(flow.is_refused(Code::SessionExpired), ["tell the host: session_expired"]);
}

#[test]
fn without_an_answer_the_same_is_sent_again_when_the_person_says_so() {
    let mut flow = at_the_form();
    flow.submits("Anna");
    assert_eq!(flow.tell(Event::Trouble(Trouble::NoAnswer)), NOTHING);
    assert_eq!(
        (flow.shows(), flow.goes()),
        ("personal_data".into(), "personal_data failed: no answer".into())
    );
    assert_eq!(flow.tell(Event::Retry), ["submit personal_data with n1: Anna"]);

    let mut flow = before_the_camera();
    flow.tell(Event::Use("front.jpg"));
    flow.tell(Event::Trouble(Trouble::NoAnswer));
    assert_eq!(flow.goes(), "front failed: no answer");
    assert_eq!(flow.tell(Event::Retry), ["upload front to step_card with card-nonce: front.jpg"]);
}

#[test]
fn without_an_answer_to_opening_again_the_person_may_try_again() {
    let mut flow = at_the_form();
    flow.submits("Anna");
    flow.is_refused(Code::NonceExpired);
    flow.tell(Event::Trouble(Trouble::NoAnswer));
    assert_eq!(flow.goes(), "personal_data failed: no answer");
    assert_eq!(flow.tell(Event::Retry), ["submit personal_data with n1: Anna"]);
    assert_eq!(flow.is_refused(Code::NonceExpired), ["open"]);
}

#[test]
fn after_a_failure_the_person_may_also_change_the_answer() {
    let mut flow = at_the_form();
    flow.submits("Ana");
    flow.is_refused(Code::Internal);
    assert_eq!(flow.submits("Anna"), ["submit personal_data with n1: Anna"]);
}

#[test]
fn a_selfie_step_that_did_not_arrive_waits_for_the_person() {
    let (mut flow, asked) = Flow::begin(next("n4", selfie()));
    assert_eq!(asked, ["submit selfie with n4: nothing"]);
    flow.tell(Event::Trouble(Trouble::NoAnswer));
    assert_eq!((flow.shows(), flow.goes()), ("selfie".into(), "selfie failed: no answer".into()));
    assert_eq!(flow.tell(Event::Retry), ["submit selfie with n4: nothing"]);
}

#[test]
fn a_step_is_corrected_from_the_review_and_the_review_comes_back() {
    let mut flow = at_the_review();
    assert_eq!(flow.tell(Event::Correct(step_name("personal_data"))), NOTHING);
    assert_eq!(flow.shows(), "personal_data once more");
    assert_eq!(flow.tell(Event::Back), NOTHING);
    assert_eq!(flow.shows(), "review");

    flow.tell(Event::Correct(step_name("personal_data")));
    assert_eq!(flow.submits("Annika"), ["submit personal_data with n5: Annika"]);
    assert_eq!(flow.arrives(next("n6", review())), NOTHING);
    assert_eq!((flow.shows(), flow.goes()), ("review".into(), "idle".into()));
}

#[test]
fn a_corrected_selfie_waits_for_the_person() {
    let mut flow = at_the_review();
    assert_eq!(flow.tell(Event::Correct(step_name("selfie"))), NOTHING);
    assert_eq!(flow.shows(), "selfie once more");
    assert_eq!(flow.submits("now"), ["submit selfie with n5: now"]);
}

#[test]
fn only_what_the_review_shows_can_be_corrected() {
    let mut flow = at_the_review();
    flow.tell(Event::Correct(step_name("consent")));
    assert_eq!(flow.shows(), "review");

    let (mut flow, _) = Flow::begin(files_first("n6", review(), both_sides()));
    flow.tell(Event::Correct(step_name("personal_data")));
    assert_eq!(flow.shows(), "front of document");
}

#[test]
fn from_the_camera_a_person_goes_back_to_the_choice_of_document() {
    let mut flow = before_the_camera();
    assert_eq!(flow.tell(Event::Back), NOTHING);
    assert_eq!(flow.shows(), "document once more");
    assert_eq!(flow.submits("passport"), ["submit document with n4: passport"]);
    let passport = files(document(Some(DocumentKind::Passport)), "passport", "p", &[Front]);
    assert_eq!(flow.arrives(files_first("n5", selfie(), passport)), NOTHING);
    assert_eq!(flow.shows(), "front of document");
}

#[test]
fn a_person_who_keeps_the_document_after_all_returns_to_its_camera() {
    let mut flow = before_the_camera();
    flow.tell(Event::Use("front.jpg"));
    flow.tell(accepted(&[Back]));
    flow.tell(Event::Back);
    assert_eq!(flow.shows(), "document once more");
    assert_eq!(flow.tell(Event::Back), NOTHING);
    assert_eq!(flow.shows(), "back of document");
    assert_eq!(flow.tell(Event::Use("back.jpg")), ["upload back to step_card with card-nonce: back.jpg"]);
}

#[test]
fn the_review_learns_of_the_pictures_that_arrive_after_it() {
    let (mut flow, _) = Flow::begin(files_first("n5", review(), own_picture()));
    flow.tell(Event::Use("me.jpg"));
    flow.tell(accepted(&[]));
    assert_eq!(flow.shows(), "review");
    let Phase::Walking(walk) = flow.phase() else { panic!("the person is on the way") };
    let Screen::Review { steps } = &walk.step().screen else { panic!("the review is shown") };
    let uploaded: Vec<_> = steps.iter().map(|step| (step.name.as_str(), step.uploaded.as_slice())).collect();
    assert_eq!(uploaded, [("personal_data", &[][..]), ("document", &[]), ("selfie", &[Selfie])]);
}

#[test]
fn a_session_whose_result_was_redeemed_ends_in_silence() {
    let (flow, asked) = Flow::begin(Progress::Complete { result: None, uploads: None });
    assert_eq!(asked, NOTHING);
    assert_eq!(flow.shows(), "the good end");
    let (flow, asked) = Flow::begin(complete());
    assert_eq!(asked, ["tell the host: valtok"]);
    assert_eq!(flow.shows(), "the good end");
}

#[test]
fn after_the_end_nothing_happens() {
    let (complete_flow, _) = Flow::begin(complete());
    let mut stopped_flow = at_the_form();
    stopped_flow.submits("Anna");
    stopped_flow.is_refused(Code::SessionExpired);
    for mut flow in [complete_flow, stopped_flow] {
        let end = flow.shows();
        let events = [
            Event::Submit(Default::default()),
            Event::Use("late.jpg"),
            Event::Correct(step_name("personal_data")),
            Event::Back,
            Event::Retry,
            Event::Pace(Pace::Slow),
            Event::Arrived(complete()),
            accepted(&[]),
            Event::Trouble(refusal(Code::SessionExpired)),
        ];
        for event in events {
            assert_eq!(flow.tell(event), NOTHING);
            assert_eq!(flow.shows(), end);
        }
    }
}

#[test]
fn a_log_in_is_done_in_parts_and_a_refusal_begins_none() {
    let (mut flow, _) = Flow::begin(next("n1", identify()));
    assert_eq!(flow.part(), Some("n1"));
    assert_eq!(flow.submits("an address"), ["submit identify with n1: an address"]);
    assert_eq!(flow.part(), Some("n1"));
    assert_eq!(flow.arrives(next("n2", identify())), NOTHING);
    assert_eq!((flow.shows().as_str(), flow.part()), ("identify", Some("n2")));
    flow.submits("a wrong code");
    flow.tell(Event::Trouble(refusal_of(Code::InvalidField, "code", FieldProblem::WrongCode)));
    assert_eq!((flow.goes().as_str(), flow.part()), ("refused code", Some("n2")));
    assert_eq!(flow.tell(Event::Back), NOTHING);
    assert_eq!((flow.goes().as_str(), flow.part()), ("idle", Some("n2")));
    flow.submits("the code");
    flow.arrives(next("n3", form()));
    assert_eq!((flow.shows().as_str(), flow.part()), ("personal_data", None));
}

#[test]
fn what_was_sent_at_log_in_is_sent_once_more_when_another_tab_has_opened_the_session() {
    let (mut flow, _) = Flow::begin(next("n1", identify()));
    flow.submits("the code");
    assert_eq!(flow.is_refused(Code::InvalidNonce), ["open"]);
    assert_eq!(flow.arrives(next("n2", identify())), ["submit identify with n2: the code"]);
    assert_eq!(flow.part(), Some("n2"));
}
