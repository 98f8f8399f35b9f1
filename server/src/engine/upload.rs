//! A file arrives for a submission.

use thiserror::Error;
use vestibule_protocol::burst::Burst;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{StepId, UploadId};
use vestibule_protocol::secret::Nonce;
use vestibule_protocol::skill::UploadLimits;
use vestibule_protocol::upload::{Rejection, RejectionReason, UploadAnswer, UploadName, UploadStatus};
use vestibule_vision::report::{Expectation, Report, Text};

use super::judge::{Asked, Judgement, judge};
use super::plan::{Wanted, attempts_left, awaited, burst, wanted};
use super::session::{Given, Session, Stage, Submission, Upload};
use super::sight::{Sight, expected};
use crate::digest::Digest;

/// Why no file is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UploadRefused {
    /// The session is past its life.
    #[error("the session has expired")]
    SessionExpired,
    /// The session is over.
    #[error("the session is complete")]
    SessionCompleted,
    /// The session has no such submission, or it was replaced.
    #[error("there is no such submission")]
    SubmissionGone,
    /// The nonce is not that of the submission.
    #[error("the nonce is unknown")]
    NonceUnknown,
    /// The nonce is too old.
    #[error("the nonce has expired")]
    NonceExpired,
    /// The submission asks for no file of this name.
    #[error("no such file is asked for")]
    NotWanted,
    /// All attempts are used.
    #[error("all attempts are used")]
    TooManyAttempts,
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Judged {
    /// It is a file as they are taken. What it shows is still to be judged, where somebody looked.
    Accepted(Upload, Option<Box<Report>>),
    /// It has to be taken again.
    Rejected(RejectionReason),
}

/// What is taken as a file, and what should be in it.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'a> {
    /// The limits.
    pub limits: &'a UploadLimits,
    /// What should be in it, if somebody is to look.
    pub expected: Option<Expectation>,
    /// The burst that may come with it.
    pub burst: Option<Burst>,
}

/// A file that was judged.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Its name for the answer, and in the blob store if it was accepted.
    pub id: UploadId,
    /// What it turned out to be.
    pub judged: Judged,
}

