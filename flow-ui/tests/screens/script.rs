//! A transport that follows a script, and notes what went over it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use vestibule_flow_ui::client::{Answer, Body, Lost, Request, Tell, Transport};

/// What is to be answered, and what was asked.
#[derive(Default)]
pub struct Script {
    answers: RefCell<VecDeque<Result<Answer, Lost>>>,
    pub sent: RefCell<Vec<String>>,
    pub pauses: RefCell<Vec<u32>>,
    pub offline: Cell<bool>,
}

impl Script {
    /// The next request is lost.
    pub fn loses(self) -> Self {
        self.answers.borrow_mut().push_back(Err(Lost));
        self
    }

    /// The next request is answered so.
    pub fn answers(self, status: u16, text: &str) -> Self {
        self.answers_later(status, text, None)
    }

    /// The next request is answered so, with `Retry-After`.
    pub fn answers_later(self, status: u16, text: &str, retry_after: Option<u32>) -> Self {
        self.answers.borrow_mut().push_back(Ok(Answer { status, retry_after, text: text.into() }));
        self
    }
}

/// The line on which a script is played.
pub struct Line(pub Rc<Script>);

impl Transport for Line {
    async fn send(&self, request: &Request<'_>, _: &Tell) -> Result<Answer, Lost> {
        let body = match &request.body {
            Body::Json(text) => text.clone(),
            Body::File { nonce, name, file } => format!("{name} of {} bytes with {nonce}", file.size()),
        };
        let bearer = request.bearer.map(|token| format!(" as {token}")).unwrap_or_default();
        let (method, url) = (request.method.as_str(), &request.url);
        self.0.sent.borrow_mut().push(format!("{method} {url}{bearer} {body}"));
        self.0.answers.borrow_mut().pop_front().unwrap_or(Err(Lost))
    }

    async fn pause(&self, millis: u32) {
        self.0.pauses.borrow_mut().push(millis);
    }

    fn jitter(&self) -> f64 {
        1.0
    }

    fn is_offline(&self) -> bool {
        self.0.offline.get()
    }
}
