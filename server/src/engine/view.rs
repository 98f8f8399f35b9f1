//! Steps and sessions as a browser sees them.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::field::{Owner, Sensitivity, Value};
use vestibule_protocol::login::AuthMethod;
use vestibule_protocol::secret::Nonce;
use vestibule_protocol::session::{About, SessionStatus, StepWord};
use vestibule_protocol::skill::{ConsentSpec, FieldSpec, StepKind, StepSpec};
use vestibule_protocol::step::{ConsentView, FieldView, Screen, StepView};
use vestibule_protocol::upload::Outstanding;

use super::plan::{plan, slots};
use super::session::{Given, Giver, Session, Stage, Submission, Values};

/// A step, with what was given in it.
pub fn step(session: &Session, spec: &StepSpec, now: Timestamp) -> StepView {
    let there = session.steps();
    let place = there.iter().position(|step| step.name == spec.name).unwrap_or(0);
    let submission = session.submission(spec);
    let count = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    StepView {
        name: spec.name.clone(),
        title: spec.title.clone(),
        position: count(place + 1),
        total: count(there.len()),
        screen: screen(session, spec, submission, &there[..place], now),
        uploaded: submission.map_or_else(Vec::new, |submission| {
            submission.uploads.iter().map(|upload| upload.name).collect()
        }),
    }
}

fn screen(
    session: &Session,
    spec: &StepSpec,
    submission: Option<&Submission>,
    before: &[&StepSpec],
    now: Timestamp,
) -> Screen {
    let given = submission.map(|submission| &submission.given);
    match &spec.kind {
        StepKind::Form { fields } => {
            let known = match given {
                Some(Given::Form(values)) => values,
                _ => &session.state.prefilled,
            };
            Screen::Form { fields: fields.iter().map(|spec| field(spec, known)).collect() }
        }
        StepKind::Consent { consents } => {
            Screen::Consent { consents: consents.iter().map(|spec| consent(spec, given)).collect() }
        }
        StepKind::Document { documents, .. } => {
            let chosen = match given {
                Some(Given::Document(kind)) => Some(*kind),
                _ => None,
            };
            Screen::Document { documents: documents.clone(), chosen }
        }
        StepKind::Selfie { .. } => Screen::Selfie {},
        StepKind::Review => {
            let correctable = before.iter().filter(|step| {
                step.kind != StepKind::Review && !step.kind.is_login() && session.submission(step).is_some()
            });
            Screen::Review { steps: correctable.map(|spec| step(session, spec, now)).collect() }
        }
        StepKind::Identify { .. } | StepKind::Passkey | StepKind::LoginMethods => {
            login(session, &spec.kind, now)
        }
    }
}

fn login(session: &Session, kind: &StepKind, now: Timestamp) -> Screen {
    let login = &session.state.login;
    let passkey = login.ceremony.as_ref().map(|ceremony| ceremony.options.clone());
    let code = login.sent.as_ref().map(|sent| sent.shown(login.sends, now));
    match kind {
        StepKind::Identify { .. } => {
            Screen::Identify { methods: login.ways.methods.clone(), known: login.ways.known, code, passkey }
        }
        StepKind::Passkey => Screen::Passkey { passkey },
        _ => {
            let changed = login.events.iter().filter_map(|event| {
                AuthMethod::ALL.iter().copied().find(|method| method.changed() == event.kind)
            });
            Screen::LoginMethods {
                methods: login.ways.changeable.clone(),
                passkeys: login.ways.passkeys,
                code,
                passkey,
                changed: changed.collect(),
            }
        }
    }
}

fn field(spec: &FieldSpec, known: &Values) -> FieldView {
    let value = known.get(&spec.name);
    let (value, masked) = match spec.name.sensitivity() {
        Sensitivity::Plain => (value.and_then(plain), None),
        Sensitivity::Masked => (None, value.map(masked)),
    };
    FieldView {
        name: spec.name.clone(),
        format: spec.format.clone(),
        required: spec.required,
        label: spec.label.clone(),
        hint: spec.hint.clone(),
        value,
        masked,
        owners: known.get(&spec.name).and_then(owners),
    }
}

fn owners(value: &Value) -> Option<Vec<Owner>> {
    match value {
        Value::Owners(owners) => Some(owners.clone()),
        _ => None,
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Bool(tick) => Some(tick.to_string()),
        other => other.to_text(),
    }
}

/// Dots, and the last four characters where at least as many again stay hidden.
fn masked(value: &Value) -> String {
    let text: Vec<char> = value.to_text().unwrap_or_default().chars().collect();
    let shown = if text.len() >= 8 { 4 } else { 0 };
    let tail: String = text[text.len() - shown..].iter().collect();
    ["••••", &tail].concat()
}

fn consent(spec: &ConsentSpec, given: Option<&Given>) -> ConsentView {
    let agreed = match given {
        Some(Given::Consent(agreed)) => agreed.contains_key(&spec.name),
        _ => false,
    };
    ConsentView {
        name: spec.name.clone(),
        version: spec.version.clone(),
        text: spec.text.clone(),
        url: spec.url.clone(),
        required: spec.required,
        given: agreed,
    }
}

/// The next step, if there is one.
pub fn next(session: &Session, now: Timestamp) -> Option<StepView> {
    plan(session).next.map(|spec| step(session, spec, now))
}

/// The files of a submission that may still come, to be sent with `nonce`.
pub fn outstanding(
    session: &Session,
    (spec, submission): (&StepSpec, &Submission),
    nonce: &Nonce,
    now: Timestamp,
) -> Outstanding {
    Outstanding {
        step_id: submission.id.clone(),
        step: step(session, spec, now),
        nonce: nonce.clone(),
        remaining: slots(session, spec, submission),
    }
}

/// How a session stands.
pub fn status(session: &Session) -> SessionStatus {
    match session.state.stage {
        Stage::Completed(_) => SessionStatus::Completed,
        Stage::Walking | Stage::Expired
            if session.state.submissions.iter().any(|given| given.giver == Giver::Person) =>
        {
            SessionStatus::InProgress
        }
        Stage::Walking | Stage::Expired => SessionStatus::Created,
    }
}

/// What a person should know before beginning.
pub fn about(session: &Session, tenant: &str, sandbox: bool) -> About {
    About {
        tenant: tenant.into(),
        title: session.skill.title.clone(),
        minutes: session.skill.minutes,
        steps: session.steps().into_iter().map(|step| word(&step.kind)).collect(),
        sandbox,
        redirect_url: session.state.redirect_url.clone(),
        note: session.state.note.clone(),
    }
}

fn word(kind: &StepKind) -> StepWord {
    match kind {
        StepKind::Form { .. } => StepWord::Form,
        StepKind::Consent { .. } => StepWord::Consent,
        StepKind::Document { .. } => StepWord::Document,
        StepKind::Selfie { .. } => StepWord::Selfie,
        StepKind::Review => StepWord::Review,
        StepKind::Identify { .. } => StepWord::Identify,
        StepKind::Passkey => StepWord::Passkey,
        StepKind::LoginMethods => StepWord::LoginMethods,
    }
}
