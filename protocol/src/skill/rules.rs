//! The rules of a skill: which findings of the checks fail a person, and which call a reviewer.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use thiserror::Error;

use super::{StepKind, StepSpec};
use crate::outcome::{Check, ProvidedCheck, Verdict};

/// What decides the outcome beyond completeness. Made by [`Rules::check`] alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The least age in whole years, on the day of completion.
    pub minimum_age: Option<u16>,
    /// What a provider is asked.
    pub provider_checks: Vec<ProvidedCheck>,
    /// How often a picture of a step is refused only for how it was taken: too dark, blurred, cut off. After so
    /// many uploads, and at the last attempt, it is accepted, and `document_quality` warns.
    pub retakes: u8,
    /// A person fails if one of these is found.
    pub fail_if: Vec<Finding>,
    /// A person is to look at it if one of these is found.
    pub review_if: Vec<Finding>,
}

/// What a check found: `name_match.warn`, for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// Its verdict.
    pub verdict: Verdict,
}

/// Rules as an operator writes them, before [`Rules::check`]. What is left out is the default.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesFile {
    minimum_age: Option<u16>,
    #[serde(default)]
    provider_checks: Vec<String>,
    #[serde(default = "three")]
    retakes: u8,
    fail_if: Option<Vec<String>>,
    review_if: Option<Vec<String>>,
}

impl Default for RulesFile {
    fn default() -> Self {
        Self {
            minimum_age: None,
            provider_checks: Vec::new(),
            retakes: three(),
            fail_if: None,
            review_if: None,
        }
    }
}

fn three() -> u8 {
    3
}

/// Why rules cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImpossibleRule {
    /// No check, or no verdict, of this name.
    #[error("'{0}' is no finding: write check.verdict, as in minimum_age.fail")]
    NoFinding(String),
    /// The same finding twice in one list.
    #[error("'{0}' occurs twice")]
    Twice(Finding),
    /// What the sandbox fixes is not up to rules.
    #[error("'{0}' is not for rules: it takes their place")]
    Fixed(Finding),
    /// A rule on the age, which would never be asked.
    #[error("'{0}' is never found without minimum_age")]
    NoMinimumAge(Finding),
    /// A check that no provider makes.
    #[error("'{0}' is no check of a provider: they are face_match, liveness and document_authenticity")]
    NotProvided(String),
    /// The same check twice.
    #[error("'{0}' occurs twice")]
    AskedTwice(&'static str),
    /// A rule on what a provider is not asked.
    #[error("'{0}' is never found unless provider_checks names the check")]
    NotAsked(Finding),
    /// A check without the pictures that it takes.
    #[error("'{check}' takes pictures of a {lacks} step, and there is none")]
    NoPictures {
        /// The check.
        check: &'static str,
        /// The kind of step.
        lacks: &'static str,
    },
}

impl ImpossibleRule {
    /// The finding as it is written, to point to it.
    pub fn written(&self) -> String {
        match self {
            Self::NoFinding(text) | Self::NotProvided(text) => text.clone(),
            Self::AskedTwice(check) | Self::NoPictures { check, .. } => (*check).into(),
            Self::Twice(finding)
            | Self::Fixed(finding)
            | Self::NoMinimumAge(finding)
            | Self::NotAsked(finding) => finding.to_string(),
        }
    }
}

