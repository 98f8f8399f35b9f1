//! What is kept of a person, as a tenant's backend reads, writes and erases it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::field::FieldName;
use crate::secret::ClientToken;
use crate::submission::Data;
use crate::upload::words;

/// `GET /users/{fp_id}/vault`: which data there are, never the data themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct VaultPresence(pub BTreeMap<String, bool>);

/// The query of `GET /users/{fp_id}/vault`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadVault {
    /// Which data are asked for, separated by commas. Without it: all that there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<String>,
}

/// `PATCH /users/{fp_id}/vault`: values by data identifier; `null` removes what is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct UpdateVault(pub Data);

/// `POST /users/{fp_id}/vault/decrypt`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecryptVault {
    /// Which values.
    pub fields: Vec<FieldName>,
    /// Why: 1 to 500 characters, for the audit.
    pub reason: String,
}

/// `POST /users/vault/decrypt`, with a client token, which has its reason already.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecryptWithToken {
    /// Which values.
    pub fields: Vec<FieldName>,
}

/// The answer to [`DecryptVault`]: values by data identifier, `null` where there is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct VaultValues(pub Data);

/// `POST /users/{fp_id}/vault/decrypt/file`: one file, which is the answer's body.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecryptFile {
    /// Which file, as in `document.passport.front` or `selfie`.
    pub field: FieldName,
    /// Why: 1 to 500 characters, for the audit.
    pub reason: String,
}

/// `DELETE /users/{fp_id}/vault`
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EraseVault {
    /// What is erased; everything if nothing is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<FieldName>>,
    /// Why: 1 to 500 characters, for the audit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

words! {
    /// What a client token lets a web page do.
    Scope {
        /// Write data.
        Vault = "vault",
        /// Read them.
        Decrypt = "decrypt",
    }
}

/// `POST /users/{fp_id}/client_token`: a web page of the tenant is to write or read some data itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateClientToken {
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// With which data.
    pub fields: Vec<FieldName>,
    /// For how many seconds: 60 to 86,400, or 1,800 if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<i64>,
    /// Why: 1 to 500 characters, for the audit. Whoever lets a page read data has to say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The answer to [`CreateClientToken`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClientTokenCreated {
    /// What the page sends as `Authorization: Bearer`.
    pub token: ClientToken,
    /// The end of its life.
    pub expires_at: Timestamp,
}
