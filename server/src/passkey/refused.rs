//! Why an answer is refused.

use thiserror::Error;
use webauthn_rs::prelude::WebauthnError;

/// Why a browser's answer makes no passkey, or lets nobody in. None of them holds anything of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasskeyRefused {
    /// Nothing is under way that this could answer: it is over, was of another kind, or was never begun here.
    #[error("no such ceremony is under way: begin another")]
    Ended,
    /// The answer cannot be read, is too long, or offers what was not asked for.
    #[error("this is no answer of a browser to what it was asked")]
    Malformed,
    /// The page that asked is of another origin or stands in a frame of one, or the passkey is of another host.
    #[error("the answer is of another origin")]
    OfAnotherOrigin,
    /// The passkey is not among those that were allowed, or is another person's.
    #[error("this passkey is not known here")]
    Unknown,
    /// The device that is to hold the new passkey has one for this person already.
    #[error("this device has a passkey for this already")]
    AlreadyRegistered,
    /// The device did not make sure who uses it: no fingerprint, face or code.
    #[error("the device did not make sure who uses it")]
    NotVerified,
    /// The signature is not the passkey's, or is of another challenge.
    #[error("the signature is not one of this passkey to this challenge")]
    Wrong,
    /// The passkey counts what it signs, and has counted less than before: there may be two of it.
    #[error("this passkey may have been copied")]
    Cloned,
}

impl From<WebauthnError> for PasskeyRefused {
    fn from(error: WebauthnError) -> Self {
        use WebauthnError as E;
        match error {
            E::InvalidRPOrigin | E::InvalidRPIDHash | E::CredentialCrossOrigin => Self::OfAnotherOrigin,
            E::CredentialNotFound => Self::Unknown,
            E::UserNotPresent | E::UserNotVerified => Self::NotVerified,
            E::MismatchedChallenge
            | E::AuthenticationFailure
            | E::SignatureInvalid
            | E::InvalidClientDataType
            | E::CredentialBackupEligibilityInconsistent
            | E::CredentialMayNotBeHardwareBound => Self::Wrong,
            E::CredentialPossibleCompromise => Self::Cloned,
            _ => Self::Malformed,
        }
    }
}
