//! A session in which a person changes how they log in.

use std::collections::BTreeSet;
use std::sync::Arc;

use vestibule_protocol::id::UserId;
use vestibule_protocol::login::AuthMethod;
use vestibule_protocol::onboarding::Reference;
use vestibule_protocol::submission::Data;

use super::{Begun, Prepared, kept, locate};
use crate::api::error::Failure;
use crate::api::login;
use crate::app::App;
use crate::engine::session::{Beginning, Origin, Remarks, Session, Starter, Values};
use crate::ledger::Fault;
use crate::random::{id, secret, uuid};
use crate::skills::parse;
use crate::store::Tenant;

/// What is walked. It is published to nobody: only a backend starts it, for a person whom it names.
const SKILL: &str = include_str!("update.toml");

/// Begins a session in which a person may change these of their log-in methods. Somebody who has none yet gets
/// the first.
///
/// # Errors
/// [`Failure`] when there is no such person, or nobody can log in.
pub async fn begin_update(
    app: &App,
    tenant: &Tenant,
    reference: &Reference<UserId>,
    methods: &BTreeSet<AuthMethod>,
) -> Result<Begun, Failure> {
    kept(app, tenant, || prepare(app, tenant, reference, methods)).await
}

async fn prepare(
    app: &App,
    tenant: &Tenant,
    reference: &Reference<UserId>,
    methods: &BTreeSet<AuthMethod>,
) -> Result<Prepared, Failure> {
    let skill = parse("update.toml", SKILL).map_err(Fault::from)?;
    login::check(app, tenant, &skill)?;
    let person = locate::known_person(app, &tenant.id, reference).await?;
    let beginning = Beginning {
        id: uuid(&*app.random),
        user: person.record.id.clone(),
        skill: Arc::new(skill),
        origin: Origin {
            starter: Starter::Backend,
            playbook: None,
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
        bootstrap: &Data::default(),
        named: true,
    };
    let (mut session, ignored) = Session::begin(beginning, app.lives, app.now());
    session.state.login.may_change = Some(methods.clone());
    Ok(Prepared {
        begun: Begun { session, token: secret(&*app.random), ignored },
        skill_source: SKILL.into(),
        users: vec![person.row(&app.ledger)?],
        businesses: Vec::new(),
        person: person.record,
    })
}
