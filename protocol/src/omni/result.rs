//! What a backend reads of a session: how it ended, what was found, what was given.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::upload::words;

words! {
    /// What a check found, or all of them together.
    ScoreStatus {
        /// Nothing against the person.
        Ok = "OK",
        /// Something that a person should look at.
        Warn = "WARN",
        /// Something against the person.
        Fail = "FAIL",
        /// Nothing was asked, or there was nothing to judge by.
        Unknown = "UNKNOWN",
        /// A person is to look at the session, and has not yet.
        Manual = "MANUAL",
    }
}

/// One line of a [`Score`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// A number, written as a text, where the check gives one. Null for a check that says yes or no: that
    /// is the status alone.
    pub value: Option<String>,
    /// What was found.
    pub status: ScoreStatus,
    /// What was asked.
    pub key: String,
}

/// `GET /omni/get/score`. A section is absent where its module is not in the skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// The documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_validation: Option<IdValidation>,
    /// Whether the selfie is of somebody who is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub liveness: Option<Liveness>,
    /// Whether the selfie is of whom the document is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face_recognition: Option<FaceRecognition>,
    /// How sure the reading of the documents is; absent where nothing was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_ocr_confidence: Option<IdOcrConfidence>,
    /// The decision.
    pub overall: Finding,
}

/// What was found of the documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct IdValidation {
    /// Of the pictures.
    pub photo_security_and_quality: Vec<Finding>,
    /// Of what stands in the documents.
    pub id_specific: Vec<Finding>,
    /// The gravest of both.
    pub overall: Finding,
}

/// What was found of the selfie itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Liveness {
    /// The gravest that was found.
    pub overall: Finding,
    /// Whether somebody was there.
    pub liveness_score: Finding,
}

/// What was found of the person beside the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FaceRecognition {
    /// Whether the faces are one.
    pub overall: Finding,
    /// Whether the names are one.
    pub name_match: Finding,
}

/// How sure the reading of the documents is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct IdOcrConfidence {
    /// In all.
    pub overall_confidence: Finding,
}

words! {
    /// What a backend is to do.
    FinishAction {
        /// Take the person.
        Approved = "approved",
        /// Do not.
        Rejected = "rejected",
        /// Wait: the session is not complete, or a person is to look at it.
        None = "none",
    }
}

/// `POST /omni/finish-status`: nothing.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskFinish {}

/// The answer of `/omni/finish-status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FinishStatus {
    /// Where the hosted page goes in the end; null where the backend said nothing.
    pub redirection_url: Option<String>,
    /// What to do.
    pub action: FinishAction,
    /// The decision.
    pub score_status: ScoreStatus,
}

words! {
    /// A document, by the family's word for it.
    TypeOfId {
        /// A passport book.
        Passport = "Passport",
        /// A national identity card.
        IdentificationCard = "IdentificationCard",
        /// A driver's licence.
        DriversLicense = "DriversLicense",
        /// A residence permit.
        ResidenceDocument = "ResidenceDocument",
    }
}

/// `GET /omni/get/ocr-data`: what was typed or read of the document and of whom it is. What is not there
/// is absent.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OcrData {
    /// The person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<OcrName>,
    /// The address, in lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The same in parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_fields: Option<AddressFields>,
    /// The document that was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_of_id: Option<TypeOfId>,
    /// The birthday: its beginning in UTC, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<i64>,
    /// The document's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_number: Option<String>,
    /// The day of issue, as the birthday is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<i64>,
    /// The last day, as the birthday is written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expire_at: Option<i64>,
    /// The country that issued the document, in ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuing_country: Option<String>,
    /// The state of the United States that issued the licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuing_state: Option<String>,
    /// The nationality, in ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nationality: Option<String>,
}

/// A name, in parts.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OcrName {
    /// All of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// All of it as a machine read it, from a machine-readable zone or a barcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_readable_full_name: Option<String>,
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Middle name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub middle_name: Option<String>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paternal_last_name: Option<String>,
}

/// An address, in parts.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AddressFields {
    /// Street and number, with what further line there is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// City.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// State or region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Country, in ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

words! {
    /// A picture, by the family's word for it.
    ImageName {
        /// The selfie.
        Selfie = "selfie",
        /// The document's front, or a passport's data page.
        FullFrameFrontId = "fullFrameFrontID",
        /// The document's back.
        FullFrameBackId = "fullFrameBackID",
        /// The document cut out of its front.
        CroppedFrontId = "croppedFrontID",
        /// The document cut out of its back.
        CroppedBackId = "croppedBackID",
        /// The face cut out of the document.
        CroppedFace = "croppedFace",
    }
}

/// `POST /omni/get/images`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadImages {
    /// Which pictures.
    pub images: Vec<ImageName>,
}

/// The answer to [`ReadImages`]: files in base64 (RFC 4648, section 4). What there is not is absent.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Images(pub BTreeMap<ImageName, String>);

/// Personal data stays out of logs.
macro_rules! redacted {
    ($($name:ident)*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })*
    };
}

redacted! { OcrData OcrName AddressFields Images }
