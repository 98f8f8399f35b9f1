//! The transitions of a person on the way.

use vestibule_protocol::id::{StepId, StepName};
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::Nonce;
use vestibule_protocol::session::Progress;
use vestibule_protocol::step::{Screen, StepView};
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::{
    Outstanding, RejectionReason, UploadAnswer, UploadName, UploadSlot, UploadStatus,
};

use super::{Effect, Event, Leg, Pace, Parcel, Phase, Place, Trouble, Walk, Work, arrive};

type Turn<P> = (Phase<P>, Vec<Effect<P>>);

impl<P: Clone> Walk<P> {
    /// Where a session stands.
    pub(super) fn at(nonce: Nonce, next: StepView, uploads: Option<Outstanding>) -> Self {
        let place = match uploads {
            Some(outstanding) if !outstanding.remaining.is_empty() => Place::Capture(Box::new(outstanding)),
            _ => Place::Next,
        };
        Self { nonce, next, place, left: None, work: Work::Idle }
    }

    /// The step that is shown, or whose files are asked for.
    pub fn step(&self) -> &StepView {
        match &self.place {
            Place::Next => &self.next,
            Place::Correction(step) => step,
            Place::Capture(outstanding) => &outstanding.step,
        }
    }

    /// What is shown.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What is being sent.
    pub fn work(&self) -> &Work<P> {
        &self.work
    }

    /// The file that is asked for now.
    pub fn slot(&self) -> Option<&UploadSlot> {
        match &self.place {
            Place::Capture(outstanding) => outstanding.remaining.first(),
            _ => None,
        }
    }

    pub(super) fn advance(self, event: Event<P>) -> Turn<P> {
        match (&self.work, event) {
            (Work::Sending { .. }, Event::Pace(pace)) => self.paced(pace),
            (Work::Sending { .. }, Event::Arrived(progress)) => self.arrived(progress),
            (Work::Sending { .. }, Event::Judged(answer)) => self.judged(answer),
            (Work::Sending { .. }, Event::Trouble(trouble)) => self.troubled(trouble),
            (Work::Sending { .. }, _) => self.stay(),
            (Work::Failed { .. }, Event::Retry) => self.retried(),
            (_, Event::Submit(data)) => self.submitted(data),
            (_, Event::Use(picture)) => self.used(picture),
            (_, Event::Correct(name)) => self.corrected(&name),
            (_, Event::Back) => self.went_back(),
            (_, _) => self.stay(),
        }
    }

    /// A step that asks nothing but a picture is submitted by itself: the person goes straight to
    /// the picture.
    pub(super) fn settle(self) -> Turn<P> {
        match (&self.place, &self.next.screen) {
            (Place::Next, Screen::Selfie {}) => self.submitted(Data::default()),
            _ => self.stay(),
        }
    }

    fn stay(self) -> Turn<P> {
        (Phase::Walking(self), Vec::new())
    }

    fn submitted(self, data: Data) -> Turn<P> {
        if matches!(self.place, Place::Capture(_)) {
            return self.stay();
        }
        let name = self.step().name.clone();
        self.send(Parcel::Step { name, data }, Leg::First)
    }

    fn used(self, picture: P) -> Turn<P> {
        match self.slot().map(|slot| slot.name) {
            Some(name) => self.send(Parcel::File { name, picture }, Leg::First),
            None => self.stay(),
        }
    }

    fn corrected(mut self, name: &StepName) -> Turn<P> {
        if let (Place::Next, Screen::Review { steps }) = (&self.place, &self.next.screen)
            && let Some(step) = steps.iter().find(|step| step.name == *name)
        {
            self.place = Place::Correction(Box::new(step.clone()));
            self.work = Work::Idle;
        }
        self.stay()
    }

    fn went_back(mut self) -> Turn<P> {
        self.place = match (self.place, self.left.take()) {
            (Place::Capture(outstanding), _) => {
                let step = Box::new(outstanding.step.clone());
                self.left = Some(outstanding);
                Place::Correction(step)
            }
            (Place::Correction(_), Some(outstanding)) => Place::Capture(outstanding),
            (Place::Correction(_) | Place::Next, _) => Place::Next,
        };
        self.work = Work::Idle;
        self.stay()
    }

    fn retried(mut self) -> Turn<P> {
        match std::mem::replace(&mut self.work, Work::Idle) {
            Work::Failed { parcel, .. } => self.send(parcel, Leg::First),
            work => {
                self.work = work;
                self.stay()
            }
        }
    }

    fn send(mut self, parcel: Parcel<P>, leg: Leg) -> Turn<P> {
        let effect = match (&parcel, &self.place) {
            (Parcel::Step { name, data }, _) => {
                Effect::Submit { nonce: self.nonce.clone(), name: name.clone(), data: data.clone() }
            }
            (Parcel::File { name, picture }, Place::Capture(outstanding)) => Effect::Upload {
                step_id: outstanding.step_id.clone(),
                nonce: outstanding.nonce.clone(),
                name: *name,
                picture: picture.clone(),
            },
            (Parcel::File { .. }, _) => return self.stay(),
        };
        self.work = Work::Sending { parcel, pace: Pace::Moving(0), leg };
        (Phase::Walking(self), vec![effect])
    }

