//! A backend reads how far a session has come, what was found and what was given.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{ask, ask_zero, status, walked};
use crate::actors::{Answer, Person, Tenant, jpeg, request, send};
use crate::house::House;

#[tokio::test]
async fn statuses_come_in_order_and_claim_nothing() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start_omni(&house, &json!({})).await;
    let interview = started.text("/interviewId");
    assert_eq!(status(&house, &tenant, &interview).await, "UNKNOWN");

    let mut person = Person::open(&house, &started.text("/token")).await;
    person.submit(&house, "personal_data", crate::actors::personal_data()).await;
    person.submit(&house, "consent", json!({"identity_check": "1.0"})).await;
    person.submit(&house, "document", json!({"kind": "id_card"})).await;
    person.upload(&house, "front", jpeg()).await;
    assert_eq!(status(&house, &tenant, &interview).await, "UNKNOWN", "one side of two");
    person.upload(&house, "back", jpeg()).await;
    assert_eq!(status(&house, &tenant, &interview).await, "ID_VALIDATION_FINISHED");
    person.submit(&house, "selfie", json!({})).await;
    person.upload(&house, "selfie", jpeg()).await;
    assert_eq!(status(&house, &tenant, &interview).await, "ID_VALIDATION_FINISHED");
    person.submit(&house, "review", json!({})).await;
    assert_eq!(status(&house, &tenant, &interview).await, "ONBOARDING_FINISHED");
    let by_token = ask_zero(&house, "get/onboarding/status", &person.token).await;
    assert_eq!(by_token.text("/onboardingStatus"), "ONBOARDING_FINISHED");

    let given_up = tenant.start_omni(&house, &json!({})).await.text("/interviewId");
    house.pass(24 * 3600);
    assert_eq!(status(&house, &tenant, &given_up).await, "EXPIRED");
    assert_eq!(status(&house, &tenant, &interview).await, "ONBOARDING_FINISHED", "what is done stays done");
}

