//! What a tenant learns of a person in the end.

use serde::{Deserialize, Serialize};

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
        /// Can the pictures of the documents be seen well?
        DocumentQuality = "document_quality",
        /// Does the sandbox fix the outcome?
        SandboxOutcome = "sandbox_outcome",
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
