//! A browser opens a session, or resumes it.

use thiserror::Error;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::secret::{LoginToken, Nonce, SessionToken};
use vestibule_protocol::session::{ResultToken, SessionAnswer};
use vestibule_protocol::upload::Outstanding;

use super::plan::plan;
use super::session::{Fresh, Lives, Session, Stage, issue};
use super::submit::{issue_result, split};
use super::view;
use crate::digest::Digest;

/// The session is past its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the session has expired")]
pub struct SessionExpired;

/// With what a browser opens a session.
#[derive(Clone, Debug)]
pub struct Opening {
    /// What opens it.
    pub token: SessionToken,
    /// What shows that the person logged in in this browser.
    pub login: Option<LoginToken>,
}

/// Who asks, as a person is told.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    /// The tenant's name.
    pub tenant: &'a str,
    /// Whether nothing of it is real.
    pub sandbox: bool,
}

impl Session {
    /// Goes on where the session was: voids the nonces that were issued before and issues fresh ones.
    /// A complete session gives its result token anew and voids the former, unless it was redeemed, and
    /// asks for the files that it still waits for. Without the token of the browser in which the person logged
    /// in, they log in once more, and of a complete session nothing is given: who sent them the link may have
    /// kept it.
    ///
    /// # Errors
    /// [`SessionExpired`].
    pub fn open(
        mut self,
        opening: Opening,
        asker: Asker<'_>,
        lives: Lives,
        now: Timestamp,
        fresh: &Fresh,
    ) -> Result<(Self, SessionAnswer), SessionExpired> {
        if self.is_expired(now) {
            return Err(SessionExpired);
        }
        let admitted = self.admit(opening.login.as_ref().map(Digest::of_secret).as_ref());
        self.arm(&fresh.login.ceremonies);
        let mut answer = SessionAnswer {
            session_id: self.id.clone(),
            status: view::status(&self),
            session_token: opening.token,
            expires_at: self.expires_at,
            about: view::about(&self, asker.tenant, asker.sandbox),
            nonce: None,
            next: None,
            uploads: None,
            validation_token: None,
            temp_token: None,
        };
        if let Stage::Completed(_) = self.state.stage {
            if admitted {
                (answer.validation_token, answer.temp_token) = split(self.reissue_result(lives, now, fresh));
            }
        } else {
            self.state.nonces.replace(issue(&fresh.nonce, lives, now));
            answer.nonce = Some(fresh.nonce.clone());
            answer.next = view::next(&self, now);
        }
        for submission in &mut self.state.submissions {
            (submission.upload_nonce, submission.further_nonce) = (None, None);
        }
        if admitted {
            answer.uploads = self.ask_for_files(&fresh.upload_nonce, lives, now);
        }
        Ok((self, answer))
    }

    /// The files that are asked for now, to be sent with `nonce`.
    pub(super) fn ask_for_files(
        &mut self,
        nonce: &Nonce,
        lives: Lives,
        now: Timestamp,
    ) -> Option<Outstanding> {
        let first = plan(self).outstanding.map(|(_, submission)| submission.id.clone())?;
        let mut submissions = self.state.submissions.iter_mut();
        submissions.find(|submission| submission.id == first)?.further_nonce = Some(issue(nonce, lives, now));
        plan(self).outstanding.map(|asked| view::outstanding(self, asked, nonce, now))
    }

    fn reissue_result(&mut self, lives: Lives, now: Timestamp, fresh: &Fresh) -> Option<ResultToken> {
        let token = self.result_token(&fresh.result_tail);
        let Stage::Completed(completion) = &mut self.state.stage else { return None };
        if completion.redeemed {
            return None;
        }
        completion.result = issue_result(&token, lives, now);
        Some(token)
    }
}
