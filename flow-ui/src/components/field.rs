//! One field of a form: its label, its input, its problem.

use std::rc::Rc;

use vestibule_protocol::field::{FieldProblem, Format, Owner, Raw, US_STATES, parse_typed};
use vestibule_protocol::message::Message;
use vestibule_protocol::step::FieldView;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::{choice, countries, date};
use crate::flow::Flow;
use crate::state::State;
use crate::view::{El, View, el, is_checked, live, nothing, value_of};

/// A field while it is filled. Copies are the same field.
#[derive(Clone, Copy)]
pub struct Field {
    flow: Flow,
    view: State<FieldView>,
    /// What stands in the input.
    raw: State<String>,
    /// What is wrong with it, once that was looked at.
    problem: State<Option<FieldProblem>>,
    /// The owner of a business of whom it is asked.
    owner: Option<u32>,
    /// What may be wrong with it beside others, though it is right in itself.
    rule: State<Option<Rule>>,
}

type Rule = Rc<dyn Fn() -> Option<FieldProblem>>;

impl Field {
    /// The field with what is known of it.
    pub fn new(flow: Flow, view: FieldView) -> Self {
        Self::asked(flow, view, None)
    }

    /// A field that is asked of each owner of a business; `owner` tells one from the others.
    pub fn of_owner(flow: Flow, view: FieldView, owner: u32) -> Self {
        Self::asked(flow, view, Some(owner))
    }

    fn asked(flow: Flow, view: FieldView, owner: Option<u32>) -> Self {
        let known = view.value.clone().unwrap_or_default();
        // What is known stands first, unless the person wants what their document says.
        let read = || flow.ask_sight("recall", &[view.name.as_str().into(), (&known).into()])?.as_string();
        let raw = if view.masked.is_none() { read() } else { None };
        let raw = State::new(raw.unwrap_or(known));
        Self { flow, view: State::new(view), raw, problem: State::new(None), owner, rule: State::new(None) }
    }

    /// Lets `rule` say what is wrong with it beside other fields.
    pub fn rule(self, rule: impl Fn() -> Option<FieldProblem> + 'static) {
        self.rule.set(Some(Rc::new(rule)));
    }

    /// The flow that it belongs to.
    pub fn flow(self) -> Flow {
        self.flow
    }

    /// The owners that are known, where it asks for owners.
    pub fn owners(self) -> Option<Vec<Owner>> {
        self.view.with_now(|view| match view.format {
            Format::Owners => Some(view.owners.clone().unwrap_or_default()),
            _ => None,
        })
    }

    /// Whether it begins with what was read of a document, of which nothing was known.
    pub fn is_offered(self) -> bool {
        self.view.with_now(|view| view.value.is_none()) && self.raw.with_now(|raw| !raw.is_empty())
    }

    /// What stands in the input. Watched.
    pub fn raw(self) -> String {
        self.raw.get()
    }

    /// Takes what the person typed; a problem that was shown is looked at again.
    pub fn type_in(self, text: String) {
        self.raw.set(text);
        if self.problem.with_now(Option::is_some) {
            self.look();
        }
    }

    /// Looks at what stands in the input, and shows what is wrong with it.
    pub fn look(self) {
        let beside = || self.rule.now().and_then(|rule| rule());
        self.problem.set(self.value().err().or_else(beside));
    }

    /// Shows no problem any more.
    pub fn accept(self) {
        self.problem.set(None);
    }

    /// Looks at it when the person leaves it; an empty field is left in peace until the end.
    pub fn leave(self) {
        if !self.raw.with_now(|raw| raw.trim().is_empty()) {
            self.look();
        }
    }

    /// Shows a problem that the server found.
    pub fn refuse(self, problem: FieldProblem) {
        self.problem.set(Some(problem));
    }

    /// The problem that is shown.
    pub fn problem(self) -> Option<FieldProblem> {
        self.problem.now()
    }

    /// Whether a problem is shown.
    pub fn is_wrong(self) -> bool {
        self.problem.with_now(Option::is_some)
    }

    /// Its name in the submission.
    pub fn name(self) -> String {
        self.view.with_now(|view| view.name.as_str().into())
    }

    /// What is submitted of it: `None` leaves it out.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn value(self) -> Result<Option<Raw>, FieldProblem> {
        let today = self.flow.today();
        self.raw.with_now(|raw| {
            self.view.with_now(|view| {
                let given = match &view.format {
                    Format::Checkbox => return Ok(Some(Raw::Bool(raw == "true"))),
                    _ => raw.trim(),
                };
                if given.is_empty() {
                    let may_be_empty = !view.required || view.masked.is_some();
                    return if may_be_empty { Ok(None) } else { Err(FieldProblem::Required) };
                }
                parse_typed(&view.format, given, today).map(|value| Some(value.to_raw()))
            })
        })
    }

    /// The id of its first input.
    pub fn id(self) -> String {
        match self.owner {
            Some(owner) => ["f-", &owner.to_string(), "-", &self.name()].concat(),
            None => ["f-", &self.name()].concat(),
        }
    }

    /// The text of this kind that the locale has for it.
    fn named(self, kind: &str) -> Option<String> {
        let of = if self.owner.is_some() { "owner." } else { "" };
        self.flow.named(&[kind, ".", of, &self.name()].concat())
    }

    /// Whether something is wrong with it, as `aria-invalid` says it. Watched.
    pub fn invalid(self) -> Option<String> {
        self.problem.with(|problem| problem.map(|_| "true".into()))
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
        let label = match self.owner {
            Some(_) => self.named("field").unwrap_or_default(),
            None => self.view.with_now(|view| label(self.flow, view)),
        };
        if self.view.with_now(|view| view.required) {
            label
        } else {
            [&label, " (", &self.flow.text(Message::FormOptional), ")"].concat()
        }
    }

    /// What to do about a problem: of this field in particular, where the locale has such words.
    fn words(self, problem: FieldProblem) -> String {
        let own = if problem == FieldProblem::Required { self.named("required") } else { None };
        own.unwrap_or_else(|| self.flow.text(self.general(problem).into()))
    }

    /// Nothing was chosen where there is a list to choose from.
    fn general(self, problem: FieldProblem) -> FieldProblem {
        match self.view.with_now(|view| view.format.clone()) {
            Format::Choice { .. } | Format::Country | Format::State if problem == FieldProblem::Required => {
                FieldProblem::NotAnOption
            }
            _ => problem,
        }
    }

    fn hint(self) -> Option<String> {
        self.view.with_now(|view| match (&view.masked, &view.hint) {
            (Some(masked), _) => Some(self.flow.filled(Message::FormKept, &[("masked", masked)])),
            (None, Some(hint)) => Some(hint.clone()),
            (None, None) => self.named("hint"),
        })
    }
}

