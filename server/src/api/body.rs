//! The body of a call: JSON, whatever the content type says.
//!
//! The documents' own examples send JSON with curl's default type, `application/x-www-form-urlencoded`.

use axum::extract::{FromRequest, Request};
use futures_util::StreamExt;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use vestibule_protocol::problem::Code;

use super::error::Failure;
use super::json;

/// The largest body of a call, in bytes; uploads have limits of their own.
pub const MOST_BYTES: usize = 256 * 1024;

/// What is read of a larger one before it is refused: an answer that comes before its request is over
/// is lost in many clients.
const PATIENCE: usize = 16 * 1024 * 1024;

/// A body that was read.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + JsonSchema, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        let mut pieces = request.into_body().into_data_stream();
        let mut text = Vec::new();
        let mut length = 0;
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|_| Code::InvalidBody)?;
            length += piece.len();
            if length <= MOST_BYTES {
                text.extend_from_slice(&piece);
            } else if length > PATIENCE {
                break;
            }
        }
        if length > MOST_BYTES {
            return Err(Code::BodyTooLarge.into());
        }
        json::read(&text).map(Body)
    }
}
