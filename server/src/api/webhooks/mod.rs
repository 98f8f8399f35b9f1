//! Webhooks: where a tenant's backend is told of what happens, whichever family it speaks.

mod create;
mod delete;
mod deliveries;
mod list;
mod resend;
mod rotate;
mod test;

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::endpoint::{
    CreateWebhook, DeleteWebhook, ListDeliveries, ListWebhooks, ResendDelivery, RotateWebhookSecret,
    TestWebhook,
};
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::WebhookSecret;
use vestibule_protocol::webhook::{Delivery, Webhook};

use super::call::{Call, Calls};
use super::error::Family;
use crate::store::outbox::DeliveryRow;
use crate::webhook::endpoint::Endpoint;

/// Its calls.
pub fn calls() -> Calls {
    Calls::of(Family::Onboarding)
        .with(
            Call::new(CreateWebhook, create::create)
                .refuses(&[Code::InvalidWebhookUrl, Code::TooManyWebhooks]),
        )
        .with(Call::new(ListWebhooks, list::list))
        .with(Call::new(DeleteWebhook, delete::delete))
        .with(Call::new(RotateWebhookSecret, rotate::rotate))
        .with(Call::new(TestWebhook, test::test))
        .with(Call::new(ListDeliveries, deliveries::list).query::<deliveries::Which>())
        .with(Call::new(ResendDelivery, resend::resend))
}

/// An endpoint as it is shown, with its secret only where it was just made.
fn shown(endpoint: Endpoint, secret: Option<WebhookSecret>, now: Timestamp) -> Webhook {
    let former_secret_until = endpoint.former_until(now);
    Webhook {
        id: endpoint.id,
        url: endpoint.state.url,
        family: endpoint.family,
        description: endpoint.state.description,
        created_at: endpoint.created_at,
        secret,
        former_secret_until,
    }
}

/// A delivery as it is shown.
fn told(row: DeliveryRow) -> Delivery {
    Delivery {
        id: row.id,
        endpoint_id: row.endpoint,
        event: row.event,
        state: row.state,
        created_at: row.created_at,
        attempts: row.attempts,
        next_attempt_at: row.due_at,
        last_attempt: row.last,
    }
}