#[tokio::test]
async fn the_score_has_the_sections_of_the_skill() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start_omni(&house, &json!({"redirectUrl": "https://bank.example/"})).await;
    let interview = started.text("/interviewId");
    let before = ask(&house, &tenant, "get/score", &interview).await.body();
    assert_eq!(before["overall"], json!({"value": null, "status": "UNKNOWN", "key": "overall"}));
    let waiting = ask(&house, &tenant, "finish-status", &interview).await;
    insta::assert_snapshot!(waiting.seen(), @r#"
    200
    {
      "action": "none",
      "redirectionUrl": "https://bank.example/",
      "scoreStatus": "UNKNOWN"
    }
    "#);

    Person::open(&house, &started.text("/token")).await.walk(&house).await;
    let score = ask(&house, &tenant, "get/score", &interview).await;
    insta::assert_snapshot!(score.seen(), @r#"
    200
    {
      "faceRecognition": {
        "nameMatch": {
          "key": "nameMatch",
          "status": "UNKNOWN",
          "value": null
        },
        "overall": {
          "key": "overall",
          "status": "UNKNOWN",
          "value": null
        }
      },
      "idValidation": {
        "idSpecific": [
          {
            "key": "mrz",
            "status": "UNKNOWN",
            "value": null
          },
          {
            "key": "document_consistency",
            "status": "UNKNOWN",
            "value": null
          },
          {
            "key": "document_expiry",
            "status": "UNKNOWN",
            "value": null
          },
          {
            "key": "duplicate_document",
            "status": "UNKNOWN",
            "value": null
          }
        ],
        "overall": {
          "key": "overall",
          "status": "UNKNOWN",
          "value": null
        },
        "photoSecurityAndQuality": [
          {
            "key": "uploads",
            "status": "OK",
            "value": null
          },
          {
            "key": "document_quality",
            "status": "OK",
            "value": null
          }
        ]
      },
      "liveness": {
        "livenessScore": {
          "key": "livenessScore",
          "status": "UNKNOWN",
          "value": null
        },
        "overall": {
          "key": "overall",
          "status": "UNKNOWN",
          "value": null
        }
      },
      "overall": {
        "key": "overall",
        "status": "OK",
        "value": null
      }
    }
    "#);
    assert_eq!(ask_zero(&house, "get/score", &started.text("/token")).await.body(), score.body());
    // Some backends send the token beside their key, in place of the id.
    let both = tenant.omni(&house, "GET", "/omni/get/score");
    let both = both.header("X-Incode-Hardware-Id", started.text("/token"));
    assert_eq!(send(both).await.body(), score.body());
    insta::assert_snapshot!(ask(&house, &tenant, "finish-status", &interview).await.seen(), @r#"
    200
    {
      "action": "approved",
      "redirectionUrl": "https://bank.example/",
      "scoreStatus": "OK"
    }
    "#);
    let post = tenant.omni(&house, "POST", &format!("/omni/finish-status?id={interview}"));
    assert_eq!(send(post).await.text("/action"), "approved");

    let basic = json!({"configurationId": tenant.configuration("kyc_basic_#1.0")});
    let started = tenant.start_omni(&house, &basic).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    person.submit(&house, "personal_data", crate::actors::personal_data()).await;
    person.submit(&house, "consent", json!({"data_use": "1.0"})).await;
    let interview = started.text("/interviewId");
    insta::assert_snapshot!(ask(&house, &tenant, "get/score", &interview).await.seen(), @r#"
    200
    {
      "overall": {
        "key": "overall",
        "status": "OK",
        "value": null
      }
    }
    "#);
    assert_eq!(status(&house, &tenant, &interview).await, "ONBOARDING_FINISHED");
}

#[tokio::test]
async fn what_was_given_is_read_in_the_familys_names() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let empty = tenant.start_omni(&house, &json!({})).await.text("/interviewId");
    assert_eq!(ask(&house, &tenant, "get/ocr-data", &empty).await.body(), json!({}));
    let (interview, token) = walked(&house, &tenant, &json!({})).await;
    let given = ask(&house, &tenant, "get/ocr-data", &interview).await;
    insta::assert_snapshot!(given.seen(), @r#"
    200
    {
      "address": "1 Extraordinary Street\n12345 Zenith\nDE",
      "addressFields": {
        "city": "Zenith",
        "country": "DE",
        "postalCode": "12345",
        "street": "1 Extraordinary Street"
      },
      "birthDate": 642902400000,
      "name": {
        "firstName": "Jane-Marple",
        "fullName": "Jane-Marple Doeringhausen",
        "paternalLastName": "Doeringhausen"
      },
      "typeOfId": "IdentificationCard"
    }
    "#);
    assert_eq!(ask_zero(&house, "get/ocr-data", &token).await.body(), given.body());
}

async fn images(house: &House, tenant: &Tenant, interview: &str, names: &Value) -> Answer {
    let call = tenant.omni(house, "POST", &format!("/omni/get/images?id={interview}"));
    send(call.body(json!({"images": names}).to_string())).await
}

#[tokio::test]
async fn pictures_are_read_by_name_and_none_is_invented() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let all = json!([
        "selfie",
        "fullFrameFrontID",
        "fullFrameBackID",
        "croppedFrontID",
        "croppedBackID",
        "croppedFace"
    ]);
    let (interview, token) = walked(&house, &tenant, &json!({})).await;
    let read = images(&house, &tenant, &interview, &all).await.body();
    let names: Vec<_> = read.as_object().unwrap().keys().collect();
    assert_eq!(names, ["selfie", "fullFrameFrontID", "fullFrameBackID"]);
    for name in names {
        let file = STANDARD.decode(read[name].as_str().unwrap()).unwrap();
        assert_eq!(image::load_from_memory(&file).unwrap().width(), 800);
    }
    let zero = request(&house, "POST", "/0/omni/get/images").header("api-version", "1.0");
    let zero = zero.header("X-Incode-Hardware-Id", token).body(json!({"images": ["selfie"]}).to_string());
    assert_eq!(send(zero).await.body()["selfie"], read["selfie"]);

    let unknown = images(&house, &tenant, &interview, &json!(["passportChip"])).await;
    assert_eq!((unknown.status, unknown.code().as_str()), (422, "invalid_field"));
    let fresh = tenant.start_omni(&house, &json!({})).await.text("/interviewId");
    assert_eq!(images(&house, &tenant, &fresh, &all).await.body(), json!({}));
}

/// One engine: what another family started is read here too.
#[tokio::test]
async fn a_session_of_another_family_is_read_by_its_interview_id() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let customer = json!({"user_external_id": "customer-0001", "sandbox_outcome": "manual_review"});
    let started = tenant.start(&house, &customer).await;
    Person::open(&house, &started.text("/token")).await.walk(&house).await;
    let list = tenant.omni(&house, "GET", "/omni/sessions?externalCustomerId=customer-0001");
    let interview = send(list).await.text("/0/interviewId");
    assert_eq!(status(&house, &tenant, &interview).await, "ONBOARDING_FINISHED");
    let score = ask(&house, &tenant, "get/score", &interview).await.body();
    assert_eq!(score["overall"]["status"], "MANUAL");
    let finish = ask(&house, &tenant, "finish-status", &interview).await.body();
    assert_eq!((finish["action"].as_str(), finish["scoreStatus"].as_str()), (Some("none"), Some("MANUAL")));
}
