//! The onboarding family: people and businesses, and what was decided of them.

use vestibule_protocol::webhook::{
    BusinessCompleted, BusinessVaultUpdated, InfoRequested, ManualReview, OnboardingCompleted,
    OnboardingEvent, VaultUpdated,
};

use crate::engine::event::{BusinessEvent, Decision, Event, Firm, Person, Run, SessionEvent, UserEvent};
use crate::webhook::payload::{Circumstances, Payload};

/// An onboarding that is decided again is told of like one that was decided: whoever goes by the last word
/// is right.
pub(in crate::webhook) fn payload(event: &Event, circumstances: &Circumstances) -> Option<Payload> {
    match event {
        Event::Session(run, SessionEvent::Decided(decision)) => {
            Some(completed(run, *decision, circumstances))
        }
        Event::Session(_, _) => None,
        Event::Business(firm, what) => Some(of_business(firm, what, circumstances)),
        Event::User(person, what) => Some(of_user(person, what, circumstances)),
    }
}

fn completed(run: &Run, decision: Decision, circumstances: &Circumstances) -> Payload {
    Payload::OnboardingCompleted(OnboardingCompleted {
        event_kind: OnboardingEvent::OnboardingCompleted,
        fp_id: run.user.clone(),
        external_id: circumstances.external_id.clone(),
        onboarding_id: run.onboarding.clone(),
        playbook_key: run.playbook.clone(),
        status: decision.status,
        requires_manual_review: decision.requires_manual_review,
        is_live: circumstances.is_live,
        timestamp: circumstances.at,
    })
}

fn of_business(firm: &Firm, what: &BusinessEvent, circumstances: &Circumstances) -> Payload {
    let (fp_bid, external_id) = (firm.business.clone(), firm.external_id.clone());
    let (is_live, timestamp) = (circumstances.is_live, circumstances.at);
    match what {
        BusinessEvent::Decided(decision) => Payload::BusinessCompleted(BusinessCompleted {
            event_kind: OnboardingEvent::BusinessCompleted,
            fp_bid,
            external_id,
            status: decision.status,
            requires_manual_review: decision.requires_manual_review,
            is_live,
            timestamp,
        }),
        BusinessEvent::VaultUpdated(fields) => Payload::BusinessVaultUpdated(BusinessVaultUpdated {
            event_kind: OnboardingEvent::BusinessVaultUpdated,
            fp_bid,
            external_id,
            fields: fields.clone(),
            is_live,
            timestamp,
        }),
    }
}

fn of_user(person: &Person, what: &UserEvent, circumstances: &Circumstances) -> Payload {
    let (fp_id, external_id) = (person.user.clone(), person.external_id.clone());
    let (is_live, timestamp) = (circumstances.is_live, circumstances.at);
    match what {
        UserEvent::Reviewed(decision) => Payload::ManualReview(ManualReview {
            event_kind: OnboardingEvent::ManualReview,
            fp_id,
            external_id,
            status: decision.status,
            requires_manual_review: decision.requires_manual_review,
            is_live,
            timestamp,
        }),
        UserEvent::InfoRequested => Payload::InfoRequested(InfoRequested {
            event_kind: OnboardingEvent::InfoRequested,
            fp_id,
            external_id,
            is_live,
            timestamp,
        }),
        UserEvent::VaultUpdated(fields) => Payload::VaultUpdated(VaultUpdated {
            event_kind: OnboardingEvent::VaultUpdated,
            fp_id,
            external_id,
            fields: fields.clone(),
            is_live,
            timestamp,
        }),
    }
}
