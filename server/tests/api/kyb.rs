//! A business is checked to its end: who acts for it describes it, its owners are invited, and it is decided
//! when they are.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant, open, personal_data};
use crate::house::House;

const SKILL: &str = "kyb_business_#1.0";

/// What is asked of a business, with owners beside the 40 percent of the person who acts for it.
pub fn business_steps(owners: &Value) -> [(&'static str, Value); 4] {
    [
        (
            "business",
            json!({
                "business.name": "Harbour Chandlers Ltd.",
                "business.corporation_type": "limited_liability_company",
                "business.tin": "12-3456789",
                "business.phone_number": "+1 415 555 0132",
            }),
        ),
        (
            "business_address",
            json!({
                "business.address_line1": "1 Quay", "business.city": "Zenith", "business.state": "CA",
                "business.zip": "94107", "business.country": "US",
            }),
        ),
        ("owners", json!({"business.primary_owner_stake": 40, "business.secondary_owners": owners})),
        ("personal_data", personal_data()),
    ]
}

/// Somebody else who owns a part.
pub fn owner(name: &str, stake: u8) -> Value {
    json!({
        "first_name": name, "last_name": "Chandler", "ownership_stake": stake,
        "email": format!("{}@example.com", name.to_lowercase()),
    })
}

async fn start(house: &House, tenant: &Tenant, further: &Value) -> Answer {
    let mut body = json!({"key": tenant.playbook(SKILL)});
    body.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
    tenant.start(house, &body).await
}

/// Describes a business with these owners, and gives what the tenant learns.
async fn describe(house: &House, tenant: &Tenant, owners: &Value, further: &Value) -> Value {
    let started = start(house, tenant, further).await;
    assert!(started.text("/link").contains("/verify?type=business#obtok_"), "{}", started.text);
    let mut person = Person::open(house, &started.text("/token")).await;
    for (step, data) in business_steps(owners) {
        person.submit(house, step, data).await;
    }
    person.submit(house, "consent", json!({"business_check": "1.0"})).await;
    let done = person.submit(house, "review", json!({})).await;
    tenant.validate(house, &done.text("/validation_token")).await.body()
}

async fn owners_of(house: &House, tenant: &Tenant, business: &str) -> Vec<Value> {
    let answer = tenant.call(house, "GET", &format!("/businesses/{business}/owners"), None).await;
    answer.body().as_array().unwrap_or_else(|| panic!("{}", answer.text)).clone()
}

async fn standing(house: &House, tenant: &Tenant, business: &str) -> (String, bool) {
    let answer = tenant.call(house, "GET", &format!("/businesses/{business}"), None).await;
    (answer.text("/status"), answer.body()["requires_manual_review"].as_bool().unwrap())
}

/// The owner's own session.
async fn invite(house: &House, tenant: &Tenant, business: &str, owner: &Value) -> Answer {
    let path = format!("/businesses/{business}/owners/{}/link", owner["fp_id"].as_str().unwrap());
    let invited = tenant.call(house, "POST", &path, None).await;
    assert_eq!(invited.status, 200, "{}", invited.text);
    invited
}

/// The owner walks their own session, in which they say that they were born then.
async fn answer(house: &House, tenant: &Tenant, business: &str, owner: &Value, born: &str) -> Value {
    let invited = invite(house, tenant, business, owner).await;
    assert!(invited.text("/link").contains("/verify?type=user#obtok_"));
    let mut person = Person::open(house, &invited.text("/token")).await;
    let mut data = personal_data();
    data["id.dob"] = born.into();
    person.submit(house, "personal_data", data).await;
    let done = person.submit(house, "consent", json!({"data_use": "1.0"})).await;
    tenant.validate(house, &done.text("/validation_token")).await.body()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[tokio::test]
async fn what_a_reviewer_decides_of_an_owner_counts_for_the_business() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let told = describe(&house, &tenant, &json!([owner("Bob", 60)]), &json!({})).await;
    let business = text(&told["business"]["fp_bid"]);
    let bob = owners_of(&house, &tenant, business).await.remove(1);
    answer(&house, &tenant, business, &bob, "1990-05-17").await;
    assert_eq!(standing(&house, &tenant, business).await, ("pass".into(), false));
    let body = json!({"decision": "reject", "reason": "He is not who he says."});
    let reviewed = tenant.about(&house, "POST", text(&bob["fp_id"]), "/review", Some(&body)).await;
    assert_eq!(reviewed.text("/status"), "fail");
    assert_eq!(standing(&house, &tenant, business).await, ("fail".into(), false));
    assert_eq!(owners_of(&house, &tenant, business).await[1]["status"], "fail");
}

#[tokio::test]
async fn a_business_passes_when_each_of_its_owners_has_passed() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let named = json!({"user_external_id": "customer-0001", "business_external_id": "business-0001"});
    let told = describe(&house, &tenant, &json!([owner("Bob", 35), owner("Eve", 25)]), &named).await;
    let business = &told["business"];
    assert_eq!((&business["status"], &business["external_id"]), (&json!("pending"), &json!("business-0001")));
    assert_eq!(told["user"]["status"], "pass");
    assert_eq!(business["onboarding_id"], told["user"]["onboarding_id"]);
    assert_eq!(business["playbook_key"], tenant.playbook(SKILL));

    let business = text(&business["fp_bid"]);
    let owners = owners_of(&house, &tenant, business).await;
    let seen: Vec<_> = owners
        .iter()
        .map(|owner| {
            (text(&owner["kind"]), owner["ownership_stake"].as_u64().unwrap(), text(&owner["status"]))
        })
        .collect();
    assert_eq!(
        seen,
        [("primary", 40, "pass"), ("secondary", 35, "incomplete"), ("secondary", 25, "incomplete")]
    );
    assert_eq!(owners[0]["fp_id"], told["user"]["fp_id"]);

    let bob = answer(&house, &tenant, business, &owners[1], "1980-01-01").await;
    assert_eq!((&bob["user"]["fp_id"], &bob["user"]["status"]), (&owners[1]["fp_id"], &json!("pass")));
    assert_eq!(
        (&bob["business"]["fp_bid"], &bob["business"]["status"]),
        (&json!(business), &json!("pending"))
    );
    let eve = answer(&house, &tenant, business, &owners[2], "1985-01-01").await;
    assert_eq!(eve["business"]["status"], "pass");
    assert_eq!(standing(&house, &tenant, business).await, ("pass".into(), false));
}

