//! Typed calls to the server: each is an [`Endpoint`], sent until it is answered or given up.
//!
//! A repeated call carries the same nonce and the same body, so that a lost answer harms nothing.

pub mod browser;
pub mod read;
pub mod retry;
mod write;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use vestibule_protocol::endpoint::{self, Endpoint, Method};
use vestibule_protocol::id::{SessionId, StepId, StepName};
use vestibule_protocol::problem::{Code, StepsError};
use vestibule_protocol::secret::{LoginToken, Nonce, Reveal, SessionToken};
use vestibule_protocol::session::{OpenSession, Progress, SessionAnswer, StepAnswer, SubmitStep};
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::{UploadAnswer, UploadName};

use crate::machine::{Pace, Trouble};

/// Who hears how sending goes.
pub type Tell = Rc<dyn Fn(Pace)>;

/// How requests leave. The browser is one way; a test's script is another.
pub trait Transport {
    /// Sends once and gives the answer. `pace` hears how much of a file has left.
    ///
    /// # Errors
    /// [`Lost`] when no answer came.
    fn send(&self, request: &Request<'_>, pace: &Tell) -> impl Future<Output = Result<Answer, Lost>>;

    /// Waits so many milliseconds, or until the connection is back.
    fn pause(&self, millis: u32) -> impl Future<Output = ()>;

    /// A number between 0 and 1 that differs from person to person.
    fn jitter(&self) -> f64;

    /// Whether the browser knows that there is no connection.
    fn is_offline(&self) -> bool;
}

/// One request.
pub struct Request<'a> {
    /// Its method.
    pub method: Method,
    /// Its whole address.
    pub url: String,
    /// What authorises it, beyond the nonce.
    pub bearer: Option<&'a str>,
    /// What it carries.
    pub body: Body<'a>,
}

/// What a request carries.
pub enum Body<'a> {
    /// JSON.
    Json(String),
    /// One file of a step, as `multipart/form-data`.
    File {
        /// The nonce of the step's submission.
        nonce: &'a str,
        /// Which file.
        name: &'a str,
        /// The file.
        file: &'a web_sys::Blob,
    },
}

/// An answer, whatever its status.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
    /// The body.
    pub text: String,
}

/// No answer came: no connection, or none in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

/// The calls of one session.
pub struct Client<T> {
    transport: T,
    server: String,
    session: SessionId,
    token: SessionToken,
    login: RefCell<Option<LoginToken>>,
}

impl<T: Transport> Client<T> {
    /// The calls of `session` at `server` (an origin without a trailing slash). `login` is what this browser
    /// got when somebody logged in with it before.
    pub fn new(
        transport: T,
        server: String,
        session: SessionId,
        token: SessionToken,
        login: Option<LoginToken>,
    ) -> Self {
        Self { transport, server, session, token, login: RefCell::new(login) }
    }

    /// What this browser has got by logging in.
    pub fn login(&self) -> Option<LoginToken> {
        self.login.borrow().clone()
    }

    /// The server's address, without a trailing slash.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Waits so many milliseconds, or until the connection is back.
    pub async fn pause(&self, millis: u32) {
        self.transport.pause(millis).await;
    }

    /// Opens the session again.
    ///
    /// # Errors
    /// [`Trouble`] as for every call: refused, or no answer.
    pub async fn open(&self, pace: &Tell) -> Result<Progress, Trouble> {
        let url = [&self.server, endpoint::OpenSession::PATH].concat();
        let body = Body::Json(json(&OpenSession { login_token: self.login() })?);
        let request = Request { method: Method::Post, url, bearer: Some(self.token.reveal()), body };
        let answer: SessionAnswer = self.call(request, pace).await?;
        answer.into_progress().ok_or_else(incomprehensible)
    }

    /// Submits a step.
    ///
    /// # Errors
    /// [`Trouble`] as for every call.
    pub async fn submit(
        &self,
        nonce: Nonce,
        step: StepName,
        data: Data,
        pace: &Tell,
    ) -> Result<Progress, Trouble> {
        let url = [&self.server, &*endpoint::SubmitStep::path(&[self.session.as_str()])].concat();
        let submission = SubmitStep { client_id: None, nonce, skill: None, step, data };
        let body = Body::Json(json(&submission)?);
        let request = Request { method: Method::Post, url, bearer: None, body };
        let mut answer: StepAnswer = self.call(request, pace).await?;
        if let Some(token) = answer.login_token.take() {
            self.login.replace(Some(token));
        }
        answer.into_progress().ok_or_else(incomprehensible)
    }

    /// Uploads a file.
    ///
    /// # Errors
    /// [`Trouble`] as for every call.
    pub async fn upload(
        &self,
        step: &StepId,
        nonce: &Nonce,
        name: UploadName,
        file: &web_sys::Blob,
        pace: &Tell,
    ) -> Result<UploadAnswer, Trouble> {
        let url = [&self.server, &*endpoint::UploadFile::path(&[step.as_str()])].concat();
        let body = Body::File { nonce: nonce.reveal(), name: name.as_str(), file };
        self.call(Request { method: Method::Post, url, bearer: None, body }, pace).await
    }

    async fn call<R: DeserializeOwned>(&self, request: Request<'_>, pace: &Tell) -> Result<R, Trouble> {
        let answer = self.answer(request, pace).await?;
        let parsed = JSON::parse(&answer.text).map_err(|_| incomprehensible())?;
        if (200..300).contains(&answer.status) {
            read::read(&parsed).map_err(|_| incomprehensible())
        } else {
            Err(read::read::<StepsError>(&parsed).map_or_else(|_| incomprehensible(), refused))
        }
    }

    /// The first answer that will not change by asking again.
    async fn answer(&self, request: Request<'_>, pace: &Tell) -> Result<Answer, Trouble> {
        let mut attempt = 0;
        loop {
            let outcome = self.transport.send(&request, pace).await;
            let retry_after = match &outcome {
                Ok(answer) if !matches!(answer.status, 429 | 500..) => {
                    return outcome.map_err(|_| Trouble::NoAnswer);
                }
                Ok(answer) => answer.retry_after,
                Err(Lost) => None,
            };
            let Some(pause) = retry::pause(attempt, self.transport.jitter(), retry_after) else {
                return outcome.map_err(|_| Trouble::NoAnswer);
            };
            pace(if self.transport.is_offline() { Pace::Offline } else { Pace::Slow });
            self.transport.pause(pause).await;
            attempt += 1;
        }
    }
}

fn refused(error: StepsError) -> Trouble {
    Trouble::Refused { code: error.code, fields: error.fields, support_id: Some(error.id) }
}

/// An answer that is not of our server, such as a proxy's error page.
fn incomprehensible() -> Trouble {
    Trouble::Refused { code: Code::Unavailable, fields: Vec::new(), support_id: None }
}

fn json<B: Serialize>(body: &B) -> Result<String, Trouble> {
    write::write(body).map_err(|_| incomprehensible())
}
