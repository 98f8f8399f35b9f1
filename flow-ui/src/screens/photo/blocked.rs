//! No camera: why, what to do about it, and the way without one.

use vestibule_protocol::message::Message;

use super::{Obstacle, Shot, Stage};
use crate::capture::failure::CameraFailure;
use crate::components::button;
use crate::components::page::{Page, page};
use crate::view::View;

/// Draws the reason and the two ways on.
pub fn view(shot: Shot, obstacle: Obstacle) -> View {
    let flow = shot.flow;
    let (title, advice) = words(obstacle);
    page(
        flow,
        Page {
            title: flow.text(title),
            lead: Some(flow.text(advice)),
            body: Vec::new(),
            actions: vec![button::submit(flow, Message::ActionRetry), shot.upload_instead()],
        },
        move || shot.go(Stage::Live),
    )
}

fn words(obstacle: Obstacle) -> (Message, Message) {
    match obstacle {
        Obstacle::Interrupted => (Message::CameraEndedTitle, Message::CameraEnded),
        Obstacle::Failure(failure) => match failure {
            CameraFailure::Dismissed => (Message::CameraDeniedTitle, Message::CameraDismissed),
            CameraFailure::Refused => (Message::CameraDeniedTitle, Message::CameraDenied),
            CameraFailure::RefusedBySystem => (Message::CameraDeniedTitle, Message::CameraSystem),
            CameraFailure::ForbiddenByPage => (Message::CameraBlockedTitle, Message::CameraBlocked),
            CameraFailure::InsideApp | CameraFailure::Insecure | CameraFailure::Unsupported => {
                (Message::CameraInsecureTitle, Message::CameraInsecure)
            }
            CameraFailure::NotFound => (Message::CameraMissingTitle, Message::CameraMissing),
            CameraFailure::Busy => (Message::CameraBusyTitle, Message::CameraBusy),
            CameraFailure::NoPicture | CameraFailure::NeedsTap => {
                (Message::CameraDarkTitle, Message::CameraDark)
            }
        },
    }
}
