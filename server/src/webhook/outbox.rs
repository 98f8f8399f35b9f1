//! From what a change brings about to the messages that are written with it.

use vestibule_protocol::id::{ConfigurationId, ExternalId, PlaybookKey, TenantId, UserId};

use super::payload::{Circumstances, translations};
use crate::app::App;
use crate::engine::event::Event;
use crate::ledger::{Fault, Letter};
use crate::store::Change;
use crate::store::outbox::MessageRow;

/// What the tenant is to be told of a change.
///
/// # Errors
/// [`Fault`].
pub async fn messages(app: &App, tenant: &TenantId, change: &Change) -> Result<Vec<MessageRow>, Fault> {
    let events = change.events();
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let is_live = !app.tenant(tenant).await?.sandbox;
    let at = app.now();
    let mut messages = Vec::new();
    for event in events {
        let (external_id, flow) = match event {
            Event::Session(run, _) => (
                name_of(app, tenant, &run.user, change).await?,
                Some(configuration(app, tenant, &run.playbook).await?),
            ),
            Event::User(person, _) => (person.external_id.clone(), None),
            Event::Business(firm, _) => (firm.external_id.clone(), None),
        };
        let circumstances = Circumstances { at, is_live, external_id, flow };
        for (family, payload) in translations(event, &circumstances) {
            let letter = Letter { subject: event.subject(), family, payload: &payload, at };
            messages.push(app.ledger.new_message(&letter)?);
        }
    }
    Ok(messages)
}

/// The tenant's own name for a person, who may be new.
async fn name_of(
    app: &App,
    tenant: &TenantId,
    user: &UserId,
    change: &Change,
) -> Result<Option<ExternalId>, Fault> {
    match change.users.iter().find(|row| row.id == *user) {
        Some(row) => Ok(row.external_id.clone()),
        None => Ok(app.store.user(tenant, user).await?.and_then(|row| row.external_id)),
    }
}

async fn configuration(app: &App, tenant: &TenantId, key: &PlaybookKey) -> Result<ConfigurationId, Fault> {
    let playbook = app.store.playbook(tenant, key).await?;
    Ok(playbook.ok_or(Fault::Missing("the playbook of a session"))?.configuration)
}
