//! The machine as a person walks it: what is shown, what is sent, what the host page hears.

mod actors;
mod sequences;
mod walks;
