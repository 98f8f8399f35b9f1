//! A session in which a person gives what a reviewer has asked for.

use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::Reference;
use vestibule_protocol::outcome::SandboxOutcome;
use vestibule_protocol::problem::Code;
use vestibule_protocol::submission::Data;

use super::{Begun, Prepared, check_sandbox, kept, locate};
use crate::api::error::Failure;
use crate::app::App;
use crate::engine::session::{Beginning, Origin, Remarks, Session, Starter, asked_of};
use crate::ledger::Fault;
use crate::random::{secret, uuid};
use crate::store::Tenant;

/// What such a session is begun with.
pub struct Answer<'a> {
    /// For whom.
    pub tenant: &'a Tenant,
    /// The person.
    pub person: &'a Reference<UserId>,
    /// How it ends, in the sandbox.
    pub sandbox_outcome: Option<SandboxOutcome>,
    /// Where the hosted page goes in the end.
    pub redirect_url: Option<String>,
}

/// Begins a session of the steps that a reviewer has asked for. They are those of the skill that was
/// walked, as it was defined then, so that all can be decided again as one.
///
/// # Errors
/// [`Failure`] when there is no such person, or nothing is asked of them.
pub async fn begin_answer(app: &App, answer: &Answer<'_>) -> Result<Begun, Failure> {
    kept(app, answer.tenant, || prepare(app, answer)).await
}

async fn prepare(app: &App, answer: &Answer<'_>) -> Result<Prepared, Failure> {
    check_sandbox(answer.tenant, answer.sandbox_outcome)?;
    let person = locate::known_person(app, &answer.tenant.id, answer.person).await?;
    let request = person.record.state.info_request.clone().ok_or(Code::NothingRequested)?;
    let onboarding = person.record.onboarding(&request.onboarding);
    let onboarding = onboarding.ok_or(Fault::Missing("the onboarding of a request"))?;
    let former = app.ledger.session(&answer.tenant.id, &onboarding.session).await?;
    let former = former.ok_or(Fault::Missing("the session of an onboarding"))?;
    let skill = asked_of(former.content.skill.clone(), Some(&request.steps));
    let beginning = Beginning {
        id: uuid(&*app.random),
        user: person.record.id.clone(),
        skill: skill.ok_or(Fault::Missing("a step of a request"))?,
        origin: Origin {
            starter: Starter::Backend,
            playbook: Some(onboarding.playbook.clone()),
            onboarding: onboarding.id.clone(),
            business: onboarding.business.clone(),
            answers: Some(request.at),
        },
        sandbox_outcome: answer.sandbox_outcome,
        redirect_url: answer.redirect_url.clone(),
        only: Some(request.steps),
        note: Some(request.note),
        remarks: Remarks::default(),
        burst: app.providers.burst(answer.tenant.sandbox),
        known: former.content.values(),
        bootstrap: &Data::default(),
        named: true,
    };
    let (session, ignored) = Session::begin(beginning, app.lives, app.now());
    Ok(Prepared {
        begun: Begun { session, token: secret(&*app.random), ignored },
        skill_source: former.skill_source().into(),
        users: vec![person.row(&app.ledger)?],
        person: person.record,
        businesses: Vec::new(),
    })
}
