//! What comes next. A pure machine, and the only place that knows.
//!
//! `advance` takes the phase and an event and gives the next phase and what is to be done in the
//! world. It has no clock, no network and no screen: the effects run elsewhere and come back as
//! events. `P` is a picture; the machine carries it from the screen to the upload and never looks.

mod walk;

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{StepId, StepName, SupportId};
use vestibule_protocol::problem::{Code, RefusedField};
use vestibule_protocol::secret::Nonce;
use vestibule_protocol::session::{Progress, ResultToken};
use vestibule_protocol::step::StepView;
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::{Outstanding, RejectionReason, UploadAnswer, UploadName};

/// Where a person is.
#[derive(Clone, Debug)]
pub enum Phase<P> {
    /// On the way.
    Walking(Walk<P>),
    /// Through, but for a fresh result token: this one may have aged while files were sought.
    Closing {
        /// The token as long as there is no fresh one.
        held: ResultToken,
        /// Whether files that the session may still wait for are asked of the person.
        goes_on: bool,
    },
    /// Through. The token is absent where it was redeemed before.
    Complete(Option<ResultToken>),
    /// The session cannot go on.
    Stopped(Trouble),
}

/// On the way: what is shown, and what is being sent meanwhile.
#[derive(Clone, Debug)]
pub struct Walk<P> {
    /// What is shown, and what comes after it.
    place: Place,
    /// What is being sent.
    work: Work<P>,
}

/// What is shown, and what comes after it.
#[derive(Clone, Debug)]
pub enum Place {
    /// The next step.
    Next(Box<Ahead>),
    /// An earlier step, once more.
    Correction {
        /// The step.
        step: Box<StepView>,
        /// What comes next when it is left as it was.
        ahead: Box<Ahead>,
        /// The files that the person went back from, to their step; a second step back returns to them.
        left: Option<Box<Outstanding>>,
    },
    /// The files of a step that was submitted.
    Capture {
        /// The files.
        files: Box<Outstanding>,
        /// What comes when they are there.
        then: Then,
    },
}

/// The step that comes next, shown or not.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// The nonce of its submission.
    nonce: Nonce,
    /// The step.
    step: StepView,
}

/// What comes after files.
#[derive(Clone, Debug)]
pub enum Then {
    /// Another step.
    Step(Box<Ahead>),
    /// The end: all steps are submitted. The token is absent where it was redeemed before.
    End(Option<ResultToken>),
}

/// What is being sent, and how it goes.
#[derive(Clone, Debug)]
pub enum Work<P> {
    /// Nothing: it is the person's turn.
    Idle,
    /// Nothing: the server refused some fields, and it is the person's turn again.
    Refused(Vec<RefusedField>),
    /// Nothing: the server refused a picture, which can be taken again.
    Rejected(RejectionReason),
    /// Something is on its way.
    Sending {
        /// What.
        parcel: Parcel<P>,
        /// How it goes.
        pace: Pace,
        /// How far it has come.
        leg: Leg,
    },
    /// It did not arrive. The person may try again.
    Failed {
        /// What did not.
        parcel: Parcel<P>,
        /// Why not.
        trouble: Trouble,
    },
}

/// What is sent.
#[derive(Clone, Debug)]
pub enum Parcel<P> {
    /// A submission.
    Step {
        /// Of this step.
        name: StepName,
        /// What the person gave.
        data: Data,
    },
    /// A file of the step that was just submitted.
    File {
        /// Which one.
        name: UploadName,
        /// The file itself.
        picture: P,
    },
    /// Nothing: the session is opened, to see where it stands.
    Look,
}

/// How sending goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// On its way; so many percent of a file have left.
    Moving(u8),
    /// It takes longer than it should.
    Slow,
    /// There is no connection; it goes on by itself.
    Offline,
}

/// How far something that is sent has come: when the server says that the session has moved on, the
/// session is opened again and the same is sent once more. Once is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leg {
    /// It is sent for the first time.
    First,
    /// It waits for the session to be opened again.
    Opening,
    /// It is sent once more.
    Second,
}

/// Why something did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No answer came, however often it was tried.
    NoAnswer,
    /// The server refused.
    Refused {
        /// Why.
        code: Code,
        /// The fields concerned.
        fields: Vec<RefusedField>,
        /// What to quote to support.
        support_id: Option<SupportId>,
    },
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event<P> {
    /// The person submits the step that is shown.
    Submit(Data),
    /// The person hands over a picture for the file that is asked for.
    Use(P),
    /// The person wants to correct an earlier step.
    Correct(StepName),
    /// The person goes back from a correction, or from the files to their step.
    Back,
    /// The person ends without the files that need not come now.
    EndWithout,
    /// The person tries again what failed.
    Retry,
    /// The person comes back from where they may have gone on.
    Look,
    /// How sending goes.
    Pace(Pace),
    /// The server took the step, or opened the session again.
    Arrived(Progress),
    /// The server judged a file.
    Judged(UploadAnswer),
    /// Something did not work.
    Trouble(Trouble),
}