/// What a field is called: by its skill, else by the locale, else by its own name.
pub fn label(flow: Flow, view: &FieldView) -> String {
    view.label
        .clone()
        .or_else(|| flow.named(&["field.", view.name.as_str()].concat()))
        .unwrap_or_else(|| spelt(view.name.as_str()))
}

/// A name as words, for want of better ones: `custom.shoe_size` is `Shoe size`.
fn spelt(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or_default().replace('_', " ");
    let first = last.get(..1).unwrap_or_default().to_ascii_uppercase();
    [&first, last.get(1..).unwrap_or_default()].concat()
}

/// Draws a field.
pub fn draw(field: Field) -> View {
    let format = field.view.with_now(|view| view.format.clone());
    match format {
        Format::Checkbox => checkbox(field),
        Format::Birthday | Format::Expiry | Format::Day => {
            let autocomplete = matches!(format, Format::Birthday);
            group(field, date::inputs(field, autocomplete))
        }
        Format::Country => labelled(field, choice::select(field, countries::options())),
        Format::State => {
            let named = |code: &str| (code.into(), choice::state(field.flow, code));
            labelled(field, choice::select(field, US_STATES.split(' ').map(named).collect()))
        }
        Format::Choice { options } => {
            let label = |option: &str| choice::label(field.flow, &field.name(), option);
            let named = options.iter().map(|option| (option.to_string(), label(option))).collect();
            labelled(field, choice::select(field, named))
        }
        _ => labelled(field, text_input(field)),
    }
}

/// An input with its label and what describes it.
pub fn labelled(field: Field, input: El) -> View {
    el("div")
        .class_while("field", "wrong", move || field.invalid().is_some())
        .child(el("label").set("for", field.id()).text(field.label()))
        .children(remarks(field))
        .child(described(field, input))
        .draw()
}

/// Several inputs as one field, with one label.
pub fn group(field: Field, inputs: View) -> View {
    described(field, el("fieldset"))
        .class_while("field", "wrong", move || field.invalid().is_some())
        .child(el("legend").text(field.label()))
        .children(remarks(field))
        .child(inputs)
        .draw()
}

/// What describes an input, and whether it is wrong, for those who cannot see it.
fn described(field: Field, input: El) -> El {
    input.set_while("aria-describedby", move || field.described_by())
}

/// The hint and the problem, above the input where they are read first.
fn remarks(field: Field) -> [View; 2] {
    let hint = match field.hint() {
        Some(hint) => el("p").class("hint").set("id", field.hint_id()).text(hint).draw(),
        None => nothing(),
    };
    let problem = live(move || {
        let words = field.words(field.problem.get()?);
        Some(el("p").class("problem").set("id", field.problem_id()).text(words).draw())
    });
    [hint, problem]
}

fn checkbox(field: Field) -> View {
    let tick = el("input")
        .set("id", field.id())
        .set("type", "checkbox")
        .with(move |input| set_checked(input, field.raw() == "true"))
        .on("change", move |event| field.type_in(is_checked(&event).to_string()));
    el("div")
        .class("field")
        .child(el("label").class("tick").child(described(field, tick)).child(el("span").text(field.label())))
        .children(remarks(field))
        .draw()
}

/// Ticks a checkbox or a radio button, or not.
pub fn set_checked(input: &HtmlElement, checked: bool) {
    if let Some(input) = input.dyn_ref::<HtmlInputElement>() {
        input.set_checked(checked);
    }
}

/// Puts a text into an input, unless it stands there already: typing must not move the cursor.
pub fn set_value(input: &HtmlElement, text: &str) {
    if let Some(input) = input.dyn_ref::<HtmlInputElement>()
        && input.value() != text
    {
        input.set_value(text);
    }
}

/// An input for what is typed in one line.
pub fn text_input(field: Field) -> El {
    let format = &field.view.with_now(|view| view.format.clone());
    let (kind, mode) = keyboard(format);
    el("input")
        .set("id", field.id())
        .class(width(format))
        .set("type", kind)
        .set("inputmode", mode)
        .set("autocomplete", autocomplete(&field.name()))
        .set("autocapitalize", if matches!(format, Format::Name) { "words" } else { "off" })
        .set("spellcheck", "false")
        .set_while("aria-invalid", move || field.invalid())
        .with(move |input| set_value(input, &field.raw()))
        .on("input", move |event| field.type_in(value_of(&event)))
        .on("blur", move |_| field.leave())
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