#[tokio::test]
async fn what_is_said_of_a_business_is_the_businesss_and_the_rest_the_persons() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let told = describe(&house, &tenant, &json!([]), &json!({})).await;
    assert_eq!(told["business"]["status"], "pass", "who owns it alone waits for nobody");
    let path = format!("/users/{}/vault", text(&told["user"]["fp_id"]));
    let vault = tenant.call(&house, "GET", &path, None).await.body();
    assert_eq!((&vault["id.first_name"], &vault["business.name"]), (&json!(true), &Value::Null));
}

#[tokio::test]
async fn an_owner_of_a_quarter_must_pass() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let told = describe(&house, &tenant, &json!([owner("Bob", 25), owner("Eve", 35)]), &json!({})).await;
    let business = text(&told["business"]["fp_bid"]);
    let owners = owners_of(&house, &tenant, business).await;
    let bob = answer(&house, &tenant, business, &owners[1], "2015-01-01").await;
    assert_eq!((&bob["user"]["status"], &bob["business"]["status"]), (&json!("fail"), &json!("fail")));
    let eve = answer(&house, &tenant, business, &owners[2], "1985-01-01").await;
    assert_eq!(eve["business"]["status"], "fail", "nobody makes up for another");
}

#[tokio::test]
async fn an_owner_of_less_who_fails_is_looked_at() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let told = describe(&house, &tenant, &json!([owner("Bob", 24)]), &json!({})).await;
    let business = text(&told["business"]["fp_bid"]);
    let owners = owners_of(&house, &tenant, business).await;
    assert_eq!(standing(&house, &tenant, business).await, ("pending".into(), false));
    answer(&house, &tenant, business, &owners[1], "2015-01-01").await;
    assert_eq!(standing(&house, &tenant, business).await, ("pass".into(), true));
}

#[tokio::test]
async fn who_acts_for_a_business_answers_for_it() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let fixed = json!({"sandbox_outcome": "fail"});
    let told = describe(&house, &tenant, &json!([owner("Bob", 60)]), &fixed).await;
    assert_eq!(told["business"]["status"], "fail");
    let review = json!({"sandbox_outcome": "manual_review"});
    let told = describe(&house, &tenant, &json!([]), &review).await;
    let business = &told["business"];
    assert_eq!((&business["status"], &business["requires_manual_review"]), (&json!("pass"), &json!(true)));
}

