//! The Omni API: what other backends speak.
//!
//! A backend calls with its API key and names the session by its `interviewId`, or by the session's own
//! token. Under `/0` the token alone is enough, for that session and nothing else.

mod finish;
mod images;
mod interview;
mod list;
mod ocr;
mod score;
mod start;
mod status;
mod url;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use vestibule_protocol::endpoint::{
    ListInterviews, PostFinishStatus, PostOwnFinishStatus, ReadFinishStatus, ReadImages, ReadInterviewStatus,
    ReadOcrData, ReadOnboardingUrl, ReadOwnFinishStatus, ReadOwnImages, ReadOwnInterviewStatus,
    ReadOwnOcrData, ReadOwnOnboardingUrl, ReadOwnScore, ReadScore, StartInterview,
};
use vestibule_protocol::problem::Code;

use self::interview::OfInterview;
use self::list::OfCustomer;
use super::call::{Auth, Call, Calls};
use super::error::{Failure, Family};
use crate::app::App;

/// The header by which a caller says which version they mean, and the one that there is.
pub(super) const VERSION: (&str, &str) = ("api-version", "1.0");

/// Its calls.
pub fn calls() -> Calls {
    let by_key = |call: Call| call.query::<OfInterview>().refuses(OF_ONE);
    let by_token = |call: Call| call.auth(Auth::OwnToken);
    Calls::of(Family::Omni)
        .with(Call::new(StartInterview, start::start).refuses(&[
            Code::InvalidConfigurationId,
            Code::InvalidInterviewId,
            Code::InvalidCustomerId,
            Code::SessionExpired,
            Code::LoginUnavailable,
        ]))
        .with(
            Call::new(ListInterviews, list::list)
                .query::<OfCustomer>()
                .refuses(&[Code::MissingFields, Code::InvalidCustomerId]),
        )
        .with(by_key(Call::new(ReadOnboardingUrl, url::read)).refuses(OF_URL))
        .with(by_key(Call::new(ReadInterviewStatus, status::read)))
        .with(by_key(Call::new(ReadFinishStatus, finish::read)))
        .with(by_key(Call::new(PostFinishStatus, finish::post)))
        .with(by_key(Call::new(ReadScore, score::read)))
        .with(by_key(Call::new(ReadOcrData, ocr::read)))
        .with(by_key(Call::new(ReadImages, images::read)))
        .with(by_token(Call::new(ReadOwnOnboardingUrl, url::read)))
        .with(by_token(Call::new(ReadOwnInterviewStatus, status::read)))
        .with(by_token(Call::new(ReadOwnFinishStatus, finish::read)))
        .with(by_token(Call::new(PostOwnFinishStatus, finish::post)))
        .with(by_token(Call::new(ReadOwnScore, score::read)))
        .with(by_token(Call::new(ReadOwnOcrData, ocr::read)))
        .with(by_token(Call::new(ReadOwnImages, images::read)))
}

const OF_ONE: &[Code] = &[Code::MissingFields, Code::InvalidInterviewId, Code::InvalidToken];
const OF_URL: &[Code] =
    &[Code::MissingFields, Code::InvalidInterviewId, Code::InvalidToken, Code::SessionExpired];

/// Where its calls lead, for whoever says which version they mean.
pub fn router(calls: &Calls) -> Router<Arc<App>> {
    calls.router().layer(from_fn(versioned))
}

async fn versioned(request: Request, next: Next) -> Response {
    let (header, version) = VERSION;
    if request.headers().get(header).is_some_and(|said| said == version) {
        next.run(request).await
    } else {
        Failure::from(Code::InvalidApiVersion).into_response()
    }
}