/// What is to be done in the world.
#[derive(Clone, Debug)]
pub enum Effect<P> {
    /// Send a submission.
    Submit {
        /// Its nonce.
        nonce: Nonce,
        /// Its step.
        name: StepName,
        /// What the person gave.
        data: Data,
    },
    /// Send a file.
    Upload {
        /// The submission that it belongs to.
        step_id: StepId,
        /// The nonce of that submission.
        nonce: Nonce,
        /// Which file.
        name: UploadName,
        /// The file itself.
        picture: P,
    },
    /// Open the session again, for a fresh nonce.
    Open,
    /// From now on the person may leave and is done all the same: the host page hears this token then.
    LeaveWith(ResultToken),
    /// Tell the host page that it is done.
    TellComplete(ResultToken),
    /// Tell the host page that it cannot go on.
    TellError(Trouble),
}

/// The next phase, and what is to be done.
type Turn<P> = (Phase<P>, Vec<Effect<P>>);

impl<P: Clone> Phase<P> {
    /// The phase in which a session begins or goes on, and what is to be done at once.
    pub fn begin(progress: Progress) -> (Self, Vec<Effect<P>>) {
        match stand(progress) {
            (Phase::Walking(walk), mut effects) => {
                let (phase, further) = walk.settle();
                effects.extend(further);
                (phase, effects)
            }
            over => over,
        }
    }

    /// The next phase, and what is to be done. An event that does not fit the phase, such as the
    /// second click of a double click, changes nothing.
    pub fn advance(self, event: Event<P>) -> (Self, Vec<Effect<P>>) {
        match (self, event) {
            (Phase::Walking(walk), event) => walk.advance(event),
            (Phase::Closing { goes_on: true, .. }, Event::Arrived(progress @ Progress::Complete { .. })) => {
                Phase::begin(progress)
            }
            (Phase::Closing { held, .. }, Event::Arrived(Progress::Complete { result, .. })) => {
                end(Some(result.unwrap_or(held)))
            }
            (Phase::Closing { held, .. }, Event::Arrived(_) | Event::Trouble(_)) => end(Some(held)),
            (over, _) => (over, Vec::new()),
        }
    }
}

/// Where a session stands.
fn stand<P: Clone>(progress: Progress) -> Turn<P> {
    match progress {
        Progress::Next { nonce, step, uploads } => {
            (Phase::Walking(Walk::at(nonce, step, uploads)), Vec::new())
        }
        Progress::Complete { result, uploads: Some(files) } if !files.remaining.is_empty() => {
            let leave = result.clone().map(Effect::LeaveWith).into_iter().collect();
            (Phase::Walking(Walk::late(result, files)), leave)
        }
        Progress::Complete { result, .. } => end(result),
    }
}

/// Nothing is asked for any more; the session is opened for a fresh token.
fn close<P>(result: Option<ResultToken>, goes_on: bool) -> Turn<P> {
    match result {
        Some(held) => (Phase::Closing { held, goes_on }, vec![Effect::Open]),
        None => end(None),
    }
}

fn end<P>(result: Option<ResultToken>) -> Turn<P> {
    let tell = result.clone().map(Effect::TellComplete).into_iter().collect();
    (Phase::Complete(result), tell)
}

impl Trouble {
    fn code(&self) -> Option<Code> {
        match self {
            Trouble::NoAnswer => None,
            Trouble::Refused { code, .. } => Some(*code),
        }
    }

    /// The session has moved on, here or in another tab: to open it again shows where it stands.
    fn asks_for_reopening(&self) -> bool {
        matches!(
            self.code(),
            Some(
                Code::NonceExpired
                    | Code::NonceUsed
                    | Code::InvalidNonce
                    | Code::InvalidStep
                    // The submission of a file: another tab submitted its step anew.
                    | Code::NotFound
                    | Code::UploadsMissing
                    | Code::SessionCompleted
            )
        )
    }

    /// No further request of this session can succeed.
    fn is_final(&self) -> bool {
        matches!(
            self.code(),
            Some(Code::SessionExpired | Code::InvalidToken | Code::InvalidSessionId | Code::TooManyAttempts)
        )
    }

    /// The fields that a person can mend.
    fn refused_fields(&self) -> Option<&[RefusedField]> {
        match self {
            Trouble::Refused { code: Code::InvalidField | Code::MissingFields, fields, .. }
                if fields.iter().any(|field| field.problem != FieldProblem::Unknown) =>
            {
                Some(fields)
            }
            _ => None,
        }
    }

    /// Why another file is needed: to send this one again would change nothing.
    fn refused_file(&self) -> Option<RejectionReason> {
        match self.code()? {
            Code::UploadTooLarge => Some(RejectionReason::TooManyPixels),
            Code::UnsupportedMedia => Some(RejectionReason::Other),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
