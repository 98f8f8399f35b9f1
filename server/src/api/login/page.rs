//! The page from which a browser calls.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, ORIGIN};
use axum::http::request::Parts;
use url::Url;

use crate::api::cors::is_allowed;
use crate::app::App;
use crate::passkey::RelyingParty;

/// The page from which a browser calls.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What passkeys are bound to there. `None` where browsers have none, and for pages that may not call.
    pub party: Option<RelyingParty>,
    /// Its host, where it may call.
    pub host: Option<String>,
    /// The language that the person wants most, as the browser writes it.
    pub language: Option<String>,
}

impl FromRequestParts<Arc<App>> for Page {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let origin = header(ORIGIN).filter(|origin| is_allowed(&app.allowed_origins, origin));
        let wanted = header(ACCEPT_LANGUAGE).and_then(|languages| languages.split([',', ';']).next());
        let language = wanted.map(str::trim).filter(|language| (2..=35).contains(&language.len()));
        let host = origin.and_then(|origin| Some(Url::parse(origin).ok()?.host_str()?.to_owned()));
        Ok(Self { party: origin.and_then(RelyingParty::of), host, language: language.map(str::to_owned) })
    }
}
