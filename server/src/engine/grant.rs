//! What a client token lets a web page of the tenant do with a person's data.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use vestibule_protocol::field::{FieldName, FieldProblem};
use vestibule_protocol::onboarding::{CreateClientToken, Scope};
use vestibule_protocol::problem::RefusedField;

/// How long a token lives if nobody says, in seconds.
const USUAL_LIFE: i64 = 1_800;
const SHORTEST_LIFE: i64 = 60;
const LONGEST_LIFE: i64 = 86_400;

/// What may be done, and with which data. With whose stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// What may be done.
    pub scopes: BTreeSet<Scope>,
    /// With which data.
    pub fields: BTreeSet<FieldName>,
    /// Why, where data may be read.
    pub reason: Option<String>,
}

impl Grant {
    /// What is asked for, with the reason as it was read, and how many seconds it lives.
    ///
    /// # Errors
    /// Every field that cannot be accepted, and why.
    pub fn read(asked: &CreateClientToken, reason: Option<String>) -> Result<(Self, i64), Vec<RefusedField>> {
        let life = asked.ttl.unwrap_or(USUAL_LIFE);
        let reads = asked.scopes.contains(&Scope::Decrypt);
        let refused: Vec<RefusedField> = [
            ("scopes", asked.scopes.is_empty().then_some(FieldProblem::Required)),
            ("fields", asked.fields.is_empty().then_some(FieldProblem::Required)),
            ("reason", (reads && reason.is_none()).then_some(FieldProblem::Required)),
            ("ttl", (life < SHORTEST_LIFE).then_some(FieldProblem::TooSmall)),
            ("ttl", (life > LONGEST_LIFE).then_some(FieldProblem::TooLarge)),
        ]
        .into_iter()
        .filter_map(|(field, problem)| Some(RefusedField { field: field.into(), problem: problem? }))
        .collect();
        if !refused.is_empty() {
            return Err(refused);
        }
        let scopes = asked.scopes.iter().copied().collect();
        let fields = asked.fields.iter().cloned().collect();
        Ok((Self { scopes, fields, reason }, life))
    }

    /// Whether `scope` is granted for all of these data.
    ///
    /// # Errors
    /// Those for which it is not.
    pub fn allows<'a>(
        &self,
        scope: Scope,
        fields: impl Iterator<Item = &'a str>,
    ) -> Result<(), Vec<RefusedField>> {
        let granted = |name: &str| {
            self.scopes.contains(&scope) && self.fields.iter().any(|field| field.as_str() == name)
        };
        let refused: Vec<RefusedField> = fields
            .filter(|name| !granted(name))
            .map(|name| RefusedField {
                field: name.chars().take(64).collect(),
                problem: FieldProblem::NotAnOption,
            })
            .collect();
        if refused.is_empty() && self.scopes.contains(&scope) { Ok(()) } else { Err(refused) }
    }
}
