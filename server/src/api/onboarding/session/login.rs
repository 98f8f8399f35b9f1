//! `kind` `update_login_methods`: a person may change how they log in. The token is issued and kept; what
//! it opens is still to come.

use std::collections::BTreeSet;

use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::{AuthMethod, OnboardingStarted, Reference};
use vestibule_protocol::secret::SessionToken;

use crate::api::begin::locate;
use crate::api::error::Failure;
use crate::app::{App, TRIES};
use crate::digest::Digest;
use crate::ledger::Fault;
use crate::random::secret;
use crate::store::{Change, LoginUpdate, Tenant};

pub(super) async fn start(
    app: &App,
    tenant: &Tenant,
    reference: &Reference<UserId>,
    methods: BTreeSet<AuthMethod>,
) -> Result<OnboardingStarted, Failure> {
    let token: SessionToken = secret(&*app.random);
    let expires_at = app.now().plus_seconds(app.lives.session);
    for _ in 0..TRIES {
        let person = locate::known_person(app, &tenant.id, reference).await?;
        let login_update = LoginUpdate {
            token: Digest::of_secret(&token),
            user: person.record.id.clone(),
            methods: methods.clone(),
            expires_at,
        };
        let users = vec![person.row(&app.ledger)?];
        let change = Change { users, login_update: Some(login_update), ..Change::default() };
        if app.commit(&tenant.id, &change).await? {
            let link = app.link("user", &token);
            return Ok(OnboardingStarted { token, link, expires_at, ignored_bootstrap_fields: Vec::new() });
        }
    }
    Err(Fault::Contention.into())
}
