//! What holds for every format and every input.

use proptest::prelude::*;

use super::{format_of, today};
use crate::field::{Format, Raw, Value, parse};

/// Every identifier of wire.md that has a format, and one of each format that a skill chooses.
fn any_format() -> impl Strategy<Value = Format> {
    let identifiers = [
        "id.first_name",
        "id.dob",
        "id.email",
        "id.phone_number",
        "id.address_line1",
        "id.city",
        "id.state",
        "id.zip",
        "id.country",
        "id.ssn9",
        "id.ssn4",
        "id.us_tax_id",
        "id.us_legal_status",
        "id.visa_kind",
        "id.visa_expiration_date",
        "id.drivers_license_number",
        "id.drivers_license_state",
        "business.name",
        "business.tin",
        "business.website",
        "business.corporation_type",
        "business.primary_owner_stake",
        "business.secondary_owners",
        "investor_profile.occupation",
        "document.passport.dob",
        "document.passport.mrz",
        "document.drivers_license.barcode",
    ];
    let mut formats: Vec<_> = identifiers.into_iter().map(format_of).collect();
    formats.extend([
        Format::Line { max: 3 },
        Format::Integer { min: Some(-5), max: Some(5) },
        Format::Integer { min: None, max: None },
        Format::Amount { min: Some(1), max: Some(1_000) },
        Format::Amount { min: None, max: None },
        Format::Currency,
        Format::Checkbox,
        Format::Choice { options: vec!["6".into(), "12".into()] },
    ]);
    prop::sample::select(formats)
}

/// Text that is often near to something that a format takes.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,40}",
        "\\PC{0,300}",
        "[ -~]{0,30}",
        "[0-9 .+()-]{0,20}",
        "[12][0-9]{3}-[01][0-9]-[0-3][0-9]",
        "\\+[1-9][0-9]{0,3} ?\\(?[0-9]{2,4}\\)?[ -][0-9]{3,8}",
        "[A-Za-z.+]{1,20}@[A-Za-zİßüẞ-]{1,20}\\.[A-Za-z]{2,4}",
        "([hH][tT]{2}[pP][sS]?://)?[a-zÀ-ɏ0-9-]{1,20}\\.[a-z]{2,4}(:[0-9]{0,6})?/[!-~]{0,1995}",
        "[\\p{L} '’-]{1,110}",
        "[A-Za-z0-9 *-]{1,30}",
        "[A-Za-z]{1,3}",
        "[A-Za-z0-9<]{72}|[A-Z0-9<]{44}\r\n[A-Z0-9<]{44}|[A-Z0-9<\n]{90}",
        "@\n\u{1e}\rANSI [0-9]{12}(D[A-Z]{2}[ -~]{0,20}\n){0,5}\r",
    ]
}

/// JSON of every shape.
fn any_raw() -> impl Strategy<Value = Raw> {
    let owner = (any_text(), "[A-Z][a-z]{1,9}", "[a-z]{1,9}@[a-z]{1,9}\\.com", -1..=101_i64).prop_map(
        |(first, last, email, stake)| {
            Raw::Record(vec![
                ("first_name".into(), Raw::Text(first)),
                ("last_name".into(), Raw::Text(last)),
                ("email".into(), Raw::Text(email)),
                ("ownership_stake".into(), Raw::Integer(stake)),
            ])
        },
    );
    let leaf = prop_oneof![
        8 => any_text().prop_map(Raw::Text),
        1 => any::<bool>().prop_map(Raw::Bool),
        1 => any::<i64>().prop_map(Raw::Integer),
        1 => (-6..=101_i64).prop_map(Raw::Integer),
        1 => Just(Raw::Null),
        1 => Just(Raw::Other),
        2 => prop::collection::vec(owner, 0..4).prop_map(Raw::List),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Raw::List),
            prop::collection::vec((any_text(), inner), 0..4).prop_map(Raw::Record),
        ]
    })
}

/// The most characters that a kept text of this format has.
fn longest(format: &Format) -> usize {
    match format {
        Format::Name | Format::Region => 100,
        Format::Line { max } => usize::from(*max),
        Format::Email => 254,
        Format::Phone => 16,
        Format::Url => 2_000,
        Format::Country | Format::State => 2,
        Format::PostalCode => 12,
        Format::Ssn9 | Format::UsTaxId | Format::Tin => 9,
        Format::Ssn4 => 4,
        Format::LicenceNumber => 25,
        Format::Mrz => 92,
        Format::Barcode => 2_000,
        Format::Amount { .. } => 18,
        Format::Currency => 3,
        Format::Choice { options } => options.iter().map(|option| option.len()).max().unwrap_or(0),
        Format::Birthday | Format::Expiry | Format::Day => 10,
        Format::Percent | Format::Integer { .. } => 20,
        Format::Checkbox | Format::Owners => 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_parses_to_itself_and_is_within_bounds(format in any_format(), raw in any_raw()) {
        if let Ok(value) = parse(&format, &raw, today()) {
            prop_assert_eq!(parse(&format, &value.to_raw(), today()), Ok(value.clone()));
            if let Some(text) = value.to_text() {
                prop_assert!((1..=longest(&format)).contains(&text.chars().count()));
                let lines = matches!(format, Format::Mrz | Format::Barcode);
                prop_assert!(lines || !text.chars().any(char::is_control));
            }
            if let Value::Owners(owners) = value {
                prop_assert!(owners.len() <= 20);
                prop_assert!(owners.iter().map(|owner| owner.ownership_stake).sum::<i64>() <= 100);
            }
        }
    }

    #[test]
    fn space_around_a_text_changes_nothing(format in any_format(), text in any_text()) {
        let bare = parse(&format, &Raw::Text(text.clone()), today());
        let wide = parse(&format, &Raw::Text(format!(" \t{text}\n\u{a0}")), today());
        prop_assert_eq!(bare, wide);
    }

    #[test]
    fn every_json_value_reads_back_as_it_was_written(raw in any_raw()) {
        let json = serde_json::to_string(&raw).unwrap();
        prop_assert_eq!(serde_json::from_str::<Raw>(&json).unwrap(), raw);
    }
}
