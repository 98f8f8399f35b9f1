//! The countries by their names in the person's language, which every browser knows.

use js_sys::{Array, JsString, Object, Reflect};
use vestibule_protocol::field::COUNTRIES;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &Array, options: &Object) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

/// Code and name of each country, in the order of the names.
pub fn options() -> Vec<(String, String)> {
    let names = names();
    let name = |code: &str| names.as_ref().and_then(|names| names.of(code).ok().flatten());
    let mut countries: Vec<(String, String)> =
        COUNTRIES.split(' ').map(|code| (code.into(), name(code).unwrap_or_else(|| code.into()))).collect();
    let (locales, usual) = (Array::new(), Object::new());
    countries.sort_by(|(_, one), (_, other)| {
        JsString::from(one.as_str()).locale_compare(other, &locales, &usual).cmp(&0)
    });
    countries
}

/// The name of one country, where the browser knows it.
pub fn name(code: &str) -> Option<String> {
    names()?.of(code).ok().flatten()
}

fn names() -> Option<DisplayNames> {
    let settings = Object::new();
    Reflect::set(&settings, &"type".into(), &"region".into()).ok()?;
    DisplayNames::new(&Array::new(), &settings).ok()
}
