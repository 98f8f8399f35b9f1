//! JavaScript objects by key, for what `web-sys` does not know or counts as unstable.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A property; `undefined` where there is none.
pub fn get(target: &JsValue, key: &str) -> JsValue {
    Reflect::get(target, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// An object of these properties.
pub fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new().into();
    for (key, value) in properties {
        // Fails on frozen objects only, and this one is ours.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object
}

/// Calls a method. `None` where there is no such method, or when it threw.
pub fn call(target: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = get(target, method).dyn_into().ok()?;
    Reflect::apply(&method, target, &arguments.iter().collect::<Array>()).ok()
}

/// Waits for what such a call promised. `None` where it cannot be called or was rejected.
pub async fn promised(answer: Option<JsValue>) -> Option<JsValue> {
    let promise: Promise = answer?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

/// Gives what was promised to `end` although nobody waits for it any more, so that a thing which
/// arrives too late is put away. A rejection has nothing to put away.
pub fn afterwards(promise: Promise, end: impl FnOnce(JsValue) + 'static) {
    spawn_local(async move {
        if let Ok(value) = JsFuture::from(promise).await {
            end(value);
        }
    });
}
