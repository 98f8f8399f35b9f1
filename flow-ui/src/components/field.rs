//! One field of a form: its label, its input, its problem.

use leptos::prelude::*;
use vestibule_protocol::field::{FieldProblem, Format, Raw, US_STATES, parse};
use vestibule_protocol::message::Message;
use vestibule_protocol::step::FieldView;

use super::{choice, countries, date};
use crate::flow::Flow;

/// A field while it is filled. Copies are the same field.
#[derive(Clone, Copy)]
pub struct Field {
    flow: Flow,
    view: StoredValue<FieldView>,
    /// What stands in the input.
    raw: RwSignal<String>,
    /// What is wrong with it, once that was looked at.
    problem: RwSignal<Option<FieldProblem>>,
}

impl Field {
    /// The field with what is known of it.
    pub fn new(flow: Flow, view: FieldView) -> Self {
        let raw = RwSignal::new(view.value.clone().unwrap_or_default());
        Self { flow, view: StoredValue::new(view), raw, problem: RwSignal::new(None) }
    }

    /// The flow that it belongs to.
    pub fn flow(self) -> Flow {
        self.flow
    }

    /// What stands in the input. Watched.
    pub fn raw(self) -> String {
        self.raw.get()
    }

    /// Takes what the person typed; a problem that was shown is looked at again.
    pub fn type_in(self, text: String) {
        self.raw.set(text);
        if self.problem.with_untracked(Option::is_some) {
            self.look();
        }
    }

    /// Looks at what stands in the input, and shows what is wrong with it.
    pub fn look(self) -> bool {
        let problem = self.value().err();
        self.problem.set(problem);
        problem.is_none()
    }

    /// Looks at it when the person leaves it; an empty field is left in peace until the end.
    pub fn leave(self) {
        if !self.raw.with_untracked(|raw| raw.trim().is_empty()) {
            self.look();
        }
    }

    /// Shows a problem that the server found.
    pub fn refuse(self, problem: FieldProblem) {
        self.problem.set(Some(problem));
    }

    /// Whether a problem is shown.
    pub fn is_wrong(self) -> bool {
        self.problem.with_untracked(Option::is_some)
    }

    /// Its name in the submission.
    pub fn name(self) -> String {
        self.view.with_value(|view| view.name.as_str().into())
    }

    /// What is submitted of it: `None` leaves it out.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn value(self) -> Result<Option<Raw>, FieldProblem> {
        let today = self.flow.today();
        self.raw.with_untracked(|raw| {
            self.view.with_value(|view| {
                let given = match &view.format {
                    Format::Checkbox => return Ok(Some(Raw::Bool(raw == "true"))),
                    _ => raw.trim(),
                };
                if given.is_empty() {
                    let may_be_empty = !view.required || view.masked.is_some();
                    return if may_be_empty { Ok(None) } else { Err(FieldProblem::Required) };
                }
                parse(&view.format, &Raw::Text(given.into()), today).map(|value| Some(value.to_raw()))
            })
        })
    }

    /// The id of its first input.
    pub fn id(self) -> String {
        ["f-", &self.name()].concat()
    }

    /// Whether something is wrong with it, as `aria-invalid` says it. Watched.
    pub fn invalid(self) -> Option<&'static str> {
        self.problem.with(|problem| problem.map(|_| "true"))
    }

    /// The ids of what describes it. Watched.
    pub fn described_by(self) -> Option<String> {
        let hint = self.hint().map(|_| self.hint_id());
        let problem = self.problem.get().map(|_| self.problem_id());
        match (hint, problem) {
            (Some(hint), Some(problem)) => Some([hint, problem].join(" ")),
            (hint, problem) => hint.or(problem),
        }
    }

    fn hint_id(self) -> String {
        [&self.id(), "-hint"].concat()
    }

    fn problem_id(self) -> String {
        [&self.id(), "-problem"].concat()
    }

    fn label(self) -> String {
        let label = self.view.with_value(|view| {
            view.label
                .clone()
                .or_else(|| self.flow.named(&["field.", view.name.as_str()].concat()))
                .unwrap_or_else(|| view.name.as_str().into())
        });
        if self.view.with_value(|view| view.required) {
            label
        } else {
            [&label, " (", &self.flow.text(Message::FormOptional), ")"].concat()
        }
    }

    fn hint(self) -> Option<String> {
        self.view.with_value(|view| match (&view.masked, &view.hint) {
            (Some(masked), _) => Some(self.flow.filled(Message::FormKept, &[("masked", masked)])),
            (None, Some(hint)) => Some(hint.clone()),
            (None, None) => self.flow.named(&["hint.", view.name.as_str()].concat()),
        })
    }
}

