//! Streams of a camera: asking for one, and giving it back in every case.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack};

use super::camera::Facing;
use super::{failure, js};

/// A stream whose camera is on until this is dropped.
pub(super) struct Stream(MediaStream);

impl Stream {
    /// A camera of the wished side, or any: every request wishes for less than the one before.
    ///
    /// # Errors
    /// The exception of the last request.
    pub(super) async fn of_side(devices: &MediaDevices, facing: Facing) -> Result<Self, JsValue> {
        let side = || JsValue::from(facing.mode());
        let exactly = || js::object(&[("exact", side())]);
        for wish in [
            js::object(&[("facingMode", exactly()), ("width", ideal(1920)), ("height", ideal(1080))]),
            // Some devices promise a size and then do not start with it.
            js::object(&[("facingMode", exactly())]),
            js::object(&[("facingMode", side()), ("width", ideal(1920)), ("height", ideal(1080))]),
        ] {
            match Self::request(devices, &wish).await {
                Err(exception) if failure::may_ask_for_less(&exception) => {}
                outcome => return outcome,
            }
        }
        Self::request(devices, &JsValue::TRUE).await
    }

    /// The camera with this device id.
    ///
    /// # Errors
    /// The exception.
    pub(super) async fn of_lens(devices: &MediaDevices, id: &str) -> Result<Self, JsValue> {
        let exactly = js::object(&[("exact", id.into())]);
        let wish = js::object(&[("deviceId", exactly), ("width", ideal(1920)), ("height", ideal(1080))]);
        Self::request(devices, &wish).await
    }

    /// Asks once, for a picture and never for sound. As long as the browser asks the person, so
    /// long this waits.
    async fn request(devices: &MediaDevices, video: &JsValue) -> Result<Self, JsValue> {
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(video);
        let promise: Promise = devices.get_user_media_with_constraints(&constraints)?.unchecked_into();
        let mut request = Request(Some(promise.clone()));
        let outcome = JsFuture::from(promise).await;
        request.0 = None;
        outcome.map(|stream| Self(stream.unchecked_into()))
    }

    /// What a video element plays.
    pub(super) fn media(&self) -> MediaStream {
        // Another handle of the same stream. `self.0.clone()` would be the browser's own method,
        // which makes a second stream whose camera nobody would turn off.
        Clone::clone(&self.0)
    }

    /// Its picture.
    pub(super) fn track(&self) -> Option<MediaStreamTrack> {
        self.0.get_video_tracks().get(0).dyn_into().ok()
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            let track: MediaStreamTrack = track.unchecked_into();
            track.set_onended(None);
            track.set_onmute(None);
            track.set_onunmute(None);
            track.stop();
        }
    }
}

/// A request under way. When whoever waits for it is dropped, the stream is stopped as it arrives.
struct Request(Option<Promise>);

impl Drop for Request {
    fn drop(&mut self) {
        if let Some(promise) = self.0.take() {
            js::afterwards(promise, |stream| drop(Stream(stream.unchecked_into())));
        }
    }
}

fn ideal(pixels: u32) -> JsValue {
    js::object(&[("ideal", pixels.into())])
}
