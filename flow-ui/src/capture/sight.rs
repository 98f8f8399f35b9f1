//! The sight: what a worker sees in the frames of the camera, and reads there. The worker, the way to it and
//! what it draws over the picture are JavaScript that is loaded when a camera is near (`sdk/npm/src/sight/`).

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, Node};

use super::js;
use super::picture::Picture;

/// Frames are looked at until this is dropped.
pub struct Looking {
    stop: Option<JsValue>,
    _take: Closure<dyn FnMut(JsValue)>,
}

/// What was read of a document. It stays in the page: to be confirmed, and to fill forms.
#[derive(Clone)]
pub struct Reading(JsValue);

impl Looking {
    /// Looks with `sight` at what the video on this stage shows: `wanted` says what is looked for. `take` gets
    /// the picture, once.
    pub fn begin(
        sight: &JsValue,
        stage: &HtmlElement,
        wanted: JsValue,
        mut take: impl FnMut(Picture) + 'static,
    ) -> Self {
        let take = Closure::<dyn FnMut(JsValue)>::new(move |taken| {
            if let Some(picture) = read(&taken) {
                take(picture);
            }
        });
        let stop = js::call(sight, "watch", &[stage.into(), wanted, take.as_ref().clone()]);
        Self { stop, _take: take }
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take().and_then(|stop| stop.dyn_into::<Function>().ok()) {
            let _ = stop.call0(&JsValue::UNDEFINED);
        }
    }
}

fn read(taken: &JsValue) -> Option<Picture> {
    let number = |key| js::get(taken, key).as_f64().unwrap_or_default() as u32;
    Some(Picture {
        blob: js::get(taken, "blob").dyn_into().ok()?,
        width: number("width"),
        height: number("height"),
        reading: Reading::of(taken),
    })
}

impl Reading {
    /// What was read in a picture that was taken, or in what a video showed until now.
    pub fn of(holder: &JsValue) -> Option<Self> {
        let reading = js::get(holder, "reading");
        reading.is_object().then_some(Self(reading))
    }

    /// What of it is shown, in lines.
    pub fn lines(&self) -> Option<Node> {
        js::call(&self.0, "lines", &[])?.dyn_into().ok()
    }

    /// The person says that it is right. From now on it is offered to forms.
    pub fn confirm(&self) {
        js::call(&self.0, "confirm", &[]);
    }
}
