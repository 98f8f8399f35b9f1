//! The screen stays lit while a picture is taken: nobody touches it while holding a document.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Document;

use super::js;

/// Keeps the screen lit until it is dropped; does nothing where the browser cannot.
pub struct WakeLock {
    document: Document,
    lock: Rc<RefCell<Lock>>,
    returned: Closure<dyn FnMut()>,
}

enum Lock {
    /// Held, or asked for (`undefined` until it is granted).
    Wanted(JsValue),
    /// To be released as soon as it is granted.
    Unwanted,
}

impl WakeLock {
    /// Asks for it. `None` outside of a page.
    pub fn hold() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let lock = Rc::new(RefCell::new(Lock::Wanted(JsValue::UNDEFINED)));
        request(&lock);
        // The browser takes it back when the page is hidden: it is asked for again on return.
        let returned = Closure::<dyn FnMut()>::new({
            let (document, lock) = (document.clone(), lock.clone());
            move || {
                if !document.hidden() {
                    request(&lock);
                }
            }
        });
        let listener = returned.as_ref().unchecked_ref();
        document.add_event_listener_with_callback("visibilitychange", listener).ok()?;
        Some(Self { document, lock, returned })
    }
}

impl Drop for WakeLock {
    fn drop(&mut self) {
        let listener = self.returned.as_ref().unchecked_ref();
        let _ = self.document.remove_event_listener_with_callback("visibilitychange", listener);
        if let Lock::Wanted(sentinel) = self.lock.replace(Lock::Unwanted) {
            release(&sentinel);
        }
    }
}

fn request(lock: &Rc<RefCell<Lock>>) {
    let Some(window) = web_sys::window() else { return };
    let wake_lock = js::get(&window.navigator(), "wakeLock");
    let Some(granted) = js::call(&wake_lock, "request", &["screen".into()]) else { return };
    let lock = lock.clone();
    js::afterwards(Promise::resolve(&granted), move |sentinel| match &mut *lock.borrow_mut() {
        // Where two were granted, one is enough.
        Lock::Wanted(held) => release(&std::mem::replace(held, sentinel)),
        Lock::Unwanted => release(&sentinel),
    });
}

fn release(sentinel: &JsValue) {
    if let Some(released) = js::call(sentinel, "release", &[]) {
        js::afterwards(Promise::resolve(&released), |_| {});
    }
}
