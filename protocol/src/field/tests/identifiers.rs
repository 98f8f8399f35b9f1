//! The list of wire.md, identifier by identifier.

use super::{refuses, takes};
use crate::field::FieldProblem::*;
use crate::field::{COUNTRIES, FieldName, Format, Sensitivity, US_STATES};

#[test]
fn names_of_people_are_of_any_script_and_without_digits() {
    for name in ["id.first_name", "id.middle_name", "id.last_name", "document.passport.full_name"] {
        takes(
            name,
            &[
                ("Anna", "Anna"),
                ("  Anna   Maria ", "Anna Maria"),
                ("O'Brien-Smith, Jr.", "O'Brien-Smith, Jr."),
                ("D’Angelo", "D’Angelo"),
                ("Ðặng Thị Minh", "Ðặng Thị Minh"),
                ("محمد", "محمد"),
                ("李", "李"),
                ("Á", "Á"),
                ("\u{202e}Anna\u{200b}", "Anna"),
                ("مه\u{200c}ناز", "مه\u{200c}ناز"),
            ],
        );
        refuses(name, Required, &["", "   ", "\u{a0}"]);
        refuses(name, InvalidCharacters, &["R2D2", "٣", "<script>", "a@b", "--", "'", "x\0y", "{}"]);
        refuses(name, TooLong, &[&"a".repeat(101), &"é".repeat(101)]);
        takes(name, &[(&"é".repeat(100), &"é".repeat(100))]);
    }
}

#[test]
fn a_birthday_is_a_day_of_the_last_120_years() {
    takes(
        "id.dob",
        &[("1990-05-17", "1990-05-17"), ("2026-11-20", "2026-11-20"), ("1906-11-20", "1906-11-20")],
    );
    refuses(
        "id.dob",
        InvalidDate,
        &["17.05.1990", "1990-5-17", "1990-02-30", "1990-05-17T00:00:00Z", "yesterday"],
    );
    refuses("id.dob", DateInFuture, &["2026-11-21", "9999-12-31"]);
    refuses("id.dob", DateTooEarly, &["1905-11-20", "0001-01-01"]);
}

#[test]
fn an_email_keeps_its_local_part_and_lowers_its_domain() {
    takes(
        "id.email",
        &[
            ("anna@example.com", "anna@example.com"),
            (" Anna.Maria+bank@Example.CO.UK ", "Anna.Maria+bank@example.co.uk"),
            ("o'brien@mail-1.example", "o'brien@mail-1.example"),
            ("anna@bücher.example", "anna@bücher.example"),
        ],
    );
    refuses(
        "id.email",
        InvalidEmail,
        &[
            "anna",
            "anna@",
            "@example.com",
            "anna@example",
            "a b@example.com",
            "anna@example..com",
            "anna@-example.com",
            "anna@192.168.0.1",
            ".anna@example.com",
            "an..na@example.com",
            "anna@b@example.com",
            "anna@example.c",
            "<anna@example.com>",
            "anna@example.com.",
        ],
    );
    refuses("id.email", InvalidEmail, &[&format!("{}@example.com", "a".repeat(65))]);
    refuses("id.email", TooLong, &[&format!("a@{}.com", "b".repeat(260))]);
}

#[test]
fn a_telephone_number_is_kept_in_e164() {
    for name in ["id.phone_number", "business.phone_number"] {
        takes(
            name,
            &[
                ("+49 (30) 1234-567", "+49301234567"),
                ("+1.415.555.0132", "+14155550132"),
                ("0044 20 7946 0958", "+442079460958"),
                ("\u{202a}+49 30 1234567\u{202c}", "+49301234567"),
                ("+49 30\u{2011}1234567", "+49301234567"),
            ],
        );
        refuses(
            name,
            InvalidPhone,
            &["030 1234567", "+0301234567", "+49", "+49 30 12345678901234", "+49-CALL-NOW"],
        );
    }
}

