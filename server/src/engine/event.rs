//! What has happened, for whoever wants to be told: read off what a session or a person was before a
//! transition and is after it.
//!
//! **Invariant:** no transition says by itself what has happened, so none can forget to. The ledger
//! compares whenever it seals, and nothing is written that it has not sealed.

use vestibule_protocol::field::FieldName;
use vestibule_protocol::id::{
    BusinessId, ExternalId, InterviewId, OnboardingId, PlaybookKey, SessionId, SkillName,
};
use vestibule_protocol::id::{StepName, UserId};
use vestibule_protocol::omni::OnboardingStatus;
use vestibule_protocol::outcome::Status;

use super::business::Business;
use super::omni::statuses;
use super::session::{Giver, Session, Stage, Submission};
use super::user::User;
use super::vault::Vault;

/// Something that has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// To a session.
    Session(Run, SessionEvent),
    /// To what is known of a person.
    User(Person, UserEvent),
    /// To a business.
    Business(Firm, BusinessEvent),
}

/// The session that an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its name.
    pub session: SessionId,
    /// Its name in the omni family.
    pub interview: InterviewId,
    /// The person.
    pub user: UserId,
    /// What they are to do.
    pub skill: SkillName,
    /// The tenant's name for the skill.
    pub playbook: PlaybookKey,
    /// The onboarding that it is.
    pub onboarding: OnboardingId,
}

/// What happens to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionEvent {
    /// It was begun.
    Created,
    /// The person submitted a step, for the first time or once more.
    Submitted(StepName),
    /// A file of this step has to be taken again.
    UploadRejected(StepName),
    /// All is submitted.
    Completed,
    /// Something was decided, for the first time or once more.
    Decided(Decision),
    /// It has come so far, in the words of the omni family.
    Reached(OnboardingStatus),
    /// Its life ended before it was complete.
    Expired,
}

/// What was decided of a person or a business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Pass or fail.
    pub status: Status,
    /// Whether a person is to look at it.
    pub requires_manual_review: bool,
}

/// The person whom an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub user: UserId,
    /// The tenant's own name for them.
    pub external_id: Option<ExternalId>,
}

/// The business that an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firm {
    /// Its name.
    pub business: BusinessId,
    /// The tenant's own name for it.
    pub external_id: Option<ExternalId>,
}

/// What happens to what is known of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserEvent {
    /// Somebody is to look at them from now on, or has looked.
    Reviewed(Decision),
    /// A reviewer asks them for more.
    InfoRequested,
    /// These data were added, changed or removed, by data identifier.
    VaultUpdated(Vec<FieldName>),
}

/// What happens to a business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BusinessEvent {
    /// Something was decided of it, for the first time or once more.
    Decided(Decision),
    /// These data of it were added, changed or removed, by data identifier.
    VaultUpdated(Vec<FieldName>),
}

impl Event {
    /// The person or business that it is about: what is told of one of them is told in order.
    pub fn subject(&self) -> &str {
        match self {
            Event::Session(run, _) => run.user.as_str(),
            Event::User(person, _) => person.user.as_str(),
            Event::Business(firm, _) => firm.business.as_str(),
        }
    }
}

/// What has happened to a session that was `before`, or was not, and is `after`. In the order in which
/// it came to pass. To one in which a person changes how they log in nothing happens that tenants are told.
pub fn of_session(before: Option<&Session>, after: &Session) -> Vec<Event> {
    let created = before.is_none().then_some(SessionEvent::Created);
    let submitted = after.state.submissions.iter().filter(|now| {
        now.giver == Giver::Person && before.is_none_or(|before| before.submission_of(&now.id).is_none())
    });
    let submitted = submitted.map(|submission| SessionEvent::Submitted(submission.step.clone()));
    let rejected = after.state.submissions.iter().filter_map(|now| {
        let (former, _) = before?.submission_of(&now.id)?;
        rejected(former, now).then(|| SessionEvent::UploadRejected(now.step.clone()))
    });
    // The result of a former session, used again: nothing was completed or decided.
    let went_on = before.is_some() && !after.is_reused();
    let newly = |is_so: fn(&Session) -> bool| went_on && is_so(after) && !before.is_some_and(is_so);
    let completed = newly(|session| session.completion().is_some()).then_some(SessionEvent::Completed);
    let expired = newly(|session| matches!(session.state.stage, Stage::Expired));
    let decided = decision(after).filter(|now| went_on && before.and_then(decision) != Some(*now));
    let Some(run) = run(after) else { return Vec::new() };
    let happened = created
        .into_iter()
        .chain(submitted)
        .chain(rejected)
        .chain(completed)
        .chain(decided.map(SessionEvent::Decided))
        .chain(expired.then_some(SessionEvent::Expired))
        .chain(reached(before, after).into_iter().map(SessionEvent::Reached));
    happened.map(|what| Event::Session(run.clone(), what)).collect()
}

