//! A backend starts a session.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use url::form_urlencoded::byte_serialize;

use super::{ask, ask_zero};
use crate::actors::{Person, Tenant, open, send};
use crate::house::House;

#[tokio::test]
async fn a_backend_starts_and_the_person_opens_what_it_gets() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start_omni(&house, &json!({})).await;
    insta::assert_snapshot!(started.seen(), @r#"
    200
    {
      "clientId": "a UUID",
      "endScreenText": null,
      "endScreenTitle": null,
      "env": "demo",
      "existingSession": false,
      "flowType": "flow",
      "idCaptureRetries": 10,
      "idCaptureTimeout": 1800,
      "interviewCode": "six characters",
      "interviewId": "24 hex digits",
      "selfieCaptureRetries": 10,
      "selfieCaptureTimeout": 1800,
      "token": "a JWT"
    }
    "#);

    let token = started.text("/token");
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["sub"], started.body()["interviewId"]);
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 24 * 3600);

    let by_key = ask(&house, &tenant, "onboarding-url", &started.text("/interviewId")).await;
    insta::assert_snapshot!(by_key.seen(), @r#"
    200
    {
      "url": "https://id.example/verify?type=omni#a JWT"
    }
    "#);
    let by_token = ask_zero(&house, "onboarding-url", &token).await;
    assert_eq!(by_token.text("/url"), format!("https://id.example/verify?type=omni#{token}"));

    let person = Person::open(&house, &token).await;
    assert_eq!(person.token, token, "it goes on with what it was opened with");
    let other = by_key.text("/url");
    let other = other.split_once('#').unwrap().1;
    assert_eq!(Person::open(&house, other).await.session, person.session);
}

/// The two requests that "URL Redirect" prints, host and credentials aside.
#[tokio::test]
async fn the_printed_requests_work_as_printed() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let curl = r#"{
	"countryCode": "ALL",
    "configurationId": "65283accd410a1dd7e965479",
    "externalCustomerId": "someuser0001",
    "redirectionUrl": "http://example.com/"
}"#;
    let curl = curl.replace("65283accd410a1dd7e965479", &tenant.key("configuration_id"));
    let call = tenant.omni(&house, "POST", "/omni/start");
    let call = call.header("Accept", "application/json").header("Content-Type", "application/json");
    let started = send(call.body(curl)).await;
    assert_eq!(started.status, 200, "{}", started.text);
    let url = ask_zero(&house, "onboarding-url", &started.text("/token")).await.text("/url");
    let person = Person::open(&house, url.split_once('#').unwrap().1).await;
    assert_eq!(person.last["about"]["redirect_url"], "http://example.com/");

    let fetch = json!({"countryCode": "ALL", "language": "en-US"});
    assert_eq!(tenant.start_omni(&house, &fetch).await.status, 200);
}

#[tokio::test]
async fn a_fresh_token_leads_to_the_same_session() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let customer = json!({"externalCustomerId": "MyCustomerID#0001"});
    let first = tenant.start_omni(&house, &customer).await;
    let mut again = customer.clone();
    again["interviewId"] = first.text("/interviewId").into();
    let second = tenant.start_omni(&house, &again).await;
    assert_eq!(second.body()["existingSession"], true);
    assert_ne!(first.text("/token"), second.text("/token"));
    for same in ["/interviewId", "/interviewCode"] {
        assert_eq!(first.text(same), second.text(same));
    }
    let opened = Person::open(&house, &first.text("/token")).await;
    assert_eq!(Person::open(&house, &second.text("/token")).await.session, opened.session);

    for (member, other) in [
        ("configurationId", json!(tenant.configuration("kyc_basic_#1.0"))),
        ("externalCustomerId", json!("somebody else")),
        ("redirectionUrl", json!("https://bank.example/")),
        ("language", json!("de-DE")),
        ("countryCode", json!("DE")),
        ("customFields", json!({"order": "0001"})),
    ] {
        let mut otherwise = again.clone();
        otherwise[member] = other;
        let refused = tenant.start_omni(&house, &otherwise).await;
        assert_eq!((refused.status, refused.code().as_str()), (422, "invalid_field"), "{member}");
    }
    house.pass(24 * 3600);
    assert_eq!(tenant.start_omni(&house, &again).await.code(), "session_expired");
}

