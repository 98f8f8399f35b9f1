//! Who has no business with a session learns nothing of it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{ask, ask_zero, walked};
use crate::actors::{Answer, Tenant, open, request, send};
use crate::house::House;
use crate::operator::printed;
use crate::rest::files;

const CALLS: [&str; 5] =
    ["onboarding-url", "get/onboarding/status", "finish-status", "get/score", "get/ocr-data"];

fn is_refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.code().as_str()), (status, code), "{}", answer.text);
}

#[tokio::test]
async fn an_error_has_the_shape_of_the_family() {
    let house = House::open();
    let answer = send(request(&house, "POST", "/omni/start").body("{}")).await;
    insta::assert_snapshot!(answer.seen(), @r#"
    400
    {
      "error": "Bad Request",
      "message": "invalid_api_version: The version is missing or unknown: send the header api-version: 1.0. [err_…]",
      "path": "/omni/start",
      "status": 400,
      "timestamp": "milliseconds"
    }
    "#);
    let tenant = Tenant::of(&house);
    let bare = tenant.omni(&house, "POST", "/omni/start").body("{\"configurationId\": 5, \"x\": 1}");
    insta::assert_snapshot!(send(bare).await.seen(), @r#"
    422
    {
      "error": "Unprocessable Entity",
      "message": "invalid_field: One or more fields cannot be accepted. (configurationId: wrong_type) [err_…]",
      "path": "/omni/start",
      "status": 422,
      "timestamp": "milliseconds"
    }
    "#);
    let nowhere = send(tenant.omni(&house, "GET", "/omni/nowhere")).await;
    insta::assert_snapshot!(nowhere.seen(), @r#"
    404
    {
      "error": "Not Found",
      "message": "not_found: There is no such resource. [err_…]",
      "path": "/omni/nowhere",
      "status": 404,
      "timestamp": "milliseconds"
    }
    "#);
    let method = send(tenant.omni(&house, "DELETE", "/omni/start")).await;
    is_refused(&method, 405, "method_not_allowed");
}

#[tokio::test]
async fn version_and_key_are_asked_for_at_every_call() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let (interview, token) = walked(&house, &tenant, &json!({})).await;
    let paths = CALLS.map(|call| format!("/omni/{call}?id={interview}"));
    for path in paths.iter().map(String::as_str).chain(["/omni/sessions?externalCustomerId=x"]) {
        let keyed = || request(&house, "GET", path).header("x-api-key", tenant.key("api_key"));
        is_refused(&send(keyed()).await, 400, "invalid_api_version");
        for version in ["", "1", "1.1", "2.0", "v1.0"] {
            is_refused(&send(keyed().header("api-version", version)).await, 400, "invalid_api_version");
        }
        let versioned = || request(&house, "GET", path).header("api-version", "1.0");
        is_refused(&send(versioned()).await, 401, "invalid_api_key");
        for key in ["x", &tenant.key("secret_key"), &tenant.key("client_secret"), &token] {
            is_refused(&send(versioned().header("x-api-key", key)).await, 401, "invalid_api_key");
        }
        let basic = versioned().basic_auth(tenant.key("api_key"), Some(""));
        is_refused(&send(basic).await, 401, "invalid_api_key");
    }
    let key_alone = request(&house, "GET", "/0/omni/get/score").header("api-version", "1.0");
    is_refused(&send(key_alone.header("x-api-key", tenant.key("api_key"))).await, 401, "invalid_token");
}

#[tokio::test]
async fn another_tenants_sessions_and_configurations_are_nowhere() {
    let house = House::open();
    let (ours, theirs) = (Tenant::of(&house), Tenant::with(printed(&house, &["add", "--name", "Bank"])));
    let live = Tenant::with(printed(&house, &["add", "--name", "Live Bank", "--live"]));
    let (interview, token) = walked(&house, &ours, &json!({"externalCustomerId": "someuser0001"})).await;
    for stranger in [&theirs, &live] {
        for call in CALLS {
            is_refused(&ask(&house, stranger, call, &interview).await, 404, "invalid_interview_id");
            let token = stranger.omni(&house, "GET", &format!("/omni/{call}"));
            let token = token.header("X-Incode-Hardware-Id", &token_of(&ours, &house).await);
            is_refused(&send(token).await, 404, "invalid_interview_id");
        }
        let images = stranger.omni(&house, "POST", &format!("/omni/get/images?id={interview}"));
        is_refused(&send(images.body("{\"images\": [\"selfie\"]}")).await, 404, "invalid_interview_id");
        let list = stranger.omni(&house, "GET", "/omni/sessions?externalCustomerId=someuser0001");
        assert_eq!(send(list).await.body(), json!([]));
        let foreign = json!({"configurationId": ours.key("configuration_id")});
        is_refused(&stranger.start_omni(&house, &foreign).await, 404, "invalid_configuration_id");
        let own = stranger.configuration("kyc_document_#1.0");
        let again = json!({"configurationId": own, "interviewId": interview});
        is_refused(&stranger.start_omni(&house, &again).await, 404, "invalid_interview_id");
        assert_eq!(stranger.start_omni(&house, &json!({"configurationId": own})).await.status, 200);
    }
    let plain = json!({
        "configurationId": live.configuration("kyc_basic_#1.0"),
        "redirectUrl": "http://example.com/",
    });
    is_refused(&live.start_omni(&house, &plain).await, 422, "invalid_field");
    assert_eq!(ask_zero(&house, "get/score", &token).await.status, 200, "nothing has changed");
}

/// A token of another session of the same tenant's.
async fn token_of(tenant: &Tenant, house: &House) -> String {
    tenant.start_omni(house, &json!({})).await.text("/token")
}

#[tokio::test]
async fn a_token_reads_its_own_session_and_no_other() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let (interview, _) = walked(&house, &tenant, &json!({})).await;
    let other = token_of(&tenant, &house).await;
    for call in CALLS {
        for path in [format!("/0/omni/{call}?id={interview}"), format!("/omni/{call}?id={interview}")] {
            let both = tenant.omni(&house, "GET", &path).header("X-Incode-Hardware-Id", &other);
            is_refused(&send(both).await, 404, "invalid_interview_id");
        }
        for id in ["x", "664283755e0f8e1b87fcc2ce", "664283755E0F8E1B87FCC2CE", "..%2f", ""] {
            is_refused(&ask(&house, &tenant, call, id).await, 404, "invalid_interview_id");
        }
        let missing = send(tenant.omni(&house, "GET", &format!("/omni/{call}"))).await;
        is_refused(&missing, 400, "missing_fields");
        let more = send(tenant.omni(&house, "GET", &format!("/omni/{call}?id={interview}&x=1"))).await;
        is_refused(&more, 400, "unknown_fields");
    }
}

/// The token with another header, other claims, or without a signature.
fn forged(token: &str, header: &Value, claim: Option<(&str, Value)>, signature: bool) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    if let Some((name, value)) = claim {
        claims[name] = value;
    }
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    [part(header), part(&claims), if signature { parts[2].into() } else { String::new() }].join(".")
}

