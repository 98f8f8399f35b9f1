//! rxing, a port of ZXing to Rust, with the same pictures: with the frame, and with the document laid flat by
//! its true corners.

use rxing::{BarcodeFormat, DecodeHints, helpers::detect_in_luma_slice_with_hints};
use vestibule_vision::frame::Plane;
use vestibule_vision::rectify::rectify;

use super::sets::MODULES;
use super::{Bench, timed};

/// How wide a document is laid flat, in pixels: four to a module on most.
const WIDTH: usize = 1600;

/// What became of one barcode: the text, with how long it took, by the frame and by the flat document.
struct Outcome {
    framed: bool,
    flat: bool,
    milliseconds: f64,
}

pub(super) fn measure(bench: &mut Bench) {
    let mut times = Vec::new();
    for module in MODULES {
        let outcomes = bench.each(&format!("barcode {module}"), bench.documents / 3, |set, index| {
            let shot = set.shot(&bench.studio, index, 0);
            let truth = shot.truth.as_ref().expect("the set has documents");
            let luma = shot.picture.frame().luma();
            let right = |text: Option<String>| text.is_some() && text == truth.barcode;
            let (read, milliseconds) = timed(|| read(&luma));
            let corners = truth.corners.turned(usize::from(truth.turn));
            let flat = rectify(&luma, &corners, WIDTH, WIDTH * 54 / 86);
            let flat = flat.and_then(|flat| self::read(&flat));
            Outcome { framed: right(read), flat: right(flat), milliseconds }
        });
        let what = format!("barcode read, {module} pixels to a module");
        bench.share(&what, "rxing, frame", &outcomes, |one| one.framed);
        bench.share(&what, "rxing, flat by truth", &outcomes, |one| one.flat);
        times.extend(outcomes.iter().map(|one| one.milliseconds));
    }
    bench.time("barcode read", "rxing, frame", &times);
}

fn read(luma: &Plane) -> Option<String> {
    let (width, height) = (luma.width() as u32, luma.height() as u32);
    let mut hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    let format = Some(BarcodeFormat::PDF_417);
    let read = detect_in_luma_slice_with_hints(luma.pixels(), width, height, format, &mut hints);
    read.ok().map(|read| read.getText().to_owned())
}
