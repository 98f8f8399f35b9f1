//! What a family's webhooks send, as the `webhooks` of its document.

use serde_json::{Map, Value, json};
use vestibule_protocol::webhook::{
    BusinessCompleted, BusinessVaultUpdated, InfoRequested, ManualReview, OmniEvent, OnboardingCompleted,
    OnboardingEvent, StepsEvent, StepsEventKind, Test, VaultUpdated,
};

use super::operation::{camel, media_type};
use super::schemas::{SchemaOf, Schemas};
use crate::api::error::Family;

/// One event: its name, what it says has happened, in which member its name stands, and what is sent.
struct Event {
    name: &'static str,
    about: String,
    member: Option<&'static str>,
    content: SchemaOf,
    examples: &'static str,
}

/// The webhooks of a family, by the names of their events.
pub fn webhooks(family: Family, schemas: &mut Schemas) -> Map<String, Value> {
    let mut webhooks = Map::new();
    for event in events(family, schemas) {
        let name = [family.name(), ".", event.name].concat();
        webhooks.insert(name.clone(), json!({ "post": operation(&event, &name, family, schemas) }));
    }
    webhooks
}

fn events(family: Family, schemas: &mut Schemas) -> Vec<Event> {
    let mut events = match family {
        Family::Steps => {
            let meanings = schemas.words::<StepsEventKind>();
            let event = |kind: &StepsEventKind| Event {
                name: kind.as_str(),
                about: meanings[kind.as_str()].clone(),
                member: Some("event"),
                content: Schemas::answered::<StepsEvent>,
                examples: "EventSteps",
            };
            StepsEventKind::ALL.iter().map(event).collect()
        }
        Family::Onboarding => {
            let meanings = schemas.words::<OnboardingEvent>();
            let event = |kind: &OnboardingEvent| {
                let (content, examples) = of_onboarding(*kind);
                let (name, about) = (kind.as_str(), meanings[kind.as_str()].clone());
                Event { name, about, member: Some("event_kind"), content, examples }
            };
            OnboardingEvent::ALL.iter().map(event).collect()
        }
        Family::Omni => vec![Event {
            name: "status",
            about: "A session has come further.".into(),
            member: None,
            content: Schemas::answered::<OmniEvent>,
            examples: "EventOmni",
        }],
    };
    events.push(Event {
        name: "webhook.test",
        about: "Somebody tries whether events arrive.".into(),
        member: Some("event"),
        content: Schemas::answered::<Test>,
        examples: "EventTest",
    });
    events
}

fn of_onboarding(event: OnboardingEvent) -> (SchemaOf, &'static str) {
    match event {
        OnboardingEvent::OnboardingCompleted => {
            (Schemas::answered::<OnboardingCompleted>, "EventOnboardingCompleted")
        }
        OnboardingEvent::BusinessCompleted => {
            (Schemas::answered::<BusinessCompleted>, "EventBusinessCompleted")
        }
        OnboardingEvent::ManualReview => (Schemas::answered::<ManualReview>, "EventManualReview"),
        OnboardingEvent::InfoRequested => (Schemas::answered::<InfoRequested>, "EventInfoRequested"),
        OnboardingEvent::VaultUpdated => (Schemas::answered::<VaultUpdated>, "EventVaultUpdated"),
        OnboardingEvent::BusinessVaultUpdated => {
            (Schemas::answered::<BusinessVaultUpdated>, "EventBusinessVaultUpdated")
        }
    }
}

/// What a tenant's backend takes. Its headers are those of Standard Webhooks.
fn operation(event: &Event, name: &str, family: Family, schemas: &mut Schemas) -> Value {
    let header = |name: &str, description: &str| {
        json!({
            "name": name,
            "in": "header",
            "required": true,
            "description": description,
            "schema": { "type": "string" },
        })
    };
    let mut schema = (event.content)(schemas).unwrap_or_default();
    if let Some(member) = event.member {
        schema["properties"] = json!({ member: { "const": event.name } });
    }
    json!({
        "operationId": camel(&name.split(['.', '_']).map(capital).collect::<String>()),
        "tags": [family.name()],
        "summary": event.about.trim_end_matches('.'),
        "parameters": [
            header("webhook-id", "This event. One that comes twice has the same."),
            header("webhook-timestamp", "When this attempt was made, in seconds since 1970."),
            header(
                "webhook-signature",
                "`v1,` and the HMAC-SHA256 of `<id>.<timestamp>.<body>` in base64; more than one, with spaces \
                 between, for a day after the secret was rotated.",
            ),
        ],
        "requestBody": { "required": true, "content": { "application/json": media_type(schema, event.examples) } },
        "responses": {
            "2XX": { "description": "It was taken. After any other answer, or none, it is sent again." },
        },
    })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
