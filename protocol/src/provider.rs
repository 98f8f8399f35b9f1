//! What a provider is asked, and what it answers: an engine of somebody else's that judges faces and
//! documents, which an operator plugs in.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::ProviderRequestId;
use crate::outcome::{ProvidedCheck, ProviderScore, Verdict};
use crate::upload::{DocumentKind, MediaType, UploadName};

/// One check about some pictures. It says nothing of whose they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderRequest {
    /// The same check about the same pictures of the same session has the same name, however often it is
    /// asked.
    pub request_id: ProviderRequestId,
    /// What is asked.
    pub check: ProvidedCheck,
    /// All that there is to judge by.
    pub pictures: Vec<ProviderPicture>,
}

/// A picture.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderPicture {
    /// The selfie, or a side of a document.
    pub name: UploadName,
    /// What the document is said to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentKind>,
    /// Its type, by content.
    pub media_type: MediaType,
    /// The file in base64 (RFC 4648, section 4).
    pub content: String,
    /// Of a selfie that liveness is asked of: the pictures that were taken in a row right after it, in their order. None
    /// came where the list is empty, as with a selfie that was chosen from files; where it is absent, none was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<Vec<ProviderFrame>>,
}

/// A picture of a burst.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderFrame {
    /// Its type, by content.
    pub media_type: MediaType,
    /// The file in base64.
    pub content: String,
}

/// Pictures stay out of logs.
impl fmt::Debug for ProviderFrame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderFrame").finish_non_exhaustive()
    }
}

/// Pictures stay out of logs.
impl fmt::Debug for ProviderPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderPicture").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What a provider found. Where the line is between its verdicts, it says itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderAnswer {
    /// To what it is the answer.
    pub request_id: ProviderRequestId,
    /// What was asked.
    pub check: ProvidedCheck,
    /// `unknown` says that the pictures do not let it tell.
    pub verdict: Verdict,
    /// How sure it is, where it gives a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ProviderScore>,
}