#[test]
fn an_address_is_taken_as_people_write_it() {
    for name in ["id.address_line1", "id.address_line2", "business.address_line1", "business.address_line2"] {
        takes(name, &[("12 rue de l'Église, apt. #3/B", "12 rue de l'Église, apt. #3/B")]);
        refuses(name, TooLong, &[&"x".repeat(101)]);
        refuses(name, InvalidCharacters, &["12\nrue", "12\u{7}"]);
    }
    for name in ["id.city", "business.city"] {
        takes(name, &[("São Paulo", "São Paulo"), ("10th of Ramadan", "10th of Ramadan")]);
        refuses(name, TooLong, &[&"x".repeat(101)]);
    }
    for name in ["id.state", "business.state"] {
        takes(name, &[("CA", "CA"), ("Île-de-France", "Île-de-France")]);
        refuses(name, TooLong, &[&"x".repeat(101)]);
    }
    for name in ["id.zip", "business.zip"] {
        takes(name, &[("94107", "94107"), ("sw1a 1aa", "SW1A 1AA"), ("110-0001", "110-0001")]);
        refuses(name, InvalidPostalCode, &["1", "1234567890123", "941_07", "- -", "９４１０７"]);
    }
}

#[test]
fn a_country_is_one_of_iso_3166_1() {
    for name in ["id.country", "id.nationality", "business.country", "document.passport.issuing_country"] {
        takes(name, &[("DE", "DE"), ("us", "US")]);
        refuses(name, InvalidCountry, &["UK", "XX", "USA", "D", "D E", "Germany"]);
    }
    assert_eq!(COUNTRIES.split(' ').count(), 249);
    for code in COUNTRIES.split(' ') {
        takes("id.country", &[(code, code)]);
    }
}

#[test]
fn a_social_security_number_is_one_that_can_have_been_issued() {
    takes(
        "id.ssn9",
        &[("123-45-6789", "123456789"), ("123456789", "123456789"), ("899 99 9999", "899999999")],
    );
    refuses(
        "id.ssn9",
        InvalidSsn,
        &[
            "000-45-6789",
            "666-45-6789",
            "900-45-6789",
            "999-45-6789",
            "123-00-6789",
            "123-45-0000",
            "12345678",
            "1234567890",
            "123-45-678A",
            "- -",
            "１２３４５６７８９",
        ],
    );
    takes("id.ssn4", &[("6789", "6789"), ("0001", "0001")]);
    refuses("id.ssn4", InvalidSsn, &["0000", "678", "67890", "67a9"]);
}

#[test]
fn a_tax_id_is_a_social_security_or_an_individual_taxpayer_number() {
    takes(
        "id.us_tax_id",
        &[("123-45-6789", "123456789"), ("912-70-1234", "912701234"), ("999-99-1234", "999991234")],
    );
    refuses(
        "id.us_tax_id",
        InvalidTaxId,
        &["912-66-1234", "912-89-1234", "912-93-1234", "000-45-6789", "9127"],
    );
}

#[test]
fn legal_status_and_visa_are_choices() {
    takes(
        "id.us_legal_status",
        &[("citizen", "citizen"), ("permanent_resident", "permanent_resident"), ("visa", "visa")],
    );
    refuses("id.us_legal_status", NotAnOption, &["Citizen", "alien"]);
    takes("id.visa_kind", &[("e1", "e1"), ("h1b", "h1b"), ("other", "other")]);
    refuses("id.visa_kind", NotAnOption, &["h1-b", "z9"]);
    takes("id.visa_expiration_date", &[("2026-11-20", "2026-11-20"), ("2030-01-31", "2030-01-31")]);
    refuses("id.visa_expiration_date", DateInPast, &["2026-11-19"]);
    refuses("id.visa_expiration_date", InvalidDate, &["2030-02-30"]);
}

#[test]
fn a_drivers_licence_has_a_number_and_a_state() {
    takes(
        "id.drivers_license_number",
        &[("d123-4567-8901", "D12345678901"), ("WDLABCD456DG", "WDLABCD456DG")],
    );
    refuses("id.drivers_license_number", InvalidCharacters, &["D/123", "- *", "Ü123"]);
    refuses("id.drivers_license_number", TooLong, &[&"1".repeat(26)]);
    takes("id.drivers_license_state", &[("CA", "CA"), ("dc", "DC"), ("PR", "PR")]);
    refuses("id.drivers_license_state", InvalidState, &["California", "XX", "C", "AA"]);
    assert_eq!(US_STATES.split(' ').count(), 56);
}

