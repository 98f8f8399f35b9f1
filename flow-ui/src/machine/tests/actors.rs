//! A flow without a world: events go in, and what it shows and asks for comes out in words.

use vestibule_protocol::field::{FieldProblem, Raw};
use vestibule_protocol::id::{StepId, StepName};
use vestibule_protocol::problem::{Code, RefusedField};
use vestibule_protocol::secret::{Nonce, Reveal, SecretForm, ValidationToken};
use vestibule_protocol::session::{Progress, ResultToken};
use vestibule_protocol::step::{Screen, StepView};
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::{
    DocumentKind, MediaType, Outstanding, Rejection, RejectionReason, UploadAnswer, UploadName, UploadSlot,
    UploadStatus,
};

use crate::machine::{Effect, Event, Pace, Parcel, Phase, Place, Trouble, Work};

pub type Picture = &'static str;

/// One flow. What it asks of the world is returned by whatever made it ask.
#[derive(Clone, Debug)]
pub struct Flow {
    phase: Option<Phase<Picture>>,
}

impl Flow {
    pub fn begin(progress: Progress) -> (Self, Vec<String>) {
        let (phase, effects) = Phase::begin(progress);
        (Self { phase: Some(phase) }, effects.iter().map(in_words).collect())
    }

    pub fn tell(&mut self, event: Event<Picture>) -> Vec<String> {
        let phase = self.phase.take().expect("a flow has a phase");
        let (phase, effects) = phase.advance(event);
        self.phase = Some(phase);
        effects.iter().map(in_words).collect()
    }

    pub fn submits(&mut self, answer: &str) -> Vec<String> {
        let mut data = Data::default();
        data.push("answer", Raw::from(answer));
        self.tell(Event::Submit(data))
    }

    pub fn arrives(&mut self, progress: Progress) -> Vec<String> {
        self.tell(Event::Arrived(progress))
    }

    pub fn is_refused(&mut self, code: Code) -> Vec<String> {
        self.tell(Event::Trouble(refusal(code)))
    }

    pub fn phase(&self) -> &Phase<Picture> {
        self.phase.as_ref().expect("a flow has a phase")
    }

    /// What a person sees.
    pub fn shows(&self) -> String {
        match self.phase() {
            Phase::Walking(walk) => {
                let step = walk.step().name.as_str();
                match (walk.place(), walk.slot()) {
                    (Place::Next(_), _) => step.into(),
                    (Place::Correction { .. }, _) => format!("{step} once more"),
                    (Place::Capture { .. }, Some(slot)) => format!("{} of {step}", slot.name.as_str()),
                    (Place::Capture { .. }, None) => format!("nothing of {step}"),
                }
            }
            Phase::Closing { .. } | Phase::Complete(_) => "the good end".into(),
            Phase::Stopped(trouble) => format!("the end: {}", words_of(trouble)),
        }
    }

    /// How what the person did goes.
    pub fn goes(&self) -> String {
        let Phase::Walking(walk) = self.phase() else { return "over".into() };
        match walk.work() {
            Work::Idle => "idle".into(),
            Work::Refused(fields) => format!("refused {}", fields[0].field),
            Work::Rejected(reason) => format!("rejected {reason:?}"),
            Work::Sending { pace: Pace::Moving(percent), .. } => format!("{percent} % sent"),
            Work::Sending { pace, .. } => format!("{pace:?}"),
            Work::Failed { parcel: Parcel::Step { name, .. }, trouble } => {
                format!("{name} failed: {}", words_of(trouble))
            }
            Work::Failed { parcel: Parcel::File { name, .. }, trouble } => {
                format!("{} failed: {}", name.as_str(), words_of(trouble))
            }
            Work::Failed { parcel: Parcel::Look, trouble } => format!("a look failed: {}", words_of(trouble)),
        }
    }

    /// Which part of a step that is done in parts is shown.
    pub fn part(&self) -> Option<&str> {
        match self.phase() {
            Phase::Walking(walk) => match walk.place() {
                Place::Next(ahead) => ahead.part().map(Reveal::reveal),
                _ => None,
            },
            _ => None,
        }
    }

    pub fn is_sending(&self) -> bool {
        match self.phase() {
            Phase::Walking(walk) => matches!(walk.work(), Work::Sending { .. }),
            Phase::Closing { .. } => true,
            Phase::Complete(_) | Phase::Stopped(_) => false,
        }
    }
}

