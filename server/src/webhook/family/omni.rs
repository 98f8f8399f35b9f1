//! The omni family: how far a session has come.

use vestibule_protocol::omni::{CustomerId, OnboardingStatus};
use vestibule_protocol::webhook::OmniEvent;

use crate::engine::event::{Event, SessionEvent};
use crate::webhook::payload::{Circumstances, Payload};

/// Each status, once it is reached.
pub(in crate::webhook) fn payload(event: &Event, circumstances: &Circumstances) -> Option<Payload> {
    let Event::Session(run, what) = event else { return None };
    let onboarding_status = match what {
        SessionEvent::Reached(status) => *status,
        SessionEvent::Expired => OnboardingStatus::Expired,
        _ => return None,
    };
    Some(Payload::Omni(OmniEvent {
        flow_id: circumstances.flow.clone()?,
        interview_id: run.interview.clone(),
        external_customer_id: circumstances.external_id.clone().map(CustomerId),
        onboarding_status,
    }))
}
