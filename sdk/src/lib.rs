//! What a web page imports: one function that mounts a flow, and the handle that removes it.

use vestibule_flow_ui::Mounted;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// A flow in a page.
#[wasm_bindgen]
pub struct Flow(Option<Mounted>);

#[wasm_bindgen]
impl Flow {
    /// Removes the flow and everything that it began.
    pub fn destroy(&mut self) {
        self.0 = None;
    }
}

/// Mounts a flow in `stage`; `options` are those of [`vestibule_flow_ui::mount`].
///
/// # Errors
/// A JavaScript `Error` with a sentence when the options lack something.
#[wasm_bindgen]
pub fn mount(stage: HtmlElement, options: &JsValue) -> Result<Flow, JsError> {
    vestibule_flow_ui::mount(stage, options).map(|mounted| Flow(Some(mounted))).map_err(JsError::new)
}
