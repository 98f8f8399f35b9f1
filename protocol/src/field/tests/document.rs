//! What machines read of documents.

use super::{refuses, takes};
use crate::field::FieldProblem::*;

#[test]
fn a_machine_readable_zone_has_lines_of_a_known_length() {
    let (upper, lower) =
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
    let kept = [upper, "\n", lower].concat();
    takes(
        "document.passport.mrz",
        &[
            (&kept, &kept),
            (&[upper, lower].concat(), &kept),
            (&[upper, "\r\n", lower, "\r\n"].concat(), &kept),
            (&kept.to_lowercase(), &kept),
            (&kept.replace("<<", "< <"), &kept),
        ],
    );
    let (card, larger) = ("A".repeat(90), "A".repeat(72));
    let lines = |count, length| vec!["A".repeat(length); count].join("\n");
    takes("document.id_card.mrz", &[(&card, &lines(3, 30)), (&larger, &lines(2, 36))]);
    refuses("document.passport.mrz", Required, &["", " \n "]);
    refuses("document.passport.mrz", TooShort, &["P", upper, &kept[1..], &"A".repeat(89)]);
    refuses("document.passport.mrz", TooLong, &[&[&kept, "<<<"].concat()]);
    refuses(
        "document.passport.mrz",
        InvalidCharacters,
        &[&kept.replace('F', "É"), &kept.replace('F', "-"), "«"],
    );
}

#[test]
fn a_barcode_keeps_what_parts_its_elements() {
    let text = "@\n\u{1e}\rANSI 636000080001DL00310010DLDAQT64235789\nDCSSAMPLE";
    takes("document.drivers_license.barcode", &[(text, text), (&[text, "\r\n"].concat(), text)]);
    refuses("document.drivers_license.barcode", Required, &["", "\r\n"]);
    refuses("document.drivers_license.barcode", InvalidCharacters, &["A\0B"]);
    refuses("document.drivers_license.barcode", TooLong, &[&"A".repeat(2_001)]);
}
