//! The operator's commands, beside a server that runs.

use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::actors::{Person, Tenant};
use crate::house::House;

fn command(house: &House, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .arg("tenant")
        .args(arguments)
        .arg("--data")
        .arg(house.data())
        .output()
        .unwrap()
}

/// What a command prints.
pub fn printed(house: &House, arguments: &[&str]) -> Value {
    let output = command(house, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn a_business_is_registered_and_goes_to_work_at_once() {
    let house = House::open();
    let keys = printed(&house, &["add", "--name", "Harbour Bank"]);
    let tenant = Tenant::with(keys.clone());
    assert!(tenant.key("secret_key").starts_with("sk_test_"));
    let key = &keys["playbooks"]["kyc_basic_#1.0"]["playbook_key"];
    let started = tenant.start(&house, &json!({"key": key})).await;
    let person = Person::open(&house, &started.text("/token")).await;
    assert_eq!(person.last["about"]["tenant"], "Harbour Bank");

    let listed = printed(&house, &["list"]);
    let names: Vec<_> = listed.as_array().unwrap().iter().map(|tenant| tenant["name"].clone()).collect();
    assert_eq!(names, ["Harbour Bank", "Northwind Bank"]);
    let again = printed(&house, &["playbooks", "--client-id", keys["client_id"].as_str().unwrap()]);
    assert_eq!(again, keys["playbooks"]);
}

#[tokio::test]
async fn live_and_sandbox_do_not_meet() {
    let house = House::open();
    let sandbox = Tenant::of(&house);
    let keys = printed(&house, &["add", "--name", "Harbour Bank", "--live"]);
    let live = Tenant::with(keys.clone());
    assert!(live.key("secret_key").starts_with("sk_live_"));
    let key = &keys["playbooks"]["kyc_basic_#1.0"]["playbook_key"];
    assert!(key.as_str().unwrap().starts_with("pb_live_"));
    assert_eq!(live.start(&house, &json!({"key": key})).await.status, 200);

    let outcome = json!({"key": key, "sandbox_outcome": "pass"});
    assert_eq!(live.start(&house, &outcome).await.code(), "sandbox_mismatch");
    assert_eq!(sandbox.start(&house, &json!({"key": key})).await.code(), "sandbox_mismatch");
    let test = json!({"key": sandbox.key("playbook_key")});
    assert_eq!(live.start(&house, &test).await.code(), "sandbox_mismatch");
}

#[test]
fn what_cannot_be_done_is_said() {
    let house = House::open();
    let unknown = ["playbooks", "--client-id", "00000000-0000-0000-0000-000000000000"];
    for (arguments, sentence) in [
        (unknown.as_slice(), "there is no tenant with this client id"),
        (&["playbooks", "--client-id", "x"], "not a client id"),
        (&["list", "--data", "/nowhere"], "cannot be used multiple times"),
    ] {
        let output = command(&house, arguments);
        assert!(!output.status.success());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(sentence), "{said}");
    }
}
