//! One page: where one is, a heading, a body, and the actions within the thumb's reach.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use vestibule_protocol::message::Message;
use web_sys::FocusOptions;

use super::notice::notice;
use crate::flow::Flow;

/// What a page shows.
pub struct Page {
    /// Its heading.
    pub title: String,
    /// A sentence under the heading.
    pub lead: Option<String>,
    /// The body.
    pub body: AnyView,
    /// The actions, the primary one first.
    pub actions: AnyView,
}

/// Draws a page. `submit` runs when the person presses Enter or the submitting button.
pub fn page(flow: Flow, page: Page, submit: impl Fn() + 'static) -> AnyView {
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        submit();
    };
    view! {
        <form class="page" novalidate on:submit=on_submit>
            {progress(flow)}
            <div class="body">
                {heading(page.title)}
                {page.lead.map(|lead| view! { <p class="lead">{lead}</p> })}
                {page.body}
            </div>
            <div class="actions">
                {notice(flow)}
                {page.actions}
            </div>
        </form>
    }
    .into_any()
}

/// A heading that takes the focus when its screen appears, so that a screen reader says where one
/// is and the keyboard begins there. The host page does not scroll for it.
pub fn heading(title: String) -> AnyView {
    let node = NodeRef::<html::H1>::new();
    node.on_load(|heading| {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    });
    view! { <h1 tabindex="-1" node_ref=node>{title}</h1> }.into_any()
}

/// The thin line of progress, and the same in words.
fn progress(flow: Flow) -> Option<AnyView> {
    let (position, total) = flow.with_walk(|walk| (walk.step().position, walk.step().total))?;
    let words = flow.filled(
        Message::StepOf,
        &[("position", &position.to_string()), ("total", &total.to_string())],
    );
    let width = [&(u32::from(position) * 100 / u32::from(total.max(1))).to_string(), "%"].concat();
    Some(
        view! {
            <div class="progress">
                <p>{words}</p>
                <div class="track"><div class="fill" style:width=width></div></div>
            </div>
        }
        .into_any(),
    )
}
