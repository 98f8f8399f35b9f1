//! Who calls.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use vestibule_protocol::id::ClientId;
use vestibule_protocol::onboarding::{Actor, ActorKind};
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::{ClientAppKey, ClientSecret};

use super::error::Failure;
use crate::app::App;
use crate::digest::Digest;
use crate::store::Tenant;

/// A tenant's backend, by HTTP Basic: the secret key is the user name, the password is empty.
pub struct Backend(pub Tenant);

/// What a backend is called in the audit.
pub fn actor(tenant: &Tenant) -> Actor {
    Actor { kind: ActorKind::SecretKey, id: tenant.secret_key.name(), nth_use: None }
}

/// A client token, by its digest.
pub struct PageToken(pub Digest);

/// A bearer token, by its digest and as it was sent.
pub struct Bearer {
    /// What is looked up.
    pub digest: Digest,
    /// What is given back to who sent it.
    pub text: String,
}

/// The header of a backend's key in the omni family.
pub const API_KEY: &str = "x-api-key";
/// The header of a session's own token there.
pub const OWN_TOKEN: &str = "X-Incode-Hardware-Id";

/// A tenant's backend of the omni family, by its key.
pub struct OmniBackend(pub Tenant);

impl FromRequestParts<Arc<App>> for Backend {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let key = credentials(parts, "basic")
            .and_then(|text| STANDARD.decode(text).ok())
            .and_then(|bytes| bytes.strip_suffix(b":").map(Digest::of))
            .ok_or(Code::InvalidSecretKey)?;
        let tenant = app.store.tenant_of_secret_key(&key).await?.ok_or(Code::InvalidSecretKey)?;
        let tenant = app.tenant(&tenant).await?;
        // Found by an index, which does not compare in constant time: compared once more.
        if tenant.secret_key == key { Ok(Self(tenant)) } else { Err(Code::InvalidSecretKey.into()) }
    }
}

impl FromRequestParts<Arc<App>> for OmniBackend {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let key = parts.headers.get(API_KEY).ok_or(Code::InvalidApiKey)?;
        let key = Digest::of(key.as_bytes());
        let tenant = app.store.tenant_of_api_key(&key).await?.ok_or(Code::InvalidApiKey)?;
        let tenant = app.tenant(&tenant).await?;
        // As above.
        if tenant.api_key == key { Ok(Self(tenant)) } else { Err(Code::InvalidApiKey.into()) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Bearer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let text = credentials(parts, "bearer").ok_or(Code::InvalidToken)?;
        Ok(Self { digest: Digest::of(text.as_bytes()), text: text.into() })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PageToken {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let text = credentials(parts, "bearer").ok_or(Code::InvalidClientToken)?;
        Ok(Self(Digest::of(text.as_bytes())))
    }
}

/// What follows the scheme in the `Authorization` header.
fn credentials<'a>(parts: &'a Parts, scheme: &str) -> Option<&'a str> {
    let (given, rest) = parts.headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

/// The tenant of a web page.
///
/// # Errors
/// [`Failure`] when the client is unknown or the key is not its own.
pub async fn page(app: &App, client: &ClientId, key: &ClientAppKey) -> Result<Tenant, Failure> {
    let tenant = tenant_of(app, client).await?;
    if tenant.app_key == Digest::of_secret(key) { Ok(tenant) } else { Err(Code::InvalidClientAppKey.into()) }
}

/// The tenant of a backend of the steps family.
///
/// # Errors
/// [`Failure`] when the client is unknown or the secret is not its own.
pub async fn backend(app: &App, client: &ClientId, secret: &ClientSecret) -> Result<Tenant, Failure> {
    let tenant = tenant_of(app, client).await?;
    let right = tenant.client_secret == Digest::of_secret(secret);
    if right { Ok(tenant) } else { Err(Code::InvalidClientSecret.into()) }
}

async fn tenant_of(app: &App, client: &ClientId) -> Result<Tenant, Failure> {
    let tenant = app.store.tenant_of_client(client).await?.ok_or(Code::InvalidClientId)?;
    Ok(app.tenant(&tenant).await?)
}