impl Rules {
    /// The rules that a file describes. Without lists, whatever fails a check fails the person, and what
    /// a check warns of or does not know, a person is to look at. What no list says of a check that a
    /// provider is asked, is so in any case: an engine that is out of reach lets nobody pass unseen.
    ///
    /// # Errors
    /// [`ImpossibleRule`] when a list holds what is no finding, or none that can come.
    pub fn check(file: RulesFile) -> Result<Self, ImpossibleRule> {
        let provider_checks = provided(file.provider_checks)?;
        let every = |verdicts: &[Verdict]| {
            let checks = Check::ALL.iter().filter(|check| **check != Check::SandboxOutcome);
            checks
                .flat_map(|check| verdicts.iter().map(|verdict| Finding { check: *check, verdict: *verdict }))
                .collect()
        };
        let list = |written: Option<Vec<String>>, default: &[Verdict]| match written {
            Some(written) => findings(written, file.minimum_age, &provider_checks),
            None => Ok(every(default)),
        };
        let mut fail_if = list(file.fail_if, &[Verdict::Fail])?;
        let mut review_if = list(file.review_if, &[Verdict::Warn, Verdict::Unknown])?;
        for check in provider_checks.iter().map(|provided| provided.check()) {
            for verdict in [Verdict::Fail, Verdict::Warn, Verdict::Unknown] {
                let finding = Finding { check, verdict };
                if !fail_if.contains(&finding) && !review_if.contains(&finding) {
                    if verdict == Verdict::Fail { &mut fail_if } else { &mut review_if }.push(finding);
                }
            }
        }
        Ok(Self { minimum_age: file.minimum_age, provider_checks, retakes: file.retakes, fail_if, review_if })
    }

    /// # Errors
    /// [`ImpossibleRule::NoPictures`] when a provider would be asked about pictures that no step takes.
    pub(super) fn check_pictures(&self, steps: &[StepSpec]) -> Result<(), ImpossibleRule> {
        let selfie = ("selfie", steps.iter().any(|step| matches!(step.kind, StepKind::Selfie { .. })));
        let document = ("document", steps.iter().any(|step| matches!(step.kind, StepKind::Document { .. })));
        for provided in &self.provider_checks {
            let takes: &[_] = match provided {
                ProvidedCheck::FaceMatch => &[selfie, document],
                ProvidedCheck::Liveness => &[selfie],
                ProvidedCheck::DocumentAuthenticity => &[document],
            };
            if let Some((lacks, _)) = takes.iter().find(|(_, there)| !there) {
                return Err(ImpossibleRule::NoPictures { check: provided.as_str(), lacks });
            }
        }
        Ok(())
    }
}

fn provided(written: Vec<String>) -> Result<Vec<ProvidedCheck>, ImpossibleRule> {
    let mut checks = Vec::with_capacity(written.len());
    for text in written {
        let check = ProvidedCheck::from_text(&text).ok_or(ImpossibleRule::NotProvided(text))?;
        if checks.contains(&check) {
            return Err(ImpossibleRule::AskedTwice(check.as_str()));
        }
        checks.push(check);
    }
    Ok(checks)
}

fn findings(
    written: Vec<String>,
    minimum_age: Option<u16>,
    provider_checks: &[ProvidedCheck],
) -> Result<Vec<Finding>, ImpossibleRule> {
    let mut findings = Vec::with_capacity(written.len());
    for text in written {
        let finding: Finding = text.parse().map_err(|NoFinding| ImpossibleRule::NoFinding(text))?;
        if finding.check == Check::SandboxOutcome {
            return Err(ImpossibleRule::Fixed(finding));
        }
        if finding.check == Check::MinimumAge && minimum_age.is_none() {
            return Err(ImpossibleRule::NoMinimumAge(finding));
        }
        if ProvidedCheck::of(finding.check).is_some_and(|check| !provider_checks.contains(&check)) {
            return Err(ImpossibleRule::NotAsked(finding));
        }
        if findings.contains(&finding) {
            return Err(ImpossibleRule::Twice(finding));
        }
        findings.push(finding);
    }
    Ok(findings)
}

/// The text is not `check.verdict`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a check and its verdict")]
pub struct NoFinding;

impl FromStr for Finding {
    type Err = NoFinding;