    fn paced(mut self, now: Pace) -> Turn<P> {
        if let Work::Sending { pace, .. } = &mut self.work {
            *pace = now;
        }
        self.stay()
    }

    /// The answer to a submission, or to opening again. In the second case what was being sent is
    /// sent once more, if the session still waits for it: another tab may have gone on meanwhile.
    fn arrived(self, progress: Progress) -> Turn<P> {
        let unsent = match self.work {
            Work::Sending { parcel, leg: Leg::Opening, .. } => Some(parcel),
            _ => None,
        };
        let submission = match &self.place {
            Place::Capture(outstanding) => Some(&outstanding.step_id),
            _ => None,
        };
        match (progress, unsent) {
            (Progress::Next { nonce, step, uploads }, Some(parcel)) => {
                Walk::at(nonce, step, uploads).resume(parcel, submission)
            }
            (progress, _) => arrive(progress),
        }
    }

    /// A file goes on only to the submission that it was taken for: what another tab submitted
    /// instead may ask for another document.
    fn resume(mut self, parcel: Parcel<P>, submission: Option<&StepId>) -> Turn<P> {
        match &parcel {
            Parcel::Step { name, .. } if self.next.name == *name => match self.place {
                // Files come first, whatever this tab believed.
                Place::Capture(_) => self.stay(),
                _ => self.send(parcel, Leg::Second),
            },
            Parcel::Step { name, .. } => match self.earlier(name) {
                Some(step) => {
                    self.place = Place::Correction(Box::new(step));
                    self.send(parcel, Leg::Second)
                }
                None => self.settle(),
            },
            Parcel::File { name, .. } if self.awaits(*name, submission) => self.send(parcel, Leg::Second),
            Parcel::File { .. } => self.settle(),
        }
    }

    fn awaits(&self, name: UploadName, submission: Option<&StepId>) -> bool {
        match &self.place {
            Place::Capture(outstanding) => {
                Some(&outstanding.step_id) == submission
                    && outstanding.remaining.first().is_some_and(|slot| slot.name == name)
            }
            _ => false,
        }
    }

    fn earlier(&self, name: &StepName) -> Option<StepView> {
        match (&self.next.screen, &self.place) {
            (Screen::Review { steps }, _) => steps.iter().find(|step| step.name == *name).cloned(),
            (_, Place::Capture(outstanding)) if outstanding.step.name == *name => {
                Some(outstanding.step.clone())
            }
            _ => None,
        }
    }

    fn judged(mut self, answer: UploadAnswer) -> Turn<P> {
        let Place::Capture(outstanding) = &mut self.place else { return self.stay() };
        let Some(slot) = outstanding.remaining.first_mut() else { return self.stay() };
        let name = slot.name;
        slot.attempts_left = answer.attempts_left;
        match answer.status {
            UploadStatus::Accepted => {
                outstanding.remaining.retain(|slot| answer.remaining.contains(&slot.name));
                note_upload(&mut self.next, &outstanding.step.name, name);
                outstanding.step.uploaded.push(name);
                if outstanding.remaining.is_empty() {
                    self.place = Place::Next;
                }
                self.work = Work::Idle;
                self.settle()
            }
            UploadStatus::Rejected if answer.attempts_left == 0 => {
                stop(Trouble::Refused { code: Code::TooManyAttempts, fields: Vec::new(), support_id: None })
            }
            UploadStatus::Rejected => {
                let reason = answer.rejection.map_or(RejectionReason::Other, |rejection| rejection.reason);
                self.work = Work::Rejected(reason);
                self.stay()
            }
        }
    }

    fn troubled(mut self, trouble: Trouble) -> Turn<P> {
        let Work::Sending { parcel, leg, .. } = self.work else { return self.stay() };
        if trouble.asks_for_reopening() && leg == Leg::First {
            self.work = Work::Sending { parcel, pace: Pace::Moving(0), leg: Leg::Opening };
            return (Phase::Walking(self), vec![Effect::Open]);
        }
        if trouble.is_final() {
            return stop(trouble);
        }
        self.work = match (trouble.refused_fields(), trouble.refused_file()) {
            (Some(fields), _) => Work::Refused(fields.to_vec()),
            (None, Some(reason)) => Work::Rejected(reason),
            (None, None) => Work::Failed { parcel, trouble },
        };
        self.stay()
    }
}

/// The review that was announced before the file arrived learns of it.
fn note_upload(next: &mut StepView, step: &StepName, name: UploadName) {
    if let Screen::Review { steps } = &mut next.screen
        && let Some(reviewed) = steps.iter_mut().find(|reviewed| reviewed.name == *step)
        && !reviewed.uploaded.contains(&name)
    {
        reviewed.uploaded.push(name);
    }
}

fn stop<P>(trouble: Trouble) -> Turn<P> {
    (Phase::Stopped(trouble.clone()), vec![Effect::TellError(trouble)])
}
