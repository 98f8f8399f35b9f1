//! The operator's provider, by HTTP: what is asked is signed as webhooks are, and so is the answer.

use async_trait::async_trait;
use axum::http::{HeaderName, StatusCode};
use thiserror::Error;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::provider::ProviderAnswer;
use vestibule_protocol::secret::WebhookSecret;

use super::{Inquiry, NoAnswer, Problem, Provider};
use crate::engine::provided::Judgement;
use crate::webhook::post::{Parcel, Post, Reply};
use crate::webhook::reach::Reach;
use crate::webhook::sign::{can_sign, headers, is_signed};
use crate::webhook::target::Target;

/// More than any answer needs.
const MOST_BODY_BYTES: usize = 64 * 1024;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A provider that is asked by HTTP.
pub struct HttpProvider {
    target: Target,
    secret: WebhookSecret,
    post: Post,
}

/// Why no provider can be asked so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoProvider {
    /// The address is none.
    #[error(
        "provider_url is no address that can be asked: https and public, or http and private too with provider_private_target"
    )]
    Address,
    /// The secret is none, or too short.
    #[error("provider_secret is no secret: whsec_ and at least 24 bytes in base64")]
    Secret,
}

impl HttpProvider {
    /// The provider at `url`. Both sides sign with `secret`.
    ///
    /// # Errors
    /// [`NoProvider`].
    pub fn new(url: &str, secret: WebhookSecret, reach: Reach, post: Post) -> Result<Self, NoProvider> {
        let target = Target::parse(url, reach).map_err(|_| NoProvider::Address)?;
        if can_sign(&secret) { Ok(Self { target, secret, post }) } else { Err(NoProvider::Secret) }
    }

    fn read(&self, inquiry: &Inquiry, reply: Reply) -> Result<Judgement, Problem> {
        let request = &inquiry.request;
        if reply.answer.status != StatusCode::OK {
            return Err(Problem::Status(reply.answer.status.as_u16()));
        }
        let body = reply.body.ok_or(Problem::TooLong)?;
        if !is_signed(&reply.headers, &self.secret, request.request_id.as_str(), &body) {
            return Err(Problem::Unsigned);
        }
        let answer: ProviderAnswer = serde_json::from_slice(&body).map_err(|_| Problem::NoAnswer)?;
        if answer.request_id != request.request_id || answer.check != request.check {
            return Err(Problem::NoAnswer);
        }
        Ok(Judgement { verdict: answer.verdict, score: answer.score })
    }
}

#[async_trait]
impl Provider for HttpProvider {
    async fn ask(&self, inquiry: &Inquiry, at: Timestamp) -> Result<Judgement, NoAnswer> {
        let alone = |problem| NoAnswer { problem, come_again: None };
        let body = serde_json::to_vec(&inquiry.request).map_err(|_| alone(Problem::NoAnswer))?;
        let id = inquiry.request.request_id.as_str();
        let mut headers = headers([&self.secret].into_iter(), id, at, &body);
        headers.insert(IDEMPOTENCY_KEY, id.parse().map_err(|_| alone(Problem::NoAnswer))?);
        let reply = self.post.ask(&self.target, Parcel { headers, body }, at, MOST_BODY_BYTES).await;
        let reply = reply.map_err(|problem| alone(Problem::Unreachable(problem)))?;
        let come_again = reply.answer.retry_after;
        self.read(inquiry, reply).map_err(|problem| NoAnswer { problem, come_again })
    }
}
