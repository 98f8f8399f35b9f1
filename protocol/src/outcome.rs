//! What a tenant learns of a person in the end.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::upload::words;

words! {
    /// How a person's onboarding stands.
    Status {
        /// Every check that ran lets the person through.
        Pass = "pass",
        /// A check does not.
        Fail = "fail",
        /// Nothing was begun.
        None = "none",
        /// All is given; the decision is being made.
        Pending = "pending",
        /// Something is still to be given.
        Incomplete = "incomplete",
    }
}

words! {
    /// How a sandbox session ends, whatever is given in it.
    SandboxOutcome {
        /// It passes.
        Pass = "pass",
        /// It fails.
        Fail = "fail",
        /// It passes, and a person is to look at it.
        ManualReview = "manual_review",
        /// It is incomplete: the document is asked for once more, and what is given then is decided by
        /// the rules.
        StepUp = "step_up",
        /// The rules decide, as on live data.
        UseRulesOutcome = "use_rules_outcome",
    }
}

words! {
    /// What a reviewer decides.
    ReviewDecision {
        /// The person passes.
        Approve = "approve",
        /// The person fails.
        Reject = "reject",
    }
}

/// A decision: the status, and whether a person is to look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Pass or fail.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
    /// The checks that led to it.
    pub checks: Vec<CheckResult>,
}

/// One check and what it found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckResult {
    /// The check.
    pub check: Check,
    /// What it found.
    pub verdict: Verdict,
    /// The number beside the verdict, if a provider gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<ProviderScore>,
}

/// How sure a provider is, in its own words: from 0, surely against the person, to 100, surely for them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("minimum" = 0, "maximum" = 100)))]
#[serde(try_from = "f64", into = "f64")]
pub struct ProviderScore(f64);

/// The number is none from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a score is from 0 to 100")]
pub struct NoScore;

/// A score is a number, so it is equal to itself.
impl Eq for ProviderScore {}

impl TryFrom<f64> for ProviderScore {
    type Error = NoScore;

    fn try_from(number: f64) -> Result<Self, NoScore> {
        // The sum makes zero of a negative zero.
        if (0.0..=100.0).contains(&number) { Ok(Self(number + 0.0)) } else { Err(NoScore) }
    }
}

impl From<ProviderScore> for f64 {
    fn from(score: ProviderScore) -> Self {
        score.0
    }
}

/// The shortest decimal number that is this one.
impl fmt::Display for ProviderScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

words! {
    /// A question that is asked of the evidence.
    Check {
        /// Is every required field there and parsed?
        RequiredData = "required_data",
        /// Is the person as old as the skill asks?
        MinimumAge = "minimum_age",
        /// Do the check digits of the document's machine-readable zone fit?
        Mrz = "mrz",
        /// Do the document's zone, its barcode and what was typed say the same?
        DocumentConsistency = "document_consistency",
        /// Is the document valid on the day of completion?
        DocumentExpiry = "document_expiry",
        /// Does nobody else of the tenant have a document of this number?
        DuplicateDocument = "duplicate_document",
        /// Is the name that was typed the one on the document?
        NameMatch = "name_match",
        /// Was every required consent given, in the version in force?
        Consent = "consent",
        /// Was every file accepted?
        Uploads = "uploads",
        /// Is the selfie of whom the document shows? A provider says.
        FaceMatch = "face_match",
        /// Is the selfie of somebody who was before the camera? A provider says.
        Liveness = "liveness",
        /// Is the document what an issuer has made? A provider says.
        DocumentAuthenticity = "document_authenticity",
        /// Can the pictures of the documents be seen well?
        DocumentQuality = "document_quality",
        /// Does the sandbox fix the outcome?
        SandboxOutcome = "sandbox_outcome",
    }
}

words! {
    /// A check that takes a provider: an engine of somebody else's, which looks at pictures. It is asked
    /// where a skill names it.
    ProvidedCheck {
        /// [`Check::FaceMatch`]
        FaceMatch = "face_match",
        /// [`Check::Liveness`]
        Liveness = "liveness",
        /// [`Check::DocumentAuthenticity`]
        DocumentAuthenticity = "document_authenticity",
    }
}

impl ProvidedCheck {
    /// The check that it is.
    pub fn check(self) -> Check {
        match self {
            ProvidedCheck::FaceMatch => Check::FaceMatch,
            ProvidedCheck::Liveness => Check::Liveness,
            ProvidedCheck::DocumentAuthenticity => Check::DocumentAuthenticity,
        }
    }

    /// The one that is this check, if it takes a provider.
    pub fn of(check: Check) -> Option<Self> {
        Self::ALL.iter().copied().find(|provided| provided.check() == check)
    }
}

words! {
    /// What a check found.
    Verdict {
        /// Nothing against the person.
        Ok = "ok",
        /// Something that a person should look at.
        Warn = "warn",
        /// Something against the person.
        Fail = "fail",
        /// There was nothing to judge by.
        Unknown = "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_what_was_said_within_its_bounds() {
        for (number, said) in [(0.0, "0"), (-0.0, "0"), (97.3, "97.3"), (99.999, "99.999"), (100.0, "100")] {
            assert_eq!(ProviderScore::try_from(number).map(|score| score.to_string()), Ok(said.into()));
        }
        for none in [-0.1, 100.1, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(ProviderScore::try_from(none), Err(NoScore), "{none}");
        }
    }

    #[test]
    fn checks_that_take_a_provider_are_checks() {
        for provided in ProvidedCheck::ALL {
            assert_eq!(provided.check().as_str(), provided.as_str());
            assert_eq!(ProvidedCheck::of(provided.check()), Some(*provided));
        }
        assert_eq!(ProvidedCheck::of(Check::Mrz), None);
    }
}
