//! Names in paths. One that cannot be anything's name is answered as one that is nobody's: 404.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use vestibule_protocol::id::{
    BusinessId, CredentialsId, DeliveryId, EndpointId, SessionId, SkillName, StepId, UserId,
};
use vestibule_protocol::problem::Code;

use super::error::Failure;

/// The one parameter of a path.
pub struct Named<T>(pub T);

/// The two parameters of a path.
pub struct NamedTwice<T, U>(pub T, pub U);

/// What stands in paths.
pub trait InPath: FromStr {
    /// The code where there is none of this name.
    const MISSING: Code;
}

impl InPath for SessionId {
    const MISSING: Code = Code::InvalidSessionId;
}

impl InPath for SkillName {
    const MISSING: Code = Code::InvalidSkillName;
}

impl InPath for StepId {
    const MISSING: Code = Code::NotFound;
}

impl InPath for CredentialsId {
    const MISSING: Code = Code::NotFound;
}

impl InPath for UserId {
    const MISSING: Code = Code::NotFound;
}

impl InPath for BusinessId {
    const MISSING: Code = Code::NotFound;
}

impl InPath for EndpointId {
    const MISSING: Code = Code::NotFound;
}

impl InPath for DeliveryId {
    const MISSING: Code = Code::NotFound;
}

impl<T: InPath, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let text = Path::<String>::from_request_parts(parts, state).await.map_err(|_| T::MISSING)?;
        text.parse().map(Named).map_err(|_| T::MISSING.into())
    }
}

impl<T: InPath, U: InPath, S: Send + Sync> FromRequestParts<S> for NamedTwice<T, U> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let names = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((one, other)) = names.map_err(|_| T::MISSING)?;
        Ok(Self(one.parse().map_err(|_| T::MISSING)?, other.parse().map_err(|_| U::MISSING)?))
    }
}
