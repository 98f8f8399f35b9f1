//! What was found, in the sections of the omni family.

use vestibule_protocol::omni::{
    FaceRecognition, Finding, FinishAction, FinishStatus, IdOcrConfidence, IdValidation, Liveness, Score,
    ScoreStatus,
};
use vestibule_protocol::outcome::{Check, CheckResult, Status, Verdict};
use vestibule_protocol::skill::StepKind;

use crate::engine::session::Session;

/// What a check is about, as the family divides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The pictures of the documents.
    Pictures,
    /// What stands in the documents.
    Contents,
    /// How sure their reading is.
    Reading,
    /// Whether somebody was before the camera.
    Liveness,
    /// Whether that is whom the document shows.
    Face,
    /// Whether the names are one.
    Name,
}

/// The one table from checks to parts. The checks of no part count in the decision alone. No check asks
/// about the reading yet, so that part has no row.
fn part_of(check: Check) -> Option<Part> {
    match check {
        Check::Uploads | Check::DocumentAuthenticity | Check::DocumentQuality => Some(Part::Pictures),
        Check::Mrz | Check::DocumentConsistency | Check::DocumentExpiry | Check::DuplicateDocument => {
            Some(Part::Contents)
        }
        Check::Liveness => Some(Part::Liveness),
        Check::FaceMatch => Some(Part::Face),
        Check::NameMatch => Some(Part::Name),
        Check::RequiredData | Check::MinimumAge | Check::Consent | Check::SandboxOutcome => None,
    }
}

/// Whether the session asks for what a part is about: a document, as pictures or in fields, or a selfie.
fn is_asked(session: &Session, part: Part) -> bool {
    session.steps().iter().any(|step| match (part, &step.kind) {
        (Part::Pictures | Part::Contents | Part::Reading, StepKind::Document { .. }) => true,
        (Part::Pictures | Part::Contents | Part::Reading, StepKind::Form { fields }) => {
            fields.iter().any(|field| field.name.as_str().starts_with("document."))
        }
        (Part::Liveness | Part::Face | Part::Name, StepKind::Selfie { .. }) => true,
        _ => false,
    })
}

/// What the checks of a part found; nothing before the session is decided.
pub(super) fn findings(session: &Session, part: Part) -> impl Iterator<Item = &CheckResult> {
    let asked = session.completion().filter(|_| is_asked(session, part));
    let checks = asked.map_or(&[][..], |completion| &completion.outcome.checks);
    checks.iter().filter(move |found| part_of(found.check) == Some(part))
}

/// All that was found. Until the session is decided nothing was, and every status is `UNKNOWN`.
pub fn score(session: &Session) -> Score {
    let asked = |part| is_asked(session, part);
    let reading = tests(session, Part::Reading);
    Score {
        id_validation: asked(Part::Pictures).then(|| {
            let (pictures, contents) = (tests(session, Part::Pictures), tests(session, Part::Contents));
            let overall = total("overall", pictures.iter().chain(&contents));
            IdValidation { photo_security_and_quality: pictures, id_specific: contents, overall }
        }),
        liveness: asked(Part::Liveness).then(|| {
            let found = tests(session, Part::Liveness);
            Liveness { overall: total("overall", &found), liveness_score: total("livenessScore", &found) }
        }),
        face_recognition: asked(Part::Face).then(|| FaceRecognition {
            overall: total("overall", &tests(session, Part::Face)),
            name_match: total("nameMatch", &tests(session, Part::Name)),
        }),
        id_ocr_confidence: (!reading.is_empty())
            .then(|| IdOcrConfidence { overall_confidence: total("overallConfidence", &reading) }),
        overall: test("overall", decided(session)),
    }
}

/// How a session ended, and what its backend is to do.
pub fn finish_status(session: &Session) -> FinishStatus {
    let score_status = decided(session);
    FinishStatus {
        redirection_url: session.state.redirect_url.clone(),
        action: match score_status {
            ScoreStatus::Ok => FinishAction::Approved,
            ScoreStatus::Fail => FinishAction::Rejected,
            ScoreStatus::Warn | ScoreStatus::Unknown | ScoreStatus::Manual => FinishAction::None,
        },
        score_status,
    }
}

/// The decision as it stands. A reviewer who is to look at the session has the last word.
fn decided(session: &Session) -> ScoreStatus {
    let Some(completion) = session.completion() else { return ScoreStatus::Unknown };
    let standing = completion.standing();
    match standing.status {
        _ if standing.requires_manual_review => ScoreStatus::Manual,
        Status::Pass => ScoreStatus::Ok,
        Status::Fail => ScoreStatus::Fail,
        Status::None | Status::Pending | Status::Incomplete => ScoreStatus::Unknown,
    }
}

fn tests(session: &Session, part: Part) -> Vec<Finding> {
    let finding = |found: &CheckResult| Finding {
        value: found.score.map(|score| score.to_string()),
        ..test(found.check.as_str(), status_of(found.verdict))
    };
    findings(session, part).map(finding).collect()
}

/// The gravest of some tests; `UNKNOWN` where none ran. Where there is one, its number is the total's.
fn total<'a>(key: &str, tests: impl IntoIterator<Item = &'a Finding>) -> Finding {
    let weight = |status: &ScoreStatus| match status {
        ScoreStatus::Ok => 0,
        ScoreStatus::Unknown => 1,
        ScoreStatus::Warn | ScoreStatus::Manual => 2,
        ScoreStatus::Fail => 3,
    };
    let tests: Vec<&Finding> = tests.into_iter().collect();
    let value = match tests[..] {
        [alone] => alone.value.clone(),
        _ => None,
    };
    let gravest = tests.iter().map(|test| test.status).max_by_key(weight);
    Finding { value, ..test(key, gravest.unwrap_or(ScoreStatus::Unknown)) }
}

/// A verdict is no number.
fn test(key: &str, status: ScoreStatus) -> Finding {
    Finding { value: None, status, key: key.into() }
}

fn status_of(verdict: Verdict) -> ScoreStatus {
    match verdict {
        Verdict::Ok => ScoreStatus::Ok,
        Verdict::Warn => ScoreStatus::Warn,
        Verdict::Fail => ScoreStatus::Fail,
        Verdict::Unknown => ScoreStatus::Unknown,
    }
}
