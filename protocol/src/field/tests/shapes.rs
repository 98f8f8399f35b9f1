//! Fields that are not one line of text, and formats that only a skill can choose.

use super::{format_of, today};
use crate::field::{
    FieldProblem, Format, OwnerProblem, Raw, Value, first_beyond_whole, owner_problems, parse,
};

fn parsed(format: &Format, raw: &Raw) -> Result<Value, FieldProblem> {
    parse(format, raw, today())
}

fn list_of(raw: &Raw) -> &[Raw] {
    let Raw::List(items) = raw else { panic!("a list") };
    items
}

/// The JSON value, as a request would bring it.
fn raw(json: serde_json::Value) -> Raw {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_tick_is_true_or_false_and_nothing_else() {
    assert_eq!(parsed(&Format::Checkbox, &Raw::Bool(true)), Ok(Value::Bool(true)));
    assert_eq!(parsed(&Format::Checkbox, &Raw::Bool(false)), Ok(Value::Bool(false)));
    for other in [Raw::from("true"), Raw::Integer(1), Raw::Other, Raw::List(vec![])] {
        assert_eq!(parsed(&Format::Checkbox, &other), Err(FieldProblem::WrongType), "{other:?}");
    }
}

#[test]
fn a_number_may_come_as_a_number_only_where_one_is_asked_for() {
    for format in [Format::Percent, Format::Integer { min: None, max: None }] {
        assert_eq!(parsed(&format, &Raw::Integer(12)), Ok(Value::Integer(12)), "{format:?}");
    }
    let amount = Format::Amount { min: None, max: None };
    assert_eq!(parsed(&amount, &Raw::Integer(12)), Ok(Value::Text("12".into())));
    for identifier in ["id.first_name", "id.zip", "id.ssn9", "id.phone_number", "business.name"] {
        let refused = parsed(&format_of(identifier), &Raw::Integer(123_456_789));
        assert_eq!(refused, Err(FieldProblem::WrongType), "{identifier}");
    }
}

#[test]
fn what_is_no_text_is_refused_by_every_text_format() {
    for other in [Raw::Bool(true), Raw::Other, Raw::List(vec![]), Raw::Record(vec![])] {
        assert_eq!(parsed(&Format::Name, &other), Err(FieldProblem::WrongType), "{other:?}");
        assert_eq!(parsed(&Format::Percent, &other), Err(FieldProblem::WrongType), "{other:?}");
    }
    assert_eq!(parsed(&Format::Owners, &Raw::from("Anna")), Err(FieldProblem::WrongType));
}

#[test]
fn an_amount_has_at_most_two_decimals_and_holds_to_its_bounds() {
    let amount = Format::Amount { min: Some(1), max: Some(100_000) };
    for (typed, kept) in [("100000", "100000"), ("007.50", "7.50"), ("1", "1"), ("100000.00", "100000.00")] {
        assert_eq!(parsed(&amount, &Raw::from(typed)), Ok(Value::Text(kept.into())), "{typed}");
    }
    for (typed, problem) in [
        ("0.99", FieldProblem::TooSmall),
        ("100000.01", FieldProblem::TooLarge),
        ("100001", FieldProblem::TooLarge),
        ("1.234", FieldProblem::InvalidNumber),
        ("1,5", FieldProblem::InvalidNumber),
        (".5", FieldProblem::InvalidNumber),
        ("5.", FieldProblem::InvalidNumber),
        ("-5", FieldProblem::InvalidNumber),
        ("1e3", FieldProblem::InvalidNumber),
        ("1000000000000000", FieldProblem::InvalidNumber),
    ] {
        assert_eq!(parsed(&amount, &Raw::from(typed)), Err(problem), "{typed}");
    }
}

#[test]
fn a_currency_is_three_letters() {
    assert_eq!(parsed(&Format::Currency, &Raw::from("eur")), Ok(Value::Text("EUR".into())));
    for refused in ["EU", "EURO", "€", "E R"] {
        assert_eq!(
            parsed(&Format::Currency, &Raw::from(refused)),
            Err(FieldProblem::NotAnOption),
            "{refused}"
        );
    }
}

#[test]
fn owners_are_at_most_twenty_and_own_at_most_everything() {
    let anna = || serde_json::json!({ "first_name": "Anna", "last_name": "Eriksson", "email": "a@example.com", "ownership_stake": 50 });
    let owners = |list: Vec<serde_json::Value>| parsed(&Format::Owners, &raw(list.into()));

    let Ok(Value::Owners(two)) = owners(vec![anna(), anna()]) else { panic!("two halves are a whole") };
    assert_eq!((two.len(), two[0].ownership_stake), (2, 50));
    assert_eq!(owners(vec![]), Ok(Value::Owners(vec![])));
    assert_eq!(owners(vec![anna(), anna(), anna()]), Err(FieldProblem::StakesExceed));
    assert_eq!(owners(vec![anna(); 21]), Err(FieldProblem::TooLong));

    let with = |name: &str, value: serde_json::Value| {
        let mut owner = anna();
        owner[name] = value;
        owners(vec![owner])
    };
    assert!(with("ownership_stake", "50".into()).is_ok());
    assert_eq!(with("ownership_stake", 0.into()), Err(FieldProblem::TooSmall));
    assert_eq!(with("ownership_stake", true.into()), Err(FieldProblem::WrongType));
    assert_eq!(with("email", "anna".into()), Err(FieldProblem::InvalidEmail));
    assert_eq!(with("first_name", "".into()), Err(FieldProblem::Required));
    assert_eq!(with("nickname", "Annie".into()), Err(FieldProblem::Unknown));
    assert_eq!(owners(vec!["Anna".into()]), Err(FieldProblem::WrongType));

    let mut nameless = anna();
    nameless.as_object_mut().unwrap().remove("last_name");
    assert_eq!(owners(vec![nameless]), Err(FieldProblem::Required));
}

#[test]
fn everything_wrong_with_owners_is_said_with_its_place() {
    let list = raw(serde_json::json!([
        { "first_name": "Anna", "last_name": "Eriksson", "email": "a@example.com", "ownership_stake": "50 %" },
        { "first_name": "", "last_name": "Li", "email": "li", "ownership_stake": 101 },
        "Anna",
    ]));
    let problems = owner_problems(&list, today());
    let said: Vec<_> = problems.iter().map(|found| (found.path("list"), found.problem)).collect();
    assert_eq!(
        said,
        [
            ("list.1.first_name".into(), FieldProblem::Required),
            ("list.1.email".into(), FieldProblem::InvalidEmail),
            ("list.1.ownership_stake".into(), FieldProblem::TooLarge),
            ("list.2".into(), FieldProblem::WrongType),
        ]
    );
    assert_eq!(parsed(&Format::Owners, &list), Err(FieldProblem::Required), "the first of them");
    assert_eq!(owner_problems(&Raw::from("Anna"), today()), []);

    let anna = &list_of(&list)[0];
    let thrice = Raw::List(vec![anna.clone(); 3]);
    assert_eq!(owner_problems(&thrice, today()), [OwnerProblem::stakes_exceed(2)]);
}

#[test]
fn the_first_owner_past_the_whole_is_found() {
    assert_eq!(first_beyond_whole(None, [50, 50]), None);
    assert_eq!(first_beyond_whole(None, [50, 50, 1, 1]), Some(2));
    assert_eq!(first_beyond_whole(Some(50), [25, 25]), None);
    assert_eq!(first_beyond_whole(Some(51), [25, 25]), Some(1));
    assert_eq!(first_beyond_whole(Some(100), [1]), Some(0), "who owns all leaves nothing to others");
    assert_eq!(first_beyond_whole(Some(100), []), None);
}

#[test]
fn personal_data_never_appear_in_debug_output() {
    let record = raw(serde_json::json!({ "first_name": "Anna", "list": ["Anna", 1974] }));
    let value = parsed(&Format::Name, &Raw::from("Anna")).unwrap();
    for shown in [format!("{record:?}"), format!("{:?}", Raw::from("Anna")), format!("{value:?}")] {
        assert!(!shown.contains("Anna") && !shown.contains("1974"), "{shown}");
    }
}
