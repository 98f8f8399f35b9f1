//! Whether the person is as old as the skill asks.

use vestibule_protocol::outcome::Verdict;

use super::evidence::Evidence;
use super::worst;
use crate::engine::reading::Span;

/// Asked where the skill has a `minimum_age`. By every birth date that there is, typed or read:
///
/// - `ok`: old enough on the day of completion by each of them;
/// - `fail`: too young by one;
/// - `unknown`: there is none, or so little is known of it that it could be either.
pub fn minimum_age(evidence: &Evidence<'_>, least: u16) -> Verdict {
    let typed = evidence.day("id.dob").map(Span::of);
    let read = evidence.documents.iter().flat_map(|document| &document.readings);
    let births = typed.into_iter().chain(read.filter_map(|reading| reading.birth));
    let verdicts = births.map(|birth| {
        if birth.latest.years_until(evidence.today) >= least {
            Verdict::Ok
        } else if birth.earliest.years_until(evidence.today) < least {
            Verdict::Fail
        } else {
            Verdict::Unknown
        }
    });
    worst(verdicts).unwrap_or(Verdict::Unknown)
}
