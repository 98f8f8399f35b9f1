//! The steps family: every step of a session.

use vestibule_protocol::webhook::{StepsEvent, StepsEventKind};

use crate::engine::event::{Event, SessionEvent};
use crate::webhook::payload::{Circumstances, Payload};

/// What a person does in a session, and that its time is over. What is decided then is not of this family.
pub(in crate::webhook) fn payload(event: &Event, circumstances: &Circumstances) -> Option<Payload> {
    let Event::Session(run, what) = event else { return None };
    let (event, step) = match what {
        SessionEvent::Created => (StepsEventKind::SessionCreated, None),
        SessionEvent::Submitted(step) => (StepsEventKind::StepSubmitted, Some(step.clone())),
        SessionEvent::UploadRejected(step) => (StepsEventKind::UploadRejected, Some(step.clone())),
        SessionEvent::Completed => (StepsEventKind::SessionCompleted, None),
        SessionEvent::Expired => (StepsEventKind::SessionExpired, None),
        SessionEvent::Decided(_) | SessionEvent::Reached(_) => return None,
    };
    Some(Payload::Steps(StepsEvent {
        event,
        session_id: run.session.clone(),
        skill: run.skill.clone(),
        step,
        timestamp: circumstances.at,
    }))
}
