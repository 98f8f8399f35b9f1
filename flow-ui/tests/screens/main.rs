//! Every screen in a real browser, drawn from the recorded answers of the real server and looked at as
//! a person does: by headings, labels, buttons, and what is announced.

#![cfg(target_arch = "wasm32")]

/// The recorded answer of a screen state.
macro_rules! answer {
    ($state:literal) => {
        include_str!(concat!("../../../tests/fixtures/steps/", $state, ".json"))
    };
}

mod client;
mod consent;
mod document;
mod ends;
mod form;
mod identify;
mod late;
mod leaving;
mod login;
mod login_methods;
mod network;
mod note;
mod owners;
mod passkey;
mod photo;
mod review;
mod script;
mod sending;
mod sight;
mod stage;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
