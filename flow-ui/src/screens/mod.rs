//! One screen for each kind of step, and the two ends.

mod consent;
mod document;
mod done;
mod file;
mod form;
mod identify;
mod login;
mod login_methods;
mod passkey;
mod photo;
mod review;
mod selfie;
mod stopped;
mod upload;
mod wait;

use vestibule_protocol::message::Message;
use vestibule_protocol::step::{Screen, StepView};

use self::identify::Ways;
use crate::components::button::{quiet, submit};
use crate::flow::Flow;
use crate::machine::{Event, Phase, Place, Walk};
use crate::view::{View, nothing};

/// What is shown now.
enum Shown {
    Step(StepView),
    Files,
    Done,
    Stopped,
}

/// Draws the screen of the flow's phase.
pub fn screen(flow: Flow) -> View {
    let shown = flow.with_phase(|phase| match phase {
        Phase::Walking(walk) => match walk.place() {
            Place::Next(_) | Place::Correction { .. } => Shown::Step(walk.step().clone()),
            Place::Capture { .. } => Shown::Files,
        },
        Phase::Closing { .. } | Phase::Complete(_) => Shown::Done,
        Phase::Stopped(_) => Shown::Stopped,
    });
    match shown {
        Some(Shown::Step(step)) => step_screen(flow, step),
        Some(Shown::Files) => upload::screen(flow),
        Some(Shown::Done) => done::screen(flow),
        Some(Shown::Stopped) => stopped::screen(flow),
        None => nothing(),
    }
}

fn step_screen(flow: Flow, step: StepView) -> View {
    match step.screen {
        Screen::Form { fields } => form::screen(flow, step.title, fields),
        Screen::Consent { consents } => consent::screen(flow, step.title, consents),
        Screen::Document { documents, chosen } => document::screen(flow, step.title, documents, chosen),
        Screen::Selfie {} => selfie::screen(flow, step.title),
        Screen::Review { steps } => review::screen(flow, step.title, steps),
        Screen::Identify { methods, known, code, passkey } => {
            identify::screen(flow, step.title, Ways { methods, known, passkey }, code)
        }
        Screen::Passkey { passkey } => passkey::screen(flow, step.title, passkey),
        Screen::LoginMethods { methods, passkeys, code, passkey, changed } => {
            let ways = login_methods::Ways { methods, passkeys, passkey, changed };
            login_methods::screen(flow, step.title, ways, code)
        }
    }
}

/// The way to the end without the files that are asked for, where they need not come now.
fn end_without(flow: Flow) -> Option<View> {
    let late = flow.with_walk(Walk::is_late).unwrap_or(false);
    late.then(|| quiet(flow.text(Message::ActionEndWithout), move || flow.tell(Event::EndWithout)))
}

/// The way on, and from a correction the way back to the review.
fn next_and_back(flow: Flow, next: Message) -> Vec<View> {
    let correcting = flow.with_walk(|walk| matches!(walk.place(), Place::Correction { .. })).unwrap_or(false);
    let back = || quiet(flow.text(Message::ActionBack), move || flow.tell(Event::Back));
    [submit(flow, next)].into_iter().chain(correcting.then(back)).collect()
}