#[tokio::test]
async fn an_invitation_is_prefilled_with_what_was_said_of_the_owner() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let told = describe(&house, &tenant, &json!([owner("Bob", 60)]), &json!({})).await;
    let business = text(&told["business"]["fp_bid"]);
    let owners = owners_of(&house, &tenant, business).await;
    let invited = invite(&house, &tenant, business, &owners[1]).await;
    let opened = open(&house, &invited.text("/token")).await;
    let fields = opened.body()["next"]["screen"]["form"]["fields"].clone();
    let value = |name: &str| {
        let fields = fields.as_array().unwrap().iter();
        fields.clone().find(|field| field["name"] == name).unwrap()["value"].clone()
    };
    assert_eq!(value("id.first_name"), "Bob");
    assert_eq!(value("id.email"), "bob@example.com");
    assert_eq!(value("id.dob"), Value::Null);
    let path = format!("/users/{}", text(&owners[1]["fp_id"]));
    assert_eq!(tenant.call(&house, "GET", &path, None).await.text("/status"), "incomplete");
}

#[tokio::test]
async fn an_owner_who_is_named_again_is_the_same_person() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let named = json!({"user_external_id": "customer-0001", "business_external_id": "business-0001"});
    let told = describe(&house, &tenant, &json!([owner("Bob", 30), owner("Eve", 30)]), &named).await;
    let business = text(&told["business"]["fp_bid"]);
    let before = owners_of(&house, &tenant, business).await;
    answer(&house, &tenant, business, &before[1], "1980-01-01").await;

    let mut again = named.clone();
    again["onboarding_external_id"] = "onboarding-2026".into();
    let mut bob = owner("BOB", 45);
    bob["last_name"] = "CHANDLER".into();
    let jane = json!({
        "first_name": "Jane-Marple", "last_name": "Doeringhausen", "email": "jane@example.com",
        "ownership_stake": 10,
    });
    let told = describe(&house, &tenant, &json!([bob, jane]), &again).await;
    assert_eq!(told["business"]["fp_bid"], business);
    let after = owners_of(&house, &tenant, business).await;
    let seen: Vec<_> =
        after.iter().map(|owner| (&owner["fp_id"], owner["ownership_stake"].as_u64())).collect();
    assert_eq!(
        seen,
        [(&before[0]["fp_id"], Some(50)), (&before[1]["fp_id"], Some(45))],
        "and Eve owns no more"
    );
    assert_eq!(told["business"]["status"], "pass", "what Bob gave is not asked for again");
}

#[tokio::test]
async fn a_business_is_onboarded_once_unless_it_is_asked_for() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let named = json!({"user_external_id": "customer-0001", "business_external_id": "business-0001"});
    let first = describe(&house, &tenant, &json!([]), &named).await;
    for again in [named, json!({"user_external_id": "customer-0001"})] {
        let opened = open(&house, &start(&house, &tenant, &again).await.text("/token")).await;
        let told = tenant.validate(&house, &opened.text("/validation_token")).await.body();
        assert_eq!((&told["user"], &told["business"]), (&first["user"], &first["business"]));
    }
    let other = json!({"user_external_id": "customer-0001", "business_external_id": "business-0002"});
    let opened = open(&house, &start(&house, &tenant, &other).await.text("/token")).await;
    assert_eq!(opened.text("/status"), "SESSION_CREATED", "another business is another onboarding");
}

#[tokio::test]
async fn an_owner_who_has_passed_before_has_nothing_to_give() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let key = tenant.playbook("kyc_basic_#1.0");
    let known = tenant.start(&house, &json!({"key": key, "user_external_id": "customer-0002"})).await;
    let mut bob = Person::open(&house, &known.text("/token")).await;
    let result = bob.walk_details(&house).await;
    let bob = tenant.validate(&house, &result).await.text("/user/fp_id");

    let named = json!({"user_external_id": "customer-0001"});
    let told = describe(&house, &tenant, &json!([]), &named).await;
    let business = text(&told["business"]["fp_bid"]);
    let owners = format!("/businesses/{business}/owners");
    let mark = json!({"fp_id": bob, "ownership_stake": 30});
    assert_eq!(tenant.call(&house, "POST", &owners, Some(&mark)).await.status, 200);
    assert_eq!(standing(&house, &tenant, business).await, ("pending".into(), false));
    let invited = invite(&house, &tenant, business, &json!({"fp_id": bob})).await;
    assert_eq!(open(&house, &invited.text("/token")).await.text("/status"), "SESSION_COMPLETED");
    assert_eq!(standing(&house, &tenant, business).await, ("pass".into(), false));
}
