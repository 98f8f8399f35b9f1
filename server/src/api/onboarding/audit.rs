//! `GET /audit_events`: a backend reads who did what with whose data.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::onboarding::{AuditEvent, List, ListAudit};
use vestibule_protocol::problem::Code;

use super::page::{limit, split};
use crate::api::auth::Backend;
use crate::api::error::Failure;
use crate::api::query::Asked;
use crate::app::App;
use crate::engine::audit::{Deed, Record};
use crate::store::Page;
use crate::store::audit::{AuditRow, Subject};

pub(super) async fn list(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Asked(asked): Asked<ListAudit>,
) -> Result<Json<List<AuditEvent>>, Failure> {
    let limit = limit(asked.limit)?;
    let subject = match (asked.fp_id, asked.fp_bid) {
        // A record is about one of them: none is about both.
        (Some(_), Some(_)) => return Ok(Json(List { data: Vec::new(), next: None })),
        (Some(user), None) => Some(Subject::User(user)),
        (None, Some(business)) => Some(Subject::Business(business)),
        (None, None) => None,
    };
    let page = Page { after: asked.cursor.as_ref(), most: limit + 1 };
    let rows = app.store.audits(&tenant.id, subject.as_ref(), page).await?;
    let rows = rows.ok_or_else(|| Failure::field(Code::InvalidField, "cursor", FieldProblem::NotAnOption))?;
    let (rows, next) = split(rows, limit, |row| row.id.to_string());
    let events = rows.into_iter().map(|row| {
        let record = app.ledger.open_record(&tenant.id, &row)?;
        Ok(described(row, record))
    });
    Ok(Json(List { data: events.collect::<Result<_, Failure>>()?, next }))
}

fn described(row: AuditRow, Record { actor, deed }: Record) -> AuditEvent {
    let (fp_id, fp_bid) = match row.subject {
        Subject::User(user) => (Some(user), None),
        Subject::Business(business) => (None, Some(business)),
    };
    let mut event = AuditEvent {
        id: row.id,
        timestamp: row.at,
        fp_id,
        fp_bid,
        actor,
        action: deed.action(),
        fields: deed.fields().to_vec(),
        reason: deed.reason().map(Into::into),
        steps: Vec::new(),
        decision: None,
        onboarding_id: None,
        client_token: None,
    };
    match deed {
        Deed::InfoRequested { steps, .. } => event.steps = steps,
        Deed::Reviewed { decision, onboarding, .. } => {
            event.decision = Some(decision);
            event.onboarding_id = Some(onboarding);
        }
        Deed::ClientTokenCreated { token, .. } => event.client_token = Some(token),
        _ => {}
    }
    event
}