#[tokio::test]
async fn the_sessions_of_a_customer_are_listed_the_latest_first() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let list = async |customer: &str| {
        let customer: String = byte_serialize(customer.as_bytes()).collect();
        send(tenant.omni(&house, "GET", &format!("/omni/sessions?externalCustomerId={customer}"))).await
    };
    let customer = "MyCustomerID#0001 ü";
    assert_eq!(list(customer).await.body(), json!([]));
    let first = tenant
        .start_omni(
            &house,
            &json!({
                "externalCustomerId": customer,
                "countryCode": "DE",
                "language": "de-DE",
                "customFields": {"order": "0001", "Any name, even this one.": ""},
            }),
        )
        .await;
    house.pass(1);
    let basic = tenant.configuration("kyc_basic_#1.0");
    let second = json!({"externalCustomerId": customer, "configurationId": basic});
    let second = tenant.start_omni(&house, &second).await;
    tenant.start_omni(&house, &json!({"externalCustomerId": "another"})).await;
    tenant.start_omni(&house, &json!({})).await;

    let listed = list(customer).await;
    insta::assert_snapshot!(listed.seen(), @r#"
    200
    [
      {
        "configurationId": "24 hex digits",
        "expiresAt": "milliseconds",
        "interviewCode": "six characters",
        "interviewId": "24 hex digits",
        "onboardingStatus": "UNKNOWN",
        "startedAt": "milliseconds"
      },
      {
        "configurationId": "24 hex digits",
        "countryCode": "DE",
        "customFields": {
          "Any name, even this one.": "",
          "order": "0001"
        },
        "expiresAt": "milliseconds",
        "interviewCode": "six characters",
        "interviewId": "24 hex digits",
        "language": "de-DE",
        "onboardingStatus": "UNKNOWN",
        "startedAt": "milliseconds"
      }
    ]
    "#);
    assert_eq!(listed.body()[0]["interviewId"], second.body()["interviewId"]);
    assert_eq!(listed.body()[0]["configurationId"], basic);
    assert_eq!(listed.body()[1]["interviewId"], first.body()["interviewId"]);
    assert_eq!(send(tenant.omni(&house, "GET", "/omni/sessions")).await.code(), "missing_fields");
    assert_eq!(list("").await.code(), "invalid_customer_id");
    assert_eq!(list("a\nb").await.code(), "invalid_customer_id");
}

#[tokio::test]
async fn a_browser_is_sent_where_the_backend_says_and_to_no_script() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    for (further, field) in [
        (json!({"redirectUrl": "javascript:alert(1)"}), "redirectUrl"),
        (json!({"redirectionUrl": "data:text/html,x"}), "redirectionUrl"),
        (json!({"redirectionUrl": "/relative"}), "redirectionUrl"),
        (
            json!({"redirectUrl": "https://a.example", "redirectionUrl": "https://b.example"}),
            "redirectionUrl",
        ),
    ] {
        let refused = tenant.start_omni(&house, &further).await;
        assert_eq!((refused.status, refused.code().as_str()), (422, "invalid_field"), "{further}");
        assert!(refused.text("/message").contains(&format!("({field}: ")), "{}", refused.text);
    }
    for taken in ["redirectUrl", "redirectionUrl"] {
        let started = tenant.start_omni(&house, &json!({taken: "https://bank.example/done?x=1#y"})).await;
        let opened = open(&house, &started.text("/token")).await;
        assert_eq!(opened.text("/about/redirect_url"), "https://bank.example/done?x=1#y");
    }
}

const ORDER: &str = "name = \"order_#1.0\"\ntitle = \"Order\"\n\
    [[steps]]\nname = \"order\"\nkind = \"form\"\nfields = [\n\
    { name = \"custom.order\", format = { line = { max = 10 } }, label = \"Order\" },\n\
    { name = \"custom.colour\", format = { line = { max = 10 } }, label = \"Colour\" },\n]\n";

#[tokio::test]
async fn a_custom_field_that_the_skill_collects_is_filled_in() {
    let skills = tempfile::tempdir().unwrap();
    std::fs::write(skills.path().join("order.toml"), ORDER).unwrap();
    let house = House::open_with(&["--skills", skills.path().to_str().unwrap()]);
    let tenant = Tenant::of(&house);
    let started = tenant
        .start_omni(
            &house,
            &json!({
                "configurationId": tenant.configuration("order_#1.0"),
                "customFields": {"order": "0001", "colour": "too long a colour", "Not a field": "x"},
            }),
        )
        .await;
    assert_eq!(started.body()["idCaptureRetries"], Value::Null, "nothing is photographed");
    let opened = open(&house, &started.text("/token")).await;
    assert_eq!(opened.text("/next/screen/form/fields/0/value"), "0001");
    assert_eq!(opened.body().pointer("/next/screen/form/fields/1/value"), None);
}
