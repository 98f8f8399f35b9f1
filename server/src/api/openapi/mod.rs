//! What is published of the calls: OpenAPI 3.1, made of the same endpoints and types by which they are
//! answered. `/openapi.json` has them all, `/openapi/<family>.json` those of one family.

mod events;
mod family;
mod operation;
mod path;
pub mod schemas;
mod security;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Map, Value, json};

use self::operation::operation;
use self::schemas::Schemas;
use super::call::{Calls, Description};
use super::error::Family;

/// Serves the documents of these calls, for a server that is reached at `public_url`.
pub fn documents(calls: &[&Calls], public_url: &str) -> Router {
    let described: Vec<(Family, &Description)> = calls
        .iter()
        .map(|calls| calls.described())
        .flat_map(|(family, calls)| calls.iter().map(move |call| (family, call)))
        .collect();
    let mut router = Router::new().route("/openapi.json", served(&document(&described, public_url)));
    for family in Family::ALL {
        let own: Vec<_> = described.iter().copied().filter(|(of, _)| of == family).collect();
        let path = ["/openapi/", family.name(), ".json"].concat();
        router = router.route(&path, served(&document(&own, public_url)));
    }
    router
}

fn served(document: &Value) -> axum::routing::MethodRouter {
    let text = document.to_string();
    get(async move || {
        ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], text.clone())
            .into_response()
    })
}

/// The document of these calls.
fn document(calls: &[(Family, &Description)], public_url: &str) -> Value {
    let families: Vec<Family> =
        Family::ALL.iter().copied().filter(|family| calls.iter().any(|(of, _)| of == family)).collect();
    let tags = families.iter().map(|family| {
        json!({ "name": family.name(), "x-displayName": family.title(), "description": family.about() })
    });
    let title = match families.as_slice() {
        [one] => ["Vestibule: ", one.title()].concat(),
        _ => "Vestibule".into(),
    };
    let mut schemas = Schemas::default();
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": env!("CARGO_PKG_VERSION"),
            "description": include_str!("about.md"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": public_url }],
        "tags": tags.collect::<Vec<_>>(),
        "paths": {},
        "webhooks": {},
        "components": { "securitySchemes": {} },
    });
    for (family, call) in calls {
        let auth = call.auth.unwrap_or(family.auth());
        if let Some(scheme) = auth.scheme() {
            document["components"]["securitySchemes"][scheme] = auth.description();
        }
        let method = call.method.as_str().to_ascii_lowercase();
        document["paths"][call.path][&method] = operation(call, *family, &mut schemas);
    }
    let events: Map<String, Value> =
        families.iter().flat_map(|family| events::webhooks(*family, &mut schemas)).collect();
    document["webhooks"] = events.into();
    schemas.settle(&mut document);
    document
}

#[cfg(test)]
mod tests;
