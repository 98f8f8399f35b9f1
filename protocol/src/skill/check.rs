//! From a skill as an operator writes it to one that a session can run to its end.

use serde::Deserialize;
use thiserror::Error;

use super::business::{BusinessSpec, ImpossibleBusiness};
use super::condition::{ConditionFile, ImpossibleCondition};
use super::rules::{ImpossibleRule, Rules, RulesFile};
use super::{ConsentSpec, FieldSpec, Skill, StepKind, StepSpec, UploadLimits, UploadSpec, yes};
use crate::field::{FieldName, Format, PRIMARY_STAKE, SECONDARY_OWNERS};
use crate::id::{SkillName, StepName};
use crate::login::AuthMethod;
use crate::upload::{DocumentKind, UploadName};

/// A skill as an operator writes it, before [`Skill::check`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillFile {
    name: SkillName,
    title: String,
    #[serde(default = "three")]
    minutes: u8,
    #[serde(default)]
    rules: RulesFile,
    business: Option<BusinessSpec>,
    steps: Vec<StepFile>,
}

fn three() -> u8 {
    3
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    name: StepName,
    kind: KindFile,
    title: Option<String>,
    when: Option<ConditionFile>,
    fields: Option<Vec<FieldFile>>,
    consents: Option<Vec<ConsentSpec>>,
    documents: Option<Vec<DocumentKind>>,
    methods: Option<Vec<AuthMethod>>,
    limits: Option<UploadLimits>,
    uploads: Option<Vec<UploadFile>>,
    #[serde(default)]
    after_token: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KindFile {
    Form,
    Consent,
    Document,
    Selfie,
    Review,
    Identify,
    Passkey,
    LoginMethods,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    name: FieldName,
    format: Option<Format>,
    #[serde(default = "yes")]
    required: bool,
    label: Option<String>,
    hint: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UploadFile {
    name: UploadName,
    label: Option<String>,
    #[serde(default)]
    limits: UploadLimits,
}

/// Why no session could run a skill to its end.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImpossibleSkill {
    /// No steps.
    #[error("a skill needs at least one step")]
    Empty,
    /// A rule is impossible.
    #[error("rules: {0}")]
    Rule(ImpossibleRule),
    /// A step is impossible.
    #[error("step {number} ({name}): {reason}")]
    Step {
        /// Its place, from 1.
        number: usize,
        /// Its name.
        name: StepName,
        /// What is wrong with it.
        reason: ImpossibleStep,
    },
    /// No business could be checked so.
    #[error(transparent)]
    Business(#[from] ImpossibleBusiness),
}

/// Why a step is impossible.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImpossibleStep {
    /// Two steps have one name.
    #[error("another step has this name")]
    DuplicateName,
    /// A key that belongs to another kind of step.
    #[error("'{0}' does not belong to this kind of step")]
    ForeignKey(&'static str),
    /// The list that makes the step is missing or empty.
    #[error("'{0}' is missing or empty")]
    Missing(&'static str),
    /// A name occurs twice in a list.
    #[error("'{0}' occurs twice")]
    DuplicateItem(String),
    /// A field whose format nobody says.
    #[error("field '{0}' needs a format")]
    NoFormat(FieldName),
    /// A data identifier whose format is fixed.
    #[error("the format of field '{0}' is fixed and cannot be set")]
    FixedFormat(FieldName),
    /// A choice without options, or with a blank one, which nobody could choose.
    #[error("field '{0}' has no options, or a blank one")]
    NoOptions(FieldName),
    /// Bounds that exclude each other, or a line of no characters.
    #[error("no value fits the bounds of field '{0}'")]
    NothingFits(FieldName),
    /// The primary owner's share and the other owners' stand in different steps, where nobody could add
    /// them up.
    #[error("'business.primary_owner_stake' and 'business.secondary_owners' must be asked in one step")]
    StakesApart,
    /// Files that come before the next step, on a step after which none need come: the session could never
    /// be completed with them.
    #[error(
        "a session may end with this step: add one without 'when' after it, or let its files come 'after_token'"
    )]
    UploadsOnLastStep,
    /// A condition that could never be judged.
    #[error("its condition: {0}")]
    Condition(#[from] ImpossibleCondition),
    /// Zero bytes, types or attempts.
    #[error("the upload limits allow nothing")]
    NothingAllowed,
    /// A review before anything was given.
    #[error("a review cannot be the first step")]
    NothingToReview,
    /// A log-in in the middle: what comes before it would be anybody's.
    #[error("a person logs in at the first step, or not at all")]
    NotFirst,
    /// A log-in by nothing that a newcomer has.
    #[error("'methods' needs 'email' or 'phone': a newcomer has no passkey")]
    NoAddress,
    /// A step about log-in methods of somebody who did not log in.
    #[error("the first step must be one of kind 'identify'")]
    NobodyLoggedIn,
}
impl Skill {
    /// The skill that a file describes.
    ///
    /// # Errors
    /// [`ImpossibleSkill`] when no session could run it to its end.
    pub fn check(file: SkillFile) -> Result<Self, ImpossibleSkill> {
        let total = file.steps.len();
        if total == 0 {
            return Err(ImpossibleSkill::Empty);
        }
        let rules = Rules::check(file.rules).map_err(ImpossibleSkill::Rule)?;
        let surely_last = file.steps.iter().rposition(|step| step.when.is_none()).unwrap_or(0);
        let mut steps: Vec<StepSpec> = Vec::with_capacity(total);
        for (index, step) in file.steps.into_iter().enumerate() {
            let name = step.name.clone();
            let checked = check_step(step, &steps, index >= surely_last);
            steps.push(checked.map_err(|reason| ImpossibleSkill::Step {
                number: index + 1,
                name,
                reason,
            })?);
        }
        rules.check_pictures(&steps).map_err(ImpossibleSkill::Rule)?;
        let business = file.business.map(|business| business.check(&file.name, &steps)).transpose()?;
        let SkillFile { name, title, minutes, rules: _, .. } = file;
        Ok(Self { name, title, minutes, steps, rules, business })
    }
}

/// `last` says that a session may end with this step.
fn check_step(step: StepFile, before: &[StepSpec], last: bool) -> Result<StepSpec, ImpossibleStep> {
    if before.iter().any(|other| other.name == step.name) {
        return Err(ImpossibleStep::DuplicateName);
    }
    let photographs = matches!(step.kind, KindFile::Document | KindFile::Selfie);
    let keys = [
        ("fields", step.fields.is_some(), step.kind == KindFile::Form),
        ("consents", step.consents.is_some(), step.kind == KindFile::Consent),
        ("documents", step.documents.is_some(), step.kind == KindFile::Document),
        ("methods", step.methods.is_some(), step.kind == KindFile::Identify),
        ("limits", step.limits.is_some(), photographs),
        ("uploads", step.uploads.is_some(), step.kind == KindFile::Form),
        ("after_token", step.after_token, photographs || step.uploads.is_some()),
    ];
    if let Some((key, ..)) = keys.iter().find(|(_, present, belongs)| *present && !belongs) {
        return Err(ImpossibleStep::ForeignKey(key));
    }
    let uploads = check_uploads(step.uploads.unwrap_or_default())?;
    if last && (photographs || !uploads.is_empty()) && !step.after_token {
        return Err(ImpossibleStep::UploadsOnLastStep);
    }
    let limits = step.limits.unwrap_or_default();
    check_limits(&limits)?;
    let kind = match step.kind {
        KindFile::Form => {
            let fields = check_fields(step.fields)?;
            check_stakes(&fields, before)?;
            StepKind::Form { fields }
        }
        KindFile::Consent => {
            let consents = filled("consents", step.consents)?;
            unique(consents.iter().map(|consent| consent.name.as_str()))?;
            StepKind::Consent { consents }
        }
        KindFile::Document => {
            let documents = filled("documents", step.documents)?;
            unique(documents.iter().map(|document| document.as_str()))?;
            StepKind::Document { documents, limits }
        }
        KindFile::Selfie => StepKind::Selfie { limits },
        KindFile::Review if before.is_empty() => return Err(ImpossibleStep::NothingToReview),
        KindFile::Review => StepKind::Review,
        KindFile::Identify if !before.is_empty() => return Err(ImpossibleStep::NotFirst),
        KindFile::Identify => StepKind::Identify { methods: check_methods(step.methods)? },
        KindFile::Passkey | KindFile::LoginMethods if !is_logged_in(before) => {
            return Err(ImpossibleStep::NobodyLoggedIn);
        }
        KindFile::Passkey => StepKind::Passkey,
        KindFile::LoginMethods => StepKind::LoginMethods,
    };
    let when = step.when.map(|when| when.check(before)).transpose()?;
    let StepFile { name, title, after_token, .. } = step;
    Ok(StepSpec { name, title, when, kind, uploads, after_token })
}

fn is_logged_in(before: &[StepSpec]) -> bool {
    before.first().is_some_and(|first| matches!(first.kind, StepKind::Identify { .. }))
}

/// All methods, unless the skill says otherwise. What is asked for first is what most people have at hand, and what
/// costs nothing to send.
fn check_methods(methods: Option<Vec<AuthMethod>>) -> Result<Vec<AuthMethod>, ImpossibleStep> {
    let methods = match methods {
        None => vec![AuthMethod::Email, AuthMethod::Phone, AuthMethod::Passkey],
        some => filled("methods", some)?,
    };
    unique(methods.iter().map(|method| method.as_str()))?;
    if methods.iter().any(|method| *method != AuthMethod::Passkey) {
        Ok(methods)
    } else {
        Err(ImpossibleStep::NoAddress)
    }
}

fn check_fields(fields: Option<Vec<FieldFile>>) -> Result<Vec<FieldSpec>, ImpossibleStep> {
    let fields = filled("fields", fields)?;
    unique(fields.iter().map(|field| field.name.as_str()))?;
    fields.into_iter().map(check_field).collect()
}

fn check_field(field: FieldFile) -> Result<FieldSpec, ImpossibleStep> {
    let format = match (field.name.format(), field.format) {
        (Some(_), Some(_)) => return Err(ImpossibleStep::FixedFormat(field.name)),
        (Some(fixed), None) => fixed,
        (None, Some(format)) => format,
        (None, None) => return Err(ImpossibleStep::NoFormat(field.name)),
    };
    match &format {
        Format::Choice { options } => {
            unique(options.iter().map(|option| &**option))?;
            if options.is_empty()
                || options.iter().any(|option| option.trim() != &**option || option.is_empty())
            {
                return Err(ImpossibleStep::NoOptions(field.name));
            }
        }
        Format::Line { max: 0 } => return Err(ImpossibleStep::NothingFits(field.name)),
        Format::Integer { min: Some(min), max: Some(max) }
        | Format::Amount { min: Some(min), max: Some(max) }
            if min > max =>
        {
            return Err(ImpossibleStep::NothingFits(field.name));
        }
        Format::Amount { max: Some(..0), .. } => return Err(ImpossibleStep::NothingFits(field.name)),
        _ => {}
    }
    Ok(FieldSpec { name: field.name, format, required: field.required, label: field.label, hint: field.hint })
}

/// The stakes of all owners are asked in one step: the one who fills it learns at once when they exceed.
fn check_stakes(fields: &[FieldSpec], before: &[StepSpec]) -> Result<(), ImpossibleStep> {
    let asked = |fields: &[FieldSpec], name| fields.iter().any(|field| field.name.as_str() == name);
    let earlier = |name| {
        before.iter().any(|step| matches!(&step.kind, StepKind::Form { fields } if asked(fields, name)))
    };
    let apart = |one, other| asked(fields, one) && !asked(fields, other) && earlier(other);
    if apart(PRIMARY_STAKE, SECONDARY_OWNERS) || apart(SECONDARY_OWNERS, PRIMARY_STAKE) {
        return Err(ImpossibleStep::StakesApart);
    }
    Ok(())
}

fn check_uploads(uploads: Vec<UploadFile>) -> Result<Vec<UploadSpec>, ImpossibleStep> {
    unique(uploads.iter().map(|upload| upload.name.as_str()))?;
    uploads
        .into_iter()
        .map(|UploadFile { name, label, limits }| {
            check_limits(&limits)?;
            Ok(UploadSpec { name, label, limits })
        })
        .collect()
}

fn check_limits(limits: &UploadLimits) -> Result<(), ImpossibleStep> {
    if limits.accept.is_empty() || limits.max_bytes == 0 || limits.attempts == 0 {
        return Err(ImpossibleStep::NothingAllowed);
    }
    Ok(())
}

fn filled<T>(key: &'static str, list: Option<Vec<T>>) -> Result<Vec<T>, ImpossibleStep> {
    list.filter(|list| !list.is_empty()).ok_or(ImpossibleStep::Missing(key))
}

fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), ImpossibleStep> {
    let mut seen = Vec::new();
    for name in names {
        if seen.contains(&name) {
            return Err(ImpossibleStep::DuplicateItem(name.into()));
        }
        seen.push(name);
    }
    Ok(())
}
