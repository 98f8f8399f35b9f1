//! Stands before the browser's `getUserMedia`, to watch it or to refuse.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, MediaStream, MediaStreamTrack};

const METHOD: &str = "getUserMedia";

/// In the browser's place until it is dropped.
pub struct StandIn {
    devices: JsValue,
    answers: Array,
    _method: Closure<dyn FnMut(JsValue) -> JsValue>,
}

impl StandIn {
    /// Gives any camera, whatever is wished.
    pub fn that_gives_any() -> Self {
        let devices = devices();
        let own: Function = Reflect::get(&devices, &METHOD.into()).expect("it asks").unchecked_into();
        let any = Object::new();
        Reflect::set(&any, &"video".into(), &JsValue::TRUE).expect("an object of our own");
        Self::new(move |_| own.call1(&devices, &any).expect("it promises"))
    }

    /// Gives a stream without a single frame: of a canvas that is drawn when asked to, and never
    /// asked.
    pub fn that_gives_nothing_to_see() -> Self {
        Self::new(|_| {
            let document = web_sys::window().and_then(|window| window.document()).expect("a page");
            let canvas = document.create_element("canvas").expect("a canvas");
            let capture: Function =
                Reflect::get(&canvas, &"captureStream".into()).expect("it is filmed").unchecked_into();
            let stream = capture.call1(&canvas, &0.into()).expect("a stream");
            Promise::resolve(&stream).into()
        })
    }

    /// Refuses every request with this exception.
    pub fn that_refuses(name: &'static str, message: &'static str) -> Self {
        Self::new(move |_| {
            let exception = DomException::new_with_message_and_name(message, name);
            Promise::reject(&exception.expect("an exception").into()).into()
        })
    }

    fn new(mut own: impl FnMut(JsValue) -> JsValue + 'static) -> Self {
        let (devices, answers) = (devices(), Array::new());
        let kept = answers.clone();
        let method = Closure::<dyn FnMut(JsValue) -> JsValue>::new(move |wish| {
            let answer = own(wish);
            kept.push(&answer);
            answer
        });
        Reflect::set(&devices, &METHOD.into(), method.as_ref()).expect("it can be replaced");
        Self { devices, answers, _method: method }
    }

    /// How often a camera was asked for.
    pub fn requests(&self) -> u32 {
        self.answers.length()
    }

    /// The tracks of all streams that were given.
    pub async fn tracks(&self) -> Vec<MediaStreamTrack> {
        let mut tracks = Vec::new();
        for answer in self.answers.iter() {
            if let Ok(stream) = JsFuture::from(answer.unchecked_into::<Promise>()).await {
                tracks.extend(
                    stream.unchecked_into::<MediaStream>().get_tracks().iter().map(JsCast::unchecked_into),
                );
            }
        }
        tracks
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        let devices: &Object = self.devices.unchecked_ref();
        Reflect::delete_property(devices, &METHOD.into()).expect("the browser's own is behind it");
    }
}

fn devices() -> JsValue {
    let navigator = web_sys::window().expect("tests run in a page").navigator();
    navigator.media_devices().expect("a browser with cameras").into()
}
