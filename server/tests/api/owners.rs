//! The owners of a business: what is taken, what is refused and where, and what is shown again.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant};
use crate::house::House;

fn owner(first_name: &str, stake: i64) -> Value {
    let email = format!("{}@example.com", first_name.to_lowercase());
    json!({"first_name": first_name, "last_name": "Eriksson", "email": email, "ownership_stake": stake})
}

fn stakes(primary: i64, owners: &[Value]) -> Value {
    json!({"business.primary_owner_stake": primary, "business.secondary_owners": owners})
}

/// Field and problem of each refusal.
fn refused(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!((answer.status, answer.code().as_str()), (422, "invalid_field"), "{}", answer.text);
    let text = |refused: &Value, name: &str| refused[name].as_str().unwrap().to_owned();
    let fields = answer.body()["fields"].as_array().unwrap().clone();
    fields.iter().map(|refused| (text(refused, "field"), text(refused, "problem"))).collect()
}

/// A person who has come to the owners of the business.
async fn before_the_owners(house: &House) -> Person {
    let mut person = Person::start(house, &Tenant::of(house), "kyb_business_#1.0").await;
    let business = json!({
        "business.name": "Eriksson & Daughters",
        "business.corporation_type": "limited_liability_company",
        "business.tin": "12-3456789",
        "business.phone_number": "+1 415 555 0123",
    });
    person.submit(house, "business", business).await;
    let address = json!({
        "business.address_line1": "1 Extraordinary Street",
        "business.city": "Zenith",
        "business.state": "California",
        "business.zip": "94107",
        "business.country": "US",
    });
    person.submit(house, "business_address", address).await;
    person
}

#[tokio::test]
async fn stakes_that_exceed_the_whole_are_refused_at_the_owner_who_takes_them_past_it() {
    let house = House::open();
    let mut person = before_the_owners(&house).await;
    let exceed = |place: usize| {
        vec![(format!("business.secondary_owners.{place}.ownership_stake"), "stakes_exceed".to_owned())]
    };
    for (given, place) in [
        (stakes(60, &[owner("Bo", 30), owner("Cy", 11)]), 1),
        (stakes(1, &[owner("Bo", 100)]), 0),
        (stakes(100, &[owner("Bo", 1)]), 0),
        (stakes(1, &[owner("Bo", 60), owner("Cy", 60), owner("Di", 1)]), 1),
    ] {
        let answer = person.try_submit(&house, "owners", &given).await;
        assert_eq!(refused(&answer), exceed(place), "{given}");
    }
    // Nothing has changed: the same nonce takes what adds up.
    let next = person.submit(&house, "owners", stakes(60, &[owner("Bo", 30), owner("Cy", 10)])).await;
    assert_eq!(next.text("/next/name"), "personal_data");
}

#[tokio::test]
async fn everything_wrong_with_an_owner_is_said_with_its_place() {
    let house = House::open();
    let person = before_the_owners(&house).await;
    let mut faulty = owner("Bo", 0);
    faulty["email"] = json!("bo");
    faulty["last_name"] = json!("<b>");
    let answer = person.try_submit(&house, "owners", &stakes(50, &[owner("Cy", 25), faulty])).await;
    let at = |member: &str| format!("business.secondary_owners.1.{member}");
    assert_eq!(
        refused(&answer),
        [
            (at("last_name"), "invalid_characters".into()),
            (at("email"), "invalid_email".into()),
            (at("ownership_stake"), "too_small".into()),
        ]
    );
}

#[tokio::test]
async fn who_owns_all_names_nobody_else_and_an_empty_list_is_an_answer() {
    let house = House::open();
    let mut person = before_the_owners(&house).await;
    let unsaid = person.try_submit(&house, "owners", &json!({"business.primary_owner_stake": 100})).await;
    assert_eq!(unsaid.code(), "missing_fields");
    person.submit(&house, "owners", stakes(100, &[])).await;
}

#[tokio::test]
async fn owners_are_shown_again_to_the_one_who_named_them() {
    let house = House::open();
    let mut person = before_the_owners(&house).await;
    assert_eq!(person.last["next"]["screen"]["form"]["fields"][1].get("owners"), None);
    person.submit(&house, "owners", stakes(40, &[owner("Bo", 30)])).await;
    let mut personal = crate::actors::personal_data();
    personal["id.country"] = json!("US");
    person.submit(&house, "personal_data", personal).await;
    person.submit(&house, "consent", json!({"business_check": "1.0"})).await;
    person.reopen(&house).await;
    let reviewed = &person.last["next"]["screen"]["review"]["steps"][2]["screen"]["form"]["fields"];
    assert_eq!(reviewed[0]["value"], "40");
    assert_eq!(reviewed[1]["owners"], json!([owner("Bo", 30)]));
}

#[tokio::test]
async fn owners_that_a_tenant_knows_are_taken_if_they_add_up() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let start = |owners: Value| {
        let known = json!({"key": tenant.playbook("kyb_business_#1.0"), "bootstrap_data": owners});
        let (house, tenant) = (&house, &tenant);
        async move { tenant.start(house, &known).await }
    };
    let taken = start(stakes(60, &[owner("Bo", 40)])).await;
    assert_eq!(taken.body().get("ignored_bootstrap_fields"), None, "{}", taken.text);
    let beyond = start(stakes(60, &[owner("Bo", 41)])).await;
    assert_eq!(beyond.body()["ignored_bootstrap_fields"], json!(["business.secondary_owners"]));
    let person = Person::open(&house, &beyond.text("/token")).await;
    assert_eq!(person.last["next"]["name"], "business", "and is asked for in its turn");
}
