//! What is kept of a person, as a tenant's backend reads it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `GET /users/{fp_id}/vault`: which data there are, never the data themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct VaultPresence(pub BTreeMap<String, bool>);
