//! The operator's gateway for text messages, by HTTP in the shape of Twilio's API
//! (<https://www.twilio.com/docs/messaging/api/message-resource>), which others offer too.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded::Serializer;
use vestibule_protocol::date::Timestamp;

use super::{CannotNotify, Problem, Unsent};
use crate::webhook::post::{Parcel, Post};
use crate::webhook::reach::Reach;
use crate::webhook::target::Target;

/// What names of a messaging service begin with, which has senders of its own.
const SERVICE: &str = "MG";

/// The operator's gateway.
pub(super) struct Gateway {
    target: Target,
    authorization: HeaderValue,
    from: String,
    post: Post,
}

impl Gateway {
    /// The gateway at `url`, which knows the operator by `account` and `token`. `from` is a number in E.164, a
    /// name, or a messaging service.
    ///
    /// # Errors
    /// [`CannotNotify`] says which setting is wrong.
    pub(super) fn new(
        url: &str,
        account: &str,
        token: &str,
        from: &str,
        reach: Reach,
        post: Post,
    ) -> Result<Self, CannotNotify> {
        let target = Target::parse(url, reach).map_err(|_| CannotNotify::Gateway)?;
        if account.is_empty() || account.contains(':') || token.is_empty() {
            return Err(CannotNotify::GatewayKey);
        }
        if from.is_empty() {
            return Err(CannotNotify::Sender);
        }
        let basic = ["Basic ", &STANDARD.encode([account, ":", token].concat())].concat();
        let mut authorization = HeaderValue::try_from(basic).map_err(|_| CannotNotify::GatewayKey)?;
        authorization.set_sensitive(true);
        Ok(Self { target, authorization, from: from.into(), post })
    }

    /// Hands a message over to the gateway.
    pub(super) async fn send(&self, to: &str, text: &str, now: Timestamp) -> Result<(), Unsent> {
        let sender = if self.from.starts_with(SERVICE) { "MessagingServiceSid" } else { "From" };
        let body = Serializer::new(String::new())
            .append_pair("To", to)
            .append_pair(sender, &self.from)
            .append_pair("Body", text)
            .finish();
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, self.authorization.clone()),
            (CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded")),
        ]);
        let parcel = Parcel { headers, body: body.into_bytes() };
        let answer = self.post.send(&self.target, parcel, now).await;
        let answer = answer.map_err(|problem| Unsent::yet(Problem::Delivery(problem)))?;
        let problem = Problem::Status(answer.status.as_u16());
        match answer.status {
            status if status.is_success() => Ok(()),
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
                Err(Unsent { asked_seconds: answer.retry_after, ..Unsent::yet(problem) })
            }
            status if status.is_client_error() => Err(Unsent::never(problem)),
            _ => Err(Unsent { asked_seconds: answer.retry_after, ..Unsent::yet(problem) }),
        }
    }
}