    fn from_str(text: &str) -> Result<Self, NoFinding> {
        let (check, verdict) = text.split_once('.').ok_or(NoFinding)?;
        let check = Check::from_text(check).ok_or(NoFinding)?;
        Ok(Self { check, verdict: Verdict::from_text(verdict).ok_or(NoFinding)? })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.check.as_str(), self.verdict.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules of a file.
    fn rules(text: &str) -> Result<Rules, ImpossibleRule> {
        Rules::check(toml::from_str(text).unwrap())
    }

    #[test]
    fn rules_name_findings_of_the_checks() {
        let rules = rules(
        "minimum_age = 18\nfail_if = [\"minimum_age.fail\", \"mrz.fail\"]\nreview_if = [\"name_match.warn\"]",
    )
    .unwrap();
        let finding = |check, verdict| Finding { check, verdict };
        let age = finding(Check::MinimumAge, Verdict::Fail);
        assert_eq!(rules.fail_if, [age, finding(Check::Mrz, Verdict::Fail)]);
        assert_eq!(rules.review_if, [finding(Check::NameMatch, Verdict::Warn)]);
    }

    #[test]
    fn pictures_are_refused_three_times_unless_the_skill_says_otherwise() {
        assert_eq!(["", "retakes = 0"].map(|text| rules(text).unwrap().retakes), [3, 0]);
        assert_eq!(Rules::check(RulesFile::default()).unwrap().retakes, 3);
    }

    #[test]
    fn without_rules_a_failed_check_fails_and_an_open_one_calls_a_reviewer() {
        let rules = rules("").unwrap();
        let of = |check| {
            move |list: &[Finding]| -> Vec<Verdict> {
                list.iter().filter(|finding| finding.check == check).map(|finding| finding.verdict).collect()
            }
        };
        for check in Check::ALL.iter().filter(|check| **check != Check::SandboxOutcome) {
            assert_eq!(of(*check)(&rules.fail_if), [Verdict::Fail], "{check:?}");
            assert_eq!(of(*check)(&rules.review_if), [Verdict::Warn, Verdict::Unknown], "{check:?}");
        }
        assert!(of(Check::SandboxOutcome)(&[rules.fail_if, rules.review_if].concat()).is_empty());
    }

    #[test]
    fn what_no_list_says_of_a_check_that_a_provider_is_asked_is_as_without_lists() {
        let asked =
            "provider_checks = [\"liveness\"]\nfail_if = [\"liveness.warn\"]\nreview_if = [\"mrz.warn\"]";
        let rules = rules(asked).unwrap();
        assert_eq!(rules.provider_checks, [ProvidedCheck::Liveness]);
        let written = |list: &[Finding]| list.iter().map(Finding::to_string).collect::<Vec<_>>();
        assert_eq!(written(&rules.fail_if), ["liveness.warn", "liveness.fail"]);
        assert_eq!(written(&rules.review_if), ["mrz.warn", "liveness.unknown"]);
    }

    #[test]
    fn a_provider_is_asked_once_for_what_it_makes() {
        let said = |text| rules(text).unwrap_err().to_string();
        assert_eq!(
            said("provider_checks = [\"mrz\"]"),
            "'mrz' is no check of a provider: they are face_match, liveness and document_authenticity"
        );
        assert_eq!(said("provider_checks = [\"liveness\", \"liveness\"]"), "'liveness' occurs twice");
        assert_eq!(
            said("provider_checks = [\"liveness\"]\nreview_if = [\"face_match.unknown\"]"),
            "'face_match.unknown' is never found unless provider_checks names the check"
        );
    }

    #[test]
    fn a_rule_that_says_nothing_is_refused() {
        let said = |text| rules(text).unwrap_err().to_string();
        for nothing in
            ["", "minimum_age", "minimum_age.", ".fail", "age.fail", "minimum_age.bad", "mrz.fail.warn"]
        {
            let refused = rules(&format!("minimum_age = 18\nfail_if = [\"{nothing}\"]")).unwrap_err();
            assert_eq!(refused, ImpossibleRule::NoFinding(nothing.into()));
        }
        assert_eq!(said("review_if = [\"mrz.warn\", \"mrz.warn\"]"), "'mrz.warn' occurs twice");
        assert_eq!(
            said("fail_if = [\"minimum_age.fail\"]"),
            "'minimum_age.fail' is never found without minimum_age"
        );
        let fixed = said("review_if = [\"sandbox_outcome.warn\"]");
        assert_eq!(fixed, "'sandbox_outcome.warn' is not for rules: it takes their place");
    }
}
