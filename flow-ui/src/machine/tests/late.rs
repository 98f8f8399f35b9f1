//! Files that may come when all else is done: the host hears of the end once, whatever becomes of them.

use vestibule_protocol::problem::Code;
use vestibule_protocol::session::Progress;
use vestibule_protocol::upload::UploadName::{Back, Front};

use super::actors::*;
use crate::machine::{Event, Phase, Trouble};

const NOTHING: [&str; 0] = [];

/// The last step was taken, and a card is still to be photographed.
fn before_late_files() -> Flow {
    let (mut flow, _) = Flow::begin(next("n5", review()));
    flow.submits("yes");
    assert_eq!(flow.arrives(complete_with("first", Some(both_sides()))), ["hold for the host: first"]);
    assert_eq!(flow.shows(), "front of document");
    flow
}

fn sends_both_sides(flow: &mut Flow) -> Vec<String> {
    flow.tell(Event::Use("front.jpg"));
    assert_eq!(flow.tell(accepted(&[Back])), NOTHING);
    flow.tell(Event::Use("back.jpg"));
    flow.tell(accepted(&[]))
}

#[test]
fn files_come_first_and_then_the_end_is_told_with_a_token_that_has_not_aged() {
    let mut flow = before_late_files();
    assert_eq!(sends_both_sides(&mut flow), ["open"]);
    assert_eq!((flow.shows(), flow.is_sending()), ("the good end".into(), true));
    assert_eq!(flow.arrives(complete_with("second", None)), ["tell the host: second"]);
    assert!(!flow.is_sending());
}

#[test]
fn without_an_answer_the_token_at_hand_is_told() {
    for trouble in [Trouble::NoAnswer, refusal(Code::SessionExpired)] {
        let mut flow = before_late_files();
        sends_both_sides(&mut flow);
        assert_eq!(flow.tell(Event::Trouble(trouble)), ["tell the host: first"]);
    }
}

#[test]
fn files_of_a_further_step_are_asked_for_next() {
    let mut flow = before_late_files();
    sends_both_sides(&mut flow);
    assert_eq!(flow.arrives(complete_with("second", Some(own_picture()))), ["hold for the host: second"]);
    assert_eq!(flow.shows(), "selfie of selfie");
}

#[test]
fn a_person_may_end_without_them_and_is_not_asked_again() {
    let mut flow = before_late_files();
    assert_eq!(flow.tell(Event::EndWithout), ["open"]);
    assert_eq!(flow.arrives(complete_with("second", Some(both_sides()))), ["tell the host: second"]);
    assert!(matches!(flow.phase(), Phase::Complete(_)));
}

#[test]
fn while_all_else_is_not_done_nobody_ends_without_a_file() {
    let (mut flow, _) = Flow::begin(files_first("n4", selfie(), both_sides()));
    assert_eq!(flow.tell(Event::EndWithout), NOTHING);
    assert_eq!(flow.shows(), "front of document");
}

#[test]
fn there_is_no_way_back_into_a_complete_session() {
    let mut flow = before_late_files();
    assert_eq!(flow.tell(Event::Back), NOTHING);
    assert_eq!(flow.submits("again"), NOTHING);
    assert_eq!(flow.shows(), "front of document");
}

#[test]
fn a_dead_nonce_opens_the_session_again_and_the_file_goes_on() {
    let mut flow = before_late_files();
    flow.tell(Event::Use("front.jpg"));
    assert_eq!(flow.is_refused(Code::NonceExpired), ["open"]);
    let fresh = files(document(None), "card", "fresh", &[Front, Back]);
    assert_eq!(
        flow.arrives(complete_with("second", Some(fresh))),
        ["hold for the host: second", "upload front to step_card with fresh: front.jpg"]
    );
}

#[test]
fn a_file_that_cannot_be_sent_any_more_ends_it_well_all_the_same() {
    let mut flow = before_late_files();
    flow.tell(Event::Use("front.jpg"));
    assert_eq!(flow.tell(rejected(&[Front], 0)), ["tell the host: first"]);

    let mut flow = before_late_files();
    flow.tell(Event::Use("front.jpg"));
    assert_eq!(flow.is_refused(Code::TooManyAttempts), ["tell the host: first"]);
    assert_eq!(flow.shows(), "the good end");
}

#[test]
fn who_comes_back_after_the_result_was_redeemed_sends_the_files_in_silence() {
    let (mut flow, asked) = Flow::begin(Progress::Complete { result: None, uploads: Some(both_sides()) });
    assert_eq!(asked, NOTHING);
    assert_eq!(sends_both_sides(&mut flow), NOTHING);
    assert_eq!(flow.shows(), "the good end");
}
