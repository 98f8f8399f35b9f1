//! One page: where one is, a heading, a body, and the actions within the thumb's reach.

use vestibule_protocol::message::Message;
use web_sys::FocusOptions;

use super::note::{self, note};
use super::notice::notice;
use crate::flow::Flow;
use crate::view::{El, View, el};

/// What a page shows.
pub struct Page {
    /// Its heading.
    pub title: String,
    /// A sentence under the heading.
    pub lead: Option<String>,
    /// The body.
    pub body: Vec<View>,
    /// The actions, the primary one first.
    pub actions: Vec<View>,
}

/// Draws a page. `submit` runs when the person presses Enter or the submitting button.
pub fn page(flow: Flow, page: Page, submit: impl Fn() + 'static) -> View {
    draw(flow, page, Box::new(submit))
}

fn draw(flow: Flow, page: Page, submit: Box<dyn Fn()>) -> View {
    let lead = page.lead.map(|lead| el("p").class("lead").text(lead).draw());
    el("form")
        .class("page")
        .set("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .children(progress(flow))
        .children(note(flow))
        .child(el("div").class("body").child(described(flow, page.title)).children(lead).children(page.body))
        .child(el("div").class("actions").child(notice(flow)).children(page.actions))
        .draw()
}

/// A heading that takes the focus when its screen appears, so that a screen reader says where one
/// is and the keyboard begins there. The host page does not scroll for it.
pub fn heading(title: String) -> El {
    el("h1").set("tabindex", "-1").text(title).with(|heading| {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    })
}

/// The heading of a page. On the first one it leads to the note above it, which the keyboard passes over.
fn described(flow: Flow, title: String) -> El {
    match flow.is_first_screen() && flow.note().is_some() {
        true => heading(title).set("aria-describedby", note::ID),
        false => heading(title),
    }
}

/// A percentage as the width of an element.
pub fn widen(element: &web_sys::HtmlElement, percent: u32) {
    let _ = element.style().set_property("width", &[&percent.to_string(), "%"].concat());
}

/// The thin line of progress, and the same in words, where there is more than one step.
pub fn progress(flow: Flow) -> Option<View> {
    let (position, total) = flow.with_walk(|walk| (walk.step().position, walk.step().total))?;
    if total < 2 {
        return None;
    }
    let words =
        flow.filled(Message::StepOf, &[("position", &position.to_string()), ("total", &total.to_string())]);
    let percent = u32::from(position) * 100 / u32::from(total.max(1));
    let fill = el("div").class("fill").with(move |fill| widen(fill, percent));
    Some(
        el("div")
            .class("progress")
            .child(el("p").text(words))
            .child(el("div").class("track").child(fill))
            .draw(),
    )
}
