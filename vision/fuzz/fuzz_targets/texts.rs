//! Texts as zones, as barcodes, and as names.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vestibule_vision::aamva::Card;
use vestibule_vision::day::Day;
use vestibule_vision::mrz::Zone;
use vestibule_vision::reading::Reading;
use vestibule_vision::spelling::Spelt;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(zone) = Zone::read(&text) {
        let _ = (zone.digits(), zone.all_right());
    }
    if let Ok(card) = Card::read(&text) {
        let _ = card.element("DCS");
    }
    let today = Day::new(2026, 1, 1).expect("a day");
    for reading in [Reading::of_zone(&text, today), Reading::of_barcode(&text)].into_iter().flatten() {
        let _ = reading.words();
    }
    if let Some(spelling) = Spelt::of(&text) {
        assert!(spelling.is(&spelling));
        let _ = spelling.recommended();
    }
});