impl Session {
    /// What is taken now as a file of this name.
    ///
    /// # Errors
    /// [`UploadRefused`].
    pub fn upload_slot(
        &self,
        step_id: &StepId,
        nonce: &Nonce,
        name: UploadName,
        now: Timestamp,
    ) -> Result<Slot<'_>, UploadRefused> {
        let file = self.wanted_now(step_id, nonce, name, now)?;
        let (submission, step) = self.submission_of(step_id).ok_or(UploadRefused::SubmissionGone)?;
        let expected = expected(&step.kind, &submission.given, name);
        Ok(Slot { limits: file.limits, expected, burst: burst(self, step) })
    }

    fn wanted_now(
        &self,
        step_id: &StepId,
        nonce: &Nonce,
        name: UploadName,
        now: Timestamp,
    ) -> Result<Wanted<'_>, UploadRefused> {
        if self.is_expired(now) {
            return Err(UploadRefused::SessionExpired);
        }
        let (submission, step) = self.submission_of(step_id).ok_or(UploadRefused::SubmissionGone)?;
        let digest = Digest::of_secret(nonce);
        let nonces = [&submission.upload_nonce, &submission.further_nonce];
        let open = match self.state.stage {
            Stage::Walking => true,
            Stage::Expired => false,
            Stage::Completed(_) => step.after_token && self.awaits_files(),
        };
        match nonces.into_iter().flatten().find(|issued| issued.digest == digest) {
            None => return Err(UploadRefused::NonceUnknown),
            Some(_) if !open => return Err(UploadRefused::SessionCompleted),
            Some(issued) if now >= issued.expires_at => return Err(UploadRefused::NonceExpired),
            Some(_) => {}
        }
        let file = wanted(step, &submission.given).into_iter().find(|file| file.name == name);
        let file = file.ok_or(UploadRefused::NotWanted)?;
        if attempts_left(file, self, step, submission) == 0 {
            return Err(UploadRefused::TooManyAttempts);
        }
        Ok(file)
    }

    /// Notes what became of a file. Gives the session, the answer, and the upload of the same name
    /// that this one replaces. The file may have been long on its way, so all is asked once more. A
    /// complete session that waited for this file alone is decided, or goes on waiting for a provider. The file
    /// is kept if the answer says that it was accepted.
    ///
    /// # Errors
    /// [`UploadRefused`].
    pub fn take_upload(
        mut self,
        step_id: &StepId,
        nonce: &Nonce,
        name: UploadName,
        arrival: Arrival,
        now: Timestamp,
    ) -> Result<(Self, UploadAnswer, Option<Upload>), UploadRefused> {
        self.wanted_now(step_id, nonce, name, now)?;
        let judged = match arrival.judged {
            Judged::Accepted(upload, Some(report)) => self.look_at(step_id, upload, &report, now)?,
            Judged::Accepted(upload, None) => Ok(upload),
            Judged::Rejected(reason) => Err(reason),
        };
        let mut replaced = None;
        let rejection = match judged {
            Ok(upload) => {
                let submission = self.submission_mut(step_id)?;
                let former = submission.uploads.iter().position(|other| other.name == name);
                replaced = former.map(|place| submission.uploads.remove(place));
                submission.uploads.push(upload);
                None
            }
            Err(reason) => Some(Rejection { reason, message: reason.message().into() }),
        };
        let submission = self.submission_mut(step_id)?;
        *submission.tries.entry(name).or_default() += 1;
        let step = submission.step.clone();
        *self.state.tries.entry(step).or_default().entry(name).or_default() += 1;
        let (submission, step) = self.submission_of(step_id).ok_or(UploadRefused::SubmissionGone)?;
        let file = wanted(step, &submission.given).into_iter().find(|file| file.name == name);
        let answer = UploadAnswer {
            upload_id: arrival.id,
            status: if rejection.is_some() { UploadStatus::Rejected } else { UploadStatus::Accepted },
            rejection,
            remaining: awaited(&self, step, submission).map(|file| file.name).collect(),
            attempts_left: file.map_or(0, |file| attempts_left(file, &self, step, submission)),
        };
        Ok((self.decide_late(now), answer, replaced))
    }

    /// Judges what a picture shows. One that was not taken well is refused as often as the skill says, and
    /// never at the last attempt: then it is taken with what is wrong with it.
    fn look_at(
        &self,
        step_id: &StepId,
        upload: Upload,
        report: &Report,
        now: Timestamp,
    ) -> Result<Result<Upload, RejectionReason>, UploadRefused> {
        let (submission, step) = self.submission_of(step_id).ok_or(UploadRefused::SubmissionGone)?;
        let Some(expectation) = expected(&step.kind, &submission.given, upload.name) else {
            return Ok(Ok(upload));
        };
        let document = match submission.given {
            Given::Document(kind) => Some(kind),
            _ => None,
        };
        let rules = &self.skill.rules;
        let asked = Asked { expectation: &expectation, document, rules, today: now.date() };
        let tried = submission.tries.get(&upload.name).copied().unwrap_or(0);
        let file = wanted(step, &submission.given).into_iter().find(|file| file.name == upload.name);
        let last = file.is_none_or(|file| attempts_left(file, self, step, submission) <= 1);
        let doubt = match judge(report, &asked) {
            Judgement::Wrong(reason) => return Ok(Err(reason)),
            Judgement::Poor(reason) if tried < rules.retakes && !last => return Ok(Err(reason)),
            Judgement::Poor(reason) | Judgement::Doubtful(reason) => Some(reason),
            Judgement::Good => None,
        };
        let zone = report.zone.as_ref().map(|zone| zone.text().to_owned());
        let barcode = report.barcode.as_ref().map(|Text(text)| text.clone());
        let sight = Sight { zone, barcode, doubt };
        Ok(Ok(Upload { sight: Some(sight), ..upload }))
    }

    fn submission_mut(&mut self, id: &StepId) -> Result<&mut Submission, UploadRefused> {
        let mut submissions = self.state.submissions.iter_mut();
        submissions.find(|submission| submission.id == *id).ok_or(UploadRefused::SubmissionGone)
    }
}
