//! Skills: the versioned definitions of what a person must do. Parsing refuses an impossible one.

mod address;
mod business;
mod check;
mod condition;
mod only;
mod rules;

pub use address::SkillAddress;
pub use business::{BusinessSpec, ImpossibleBusiness};
pub use check::{ImpossibleSkill, ImpossibleStep, SkillFile};
pub use condition::{Choice, Condition, ImpossibleCondition, Test};
pub use rules::{Finding, ImpossibleRule, NoFinding, Rules, RulesFile};

use serde::{Deserialize, Serialize};

use crate::field::{FieldName, Format};
use crate::id::{ConsentName, SkillName, StepName};
use crate::login::AuthMethod;
use crate::upload::{DocumentKind, MediaType, UploadName};

/// A definition that a session can run to its end. Made by [`Skill::check`] alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Skill {
    /// Its name and version.
    pub name: SkillName,
    /// What a person is told this is, as in "Identity check".
    pub title: String,
    /// How many minutes it takes a person, about.
    pub minutes: u8,
    /// The steps, in order.
    pub steps: Vec<StepSpec>,
    /// What decides the outcome.
    #[serde(skip_serializing)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub rules: Rules,
    /// What becomes of the owners, if it is about a business and the person who acts for it.
    #[serde(skip_serializing)]
    pub business: Option<BusinessSpec>,
}

/// One step of a skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepSpec {
    /// Its name, unique within the skill.
    pub name: StepName,
    /// Its heading, where the standard one of its kind does not serve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it is there, where it is not always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// What is done in it.
    #[serde(flatten)]
    pub kind: StepKind,
    /// Files that a form step asks for besides its fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uploads: Vec<UploadSpec>,
    /// Whether its files keep nobody waiting: the next step can be submitted before they come, and they
    /// may come when the session is complete. It is decided when they are there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub after_token: bool,
}

/// What is done in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum StepKind {
    /// Fields are filled.
    Form {
        /// In the order in which they are asked.
        fields: Vec<FieldSpec>,
    },
    /// Texts are agreed to.
    Consent {
        /// In the order in which they are shown.
        consents: Vec<ConsentSpec>,
    },
    /// A document is chosen, and its sides are photographed.
    Document {
        /// The documents among which a person chooses.
        documents: Vec<DocumentKind>,
        /// Limits of each photograph.
        #[serde(skip_serializing)]
        limits: UploadLimits,
    },
    /// A picture of the person is taken.
    Selfie {
        /// Limits of the picture.
        #[serde(skip_serializing)]
        limits: UploadLimits,
    },
    /// What was given is shown once more, to be corrected or confirmed.
    Review,
    /// A person logs in. It comes before all else.
    Identify {
        /// The ways to do so; at least one of them reaches an address.
        methods: Vec<AuthMethod>,
    },
    /// A person makes a passkey, or says why not.
    Passkey,
    /// A person changes how they log in.
    LoginMethods,
}

/// One field of a form step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldSpec {
    /// A data identifier, or a name of the skill's own.
    pub name: FieldName,
    /// What it holds.
    pub format: Format,
    /// Whether the step can be submitted without it.
    pub required: bool,
    /// Its label, where the standard one of the identifier does not serve.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A sentence of help under the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// One text to agree to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsentSpec {
    /// Its name, unique within the step.
    pub name: ConsentName,
    /// The version of the text. What a person agrees to is this version.
    pub version: String,
    /// The sentence beside the tick.
    pub text: String,
    /// Where the whole text can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether the step can be submitted without it.
    #[serde(default = "yes")]
    pub required: bool,
}

/// One file that a form step asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UploadSpec {
    /// Its name within the step.
    pub name: UploadName,
    /// What a person is told to upload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its limits.
    #[serde(flatten)]
    pub limits: UploadLimits,
}

/// What is taken as an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UploadLimits {
    /// The types taken, found by content.
    #[serde(default = "photographs")]
    pub accept: Vec<MediaType>,
    /// The largest file taken, in bytes.
    #[serde(default = "ten_megabytes")]
    pub max_bytes: u32,
    /// How many uploads may be tried.
    #[serde(default = "ten")]
    pub attempts: u8,
}

impl Default for UploadLimits {
    fn default() -> Self {
        Self { accept: photographs(), max_bytes: ten_megabytes(), attempts: ten() }
    }
}

fn yes() -> bool {
    true
}

fn photographs() -> Vec<MediaType> {
    vec![MediaType::Jpeg, MediaType::Png, MediaType::WebP]
}

fn ten_megabytes() -> u32 {
    10_000_000
}

fn ten() -> u8 {
    10
}

impl Skill {
    /// The step of this name.
    pub fn step(&self, name: &StepName) -> Option<&StepSpec> {
        self.steps.iter().find(|step| step.name == *name)
    }

    /// Every field that some form step collects.
    pub fn fields(&self) -> impl Iterator<Item = &FieldSpec> {
        self.steps.iter().flat_map(|step| match &step.kind {
            StepKind::Form { fields } => fields.as_slice(),
            _ => &[],
        })
    }

    /// The step in which a person logs in, if they have to.
    pub fn identify(&self) -> Option<(&StepSpec, &[AuthMethod])> {
        self.steps.first().and_then(|step| match &step.kind {
            StepKind::Identify { methods } => Some((step, methods.as_slice())),
            _ => None,
        })
    }

    /// Whether anything is given in it by which somebody is judged. A skill by which a person logs in, or
    /// changes how they do, says nothing of who they are.
    pub fn is_judged(&self) -> bool {
        self.steps.iter().any(|step| !step.kind.is_login())
    }
}

impl StepKind {
    /// Whether it is about how a person logs in, and nothing else.
    pub fn is_login(&self) -> bool {
        matches!(self, StepKind::Identify { .. } | StepKind::Passkey | StepKind::LoginMethods)
    }
}
