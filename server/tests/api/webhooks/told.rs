//! What is told, to whom, and signed by what.

use serde_json::json;

use super::{NEARBY, seen, until};
use crate::actors::{Person, Tenant, jpeg, personal_data};
use crate::house::House;
use crate::kyb::business_steps;
use crate::mailbox::{Deed, Mailbox};

#[tokio::test]
async fn each_family_tells_of_a_walk_in_its_own_words() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let (onboarding, steps, omni) = (Mailbox::open().await, Mailbox::open().await, Mailbox::open().await);
    tenant.subscribe(&house, "omni", &omni.url()).await;
    let secret = tenant.subscribe(&house, "onboarding", &onboarding.url()).await.text("/secret");
    tenant.subscribe(&house, "steps", &steps.url()).await;
    let further = json!({
        "user_external_id": "customer-0001",
        "sandbox_outcome": "manual_review",
    });
    let started = tenant.start(&house, &further).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    person.submit(&house, "personal_data", personal_data()).await;
    person.submit(&house, "consent", json!({"identity_check": "1.0"})).await;
    person.submit(&house, "document", json!({"kind": "passport"})).await;
    assert_eq!(person.upload(&house, "front", vec![0xff, 0xd8, 0xff, 0xe0]).await.status, 200);
    person.upload(&house, "front", jpeg()).await;
    person.submit(&house, "selfie", json!({})).await;
    person.upload(&house, "selfie", jpeg()).await;
    person.submit(&house, "review", json!({})).await;

    let told = steps.wait_for(8).await;
    let events: Vec<_> = steps.events();
    assert_eq!(
        events,
        [
            "session.created",
            "step.submitted",
            "step.submitted",
            "step.submitted",
            "upload.rejected",
            "step.submitted",
            "step.submitted",
            "session.completed",
        ]
    );
    insta::assert_snapshot!(seen(&told[3..5]), @r#"
    {
      "event": "step.submitted",
      "session_id": "a UUID",
      "skill": "kyc_document_#1.0",
      "step": "document",
      "timestamp": "an instant"
    }
    {
      "event": "upload.rejected",
      "session_id": "a UUID",
      "skill": "kyc_document_#1.0",
      "step": "document",
      "timestamp": "an instant"
    }
    "#);
    let told = onboarding.wait_for(3).await;
    insta::assert_snapshot!(seen(&told), @r#"
    {
      "event_kind": "onboarding.completed",
      "external_id": "customer-0001",
      "fp_id": "fp_id_…",
      "is_live": false,
      "onboarding_id": "ob_…",
      "playbook_key": "pb_test_…",
      "requires_manual_review": true,
      "status": "pass",
      "timestamp": "an instant"
    }
    {
      "event_kind": "vault.updated",
      "external_id": "customer-0001",
      "fields": [
        "document.passport.front",
        "id.address_line1",
        "id.city",
        "id.country",
        "id.dob",
        "id.email",
        "id.first_name",
        "id.last_name",
        "id.zip",
        "selfie"
      ],
      "fp_id": "fp_id_…",
      "is_live": false,
      "timestamp": "an instant"
    }
    {
      "event_kind": "user.manual_review",
      "external_id": "customer-0001",
      "fp_id": "fp_id_…",
      "is_live": false,
      "requires_manual_review": true,
      "status": "pass",
      "timestamp": "an instant"
    }
    "#);
    for letter in &told {
        letter.verify(&secret).unwrap();
        assert_eq!(letter.header("content-type"), "application/json");
        assert!(letter.header("user-agent").starts_with("vestibule/"));
        assert_eq!(letter.path, "/hooks?of=bank");
        assert!(letter.id().starts_with("dlv_"));
        for given in ["Jane", "1990-05-17", "Extraordinary", "example.com"] {
            assert!(!String::from_utf8_lossy(&letter.body).contains(given), "{given}");
        }
    }
    assert_eq!((onboarding.settle().await, steps.letters().len()), (3, 8), "nothing is told twice");
    let done = tenant.deliveries(&house, "?state=delivered").await;
    assert_eq!(done.len(), 11 + omni.letters().len());
    assert_eq!(omni.events().first().unwrap(), "ID_VALIDATION_FINISHED");
    let last = omni.letters().pop().unwrap().says();
    assert_eq!(last["flowId"].as_str().unwrap().len(), 24);
    assert_eq!(
        last,
        json!({
            "flowId": last["flowId"],
            "interviewId": last["interviewId"],
            "externalCustomerId": "customer-0001",
            "onboardingStatus": "ONBOARDING_FINISHED",
        })
    );
    assert!(tenant.deliveries(&house, "?state=pending").await.is_empty());
}

#[tokio::test]
async fn a_business_is_told_of_when_it_is_described_decided_and_written() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::open().await;
    tenant.subscribe(&house, "onboarding", &mailbox.url()).await;
    let further =
        json!({"key": tenant.playbook("kyb_business_#1.0"), "business_external_id": "harbour-chandlers"});
    let started = tenant.start(&house, &further).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    for (step, data) in business_steps(&json!([])) {
        person.submit(&house, step, data).await;
    }
    person.submit(&house, "consent", json!({"business_check": "1.0"})).await;
    person.submit(&house, "review", json!({})).await;
    mailbox.wait_for(4).await;
    let told: Vec<_> =
        mailbox.letters().into_iter().filter(|letter| letter.event().starts_with("business.")).collect();
    insta::assert_snapshot!(seen(&told), @r#"
    {
      "event_kind": "business.vault_updated",
      "external_id": "harbour-chandlers",
      "fields": [
        "business.address_line1",
        "business.city",
        "business.corporation_type",
        "business.country",
        "business.name",
        "business.phone_number",
        "business.primary_owner_stake",
        "business.secondary_owners",
        "business.state",
        "business.tin",
        "business.zip"
      ],
      "fp_bid": "fp_bid_…",
      "is_live": false,
      "timestamp": "an instant"
    }
    {
      "event_kind": "business.completed",
      "external_id": "harbour-chandlers",
      "fp_bid": "fp_bid_…",
      "is_live": false,
      "requires_manual_review": false,
      "status": "pass",
      "timestamp": "an instant"
    }
    "#);
    let business = told[0].says()["fp_bid"].as_str().unwrap().to_owned();
    let vault = format!("/businesses/{business}/vault");
    let known = json!({"business.name": "Harbour Chandlers Ltd."});
    tenant.call(&house, "PATCH", &vault, Some(&known)).await;
    tenant.call(&house, "PATCH", &vault, Some(&json!({"business.website": "https://harbour.example"}))).await;
    tenant.call(&house, "DELETE", &vault, Some(&json!({"fields": ["business.tin"]}))).await;
    mailbox.wait_for(6).await;
    let told: Vec<_> = mailbox.letters()[4..].iter().map(|letter| letter.says()["fields"].clone()).collect();
    assert_eq!(told, [json!(["business.website"]), json!(["business.tin"])], "the same once more is nothing");
}

#[tokio::test]
async fn a_session_that_nobody_finishes_is_told_of_once_when_it_expires() {
    let mut house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let given_up = Person::start(&house, &tenant, "kyc_basic_#1.0").await;
    let mut finished = Person::start(&house, &tenant, "kyc_basic_#1.0").await;
    finished.submit(&house, "personal_data", personal_data()).await;
    finished.submit(&house, "consent", json!({"data_use": "1.0"})).await;
    let mailbox = Mailbox::open().await;
    tenant.subscribe(&house, "steps", &mailbox.url()).await;
    house.pass(24 * 3_600 - 60);
    assert_eq!(mailbox.settle().await, 0);
    house.pass(24 * 3_600 + 60);
    let told = mailbox.wait_for(1).await;
    assert_eq!(told[0].event(), "session.expired");
    assert_eq!(told[0].says()["session_id"], given_up.session.as_str());
    house.crash();
    assert_eq!(mailbox.settle().await, 1);
    let late = given_up.try_submit(&house, "personal_data", &personal_data()).await;
    assert_eq!(late.code(), "session_expired");
}

#[tokio::test]
async fn a_secret_is_changed_without_a_gap() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::open().await;
    let made = tenant.subscribe(&house, "onboarding", &mailbox.url()).await;
    let (id, former) = (made.text("/id"), made.text("/secret"));
    assert!(former.starts_with("whsec_") && former.len() == 50);
    let listed = tenant.call(&house, "GET", "/webhooks", None).await;
    assert_eq!(listed.text("/webhooks/0/url"), mailbox.url());
    assert!(!listed.text.contains("whsec_"), "a secret is shown once");

    let rotated = tenant.call(&house, "POST", &format!("/webhooks/{id}/rotate"), None).await;
    let fresh = rotated.text("/secret");
    assert_ne!(fresh, former);
    assert!(rotated.body()["former_secret_until"].is_string());
    let test = format!("/webhooks/{id}/test");
    let tried = tenant.call(&house, "POST", &test, None).await;
    assert_eq!(tried.text("/event"), "webhook.test");
    let letter = mailbox.wait_for(1).await.remove(0);
    assert_eq!(letter.id(), tried.text("/id"));
    letter.verify(&former).unwrap();
    letter.verify(&fresh).unwrap();
    let wrong = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assert!(letter.verify(wrong).is_err());

    house.pass(24 * 3_600 + 1);
    tenant.call(&house, "POST", &test, None).await;
    let letter = mailbox.wait_for(2).await.remove(1);
    assert!(letter.is_signed_with(&fresh));
    assert!(!letter.is_signed_with(&former), "a day has passed");
    let listed = tenant.call(&house, "GET", "/webhooks", None).await;
    assert!(listed.body()["webhooks"][0].get("former_secret_until").is_none());
}

