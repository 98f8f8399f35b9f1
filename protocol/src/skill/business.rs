//! What a skill about a business says of the business's owners.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{FieldSpec, StepKind, StepSpec};
use crate::field::PRIMARY_STAKE;
use crate::id::SkillName;

/// What a skill about a business says of the business's owners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BusinessSpec {
    /// The skill by which owners are checked, other than the person who acts for the business.
    pub owner_skill: SkillName,
    /// The share, in percent, from which on an owner must pass for the business to pass.
    ///
    /// A quarter, unless the skill says otherwise: the beneficial owners of 31 CFR 1010.230(d)(1), and of
    /// Directive (EU) 2015/849, article 3(6)(a)(i).
    #[serde(default = "quarter")]
    pub required_stake: u8,
}

fn quarter() -> u8 {
    25
}

/// Why no business could be checked so.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImpossibleBusiness {
    /// The business, or the share of the person who acts for it, would stay unknown.
    #[error("a skill about a business must ask for '{0}' in a step without 'when', and it must be required")]
    NotAsked(&'static str),
    /// The owners would be checked by the skill that names them.
    #[error("the owners of a business cannot be checked by the skill that asks for them")]
    OwnSkill,
    /// A share that nobody has.
    #[error("'required_stake' is 1 to 100")]
    NoSuchStake,
}

impl BusinessSpec {
    /// # Errors
    /// [`ImpossibleBusiness`] when a session of these steps could not describe a business.
    pub(super) fn check(self, name: &SkillName, steps: &[StepSpec]) -> Result<Self, ImpossibleBusiness> {
        let asked = |wanted: &str| {
            let always = steps.iter().filter(|step| step.when.is_none());
            always.flat_map(fields).any(|field| field.required && field.name.as_str() == wanted)
        };
        if let Some(missing) = ["business.name", PRIMARY_STAKE].into_iter().find(|wanted| !asked(wanted)) {
            return Err(ImpossibleBusiness::NotAsked(missing));
        }
        if self.owner_skill == *name {
            return Err(ImpossibleBusiness::OwnSkill);
        }
        if !(1..=100).contains(&self.required_stake) {
            return Err(ImpossibleBusiness::NoSuchStake);
        }
        Ok(self)
    }
}

fn fields(step: &StepSpec) -> &[FieldSpec] {
    match &step.kind {
        StepKind::Form { fields } => fields,
        _ => &[],
    }
}
