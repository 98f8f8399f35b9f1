//! Branches: the condition under which a step is there, on what was given in the steps before it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{StepKind, StepSpec};
use crate::date::Timestamp;
use crate::field::{FieldName, Format, Raw, Value, parse};
use crate::id::StepName;
use crate::upload::DocumentKind;

/// When a step is there. Whatever it asks about, an earlier step collects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Condition {
    /// A field of an earlier form.
    Field {
        /// Its name.
        field: FieldName,
        /// What is asked of its value.
        #[serde(flatten)]
        test: Test<Choice>,
    },
    /// The document that was chosen in an earlier step.
    Document {
        /// The step.
        step: StepName,
        /// What is asked of it.
        #[serde(flatten)]
        test: Test<DocumentKind>,
    },
    /// Each of these holds.
    All {
        /// At least one.
        all: Vec<Condition>,
    },
    /// One of these holds, or more.
    Any {
        /// At least one.
        any: Vec<Condition>,
    },
}

/// What is asked of something that a person may have given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Test<T> {
    /// It is one of these.
    Is(Vec<T>),
    /// It is none of these: the opposite of `Is`, so it also holds where nothing was given.
    IsNot(Vec<T>),
    /// Whether there is one.
    Given(bool),
}

/// A value that is chosen and not typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Choice {
    /// A tick, or none.
    Tick(bool),
    /// One of a list.
    Option(Box<str>),
}

impl<T> Test<T> {
    /// Whether it holds for what was given. `same` compares it with one of the values named.
    pub fn holds<G>(&self, given: Option<G>, same: impl Fn(&G, &T) -> bool) -> bool {
        let among =
            |named: &[T]| given.as_ref().is_some_and(|given| named.iter().any(|value| same(given, value)));
        match self {
            Test::Is(named) => among(named),
            Test::IsNot(named) => !among(named),
            Test::Given(wanted) => given.is_some() == *wanted,
        }
    }

    fn try_map<U, E>(self, map: impl Fn(T) -> Result<U, E>) -> Result<Test<U>, E> {
        let each = |named: Vec<T>| named.into_iter().map(&map).collect::<Result<_, _>>();
        Ok(match self {
            Test::Is(named) => Test::Is(each(named)?),
            Test::IsNot(named) => Test::IsNot(each(named)?),
            Test::Given(given) => Test::Given(given),
        })
    }
}

impl Choice {
    /// Whether this is what a field holds.
    pub fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Choice::Tick(tick), Value::Bool(given)) => tick == given,
            (Choice::Option(option), Value::Text(given)) => **option == **given,
            _ => false,
        }
    }

    fn word(&self) -> String {
        match self {
            Choice::Tick(tick) => tick.to_string(),
            Choice::Option(option) => option.to_string(),
        }
    }

    /// This choice as a field of `format` holds it, if people can choose it there.
    fn in_format(&self, format: &Format) -> Option<Choice> {
        let raw = match self {
            Choice::Tick(tick) => Raw::Bool(*tick),
            Choice::Option(option) => Raw::from(&**option),
        };
        // Lists are the same every day.
        let any_day = Timestamp::from_millis(0).date();
        match parse(format, &raw, any_day) {
            Ok(Value::Bool(tick)) => Some(Choice::Tick(tick)),
            Ok(Value::Text(option)) => Some(Choice::Option(option.into())),
            _ => None,
        }
    }
}

/// A condition as an operator writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConditionFile {
    field: Option<FieldName>,
    step: Option<StepName>,
    is: Option<Vec<Choice>>,
    is_not: Option<Vec<Choice>>,
    given: Option<bool>,
    all: Option<Vec<ConditionFile>>,
    any: Option<Vec<ConditionFile>>,
}

