//! Where the keyboard is.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node, ShadowRoot};

use crate::flow::Flow;

/// Moves the focus to the element of this id within the flow's own tree.
pub fn by_id(flow: Flow, id: &str) {
    let root: Option<Node> = flow.stage().map(|stage| stage.get_root_node());
    let found = match root.as_ref().and_then(|root| root.dyn_ref::<ShadowRoot>()) {
        Some(shadow) => shadow.get_element_by_id(id),
        None => document().get_element_by_id(id),
    };
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
