//! What can happen to a session, without a server.

mod any_walk;
mod asked;
mod branches;
mod checks;
mod event;
mod judge;
mod late;
mod omni;
mod outcome;
mod provided;
mod several;
mod vault;
mod walk;

use std::sync::Arc;

use vestibule_protocol::burst::Burst;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::field::Raw;
use vestibule_protocol::id::{StepId, StepName, UploadId};
use vestibule_protocol::outcome::SandboxOutcome;
use vestibule_protocol::secret::{Nonce, SecretForm, SessionToken};
use vestibule_protocol::session::{SessionAnswer, StepAnswer};
use vestibule_protocol::skill::Skill;
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::{MediaType, Outstanding, RejectionReason, UploadAnswer, UploadName};

use super::login::{Ceremonies, FreshLogin};
use super::open::{Asker, Opening, SessionExpired};
use super::session::{Beginning, Fresh, Lives, Origin, Remarks, Session, Starter, Upload, Values, asked_of};
use super::submit::{Submit, SubmitRefused, Submitted};
use super::upload::{Arrival, Judged, UploadRefused};
use crate::digest::Digest;
use crate::random::tests::Sequence;
use crate::random::{base62, digits, id, nonce, secret, uuid};
use crate::skills::parse;

const LIVES: Lives = Lives { session: 86_400, nonce: 1_800, result: 900 };

/// 2026-11-20T13:00:00Z
const START: i64 = 1_795_179_600_000;

const IDENTITY: &str = include_str!("../../skills/kyc_document_1.0.toml");
const APPLICATION: &str = include_str!("../../skills/xyz_sbx_3.1.toml");
const BRANCHES: &str = include_str!("../../skills/kyc_by_country_1.0.toml");
const DETAILS: &str = include_str!("../../skills/kyc_basic_1.0.toml");

/// A person with a session, a clock of their own, and what the server last told them.
struct Person {
    session: Session,
    now: Timestamp,
    random: Sequence,
    nonce: Option<Nonce>,
    uploads: Option<Outstanding>,
}

fn data(members: &[(&str, &str)]) -> Data {
    let mut data = Data::default();
    for (name, value) in members {
        data.push(name, Raw::from(*value));
    }
    data
}

fn personal() -> Data {
    data(&[
        ("id.first_name", "Jane"),
        ("id.last_name", "Doe"),
        ("id.dob", "1990-05-17"),
        ("id.email", "jane@example.com"),
        ("id.address_line1", "1 Long Street"),
        ("id.city", "Zenith"),
        ("id.zip", "12345"),
        ("id.country", "DE"),
    ])
}

impl Person {
    fn begin(source: &str, bootstrap: &Data, outcome: Option<SandboxOutcome>) -> (Self, Vec<String>) {
        Self::begin_part(source, bootstrap, outcome, None)
    }

    /// Begins a session of the steps that a reviewer asks for.
    fn begin_part(
        source: &str,
        bootstrap: &Data,
        outcome: Option<SandboxOutcome>,
        only: Option<&[&str]>,
    ) -> (Self, Vec<String>) {
        let random = Sequence::default();
        let only: Option<Vec<StepName>> =
            only.map(|names| names.iter().map(|name| name.parse().unwrap()).collect());
        let skill: Arc<Skill> = Arc::new(parse("skill", source).unwrap());
        let skill = asked_of(skill, only.as_deref()).unwrap();
        let now = Timestamp::from_millis(START);
        let beginning = Beginning {
            id: uuid(&random),
            user: id(&random),
            skill,
            origin: Origin {
                starter: Starter::Backend,
                playbook: Some(["pb_test_", &base62(&random, 22)].concat().parse().unwrap()),
                onboarding: id(&random),
                business: None,
                answers: None,
            },
            sandbox_outcome: outcome,
            redirect_url: None,
            note: only.is_some().then(|| "Your photo was blurred.".into()),
            only,
            remarks: Remarks::default(),
            burst: Burst::new(2, 200).ok(),
            known: Values::new(),
            bootstrap,
            named: false,
        };
        let (session, ignored) = Session::begin(beginning, LIVES, now);
        let mut person = Self { session, now, random, nonce: None, uploads: None };
        person.open().unwrap();
        (person, ignored)
    }

