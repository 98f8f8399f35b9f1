//! How a backend starts a session for a person.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::date::Timestamp;
use crate::field::FieldProblem;
use crate::id::{BusinessId, ExternalId, PlaybookKey, UserId};
use crate::login::AuthMethod;
use crate::outcome::SandboxOutcome;
use crate::problem::Code;
use crate::secret::SessionToken;
use crate::submission::Data;
use crate::upload::words;

/// `POST /onboarding/session`. Which members go with which kind, [`StartOnboarding::purpose`] says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(transform = super::kinds::by_kind)
)]
#[serde(deny_unknown_fields)]
pub struct StartOnboarding {
    /// What the session is for.
    pub kind: OnboardingKind,
    /// The playbook to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PlaybookKey>,
    /// The tenant's own name for the person: found, or created under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_external_id: Option<ExternalId>,
    /// A person who is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fp_id: Option<UserId>,
    /// The tenant's own name for the business: found, or created under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business_external_id: Option<ExternalId>,
    /// A business that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fp_bid: Option<BusinessId>,
    /// The tenant's own name for the onboarding, among those of the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onboarding_external_id: Option<ExternalId>,
    /// What the tenant knows already, by data identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bootstrap_data: Option<Data>,
    /// Which log-in methods may be changed; all without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub limit_auth_methods: Option<BTreeSet<AuthMethod>>,
    /// Where the hosted page goes in the end; `https`, or `http` on this machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::PageAddress>"))]
    pub redirect_url: Option<String>,
    /// How the session ends, in the sandbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sandbox_outcome: Option<SandboxOutcome>,
}

words! {
    /// What an onboarding session is for.
    OnboardingKind {
        /// A person is onboarded onto a playbook.
        Onboard = "onboard",
        /// A person gives what a reviewer has asked for.
        Inherit = "inherit",
        /// A person changes how they log in.
        UpdateLoginMethods = "update_login_methods",
    }
}

/// A record by the server's name for it, by the tenant's own, or by both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference<I> {
    /// By the server's name: it must be there.
    Id(I),
    /// By the tenant's own name.
    External(ExternalId),
    /// By both: it must be there, and be called so or get the name.
    Both(I, ExternalId),
}

/// What a session is started for, with what goes with it.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// A person is onboarded onto a playbook.
    Onboard(Box<Onboard>),
    /// A person gives what a reviewer has asked for.
    Inherit {
        /// Who.
        person: Reference<UserId>,
        /// Where the hosted page goes in the end.
        redirect_url: Option<String>,
        /// How the session ends, in the sandbox.
        sandbox_outcome: Option<SandboxOutcome>,
    },
    /// A person changes how they log in.
    UpdateLoginMethods {
        /// Who.
        person: Reference<UserId>,
        /// The methods that may be changed, at least one.
        methods: BTreeSet<AuthMethod>,
    },
}

/// What [`Purpose::Onboard`] goes with.
#[derive(Clone, Debug)]
pub struct Onboard {
    /// Onto what.
    pub key: PlaybookKey,
    /// Who; somebody new without it.
    pub person: Option<Reference<UserId>>,
    /// Whose owner the person is.
    pub business: Option<Reference<BusinessId>>,
    /// The tenant's own name for the onboarding; there is a person then.
    pub onboarding: Option<ExternalId>,
    /// What the tenant knows already.
    pub bootstrap: Data,
    /// Where the hosted page goes in the end.
    pub redirect_url: Option<String>,
    /// How the session ends, in the sandbox.
    pub sandbox_outcome: Option<SandboxOutcome>,
}

