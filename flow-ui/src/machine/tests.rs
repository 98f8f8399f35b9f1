//! The machine as a person walks it: what is shown, what is sent, what the host page hears.

// It is the same machine in a browser, where the sequences' randomness is hard to come by.
#![cfg(not(target_arch = "wasm32"))]

mod actors;
mod late;
mod sequences;
mod walks;
