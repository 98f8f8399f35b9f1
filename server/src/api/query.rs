//! The query of a call.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::error::Failure;
use super::json;

/// A query that was read. No query at all is an empty one.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned + JsonSchema, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        json::read_query(form_urlencoded::parse(query.as_bytes()).into_owned()).map(Asked)
    }
}
