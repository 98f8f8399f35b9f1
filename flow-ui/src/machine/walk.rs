//! The transitions of a person on the way.

use vestibule_protocol::id::{StepId, StepName};
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::Nonce;
use vestibule_protocol::session::{Progress, ResultToken};
use vestibule_protocol::step::{Screen, StepView};
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::{
    Outstanding, RejectionReason, UploadAnswer, UploadName, UploadSlot, UploadStatus,
};

use super::{
    Ahead, Effect, Event, Leg, Pace, Parcel, Phase, Place, Then, Trouble, Turn, Walk, Work, close, end, stand,
};

impl<P: Clone> Walk<P> {
    /// Where a session stands.
    pub(super) fn at(nonce: Nonce, step: StepView, uploads: Option<Outstanding>) -> Self {
        let ahead = Box::new(Ahead { nonce, step });
        let place = match uploads {
            Some(files) if !files.remaining.is_empty() => {
                Place::Capture { files: Box::new(files), then: Then::Step(ahead) }
            }
            _ => Place::Next(ahead),
        };
        Self { place, work: Work::Idle }
    }

    /// Where a session stands that is complete, and still waits for these files.
    pub(super) fn late(result: Option<ResultToken>, files: Outstanding) -> Self {
        Self { place: Place::Capture { files: Box::new(files), then: Then::End(result) }, work: Work::Idle }
    }

    /// The step that is shown, or whose files are asked for.
    pub fn step(&self) -> &StepView {
        match &self.place {
            Place::Next(ahead) => &ahead.step,
            Place::Correction { step, .. } => step,
            Place::Capture { files, .. } => &files.step,
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
            Place::Capture { files, .. } => files.remaining.first(),
            _ => None,
        }
    }

    /// Whether all else is done: the person may end without the files that are asked for.
    pub fn is_late(&self) -> bool {
        matches!(&self.place, Place::Capture { then: Then::End(_), .. })
    }

    fn ahead(&self) -> Option<&Ahead> {
        match &self.place {
            Place::Next(ahead) | Place::Correction { ahead, .. } => Some(ahead),
            Place::Capture { then: Then::Step(ahead), .. } => Some(ahead),
            Place::Capture { then: Then::End(_), .. } => None,
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
            (_, Event::EndWithout) => self.ended_without(),
            (_, Event::Look) => self.send(Parcel::Look, Leg::First),
            (_, _) => self.stay(),
        }
    }

    /// A step that asks nothing but a picture is submitted by itself: the person goes straight to
    /// the picture.
    pub(super) fn settle(self) -> Turn<P> {
        match &self.place {
            Place::Next(ahead) if matches!(ahead.step.screen, Screen::Selfie {}) => {
                self.submitted(Data::default())
            }
            _ => self.stay(),
        }
    }

    fn stay(self) -> Turn<P> {
        (Phase::Walking(self), Vec::new())
    }

