//! Line drawings of our own: a document, its back, a face. Decoration: the words say the same.

use crate::view::{View, svg};
use vestibule_protocol::upload::{DocumentKind, UploadName};

const PASSPORT: &str = "M14 6h36a4 4 0 0 1 4 4v44a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4V10a4 4 0 0 1 4-4zM32 16a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM23 25h18M32 16c-5 5-5 13 0 18M32 16c5 5 5 13 0 18M20 44h24M20 50h24";
const CARD_FRONT: &str = "M8 14h48a4 4 0 0 1 4 4v28a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V18a4 4 0 0 1 4-4zM19 23a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM11 43c0-9 16-9 16 0M35 25h18M35 32h18M35 39h11";
const CARD_BACK: &str = "M8 14h48a4 4 0 0 1 4 4v28a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V18a4 4 0 0 1 4-4zM4 23h56M10 32h20M10 39h44M10 44h44";
const FACE: &str =
    "M32 8c11 0 17 8 17 21s-7 25-17 25-17-12-17-25S21 8 32 8zM25 27v2M39 27v2M32 28v8h-2M26 43c4 3 8 3 12 0";
const TICK: &str = "M32 6a26 26 0 1 0 0 52 26 26 0 0 0 0-52zM20 33l8 8 16-17";
const STOP: &str = "M32 6a26 26 0 1 0 0 52 26 26 0 0 0 0-52zM32 18v18M32 44v2";
const SHEET: &str = "M16 6h22l12 12v40H16zM38 6v12h12M24 30h18M24 38h18M24 46h12";

/// What is to be photographed or uploaded.
pub fn of(document: Option<DocumentKind>, name: UploadName) -> View {
    let path = match (document, name) {
        (Some(DocumentKind::Passport), _) => PASSPORT,
        (_, UploadName::Back) => CARD_BACK,
        (_, UploadName::Front) => CARD_FRONT,
        (_, UploadName::Selfie) => FACE,
        (_, UploadName::File) => SHEET,
    };
    draw(path)
}

/// A tick in a circle: all is well.
pub fn tick() -> View {
    svg("drawing", "0 0 64 64", TICK)
}

/// A warning in a circle: it does not go on.
pub fn stop() -> View {
    svg("drawing", "0 0 64 64", STOP)
}

/// A small sign on a button, drawn on 24 × 24.
pub fn icon(path: &'static str) -> View {
    svg("icon", "0 0 24 24", path)
}

fn draw(path: &'static str) -> View {
    svg("drawing", "0 0 64 64", path)
}
