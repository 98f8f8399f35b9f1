//! The flow that a person walks: screens around a pure machine.

pub mod capture;
