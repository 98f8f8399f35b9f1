//! What is kept of a person or a business, as a tenant's backend reads, writes and erases it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::field::FieldName;
#[cfg(feature = "schema")]
use crate::schema::Prose;
use crate::secret::ClientToken;
use crate::submission::Data;
use crate::upload::words;

/// `GET /users/{fp_id}/vault`, `GET /businesses/{fp_bid}/vault`: which data there are, never the data
/// themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct VaultPresence(pub BTreeMap<String, bool>);

/// The query of `GET /users/{fp_id}/vault` and `GET /businesses/{fp_bid}/vault`.
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
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("propertyNames" = { "pattern": crate::field::data_pattern() }))
)]
#[serde(transparent)]
pub struct UpdateVault(pub Data);

impl From<UpdateVault> for Data {
    fn from(UpdateVault(data): UpdateVault) -> Self {
        data
    }
}

/// `PATCH /businesses/{fp_bid}/vault`: values by data identifier of a business; `null` removes what is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("propertyNames" = { "pattern": crate::field::business_pattern() }))
)]
#[serde(transparent)]
pub struct UpdateBusinessVault(pub Data);

impl From<UpdateBusinessVault> for Data {
    fn from(UpdateBusinessVault(data): UpdateBusinessVault) -> Self {
        data
    }
}

/// `POST /users/{fp_id}/vault/decrypt`, `POST /businesses/{fp_bid}/vault/decrypt`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecryptVault {
    /// Which values.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub fields: Vec<FieldName>,
    /// Why: 1 to 500 characters, for the audit.
    #[cfg_attr(feature = "schema", schemars(with = "Prose<500>"))]
    pub reason: String,
}

/// `POST /users/vault/decrypt`, with a client token, which has its reason already.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DecryptWithToken {
    /// Which values.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
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
    #[cfg_attr(feature = "schema", schemars(with = "Prose<500>"))]
    pub reason: String,
}

/// `DELETE /users/{fp_id}/vault`, `DELETE /businesses/{fp_bid}/vault`
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EraseVault {
    /// What is erased; everything if nothing is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub fields: Option<Vec<FieldName>>,
    /// Why: 1 to 500 characters, for the audit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Prose<500>>"))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transform = reading_has_its_reason))]
#[serde(deny_unknown_fields)]
pub struct CreateClientToken {
    /// What it may do.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub scopes: Vec<Scope>,
    /// With which data.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 200)))]
    pub fields: Vec<FieldName>,
    /// For how many seconds: 60 to 86,400, or 1,800 if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 60, max = 86_400)))]
    pub ttl: Option<i64>,
    /// Why: 1 to 500 characters, for the audit. Whoever lets a page read data has to say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Prose<500>>"))]
    pub reason: Option<String>,
}

/// Says that a reason is needed to read, and not to write.
#[cfg(feature = "schema")]
fn reading_has_its_reason(schema: &mut schemars::Schema) {
    let writes = schemars::json_schema!({ "properties": { "scopes": { "items": { "const": "vault" } } } });
    let says = schemars::json_schema!({
        "properties": { "reason": { "type": "string" } },
        "required": ["reason"],
    });
    schema.insert("anyOf".into(), vec![writes, says].into());
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