fn in_words(effect: &Effect<Picture>) -> String {
    match effect {
        Effect::Submit { nonce, name, data } => {
            let answer = match data.get("answer") {
                Some(Raw::Text(text)) => text,
                _ => "nothing",
            };
            format!("submit {name} with {}: {answer}", nonce.reveal())
        }
        Effect::Upload { step_id, nonce, name, picture } => {
            let submission = step_id.as_str().trim_end_matches('0');
            format!("upload {} to {submission} with {}: {picture}", name.as_str(), nonce.reveal())
        }
        Effect::Open => "open".into(),
        Effect::LeaveWith(token) => format!("hold for the host: {}", token.reveal()),
        Effect::TellComplete(token) => format!("tell the host: {}", token.reveal()),
        Effect::TellError(trouble) => format!("tell the host: {}", words_of(trouble)),
    }
}

fn words_of(trouble: &Trouble) -> String {
    match trouble {
        Trouble::NoAnswer => "no answer".into(),
        Trouble::Refused { code, .. } => code.to_string(),
    }
}

/// A step of this name, the first of several.
fn step(name: &str, screen: Screen) -> StepView {
    StepView { name: step_name(name), title: None, position: 1, total: 5, screen, uploaded: Vec::new() }
}

pub fn step_name(name: &str) -> StepName {
    name.parse().expect("a step name")
}

pub fn form() -> StepView {
    step("personal_data", Screen::Form { fields: Vec::new() })
}

pub fn consent() -> StepView {
    step("consent", Screen::Consent { consents: Vec::new() })
}

pub fn document(chosen: Option<DocumentKind>) -> StepView {
    step("document", Screen::Document { documents: DocumentKind::ALL.to_vec(), chosen })
}

/// A log-in, which stays the next step until it is done.
pub fn identify() -> StepView {
    let screen = Screen::Identify { methods: Vec::new(), known: false, code: None, passkey: None };
    step("identify", screen)
}

pub fn selfie() -> StepView {
    step("selfie", Screen::Selfie {})
}

pub fn review() -> StepView {
    let steps = vec![form(), document(Some(DocumentKind::IdCard)), selfie()];
    step("review", Screen::Review { steps })
}

/// The session waits for this step.
pub fn next(nonce: &str, step: StepView) -> Progress {
    Progress::Next { nonce: Nonce::from_text(nonce), step, uploads: None }
}

/// The session waits for these files, and then for this step.
pub fn files_first(nonce: &str, step: StepView, files: Outstanding) -> Progress {
    Progress::Next { nonce: Nonce::from_text(nonce), step, uploads: Some(files) }
}

/// The files that a submission of `of` asks for; `submission` tells it from others.
pub fn files(of: StepView, submission: &str, nonce: &str, names: &[UploadName]) -> Outstanding {
    let slot = |name: &UploadName| UploadSlot {
        name: *name,
        label: None,
        accept: vec![MediaType::Jpeg],
        max_bytes: 10_000_000,
        attempts_left: 3,
        burst: None,
        burst_apart_ms: None,
    };
    Outstanding {
        step_id: step_id(submission),
        step: of,
        nonce: Nonce::from_text(nonce),
        remaining: names.iter().map(slot).collect(),
    }
}

pub fn both_sides() -> Outstanding {
    files(document(Some(DocumentKind::IdCard)), "card", "card-nonce", &[UploadName::Front, UploadName::Back])
}

pub fn own_picture() -> Outstanding {
    files(selfie(), "selfie", "selfie-nonce", &[UploadName::Selfie])
}

fn step_id(word: &str) -> StepId {
    format!("step_{word:0<22}").parse().expect("a step id")
}

pub fn complete() -> Progress {
    complete_with("valtok", None)
}

/// The session is complete with this token, and waits for files or not.
pub fn complete_with(token: &str, uploads: Option<Outstanding>) -> Progress {
    let result = Some(ResultToken::Validation(ValidationToken::from_text(token)));
    Progress::Complete { result, uploads }
}

pub fn accepted(remaining: &[UploadName]) -> Event<Picture> {
    Event::Judged(UploadAnswer {
        upload_id: "up_0000000000000000000000".parse().expect("an upload id"),
        status: UploadStatus::Accepted,
        rejection: None,
        remaining: remaining.to_vec(),
        attempts_left: 2,
    })
}

pub fn rejected(remaining: &[UploadName], attempts_left: u8) -> Event<Picture> {
    let reason = RejectionReason::TooSmall;
    Event::Judged(UploadAnswer {
        upload_id: "up_0000000000000000000000".parse().expect("an upload id"),
        status: UploadStatus::Rejected,
        rejection: Some(Rejection { reason, message: reason.message().into() }),
        remaining: remaining.to_vec(),
        attempts_left,
    })
}

pub fn refusal(code: Code) -> Trouble {
    Trouble::Refused { code, fields: Vec::new(), support_id: None }
}

pub fn refusal_of(code: Code, field: &str, problem: FieldProblem) -> Trouble {
    Trouble::Refused { code, fields: vec![RefusedField { field: field.into(), problem }], support_id: None }
}