/// Draws a field.
pub fn draw(field: Field) -> AnyView {
    let format = field.view.with_value(|view| view.format.clone());
    match format {
        Format::Checkbox => checkbox(field),
        Format::Birthday | Format::Expiry | Format::Day => {
            let autocomplete = matches!(format, Format::Birthday);
            group(field, date::inputs(field, autocomplete))
        }
        Format::Country => labelled(field, choice::select(field, countries::options())),
        Format::State => {
            let states = US_STATES.split(' ').map(|state| (state.into(), state.into())).collect();
            labelled(field, choice::select(field, states))
        }
        Format::Choice { options } => {
            let named = options.iter().map(|option| (option.to_string(), option_label(field, option))).collect();
            labelled(field, choice::select(field, named))
        }
        format => labelled(field, text_input(field, &format)),
    }
}

fn option_label(field: Field, option: &str) -> String {
    let id = ["option.", &field.name(), ".", option].concat();
    field.flow.named(&id).unwrap_or_else(|| option.replace('_', " "))
}

fn labelled(field: Field, input: AnyView) -> AnyView {
    view! {
        <div class="field" class:wrong=move || field.invalid().is_some()>
            <label for=field.id()>{field.label()}</label>
            {remarks(field)}
            {input}
        </div>
    }
    .into_any()
}

fn group(field: Field, inputs: AnyView) -> AnyView {
    view! {
        <fieldset class="field" class:wrong=move || field.invalid().is_some() aria-describedby=move || field.described_by()>
            <legend>{field.label()}</legend>
            {remarks(field)}
            {inputs}
        </fieldset>
    }
    .into_any()
}

/// The hint and the problem, above the input where they are read first.
fn remarks(field: Field) -> AnyView {
    let problem = move || field.problem.get().map(|problem| field.flow.text(problem.into()));
    view! {
        {field.hint().map(|hint| view! { <p class="hint" id=field.hint_id()>{hint}</p> })}
        {move || problem().map(|words| view! { <p class="problem" id=field.problem_id()>{words}</p> })}
    }
    .into_any()
}

fn checkbox(field: Field) -> AnyView {
    let toggle = move |event| field.type_in(event_target_checked(&event).to_string());
    view! {
        <div class="field">
            <label class="tick">
                <input id=field.id() type="checkbox" prop:checked=move || field.raw() == "true" on:change=toggle />
                <span>{field.label()}</span>
            </label>
            {remarks(field)}
        </div>
    }
    .into_any()
}

fn text_input(field: Field, format: &Format) -> AnyView {
    let (kind, mode) = keyboard(format);
    let name = field.name();
    view! {
        <input
            id=field.id()
            class=width(format)
            type=kind
            inputmode=mode
            autocomplete=autocomplete(&name)
            autocapitalize=if matches!(format, Format::Name) { "words" } else { "off" }
            spellcheck="false"
            aria-invalid=move || field.invalid()
            aria-describedby=move || field.described_by()
            prop:value=move || field.raw()
            on:input=move |event| field.type_in(event_target_value(&event))
            on:blur=move |_| field.leave()
        />
    }
    .into_any()
}

/// The input's type and the keyboard that a phone shows for it.
fn keyboard(format: &Format) -> (&'static str, &'static str) {
    match format {
        Format::Email => ("email", "email"),
        Format::Phone => ("tel", "tel"),
        Format::Url => ("url", "url"),
        Format::Ssn9 | Format::Ssn4 | Format::UsTaxId | Format::Tin => ("text", "numeric"),
        Format::Percent | Format::Integer { .. } => ("text", "numeric"),
        Format::Amount { .. } => ("text", "decimal"),
        _ => ("text", "text"),
    }
}

/// An input is as wide as what goes into it.
fn width(format: &Format) -> &'static str {
    match format {
        Format::PostalCode | Format::Ssn9 | Format::UsTaxId | Format::Tin | Format::Amount { .. } => "half",
        Format::Ssn4 | Format::Percent | Format::Integer { .. } | Format::Currency => "short",
        _ => "whole",
    }
}

/// The tokens by which a browser fills a field (HTML, "Autofill").
fn autocomplete(name: &str) -> &'static str {
    match name {
        "id.first_name" => "given-name",
        "id.middle_name" => "additional-name",
        "id.last_name" => "family-name",
        "id.email" => "email",
        "id.phone_number" | "business.phone_number" => "tel",
        "id.address_line1" | "business.address_line1" => "address-line1",
        "id.address_line2" | "business.address_line2" => "address-line2",
        "id.city" | "business.city" => "address-level2",
        "id.state" | "business.state" => "address-level1",
        "id.zip" | "business.zip" => "postal-code",
        "business.name" => "organization",
        "business.website" => "url",
        _ => "off",
    }
}
