//! A business, as a tenant's backend makes it known and sees it, and who owns it.

use serde::{Deserialize, Serialize};

use crate::id::{BusinessId, ExternalId, UserId};
use crate::outcome::Status;
use crate::submission::Data;
use crate::upload::words;

/// `GET /businesses/{fp_bid}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Business {
    /// The business.
    pub id: BusinessId,
    /// The tenant's own name for the business.
    pub external_id: Option<ExternalId>,
    /// How it stands: `none` before anything was begun, `incomplete` until the person who acts for it has
    /// described it, `pending` until each of its owners is decided.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
}

/// `POST /businesses`: a business is known before any session about it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateBusiness {
    /// The tenant's own name for the business, which none has yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// What is known already, by data identifier of a business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<super::vault::UpdateBusinessVault>"))]
    pub data: Option<Data>,
}

/// The query of `GET /businesses`: which businesses are listed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListBusinesses {
    /// The one that the tenant calls so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// Those that stand so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Those at which a person is to look, or the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requires_manual_review: Option<bool>,
    /// How many at most: 1 to 100, or 25 if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 100)))]
    pub limit: Option<u32>,
    /// Where the part before ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<BusinessId>,
}

words! {
    /// What an owner is to a business.
    OwnerKind {
        /// The person who acts for it.
        Primary = "primary",
        /// Any other owner.
        Secondary = "secondary",
    }
}

/// One item of `GET /businesses/{fp_bid}/owners`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BusinessOwner {
    /// The person.
    pub fp_id: UserId,
    /// What they are to the business.
    pub kind: OwnerKind,
    /// Their share in percent, where it is known.
    pub ownership_stake: Option<u8>,
    /// How they stand as an owner: `incomplete` until they have given what they are asked for.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
}

/// `POST /businesses/{fp_bid}/owners`: a person is marked as an owner, or their share is corrected.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkOwner {
    /// The person.
    pub fp_id: UserId,
    /// Their share in percent, 1 to 100. Who owns an unknown share counts as one who must pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 100)))]
    pub ownership_stake: Option<u8>,
}

/// `POST /businesses/{fp_bid}/owners/{fp_id}/link`: the owner's own session, by which they are checked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InviteOwner {
    /// Where the hosted page goes in the end; `https`, or `http` on this machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::PageAddress>"))]
    pub redirect_url: Option<String>,
}