/// A member that is missing for the kind, or makes no sense with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{member}: {code}")]
pub struct Misfit {
    /// Why.
    pub code: Code,
    /// The member.
    pub member: &'static str,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

impl StartOnboarding {
    /// What the session is for. `key` goes with `onboard` alone and must; the other kinds are about a
    /// person who is named.
    ///
    /// # Errors
    /// The first [`Misfit`].
    pub fn purpose(self) -> Result<Purpose, Misfit> {
        let unknown = |member| Misfit { code: Code::UnknownFields, member, problem: FieldProblem::Unknown };
        let needs_person =
            |member| Misfit { code: Code::UserRequired, member, problem: FieldProblem::Required };
        let refuse = |members: &[(&'static str, bool)]| {
            let misfit = members.iter().find(|(_, given)| *given);
            misfit.map_or(Ok(()), |(member, _)| Err(unknown(member)))
        };
        let limits = ("limit_auth_methods", self.limit_auth_methods.is_some());
        let of_onboarding = [
            ("key", self.key.is_some()),
            ("business_external_id", self.business_external_id.is_some()),
            ("fp_bid", self.fp_bid.is_some()),
            ("onboarding_external_id", self.onboarding_external_id.is_some()),
            ("bootstrap_data", self.bootstrap_data.is_some()),
        ];
        let of_walk = [
            ("redirect_url", self.redirect_url.is_some()),
            ("sandbox_outcome", self.sandbox_outcome.is_some()),
        ];
        let person = Reference::of(self.fp_id, self.user_external_id);
        match self.kind {
            OnboardingKind::Onboard => {
                refuse(&[limits])?;
                if person.is_none() && self.onboarding_external_id.is_some() {
                    return Err(needs_person("onboarding_external_id"));
                }
                let missing =
                    Misfit { code: Code::MissingFields, member: "key", problem: FieldProblem::Required };
                Ok(Purpose::Onboard(Box::new(Onboard {
                    key: self.key.ok_or(missing)?,
                    person,
                    business: Reference::of(self.fp_bid, self.business_external_id),
                    onboarding: self.onboarding_external_id,
                    bootstrap: self.bootstrap_data.unwrap_or_default(),
                    redirect_url: self.redirect_url,
                    sandbox_outcome: self.sandbox_outcome,
                })))
            }
            OnboardingKind::Inherit => {
                refuse(&of_onboarding)?;
                refuse(&[limits])?;
                Ok(Purpose::Inherit {
                    person: person.ok_or(needs_person("fp_id"))?,
                    redirect_url: self.redirect_url,
                    sandbox_outcome: self.sandbox_outcome,
                })
            }
            OnboardingKind::UpdateLoginMethods => {
                refuse(&of_onboarding)?;
                refuse(&of_walk)?;
                let none = Misfit {
                    code: Code::InvalidField,
                    member: "limit_auth_methods",
                    problem: FieldProblem::TooShort,
                };
                let methods = match self.limit_auth_methods {
                    None => AuthMethod::ALL.iter().copied().collect(),
                    Some(methods) if methods.is_empty() => return Err(none),
                    Some(methods) => methods,
                };
                Ok(Purpose::UpdateLoginMethods { person: person.ok_or(needs_person("fp_id"))?, methods })
            }
        }
    }
}

impl<I> Reference<I> {
    /// A reference by the names that were given; `None` without any.
    pub fn of(id: Option<I>, name: Option<ExternalId>) -> Option<Self> {
        match (id, name) {
            (Some(id), Some(name)) => Some(Reference::Both(id, name)),
            (Some(id), None) => Some(Reference::Id(id)),
            (None, Some(name)) => Some(Reference::External(name)),
            (None, None) => None,
        }
    }

    /// The server's name and the tenant's own, of which at least one is there.
    pub fn names(&self) -> (Option<&I>, Option<&ExternalId>) {
        match self {
            Reference::Id(id) => (Some(id), None),
            Reference::External(name) => (None, Some(name)),
            Reference::Both(id, name) => (Some(id), Some(name)),
        }
    }
}

/// The answer to [`StartOnboarding`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OnboardingStarted {
    /// What the SDK takes as `authToken`.
    pub token: SessionToken,
    /// The hosted flow of this session.
    pub link: String,
    /// The end of its life.
    pub expires_at: Timestamp,
    /// Bootstrap values that were not taken: they will be asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignored_bootstrap_fields: Vec<String>,
}