#[test]
fn a_business_has_names_numbers_and_a_website() {
    for name in ["business.name", "business.dba"] {
        takes(name, &[("Smith & Sons, 2nd Ltd.", "Smith & Sons, 2nd Ltd.")]);
        refuses(name, TooLong, &[&"x".repeat(201)]);
    }
    takes("business.tin", &[("12-3456789", "123456789")]);
    refuses("business.tin", InvalidTaxId, &["00-3456789", "12345678", "1234567890", "12-345678X"]);
    takes(
        "business.website",
        &[
            ("example.com", "https://example.com"),
            ("HTTP://example.com/shop?a=1#b", "http://example.com/shop?a=1#b"),
            ("https://example.com:8443/", "https://example.com:8443/"),
            ("example.com/?back=http://example.org", "https://example.com/?back=http://example.org"),
        ],
    );
    refuses(
        "business.website",
        InvalidUrl,
        &[
            "javascript://example.com/%0aalert(1)",
            "ftp://example.com",
            "example",
            "https://",
            "https://exa mple.com",
            "https://user:secret@example.com",
            "https://example.com:http/",
            "https://example.com:99999/",
        ],
    );
    refuses("business.website", TooLong, &[&format!("example.com/{}", "x".repeat(1_989))]);
    takes("business.corporation_type", &[("llp", "llp"), ("unknown", "unknown"), ("trust", "trust")]);
    refuses("business.corporation_type", NotAnOption, &["LLP", "gmbh"]);
    takes(
        "business.primary_owner_stake",
        &[("1", "1"), ("100", "100"), ("+50", "50"), ("25 %", "25"), ("25%", "25")],
    );
    refuses("business.primary_owner_stake", TooSmall, &["0", "-1"]);
    refuses("business.primary_owner_stake", TooLarge, &["101"]);
    refuses(
        "business.primary_owner_stake",
        InvalidNumber,
        &["12.5", "half", "%", "5%%", "99999999999999999999"],
    );
}

#[test]
fn investor_profile_and_document_take_words_of_the_tenants_choice() {
    takes("investor_profile.occupation", &[("Plumber", "Plumber")]);
    refuses("investor_profile.occupation", TooLong, &[&"x".repeat(501)]);
    takes("document.passport.document_number", &[("l898902c3", "L898902C3")]);
    takes("document.id_card.expires_at", &[("2012-04-15", "2012-04-15")]);
    refuses("document.id_card.dob", InvalidDate, &["1974-08-32"]);
    takes("document.id_card.nationality", &[("de", "DE")]);
    takes("document.id_card.place_of_birth", &[("Zenith", "Zenith")]);
}

#[test]
fn a_name_outside_the_list_is_no_identifier() {
    for known in
        ["period", "custom.shoe_size", "investor_profile.occupation", "document.passport.dob", "id.dob"]
    {
        assert!(known.parse::<FieldName>().is_ok(), "{known}");
    }
    for unknown in [
        "",
        "id",
        "id.",
        "id.first_name.x",
        "id.shoe_size",
        "business",
        "business.owner",
        "document.passport",
        "document..dob",
        "document.passport.dob.x",
        "custom.",
        "custom.Shoe",
        "Period",
        "1st",
        "a-b",
        "id.first_name ",
    ] {
        let is_own_word = ["id", "business"].contains(&unknown);
        assert_eq!(unknown.parse::<FieldName>().is_ok(), is_own_word, "{unknown:?}");
    }
    assert!("a".repeat(65).parse::<FieldName>().is_err());
}

#[test]
fn a_skill_says_the_format_of_its_own_fields_alone() {
    for own in ["period", "custom.shoe_size"] {
        assert_eq!(own.parse::<FieldName>().unwrap().format(), None, "{own}");
    }
    assert_eq!("id.dob".parse::<FieldName>().unwrap().format(), Some(Format::Birthday));
}

#[test]
fn numbers_that_open_accounts_are_masked() {
    for masked in [
        "id.ssn9",
        "id.ssn4",
        "id.us_tax_id",
        "id.drivers_license_number",
        "business.tin",
        "document.passport.document_number",
        "document.passport.mrz",
        "document.drivers_license.barcode",
    ] {
        assert_eq!(masked.parse::<FieldName>().unwrap().sensitivity(), Sensitivity::Masked, "{masked}");
    }
    for plain in ["id.first_name", "id.dob", "business.name", "custom.shoe_size"] {
        assert_eq!(plain.parse::<FieldName>().unwrap().sensitivity(), Sensitivity::Plain, "{plain}");
    }
}
