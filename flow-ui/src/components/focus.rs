//! Where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, ShadowRoot};

use crate::flow::Flow;

/// Moves the focus to the element of this id within the flow's own tree.
pub fn by_id(flow: Flow, id: &str) {
    if let Some(element) = find(flow, id) {
        let _ = element.focus();
    }
}

fn find(flow: Flow, id: &str) -> Option<HtmlElement> {
    let root = flow.stage().get_root_node();
    let found = match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.get_element_by_id(id),
        None => root.dyn_ref::<Document>()?.get_element_by_id(id),
    };
    found?.dyn_into().ok()
}