/// What has happened to a person who was `before`, or was not, and is `after`.
pub fn of_user(before: Option<&User>, after: &User) -> Vec<Event> {
    let updated = updated(before.map(|before| &before.state.vault), &after.state.vault);
    let updated = updated.map(UserEvent::VaultUpdated);
    let was_to_be_reviewed = before.is_some_and(|before| before.state.requires_manual_review);
    let standing = after.standing();
    let reviewed =
        (was_to_be_reviewed != standing.requires_manual_review).then_some(UserEvent::Reviewed(standing));
    let asked = |user: &User| user.state.info_request.clone();
    let requested = asked(after)
        .is_some_and(|request| before.and_then(asked) != Some(request))
        .then_some(UserEvent::InfoRequested);
    let person = Person { user: after.id.clone(), external_id: after.external_id.clone() };
    let happened = updated.into_iter().chain(reviewed).chain(requested);
    happened.map(|what| Event::User(person.clone(), what)).collect()
}

/// What has happened to a business that was `before`, or was not, and is `after`.
pub fn of_business(before: Option<&Business>, after: &Business) -> Vec<Event> {
    let decision = |business: &Business| {
        let standing = business.standing();
        matches!(standing.status, Status::Pass | Status::Fail).then_some(standing)
    };
    let updated = updated(before.map(|before| &before.state.vault), &after.state.vault);
    let updated = updated.map(BusinessEvent::VaultUpdated);
    let decided = decision(after).filter(|now| before.and_then(decision) != Some(*now));
    let firm = Firm { business: after.id.clone(), external_id: after.external_id.clone() };
    let happened = updated.into_iter().chain(decided.map(BusinessEvent::Decided));
    happened.map(|what| Event::Business(firm.clone(), what)).collect()
}

/// What has changed in a vault, if anything has.
fn updated(before: Option<&Vault>, after: &Vault) -> Option<Vec<FieldName>> {
    Some(after.changed_since(before)).filter(|fields| !fields.is_empty())
}

fn run(session: &Session) -> Option<Run> {
    let origin = &session.state.origin;
    Some(Run {
        session: session.id.clone(),
        interview: session.interview(),
        user: session.user.clone(),
        skill: session.skill.name.clone(),
        playbook: origin.playbook.clone()?,
        onboarding: origin.onboarding.clone(),
    })
}

/// What was decided, unless files are waited for, or nobody was judged.
fn decision(session: &Session) -> Option<Decision> {
    let judged = session.skill.is_judged() && !session.is_pending();
    let completion = session.completion().filter(|_| judged)?;
    let outcome = completion.standing();
    Some(Decision { status: outcome.status, requires_manual_review: outcome.requires_manual_review })
}

/// The statuses that are reached now and were not before. That a session expires is an event of its own.
fn reached(before: Option<&Session>, after: &Session) -> Vec<OnboardingStatus> {
    let of = |session: &Session| statuses(session, session.created_at);
    if !after.skill.is_judged() {
        return Vec::new();
    }
    let former = before.map(of).unwrap_or_default();
    of(after).into_iter().filter(|status| !former.contains(status)).collect()
}

/// Whether a file was tried and not taken.
fn rejected(former: &Submission, now: &Submission) -> bool {
    now.tries.iter().any(|(name, tries)| {
        let taken = |submission: &Submission| {
            submission.uploads.iter().find(|upload| upload.name == *name).map(|upload| upload.id.clone())
        };
        *tries > former.tries.get(name).copied().unwrap_or(0) && taken(former) == taken(now)
    })
}
