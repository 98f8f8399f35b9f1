//! From what has happened to the words of a family. Pure; a family has no words for what does not concern
//! it.

pub(super) mod omni;
pub(super) mod onboarding;
pub(super) mod steps;
