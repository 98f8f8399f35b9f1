//! The parts that screens are made of.

pub mod button;
pub mod choice;
pub mod countries;
pub mod date;
pub mod drawing;
pub mod field;
pub mod focus;
pub mod note;
pub mod notice;
pub mod owners;
pub mod page;
pub mod picker;
