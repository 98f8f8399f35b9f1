//! Which members of `POST /onboarding/session` go with which kind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use serde_json::json;
use vestibule_protocol::onboarding::{AuthMethod, Purpose, Reference, StartOnboarding};

const PLAYBOOK: &str = "pb_test_qBV2iO3nQI5moqo5GJlFhI";
const PERSON: &str = "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr";

fn purpose(mut request: serde_json::Value, further: &serde_json::Value) -> Result<Purpose, String> {
    request.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    let request: StartOnboarding = serde_json::from_value(request).unwrap();
    request.purpose().map_err(|misfit| misfit.to_string())
}

#[test]
fn a_playbook_is_for_onboarding_alone() {
    let kind = |kind: &str| json!({"kind": kind, "fp_id": PERSON});
    assert_eq!(purpose(kind("onboard"), &json!({})).unwrap_err(), "key: missing_fields");
    assert!(matches!(purpose(kind("onboard"), &json!({"key": PLAYBOOK})), Ok(Purpose::Onboard(_))));
    for other in ["inherit", "update_login_methods"] {
        assert!(purpose(kind(other), &json!({})).is_ok());
        for (member, value) in [
            ("key", json!(PLAYBOOK)),
            ("business_external_id", json!("business-0001")),
            ("fp_bid", json!("fp_bid_fr7JHcV3hIzC7KbqTAsD3n")),
            ("onboarding_external_id", json!("onboarding-2025-01")),
            ("bootstrap_data", json!({})),
        ] {
            let refused = purpose(kind(other), &json!({ member: value })).unwrap_err();
            assert_eq!(refused, format!("{member}: unknown_fields"), "{other}");
        }
    }
}

#[test]
fn each_kind_takes_what_it_can_use() {
    let inherit = json!({"kind": "inherit", "fp_id": PERSON});
    let walked = json!({"redirect_url": "https://bank.example", "sandbox_outcome": "pass"});
    assert!(purpose(inherit.clone(), &walked).is_ok());
    let limits = json!({"limit_auth_methods": ["phone"]});
    assert_eq!(purpose(inherit, &limits).unwrap_err(), "limit_auth_methods: unknown_fields");
    let onboard = json!({"kind": "onboard", "key": PLAYBOOK});
    assert_eq!(purpose(onboard, &limits).unwrap_err(), "limit_auth_methods: unknown_fields");
    let update = json!({"kind": "update_login_methods", "fp_id": PERSON});
    assert_eq!(purpose(update, &walked).unwrap_err(), "redirect_url: unknown_fields");
}

#[test]
fn what_is_about_a_person_names_one() {
    for kind in ["inherit", "update_login_methods"] {
        assert_eq!(purpose(json!({"kind": kind}), &json!({})).unwrap_err(), "fp_id: user_required");
        assert!(purpose(json!({"kind": kind}), &json!({"user_external_id": "customer-0001"})).is_ok());
    }
    let named = json!({"kind": "onboard", "key": PLAYBOOK, "onboarding_external_id": "onboarding-2025-01"});
    assert_eq!(purpose(named.clone(), &json!({})).unwrap_err(), "onboarding_external_id: user_required");
    match purpose(named, &json!({"user_external_id": "customer-0001"})) {
        Ok(Purpose::Onboard(onboard)) => {
            assert_eq!(onboard.person, Some(Reference::External("customer-0001".parse().unwrap())));
            assert_eq!(onboard.business, None);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn log_in_methods_are_all_or_some_but_never_none() {
    let methods = |further| match purpose(json!({"kind": "update_login_methods", "fp_id": PERSON}), &further)
    {
        Ok(Purpose::UpdateLoginMethods { methods, .. }) => Ok(methods.into_iter().collect::<Vec<_>>()),
        Ok(other) => panic!("{other:?}"),
        Err(refused) => Err(refused),
    };
    assert_eq!(methods(json!({})).unwrap(), [AuthMethod::Phone, AuthMethod::Email, AuthMethod::Passkey]);
    let some = json!({"limit_auth_methods": ["passkey", "phone", "phone"]});
    assert_eq!(methods(some).unwrap(), [AuthMethod::Phone, AuthMethod::Passkey]);
    let none = json!({"limit_auth_methods": []});
    assert_eq!(methods(none).unwrap_err(), "limit_auth_methods: invalid_field");
}