#[tokio::test]
async fn forged_tokens_open_nothing() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let (interview, token) = walked(&house, &tenant, &json!({})).await;
    let hs256 = json!({"typ": "JWT", "alg": "HS256"});
    let elsewhere = House::open();
    let foreign = Tenant::of(&elsewhere).start_omni(&elsewhere, &json!({})).await.text("/token");
    let forgeries = [
        forged(&token, &json!({"alg": "none"}), None, false),
        forged(&token, &json!({"alg": "none"}), None, true),
        forged(&token, &json!({"alg": "HS512"}), None, true),
        forged(&token, &json!({"alg": "RS256", "jwk": {"kty": "oct", "k": "AA"}}), None, true),
        forged(&token, &hs256, Some(("exp", json!(4_000_000_000_u32))), true),
        forged(&foreign, &hs256, Some(("sub", json!(interview))), true),
        forged(&token, &hs256, Some(("aud", json!("another"))), true),
        foreign,
        token.trim_end_matches(|c| c != '.').into(),
        token[1..].into(),
        String::new(),
        "x".repeat(10_000),
        tenant.start(&house, &json!({})).await.text("/token"),
    ];
    for forgery in &forgeries {
        is_refused(&ask_zero(&house, "get/ocr-data", forgery).await, 401, "invalid_token");
        let with_key = tenant.omni(&house, "GET", &format!("/omni/get/ocr-data?id={interview}"));
        is_refused(&send(with_key.header("X-Incode-Hardware-Id", forgery)).await, 401, "invalid_token");
    }
    for forgery in &forgeries[..12] {
        is_refused(&open(&house, forgery).await, 401, "invalid_token");
    }
    house.pass(24 * 3600 - 60);
    assert_eq!(ask_zero(&house, "get/score", &token).await.status, 200);
    house.pass(24 * 3600);
    is_refused(&ask_zero(&house, "get/score", &token).await, 401, "invalid_token");
    is_refused(&open(&house, &token).await, 410, "session_expired");
    assert_eq!(ask(&house, &tenant, "get/score", &interview).await.status, 200, "the backend still reads");
    is_refused(&ask(&house, &tenant, "onboarding-url", &interview).await, 410, "session_expired");
}

#[tokio::test]
async fn neither_the_log_nor_the_disk_knows_a_token_or_what_was_said() {
    let settings = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&settings, "log = \"trace\"\n").unwrap();
    let house = House::open_with(&["--config", settings.path().to_str().unwrap()]);
    let tenant = Tenant::of(&house);
    let said = json!({
        "customFields": {"Extraordinary name": "Doeringhausen"},
        "redirectUrl": "https://bank.example/Extraordinary",
    });
    let (interview, token) = walked(&house, &tenant, &said).await;
    for call in CALLS {
        ask(&house, &tenant, call, &interview).await;
        ask_zero(&house, call, &token).await;
        ask_zero(&house, call, &token[1..]).await;
    }
    tenant.start_omni(&house, &json!({"customFields": {"Extraordinary name": 5}})).await;
    let mac = token.rsplit('.').next().unwrap();
    let key = tenant.key("api_key");
    for file in files(house.folder()).into_iter().filter(|file| !file.ends_with("sandbox.json")) {
        let content = std::fs::read(&file).unwrap();
        for needle in [mac, &key, "Doeringhausen", "Extraordinary", "Jane-Marple"] {
            let found = content.windows(needle.len()).any(|window| window == needle.as_bytes());
            assert!(!found, "{needle} in {}", file.display());
        }
    }
}
