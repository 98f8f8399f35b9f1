//! The eye of the browser's worker: sees one frame after the other, and says what the person should do,
//! which frame is the picture, and what was read.

use vestibule_vision::day::Day;
use vestibule_vision::frame::Frame;
use vestibule_vision::guide::shutter::Release;
use vestibule_vision::guide::{Guide, hint};
use vestibule_vision::look;
use vestibule_vision::mrz;
use vestibule_vision::reading::{self, Agreement, Reading};
use vestibule_vision::report::Report;
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;

use crate::wanted::Wanted;

// `Reflect.set` fails on frozen objects only, and these are ours.
#[wasm_bindgen]
extern "C" {
    type Object;
    #[wasm_bindgen(constructor)]
    fn new() -> Object;
    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn set_word(object: &Object, key: &str, value: &str);
    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn set_flag(object: &Object, key: &str, value: bool);
    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn set_places(object: &Object, key: &str, value: Vec<f32>);
}

/// An eye that looks for one thing, with one camera.
#[wasm_bindgen]
pub struct Eye {
    wanted: Wanted,
    today: Day,
    guide: Guide,
    zone: mrz::picture::Agreement,
    barcode: Agreement,
    reading: Option<Reading>,
}

#[wasm_bindgen]
impl Eye {
    /// Looks for `subject` (`passport`, `front`, `back` or `face`) of the document `kind` (the words of the
    /// wire, or nothing). `today` is the day as ISO 8601 writes it.
    ///
    /// # Errors
    /// A sentence when one of them is none of these.
    #[wasm_bindgen(constructor)]
    pub fn new(subject: &str, kind: &str, today: &str) -> Result<Eye, JsError> {
        let wanted = Wanted::of(subject, kind).ok_or_else(|| JsError::new("nothing is called so"))?;
        let today = Day::read(today).ok_or_else(|| JsError::new("there is no such day"))?;
        Ok(Self {
            guide: Guide::new(wanted.expectation),
            wanted,
            today,
            zone: mrz::picture::Agreement::new(),
            barcode: Agreement::default(),
            reading: None,
        })
    }

    /// Looks at a frame of `width × height` pixels, RGBA8, taken at the time `at` in milliseconds. Gives
    /// `{hint, spoken, dark, byHand, keep, take, outline}`: the hints by their words; whether to keep this
    /// frame, and to take the one that is kept; the corners in its pixels, x and y by turns, if there are any.
    pub fn see(&mut self, rgba: Clamped<Vec<u8>>, width: u32, height: u32, at: u32) -> JsValue {
        let report = Frame::new(width as usize, height as usize, &rgba)
            .map(|frame| look::look(&frame, &self.still_wanted()))
            .unwrap_or_default();
        self.read(&report);
        let advice = self.guide.see(&report, at, self.wanted.waits && self.reading.is_none());
        let told = Object::new();
        set_word(&told, "hint", advice.hint.word());
        set_word(&told, "spoken", advice.spoken.word());
        set_flag(&told, "dark", advice.dark);
        set_flag(&told, "byHand", advice.by_hand);
        set_flag(&told, "keep", matches!(advice.release, Release::Keep | Release::TakeThis));
        set_flag(&told, "take", matches!(advice.release, Release::Take | Release::TakeThis));
        if let Some(outline) = report.outline.filter(|outline| outline.confidence >= hint::SURE) {
            let places: Vec<f32> = outline.corners.0.iter().flat_map(|corner| [corner.x, corner.y]).collect();
            set_places(&told, "outline", places);
        }
        told.into()
    }

    /// What frames agree on, as an object of words; `undefined` while they do not.
    pub fn reading(&self) -> JsValue {
        let Some(reading) = &self.reading else { return JsValue::UNDEFINED };
        let said = Object::new();
        for (word, value) in reading.words() {
            set_word(&said, word, value);
        }
        said.into()
    }
}

impl Eye {
    /// What was read need not be read again.
    fn still_wanted(&self) -> vestibule_vision::report::Expectation {
        let mut expectation = self.wanted.expectation;
        expectation.zone &= self.reading.is_none();
        expectation.barcode &= self.reading.is_none();
        expectation
    }

    fn read(&mut self, report: &Report) {
        if let Some(zone) = &report.zone
            && let Some(agreed) = self.zone.add(zone.clone())
            && let Some(reading) = Reading::of_zone(agreed.text(), self.today)
        {
            self.reading = Some(reading);
        }
        if let Some(text) = &report.barcode
            && let Some(reading) = Reading::of_barcode(&text.0)
            && self.barcode.see(&text.0)
        {
            self.reading = Some(reading);
        }
    }
}

/// Whether what was typed is another thing than what was read for the data identifiers that end in `word`. Both
/// are in capitals.
#[wasm_bindgen]
pub fn differs(word: &str, read: &str, typed: &str) -> bool {
    reading::capitals_differ(word, read, typed)
}
