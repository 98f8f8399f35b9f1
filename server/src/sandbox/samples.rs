//! Sample records of the sandbox: the person and the business that the documents' printed requests name.
//!
//! They are made as any other, by a session that is walked here instead of in a browser. No tenant but the
//! sandbox of the first start has them, and nothing in them is of anybody.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::field::Raw;
use vestibule_protocol::id::{BusinessId, StepName, TenantId, UserId};
use vestibule_protocol::secret::SessionToken;
use vestibule_protocol::submission::Data;

use super::made;
use crate::app::App;
use crate::digest::Digest;
use crate::engine::business::Business;
use crate::engine::open::{Asker, Opening};
use crate::engine::session::{Beginning, Origin, Remarks, Session, Starter, Values};
use crate::engine::submit::{Submit, Submitted};
use crate::engine::user::User;
use crate::ledger::Fault;
use crate::random::{id, secret, uuid};
use crate::skills::parse;
use crate::store::{Change, SessionChange};

/// The person.
const PERSON: &str = "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr";
/// The business that they own.
const BUSINESS: &str = "fp_bid_fr7JHcV3hIzC7KbqTAsD3n";

/// The skill that they have walked. Its text is at hand whatever the operator publishes in its place.
const SKILL: &str = include_str!("../../skills/kyc_us_1.0.toml");

/// What they gave in it.
const GIVEN: [(&str, &str); 5] = [
    ("id.first_name", "Christian"),
    ("id.last_name", "Sample"),
    ("id.dob", "1990-01-01"),
    ("id.email", "christian@example.com"),
    ("id.ssn9", "123-45-6789"),
];

/// What a reviewer has asked of them since.
const NOTE: &str = "Hi Christian, we can't wait for you to get started with your Acme Bank credit card! To \
    finish verifying your identity, can you please submit a photo of your SSN card? Once received, we can \
    approve your application and mail out your credit card.";

/// When: 2023-12-12T21:28:38.771Z, as it is printed.
const ASKED_AT: i64 = 1_702_416_518_771;
const A_DAY: i64 = 86_400;

/// Makes the records if they are not there.
///
/// # Errors
/// [`Fault`] when the store fails.
pub async fn keep(app: &App, tenant: &TenantId) -> Result<(), Fault> {
    let person: UserId = made(PERSON);
    let is_sandbox = app.tenant(tenant).await?.sandbox;
    if !is_sandbox || app.store.user(tenant, &person).await?.is_some() {
        return Ok(());
    }
    let asked_at = Timestamp::from_millis(ASKED_AT);
    let session = walked(app, tenant, &person, asked_at.plus_seconds(-A_DAY)).await?;
    let mut user = User::new(person.clone(), None);
    user.learn(&session);
    let steps: [StepName; 1] = [made("ssn_card")];
    let onboarding = session.state.origin.onboarding.clone();
    user.ask(&onboarding, &session.skill, &steps, NOTE.into(), asked_at).map_err(|_| unwalkable())?;
    let business = Business::of(made::<BusinessId>(BUSINESS), None, &person);

    let mut change = SessionChange::of(app.ledger.new_session(&session, SKILL)?);
    change.interview = Some(session.interview());
    change.credentials = session.completion().map(|completion| completion.credentials.clone());
    let change = Change {
        sessions: vec![change],
        users: vec![app.ledger.new_user(&user)?],
        businesses: vec![app.ledger.new_business(&business)?],
        ..Change::default()
    };
    if app.commit(tenant, &change).await? { Ok(()) } else { Err(Fault::Contention) }
}

/// The session in which all was given.
async fn walked(app: &App, tenant: &TenantId, person: &UserId, at: Timestamp) -> Result<Session, Fault> {
    let skill = parse("kyc_us_1.0.toml", SKILL)?;
    let playbook = app.store.playbook_of_skill(tenant, &skill.name).await?;
    let mut bootstrap = Data::default();
    GIVEN.iter().for_each(|(name, value)| bootstrap.push(name, Raw::from(*value)));
    let beginning = Beginning {
        id: uuid(&*app.random),
        user: person.clone(),
        skill: skill.into(),
        origin: Origin {
            starter: Starter::Backend,
            playbook: Some(playbook.ok_or(Fault::Missing("the playbook of a sample skill"))?.key),
            onboarding: id(&*app.random),
            business: None,
            answers: None,
        },
        sandbox_outcome: None,
        redirect_url: None,
        only: None,
        note: None,
        remarks: Remarks::default(),
        burst: None,
        known: Values::new(),
        bootstrap: &bootstrap,
        named: true,
    };
    let (begun, _) = Session::begin(beginning, app.lives, at);
    let (token, asker): (SessionToken, _) = (secret(&*app.random), Asker { tenant: "", sandbox: true });
    let id = begun.id.clone();
    let opening = Opening { token, login: None };
    let opened = begun.open(opening, asker, app.lives, at, &app.fresh(&id));
    let (session, answer) = opened.map_err(|_| unwalkable())?;
    let nonce = answer.nonce.ok_or_else(unwalkable)?;
    let mut agreed = Data::default();
    agreed.push("data_use", Raw::from("1.0"));
    let submit = Submit {
        nonce: &nonce,
        request: Digest::of(NOTE.as_bytes()),
        step: &made("consent"),
        data: &agreed,
        former: None,
    };
    match session.submit(submit, app.lives, at, app.fresh(&session.id)) {
        Ok(Submitted::Advanced { session, .. }) if session.completion().is_some() => Ok(*session),
        _ => Err(unwalkable()),
    }
}

/// The sample skill and what is given here belong together.
fn unwalkable() -> Fault {
    Fault::Missing("a step of the sample records")
}