/// Why a condition could never be judged.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImpossibleCondition {
    /// Not one of the forms that there are.
    #[error(
        "it is either 'field' or 'step' with one of 'is', 'is_not' and 'given', or 'all', or 'any', alone"
    )]
    Form,
    /// A list with nothing in it.
    #[error("'{0}' is empty")]
    Empty(&'static str),
    /// A field that is not known when it is asked for.
    #[error("no earlier step asks for field '{0}'")]
    FieldNotAsked(FieldName),
    /// A field that people type as they like.
    #[error("field '{0}' is not chosen from a list: ask whether it is given")]
    FieldNotChosen(FieldName),
    /// A step that chooses no document, or comes too late.
    #[error("'{0}' is no earlier step of kind document")]
    NoDocument(StepName),
    /// A value that nobody can choose.
    #[error("'{0}' cannot be chosen there")]
    NotAnOption(String),
}

impl ConditionFile {
    /// The condition that was written, for a step that comes after `before`.
    pub(super) fn check(self, before: &[StepSpec]) -> Result<Condition, ImpossibleCondition> {
        let several = |list: Vec<ConditionFile>, name| match list {
            list if list.is_empty() => Err(ImpossibleCondition::Empty(name)),
            list => list.into_iter().map(|one| one.check(before)).collect(),
        };
        let test = |is, is_not, given| match (is, is_not, given) {
            (Some(list), None, None) => filled("is", list).map(Test::Is),
            (None, Some(list), None) => filled("is_not", list).map(Test::IsNot),
            (None, None, Some(given)) => Ok(Test::Given(given)),
            _ => Err(ImpossibleCondition::Form),
        };
        match self {
            Self { field: Some(field), step: None, is, is_not, given, all: None, any: None } => {
                on_field(field, test(is, is_not, given)?, before)
            }
            Self { field: None, step: Some(step), is, is_not, given, all: None, any: None } => {
                on_document(step, test(is, is_not, given)?, before)
            }
            Self {
                field: None,
                step: None,
                is: None,
                is_not: None,
                given: None,
                all: Some(all),
                any: None,
            } => Ok(Condition::All { all: several(all, "all")? }),
            Self {
                field: None,
                step: None,
                is: None,
                is_not: None,
                given: None,
                all: None,
                any: Some(any),
            } => Ok(Condition::Any { any: several(any, "any")? }),
            _ => Err(ImpossibleCondition::Form),
        }
    }
}

fn filled<T>(name: &'static str, list: Vec<T>) -> Result<Vec<T>, ImpossibleCondition> {
    if list.is_empty() { Err(ImpossibleCondition::Empty(name)) } else { Ok(list) }
}

fn on_field(
    field: FieldName,
    test: Test<Choice>,
    before: &[StepSpec],
) -> Result<Condition, ImpossibleCondition> {
    let asked = before.iter().flat_map(|step| match &step.kind {
        StepKind::Form { fields } => fields.as_slice(),
        _ => &[],
    });
    let formats: Vec<&Format> = asked.filter(|spec| spec.name == field).map(|spec| &spec.format).collect();
    if formats.is_empty() {
        return Err(ImpossibleCondition::FieldNotAsked(field));
    }
    if !matches!(test, Test::Given(_)) && !formats.iter().any(|format| is_list(format)) {
        return Err(ImpossibleCondition::FieldNotChosen(field));
    }
    let test = test.try_map(|choice: Choice| {
        let there = formats.iter().find_map(|format| choice.in_format(format));
        there.ok_or_else(|| ImpossibleCondition::NotAnOption(choice.word()))
    })?;
    Ok(Condition::Field { field, test })
}

fn on_document(
    step: StepName,
    test: Test<Choice>,
    before: &[StepSpec],
) -> Result<Condition, ImpossibleCondition> {
    let documents = before.iter().find(|other| other.name == step).and_then(|step| match &step.kind {
        StepKind::Document { documents, .. } => Some(documents),
        _ => None,
    });
    let Some(documents) = documents else { return Err(ImpossibleCondition::NoDocument(step)) };
    let test = test.try_map(|choice| {
        let kind = DocumentKind::from_text(&choice.word()).filter(|kind| documents.contains(kind));
        kind.ok_or_else(|| ImpossibleCondition::NotAnOption(choice.word()))
    })?;
    Ok(Condition::Document { step, test })
}

/// Whether values of this format are chosen from a list.
fn is_list(format: &Format) -> bool {
    matches!(
        format,
        Format::Country | Format::State | Format::Currency | Format::Choice { .. } | Format::Checkbox
    )
}