#[tokio::test]
async fn who_wants_to_be_told_no_more_is_not() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::that_always(Deed::Answer(503)).await;
    let id = tenant.subscribe(&house, "steps", &mailbox.url()).await.text("/id");
    tenant.start_quietly(&house).await;
    until(&house, &tenant, "", |found| found[0]["attempts"] == 1).await;
    let path = format!("/webhooks/{id}");
    assert_eq!(tenant.call(&house, "DELETE", &path, None).await.status, 204);
    assert_eq!(tenant.call(&house, "DELETE", &path, None).await.code(), "not_found");
    tenant.start_quietly(&house).await;
    house.pass(3_600);
    assert_eq!(mailbox.settle().await, 1);
    assert!(tenant.deliveries(&house, "").await.is_empty());
}

#[tokio::test]
async fn deliveries_are_listed_page_by_page() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::open().await;
    let id = tenant.subscribe(&house, "steps", &mailbox.url()).await.text("/id");
    tenant.subscribe(&house, "onboarding", &mailbox.url()).await;
    for _ in 0..5 {
        tenant.start_quietly(&house).await;
    }
    let page = async |query: String| {
        tenant.call(&house, "GET", &format!("/webhooks/deliveries?endpoint={id}&limit=2{query}"), None).await
    };
    let mut names = Vec::new();
    let mut query = String::new();
    loop {
        let body = page(query).await.body();
        names.extend(body["deliveries"].as_array().unwrap().iter().map(|one| one["id"].to_string()));
        let Some(cursor) = body["next_cursor"].as_str() else { break };
        query = format!("&cursor={cursor}");
    }
    assert_eq!(names.len(), 5);
    names.dedup();
    assert_eq!(names.len(), 5);
    for (query, code) in [
        ("limit=0", "invalid_field"),
        ("limit=101", "invalid_field"),
        ("limit=x", "invalid_field"),
        ("state=lost", "invalid_field"),
        ("endpoint=x", "invalid_field"),
        ("cursor=x", "invalid_field"),
        ("colour=red", "unknown_fields"),
    ] {
        let answer = tenant.call(&house, "GET", &format!("/webhooks/deliveries?{query}"), None).await;
        assert_eq!((answer.code().as_str(), answer.status / 100), (code, 4), "{query}");
    }
}