    fn new(source: &str) -> Self {
        Self::begin(source, &Data::default(), None).0
    }

    fn fresh(&self) -> Fresh {
        Fresh {
            step_id: id(&self.random),
            nonce: nonce(&self.random),
            upload_nonce: nonce(&self.random),
            result_tail: base62(&self.random, 34),
            credentials: id(&self.random),
            login: FreshLogin {
                token: secret(&self.random),
                digits: digits(&self.random, 6),
                code: Digest::of(base62(&self.random, 34).as_bytes()),
                ceremonies: Ceremonies::default(),
            },
        }
    }

    fn open(&mut self) -> Result<SessionAnswer, SessionExpired> {
        let opening = Opening { token: SessionToken::from_text("obtok_x"), login: None };
        let asker = Asker { tenant: "Bank", sandbox: true };
        let (session, answer) = self.session.clone().open(opening, asker, LIVES, self.now, &self.fresh())?;
        self.session = session;
        self.nonce = answer.nonce.clone();
        self.uploads = answer.uploads.clone();
        Ok(answer)
    }

    fn submit(&mut self, step: &str, data: &Data) -> Result<StepAnswer, SubmitRefused> {
        self.try_submit(step, data, None)
    }

    /// Submits a step of a session that answers a request about a former one.
    fn submit_after(
        &mut self,
        step: &str,
        data: &Data,
        former: &Session,
    ) -> Result<StepAnswer, SubmitRefused> {
        self.try_submit(step, data, Some(former))
    }

    fn try_submit(
        &mut self,
        step: &str,
        data: &Data,
        former: Option<&Session>,
    ) -> Result<StepAnswer, SubmitRefused> {
        let nonce = self.nonce.clone().expect("a nonce");
        let step = step.parse().unwrap();
        let request = Digest::of(b"request");
        let submit = Submit { nonce: &nonce, request, step: &step, data, former };
        match self.session.submit(submit, LIVES, self.now, self.fresh())? {
            Submitted::Replayed(_) => panic!("a replay"),
            Submitted::Advanced { mut session, answer } => {
                session.remember(submit, b"sealed".to_vec());
                self.session = *session;
                self.nonce = answer.nonce.clone();
                self.uploads = answer.uploads.clone();
                Ok(*answer)
            }
        }
    }

    fn upload(&mut self, name: UploadName, judged: Judged) -> Result<UploadAnswer, UploadRefused> {
        let Outstanding { step_id, nonce, .. } = self.uploads.clone().expect("uploads outstanding");
        self.upload_to(&step_id, &nonce, name, judged)
    }

    fn upload_to(
        &mut self,
        step: &StepId,
        nonce: &Nonce,
        name: UploadName,
        judged: Judged,
    ) -> Result<UploadAnswer, UploadRefused> {
        let arrival = Arrival { id: id(&self.random), judged };
        let (session, answer, _) = self.session.clone().take_upload(step, nonce, name, arrival, self.now)?;
        self.session = session;
        Ok(answer)
    }

    fn photograph(&mut self, name: UploadName) -> UploadAnswer {
        let picture = picture(id(&self.random), name);
        self.upload(name, Judged::Accepted(picture, None)).unwrap()
    }

    /// Gives everything up to the review.
    fn arrive_at_review(&mut self) -> StepAnswer {
        self.submit("personal_data", &personal()).unwrap();
        self.submit("consent", &data(&[("identity_check", "1.0")])).unwrap();
        self.submit("document", &data(&[("kind", "passport")])).unwrap();
        self.photograph(UploadName::Front);
        let answer = self.submit("selfie", &Data::default()).unwrap();
        self.photograph(UploadName::Selfie);
        answer
    }

    fn wait(&mut self, seconds: i64) {
        self.now = self.now.plus_seconds(seconds);
    }
}

/// A picture that will do.
fn picture(id: UploadId, name: UploadName) -> Upload {
    Upload { id, name, media_type: MediaType::Jpeg, bytes: 9, sight: None, burst: None }
}

const REJECTED: Judged = Judged::Rejected(RejectionReason::Unreadable);
