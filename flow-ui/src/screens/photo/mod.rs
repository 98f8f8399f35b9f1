//! One photograph: what to do, the camera, a look at the picture. And always a way without a camera.

mod blocked;
mod camera;
mod check;
mod ready;

use reactive_graph::graph::untrack;
use vestibule_protocol::message::Message;
use vestibule_protocol::upload::{DocumentKind, UploadName, UploadSlot};
use wasm_bindgen::JsValue;
use web_sys::File;

use crate::capture::camera::Facing;
use crate::capture::failure::CameraFailure;
use crate::capture::js;
use crate::capture::picture::{self, LONGEST, Picture};
use crate::capture::viewport::Guide;
use crate::components::button::secondary;
use crate::components::notice;
use crate::components::picker::Picker;
use crate::flow::Flow;
use crate::state::State;
use crate::view::{View, el, live};

/// What is photographed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Passport,
    Front(DocumentKind),
    Back(DocumentKind),
    Face,
}

/// Where a person is with one photograph.
#[derive(Clone)]
enum Stage {
    /// Reading what to do.
    Ready,
    /// Before the camera.
    Live,
    /// Looking at the picture.
    Check(Picture),
    /// Without a camera.
    Blocked(Obstacle),
}

/// Why there is no camera.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Obstacle {
    /// It could not be had.
    Failure(CameraFailure),
    /// It was taken away.
    Interrupted,
}

/// One photograph that is being taken. Copies are the same.
#[derive(Clone, Copy)]
struct Shot {
    flow: Flow,
    subject: Subject,
    /// How many pictures are to be taken right after it, and how many milliseconds apart.
    burst: [u16; 2],
    stage: State<Stage>,
    /// The chosen file was no picture.
    unreadable: State<bool>,
}

/// Draws the taking of one photograph.
pub fn screen(flow: Flow, slot: &UploadSlot, document: Option<DocumentKind>) -> View {
    let subject = match (slot.name, document) {
        (UploadName::Front, Some(DocumentKind::Passport)) => Subject::Passport,
        (UploadName::Front, Some(kind)) => Subject::Front(kind),
        (UploadName::Back, Some(kind)) => Subject::Back(kind),
        _ => Subject::Face,
    };
    let burst = [slot.burst.unwrap_or_default(), slot.burst_apart_ms.unwrap_or_default()];
    let stage = State::new(Stage::Ready);
    let shot = Shot { flow, subject, burst, stage, unreadable: State::new(false) };
    live(move || {
        let stage = shot.stage.get();
        Some(untrack(|| match stage {
            Stage::Ready => ready::view(shot),
            Stage::Live => camera::view(shot),
            Stage::Check(picture) => check::view(shot, picture),
            Stage::Blocked(obstacle) => blocked::view(shot, obstacle),
        }))
    })
}

impl Shot {
    fn title(self) -> String {
        self.flow.text(match self.subject {
            Subject::Passport => Message::PhotoPassport,
            Subject::Front(_) => Message::PhotoFront,
            Subject::Back(_) => Message::PhotoBack,
            Subject::Face => Message::PhotoSelfie,
        })
    }

    fn lead(self) -> String {
        let of_card = |message, kind: DocumentKind| {
            self.flow.filled(message, &[("document", &self.flow.text(kind.into()))])
        };
        match self.subject {
            Subject::Passport => self.flow.text(Message::PhotoLeadPassport),
            Subject::Front(kind) => of_card(Message::PhotoLeadFront, kind),
            Subject::Back(kind) => of_card(Message::PhotoLeadBack, kind),
            Subject::Face if self.burst[0] > 0 => self.flow.text(Message::PhotoLeadBurst),
            Subject::Face => self.flow.text(Message::PhotoLeadSelfie),
        }
    }

    fn sentence(self) -> String {
        self.flow.text(match self.subject {
            Subject::Passport => Message::PhotoGuidePassport,
            Subject::Front(_) => Message::PhotoGuideFront,
            Subject::Back(_) => Message::PhotoGuideBack,
            Subject::Face => Message::PhotoGuideSelfie,
        })
    }

    fn guide(self) -> Guide {
        match self.subject {
            Subject::Passport => Guide::Passport,
            Subject::Front(_) | Subject::Back(_) => Guide::Card,
            Subject::Face => Guide::Face,
        }
    }

    /// The document, if it is one.
    fn document(self) -> Option<DocumentKind> {
        match self.subject {
            Subject::Passport => Some(DocumentKind::Passport),
            Subject::Front(kind) | Subject::Back(kind) => Some(kind),
            Subject::Face => None,
        }
    }

    /// What the sight looks for.
    fn wanted(self) -> JsValue {
        let subject = match self.subject {
            Subject::Passport => "passport",
            Subject::Front(_) => "front",
            Subject::Back(_) => "back",
            Subject::Face => "face",
        };
        let kind = self.document().map_or("", DocumentKind::as_str);
        js::object(&[("subject", subject.into()), ("kind", kind.into())])
    }

    fn facing(self) -> Facing {
        if self.subject == Subject::Face { Facing::Front } else { Facing::Rear }
    }

    fn go(self, stage: Stage) {
        self.unreadable.set(false);
        self.stage.set(stage);
    }

    /// The way without our camera: on a phone the system's own camera, elsewhere a file.
    fn upload_instead(self) -> View {
        let picker = Picker::new();
        let take = move |file: File| {
            self.flow.spawn(async move {
                match picture::from_file(&file, LONGEST).await {
                    Ok(picture) => self.go(Stage::Check(picture)),
                    Err(_) => self.unreadable.set(true),
                }
            });
        };
        let capture = if self.subject == Subject::Face { "user" } else { "environment" };
        let problem = move || notice::problem(self.flow.text(Message::FileUnreadable));
        el("div")
            .class("instead")
            .live(move || self.unreadable.get().then(problem))
            .child(picker.input("image/*", Some(capture), take))
            .child(secondary(self.flow.text(Message::ActionUploadPhoto), move || picker.open()))
            .draw()
    }
}
