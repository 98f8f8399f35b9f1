//! The client on a scripted line: what is repeated, what is not, and what is told meanwhile.

use std::cell::RefCell;
use std::rc::Rc;

use vestibule_flow_ui::client::{Client, Tell};
use vestibule_flow_ui::machine::{Pace, Trouble};
use vestibule_protocol::field::Raw;
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::{Nonce, SecretForm, SessionToken};
use vestibule_protocol::session::Progress;
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::{UploadName, UploadStatus};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Blob;

use super::script::{Line, Script};

const SESSION: &str = "00000000-0000-4000-8000-000000000001";

/// A client, its script, and what it told of its pace.
struct Caller {
    client: Client<Line>,
    script: Rc<Script>,
    paces: Rc<RefCell<Vec<Pace>>>,
    tell: Tell,
}

impl Caller {
    fn with(script: Script) -> Self {
        let script = Rc::new(script);
        let paces = Rc::new(RefCell::new(Vec::new()));
        let told = paces.clone();
        let client = Client::new(
            Line(script.clone()),
            "https://server.example".into(),
            SESSION.parse().expect("a session id"),
            SessionToken::from_text("obtok_1"),
            None,
        );
        Self { client, script, paces, tell: Rc::new(move |pace| told.borrow_mut().push(pace)) }
    }

    async fn submits(&self) -> Result<Progress, Trouble> {
        let mut data = Data::default();
        data.push("id.first_name", Raw::from("Anna"));
        let step = "personal_data".parse().expect("a step name");
        self.client.submit(Nonce::from_text("n1"), step, data, &self.tell).await
    }

    fn sent(&self) -> Vec<String> {
        self.script.sent.borrow().clone()
    }

    fn pauses(&self) -> Vec<u32> {
        self.script.pauses.borrow().clone()
    }
}

const SUBMISSION: &str = "POST https://server.example/sessions/00000000-0000-4000-8000-000000000001/steps \
                          {\"nonce\":\"n1\",\"step\":\"personal_data\",\"data\":{\"id.first_name\":\"Anna\"}}";

#[wasm_bindgen_test]
async fn an_answer_says_what_comes_next() {
    let caller = Caller::with(Script::default().answers(200, answer!("answers/next")));
    match caller.submits().await.expect("it is taken") {
        Progress::Next { step, .. } => assert_eq!(step.name.as_str(), "consent"),
        Progress::Complete { .. } => panic!("it is not over"),
    }
    assert_eq!(caller.sent(), [SUBMISSION]);
    assert_eq!(caller.paces.borrow().len(), 0);
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_asked_for_again_with_the_same_nonce_and_body() {
    let caller = Caller::with(Script::default().loses().loses().answers(200, answer!("answers/next")));
    assert!(caller.submits().await.is_ok());
    assert_eq!(caller.sent(), [SUBMISSION; 3]);
    assert_eq!(caller.pauses(), [500, 1_000]);
    assert_eq!(*caller.paces.borrow(), [Pace::Slow, Pace::Slow]);
}

#[wasm_bindgen_test]
async fn without_any_answer_it_gives_up() {
    let caller = Caller::with(Script::default());
    assert_eq!(caller.submits().await.err(), Some(Trouble::NoAnswer));
    assert_eq!(caller.sent().len(), 7);
    assert_eq!(caller.pauses(), [500, 1_000, 2_000, 4_000, 8_000, 8_000]);
}

#[wasm_bindgen_test]
async fn a_server_that_says_when_to_come_again_is_obeyed() {
    let caller = Caller::with(
        Script::default()
            .answers_later(429, "", Some(5))
            .answers_later(503, "", Some(3_600))
            .answers(200, answer!("answers/next")),
    );
    assert!(caller.submits().await.is_ok());
    assert_eq!(caller.pauses(), [5_000, 60_000]);
}

#[wasm_bindgen_test]
async fn without_a_connection_the_person_is_told() {
    let caller = Caller::with(Script::default().loses().answers(200, answer!("answers/next")));
    caller.script.offline.set(true);
    assert!(caller.submits().await.is_ok());
    assert_eq!(*caller.paces.borrow(), [Pace::Offline]);
}

#[wasm_bindgen_test]
async fn a_refusal_is_not_repeated() {
    let caller = Caller::with(Script::default().answers(422, answer!("errors/invalid_field")));
    match caller.submits().await.expect_err("it is refused") {
        Trouble::Refused { code, fields, support_id } => {
            assert_eq!(code, Code::InvalidField);
            let names: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
            assert_eq!(names, ["id.dob", "id.email"]);
            assert_eq!(support_id.expect("it is named").as_str(), "err_0000000000000000000001");
        }
        Trouble::NoAnswer => panic!("there was an answer"),
    }
    assert_eq!(caller.sent().len(), 1);
}

#[wasm_bindgen_test]
async fn an_answer_that_is_not_of_our_server_is_a_refusal() {
    let unavailable = Trouble::Refused { code: Code::Unavailable, fields: Vec::new(), support_id: None };
    for (status, text) in
        [(200, "<html></html>"), (200, "{}"), (200, "[]"), (404, "gone"), (403, "{}"), (200, "")]
    {
        let caller = Caller::with(Script::default().answers(status, text));
        assert_eq!(caller.submits().await.err(), Some(unavailable.clone()), "{status} {text}");
        assert_eq!(caller.sent().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn opening_again_carries_the_session_token() {
    let caller = Caller::with(Script::default().answers(200, answer!("capture/front")));
    match caller.client.open(&caller.tell).await.expect("it is opened") {
        Progress::Next { uploads, .. } => assert_eq!(uploads.expect("files are missing").remaining.len(), 2),
        Progress::Complete { .. } => panic!("it is not over"),
    }
    assert_eq!(caller.sent(), ["POST https://server.example/sessions/open as obtok_1 {}"]);
}

#[wasm_bindgen_test]
async fn a_file_is_sent_with_the_nonce_of_its_submission() {
    let script = Script::default().loses().answers(200, answer!("answers/rejected"));
    let caller = Caller::with(script);
    let step = "step_0000000000000000000001".parse().expect("a step id");
    let file = Blob::new_with_str_sequence(&js_sys::Array::of1(&"picture".into())).expect("a file");
    let nonce = Nonce::from_text("n3");
    let answer = caller.client.upload(&step, &nonce, UploadName::Front, &file, &caller.tell).await;
    let answer = answer.expect("it is judged");
    assert_eq!((answer.status, answer.attempts_left), (UploadStatus::Rejected, 9));
    assert_eq!(answer.remaining, [UploadName::Front, UploadName::Back]);
    let upload =
        "POST https://server.example/steps/step_0000000000000000000001/upload front of 7 bytes with n3";
    assert_eq!(caller.sent(), [upload; 2]);
}