    fn submitted(self, data: Data) -> Turn<P> {
        if matches!(self.place, Place::Capture { .. }) {
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
        self.place = match self.place {
            Place::Next(ahead) => match ahead.reviewed(name) {
                Some(step) => Place::Correction { step: Box::new(step), ahead, left: None },
                None => Place::Next(ahead),
            },
            place => place,
        };
        self.rest()
    }

    fn went_back(mut self) -> Turn<P> {
        self.place = match self.place {
            Place::Capture { files, then: Then::Step(ahead) } => {
                Place::Correction { step: Box::new(files.step.clone()), ahead, left: Some(files) }
            }
            Place::Correction { ahead, left: Some(files), .. } => {
                Place::Capture { files, then: Then::Step(ahead) }
            }
            Place::Correction { ahead, left: None, .. } => Place::Next(ahead),
            place => place,
        };
        self.rest()
    }

    fn ended_without(self) -> Turn<P> {
        match self.place {
            Place::Capture { then: Then::End(result), .. } => close(result, false),
            _ => self.stay(),
        }
    }

    /// It is the person's turn again.
    fn rest(mut self) -> Turn<P> {
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
        let effect = match (&parcel, &self.place, self.ahead()) {
            (Parcel::Step { name, data }, _, Some(ahead)) => {
                Effect::Submit { nonce: ahead.nonce.clone(), name: name.clone(), data: data.clone() }
            }
            (Parcel::File { name, picture }, Place::Capture { files, .. }, _) => Effect::Upload {
                step_id: files.step_id.clone(),
                nonce: files.nonce.clone(),
                name: *name,
                picture: picture.clone(),
            },
            (Parcel::Look, ..) => Effect::Open,
            _ => return self.stay(),
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
            Place::Capture { files, .. } => Some(&files.step_id),
            _ => None,
        };
        match stand(progress) {
            (Phase::Walking(walk), mut effects) => {
                let (phase, further) = match unsent {
                    Some(parcel) => walk.resume(parcel, submission),
                    None => walk.settle(),
                };
                effects.extend(further);
                (phase, effects)
            }
            over => over,
        }
    }

    /// A file goes on only to the submission that it was taken for: what another tab submitted
    /// instead may ask for another document.
    fn resume(self, parcel: Parcel<P>, submission: Option<&StepId>) -> Turn<P> {
        let Parcel::Step { name, .. } = &parcel else {
            let awaited = self.awaits(&parcel, submission);
            return if awaited { self.send(parcel, Leg::Second) } else { self.settle() };
        };
        let is_next = self.ahead().is_some_and(|ahead| ahead.step.name == *name);
        let earlier = self.earlier(name);
        let work = self.work;
        match (self.place, earlier) {
            (Place::Next(ahead), _) if is_next => {
                Walk { place: Place::Next(ahead), work }.send(parcel, Leg::Second)
            }
            // Files come first, whatever this tab believed.
            (place, _) if is_next => Walk { place, work }.stay(),
            (Place::Next(ahead) | Place::Capture { then: Then::Step(ahead), .. }, Some(step)) => {
                let place = Place::Correction { step: Box::new(step), ahead, left: None };
                Walk { place, work }.send(parcel, Leg::Second)
            }
            (place, _) => Walk { place, work }.settle(),
        }
    }

    fn awaits(&self, parcel: &Parcel<P>, submission: Option<&StepId>) -> bool {
        match (parcel, &self.place) {
            (Parcel::File { name, .. }, Place::Capture { files, .. }) => {
                Some(&files.step_id) == submission
                    && files.remaining.first().is_some_and(|slot| slot.name == *name)
            }
            _ => false,
        }
    }

    fn earlier(&self, name: &StepName) -> Option<StepView> {
        let submitted = match &self.place {
            Place::Capture { files, .. } if files.step.name == *name => Some(files.step.clone()),
            _ => None,
        };
        self.ahead()?.reviewed(name).or(submitted)
    }

    fn judged(mut self, answer: UploadAnswer) -> Turn<P> {
        let Place::Capture { files, then } = &mut self.place else { return self.stay() };
        let Some(slot) = files.remaining.first_mut() else { return self.stay() };
        let name = slot.name;
        slot.attempts_left = answer.attempts_left;
        match answer.status {
            UploadStatus::Accepted => {
                files.remaining.retain(|slot| answer.remaining.contains(&slot.name));
                files.step.uploaded.push(name);
                if let Then::Step(ahead) = then {
                    ahead.note_upload(&files.step.name, name);
                }
                let complete = files.remaining.is_empty();
                match self.place {
                    Place::Capture { then: Then::Step(ahead), .. } if complete => {
                        Walk { place: Place::Next(ahead), work: Work::Idle }.settle()
                    }
                    Place::Capture { then: Then::End(result), .. } if complete => close(result, true),
                    _ => self.rest(),
                }
            }
            UploadStatus::Rejected if answer.attempts_left == 0 => self.over(Trouble::Refused {
                code: Code::TooManyAttempts,
                fields: Vec::new(),
                support_id: None,
            }),
            UploadStatus::Rejected => {
                let reason = answer.rejection.map_or(RejectionReason::Other, |rejection| rejection.reason);
                self.work = Work::Rejected(reason);
                self.stay()
            }
        }
    }

    /// Nothing more can be sent. A session that is complete is so all the same.
    fn over(self, trouble: Trouble) -> Turn<P> {
        match self.place {
            Place::Capture { then: Then::End(result), .. } => end(result),
            _ => (Phase::Stopped(trouble.clone()), vec![Effect::TellError(trouble)]),
        }
    }

    fn troubled(mut self, trouble: Trouble) -> Turn<P> {
        let Work::Sending { parcel, leg, .. } = self.work else { return self.stay() };
        if trouble.asks_for_reopening() && leg == Leg::First {
            self.work = Work::Sending { parcel, pace: Pace::Moving(0), leg: Leg::Opening };
            return (Phase::Walking(self), vec![Effect::Open]);
        }
        if trouble.is_final() {
            self.work = Work::Idle;
            return self.over(trouble);
        }
        self.work = match (trouble.refused_fields(), trouble.refused_file()) {
            (Some(fields), _) => Work::Refused(fields.to_vec()),
            (None, Some(reason)) => Work::Rejected(reason),
            (None, None) => Work::Failed { parcel, trouble },
        };
        self.stay()
    }
}

impl Ahead {
    /// The nonce of a step about log-in: it may be the next one after its submission, too, which then asks for
    /// something else.
    pub fn part(&self) -> Option<&Nonce> {
        match self.step.screen {
            Screen::Identify { .. } | Screen::LoginMethods { .. } | Screen::Passkey { .. } => {
                Some(&self.nonce)
            }
            _ => None,
        }
    }

    /// The earlier step of this name, where the review shows it.
    fn reviewed(&self, name: &StepName) -> Option<StepView> {
        match &self.step.screen {
            Screen::Review { steps } => steps.iter().find(|step| step.name == *name).cloned(),
            _ => None,
        }
    }

    /// The review that was announced before the file arrived learns of it.
    fn note_upload(&mut self, step: &StepName, name: UploadName) {
        if let Screen::Review { steps } = &mut self.step.screen
            && let Some(reviewed) = steps.iter_mut().find(|reviewed| reviewed.name == *step)
            && !reviewed.uploaded.contains(&name)
        {
            reviewed.uploaded.push(name);
        }
    }
}
