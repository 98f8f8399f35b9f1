//! Steps as a browser sees them: enough to draw the screen, and nothing that it need not know.

use serde::{Deserialize, Serialize};

use crate::field::{FieldName, Format, Owner};
use crate::id::{ConsentName, StepName};
use crate::login::{AuthMethod, CodeSent, LoginMethod};
use crate::upload::{DocumentKind, UploadName};

/// What a person must do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepView {
    /// The step's name, which its submission carries.
    pub name: StepName,
    /// Its heading, where the skill has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its place among the session's steps, from 1.
    pub position: u16,
    /// How many steps the session has.
    pub total: u16,
    /// What is done in it.
    pub screen: Screen,
    /// The files of this step that were accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uploaded: Vec<UploadName>,
}

/// What is done in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// Fields are filled.
    Form {
        /// In the order in which they are asked.
        fields: Vec<FieldView>,
    },
    /// Texts are agreed to.
    Consent {
        /// In the order in which they are shown.
        consents: Vec<ConsentView>,
    },
    /// A document is chosen; its photographs follow as uploads of the submission.
    Document {
        /// The documents among which a person chooses.
        documents: Vec<DocumentKind>,
        /// What was chosen, when the step was submitted before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        chosen: Option<DocumentKind>,
    },
    /// A picture of the person is taken; it follows as an upload of the submission.
    Selfie {},
    /// What was given is shown once more.
    Review {
        /// The steps that can be corrected, with what was given.
        steps: Vec<StepView>,
    },
    /// A person logs in. The step is the next one until they have.
    Identify {
        /// The ways to do so. Where it is known who must log in, those that they have.
        methods: Vec<LoginMethod>,
        /// Whether it is known who must log in: then a code is asked for by `send`.
        known: bool,
        /// The code that was sent last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<CodeSent>,
        /// What the browser asks an authenticator for, as JSON that
        /// `PublicKeyCredential.parseRequestOptionsFromJSON` takes; absent where no passkey can be used here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passkey: Option<String>,
    },
    /// A person makes a passkey, or says why not.
    Passkey {
        /// What the browser asks an authenticator for, as JSON that
        /// `PublicKeyCredential.parseCreationOptionsFromJSON` takes; absent where none can be made here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passkey: Option<String>,
    },
    /// A person changes how they log in. The step is the next one until they are done.
    LoginMethods {
        /// The ways that may be changed, with what there is.
        methods: Vec<LoginMethod>,
        /// How many passkeys there are.
        passkeys: u16,
        /// The code that was sent last, to the new address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<CodeSent>,
        /// As in [`Screen::Passkey`]; absent also where no passkey may be added.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passkey: Option<String>,
        /// What was changed in this session, in order.
        changed: Vec<AuthMethod>,
    },
}

/// One field, as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldView {
    /// Its name, the key of its value in the submission.
    pub name: FieldName,
    /// What it holds.
    pub format: Format,
    /// Whether it must be given.
    pub required: bool,
    /// Its label, where the skill has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// A sentence of help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What was given before or is known already. `true` or `false` for a tick.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What was given before, where it may not be shown again as it is: the last characters
    /// after dots. A submission that leaves the field out keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masked: Option<String>,
    /// The owners that were given before or are known already; an empty list says that there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owners: Option<Vec<Owner>>,
}

/// One text to agree to, as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConsentView {
    /// Its name, the key in the submission.
    pub name: ConsentName,
    /// The version of the text: the value in the submission when it is agreed to.
    pub version: String,
    /// The sentence beside the tick.
    pub text: String,
    /// Where the whole text can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether it must be agreed to.
    pub required: bool,
    /// Whether it was agreed to before.
    pub given: bool,
}
