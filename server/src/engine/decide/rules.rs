//! From what the checks found to a decision, by the rules of the skill.

use vestibule_protocol::outcome::{CheckResult, Status, Verdict};
use vestibule_protocol::skill::{Finding, Rules};

/// Whether the person passes, and whether a person is to look at it. One finding of `fail_if` fails; one
/// of `review_if` calls a reviewer, though what is not known of somebody who fails anyway calls nobody.
pub fn decision(checks: &[CheckResult], rules: &Rules) -> (Status, bool) {
    let mut found = checks.iter().map(|result| Finding { check: result.check, verdict: result.verdict });
    let fails = found.clone().any(|finding| rules.fail_if.contains(&finding));
    let calls = |finding: Finding| {
        rules.review_if.contains(&finding) && !(fails && finding.verdict == Verdict::Unknown)
    };
    let status = if fails { Status::Fail } else { Status::Pass };
    (status, found.any(calls))
}
