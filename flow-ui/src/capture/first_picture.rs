//! The wait for a video's first picture, which may never come.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlVideoElement, Window};

/// A stream that has shown nothing for so many milliseconds shows nothing.
const LONGEST_WAIT: i32 = 10_000;

/// There is a picture; or the stream was taken from the element.
const EVENTS: [&str; 2] = ["loadeddata", "emptied"];

/// A wait for a video's first picture; its listeners and its timer go with it.
pub(super) struct FirstPicture<'a> {
    window: &'a Window,
    video: &'a HtmlVideoElement,
    wake: Function,
    timer: i32,
}

impl<'a> FirstPicture<'a> {
    /// Waits until something happened to the video, or until `played` is settled; `Ok(true)` when
    /// nothing did in time.
    ///
    /// # Errors
    /// The exception of `played`.
    pub(super) async fn wait(
        window: &'a Window,
        video: &'a HtmlVideoElement,
        played: Option<Promise>,
    ) -> Result<bool, JsValue> {
        let mut waiting = None;
        let woken = Promise::new(&mut |wake, _| {
            for event in EVENTS {
                let _ = video.add_event_listener_with_callback(event, &wake);
            }
            let too_late = JsValue::TRUE;
            let timer =
                window.set_timeout_with_callback_and_timeout_and_arguments_1(&wake, LONGEST_WAIT, &too_late);
            waiting = Some(FirstPicture { window, video, wake, timer: timer.unwrap_or_default() });
        });
        let first = match played {
            Some(played) => Promise::race(&Array::of2(&woken, &played)),
            None => woken,
        };
        let outcome = JsFuture::from(first).await;
        drop(waiting);
        outcome.map(|value| value == JsValue::TRUE)
    }
}

impl Drop for FirstPicture<'_> {
    fn drop(&mut self) {
        self.window.clear_timeout_with_handle(self.timer);
        for event in EVENTS {
            let _ = self.video.remove_event_listener_with_callback(event, &self.wake);
        }
    }
}
