//! The browser as a transport: one `XMLHttpRequest` per try, since `fetch` cannot tell how much of
//! a file has left. A try or a pause that is no longer awaited ends itself.

use std::slice::from_ref;

use js_sys::{Function, Math, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, JsCast};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, ProgressEvent, Window, XmlHttpRequest};

use super::{Answer, Body, Lost, Request, Tell, Transport};
use crate::capture::js;
use crate::machine::Pace;

/// No answer to a small request within this many milliseconds is no answer.
const JSON_TIMEOUT: u32 = 20_000;

/// A photograph may need longer on a bad line.
const FILE_TIMEOUT: u32 = 180_000;

/// Sends with the browser that the page runs in.
pub struct Browser {
    window: Window,
}

impl Browser {
    /// A transport of this window.
    pub fn new(window: Window) -> Self {
        Self { window }
    }
}

impl Transport for Browser {
    async fn send(&self, request: &Request<'_>, pace: &Tell) -> Result<Answer, Lost> {
        let underway = Underway::start(request, pace).map_err(|_| Lost)?;
        let xhr = &underway.xhr;
        let _ = JsFuture::from(underway.end.clone()).await;
        let status = xhr.status().map_err(|_| Lost)?;
        if status == 0 {
            return Err(Lost);
        }
        let header = |name| xhr.get_response_header(name).ok().flatten();
        Ok(Answer {
            status,
            retry_after: header("retry-after").and_then(|seconds| seconds.parse().ok()),
            text: xhr.response_text().ok().flatten().unwrap_or_default(),
        })
    }

    async fn pause(&self, millis: u32) {
        let nap = Nap::start(&self.window, millis);
        let _ = JsFuture::from(nap.end.clone()).await;
    }

    fn jitter(&self) -> f64 {
        Math::random()
    }

    fn is_offline(&self) -> bool {
        !self.window.navigator().on_line()
    }
}

/// A request on its way.
struct Underway {
    xhr: XmlHttpRequest,
    end: Promise,
    _progress: Closure<dyn FnMut(ProgressEvent)>,
}

impl Underway {
    fn start(request: &Request<'_>, pace: &Tell) -> Result<Self, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        xhr.open(request.method.as_str(), &request.url)?;
        if let Some(token) = request.bearer {
            xhr.set_request_header("authorization", &["Bearer ", token].concat())?;
        }
        let end = Promise::new(&mut |resolve, _| xhr.set_onloadend(Some(&resolve)));
        let pace = pace.clone();
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() && event.total() > 0.0 {
                pace(Pace::Moving((event.loaded() / event.total() * 100.0) as u8));
            }
        });
        match &request.body {
            Body::Json(text) => {
                xhr.set_timeout(JSON_TIMEOUT);
                xhr.set_request_header("content-type", "application/json")?;
                xhr.send_with_opt_str(Some(text))?;
            }
            Body::File { nonce, name, file } => {
                xhr.set_timeout(FILE_TIMEOUT);
                xhr.upload()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
                let form = FormData::new()?;
                form.append_with_str("nonce", nonce)?;
                form.append_with_str("name", name)?;
                // A selfie may bring a burst (`sdk/npm/src/sight/burst.js`). The server reads nothing behind the file.
                js::call(file, "addBurst", from_ref(form.as_ref()));
                form.append_with_blob("file", file)?;
                xhr.send_with_opt_form_data(Some(&form))?;
            }
        }
        Ok(Self { xhr, end, _progress: progress })
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        self.xhr.set_onloadend(None);
        let _ = self.xhr.abort();
    }
}

/// A pause that ends with its time or with the connection's return.
struct Nap<'a> {
    window: &'a Window,
    timer: i32,
    wake: Function,
    end: Promise,
}

impl<'a> Nap<'a> {
    fn start(window: &'a Window, millis: u32) -> Self {
        let mut wake = None;
        let end = Promise::new(&mut |resolve, _| wake = Some(resolve));
        let wake = wake.expect("a promise calls its executor at once");
        let _ = window.add_event_listener_with_callback("online", &wake);
        let timer = window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&wake, millis as i32)
            .unwrap_or_default();
        Self { window, timer, wake, end }
    }
}

impl Drop for Nap<'_> {
    fn drop(&mut self) {
        self.window.clear_timeout_with_handle(self.timer);
        let _ = self.window.remove_event_listener_with_callback("online", &self.wake);
    }
}
