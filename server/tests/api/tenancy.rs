//! Keys: whose they are, what they open, and how often one may guess.

use serde_json::json;

use crate::actors::{Person, Tenant, bearer, open, post, request, send};
use crate::house::House;

#[tokio::test]
async fn wrong_keys_open_nothing() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut wrong = tenant.page_request("kyc_basic_#1.0");
    wrong["client_app_key"] = "cak_00000000000000000000000000000000".into();
    assert_eq!(post(&house, "/sessions", &wrong).await.code(), "invalid_client_app_key");
    wrong["client_id"] = "00000000-0000-0000-0000-000000000000".into();
    assert_eq!(post(&house, "/sessions", &wrong).await.code(), "invalid_client_id");

    let body = json!({"kind": "onboard", "key": tenant.key("playbook_key")}).to_string();
    let call = || request(&house, "POST", "/onboarding/session").body(body.clone());
    for refused in [
        call(),
        call().basic_auth("sk_test_wrong", Some("")),
        call().basic_auth(tenant.key("secret_key"), Some("password")),
        call().bearer_auth(tenant.key("secret_key")),
        call().header("authorization", "Basic %%%"),
    ] {
        let answer = send(refused).await;
        assert_eq!((answer.status, answer.code().as_str()), (401, "invalid_secret_key"));
        assert!(answer.headers.contains_key("www-authenticate"));
    }
    let live = json!({"kind": "onboard", "key": "pb_live_0123456789abcdefABCDEF"});
    let answer = tenant.call(&house, "POST", "/onboarding/session", Some(&live)).await;
    assert_eq!(answer.code(), "sandbox_mismatch");
}

#[tokio::test]
async fn a_token_opens_what_it_was_made_for_and_nothing_else() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start(&house, &json!({})).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    let result = person.walk(&house).await;
    for other in [result.as_str(), &tenant.key("secret_key"), "obtok_0000000000000000000000000000000000", ""]
    {
        assert_eq!(open(&house, other).await.code(), "invalid_token");
    }
    assert_eq!(tenant.validate(&house, &started.text("/token")).await.code(), "invalid_validation_token");
    let redeemed = tenant.redeem(&house, &result).await;
    let access = redeemed.text("/access_token");
    let foreign = "/credentials/cred_0000000000000000000000";
    assert_eq!(bearer(&house, "GET", foreign, &access).await.code(), "not_found");
    let own = format!("/credentials/{}", redeemed.text("/credentials_id"));
    assert_eq!(bearer(&house, "GET", &own, &started.text("/token")).await.code(), "invalid_token");
    let user = tenant.call(&house, "GET", "/users/fp_id_0000000000000000000000", None).await;
    insta::assert_snapshot!(user.seen(), @r#"
    404
    {
      "code": "not_found",
      "message": "There is no such resource.",
      "support_id": "err_…"
    }
    "#);
}

#[tokio::test]
async fn who_guesses_is_told_to_wait() {
    let house = House::open();
    let mut last = open(&house, "obtok_guess").await;
    for _ in 0..400 {
        if last.status == 429 {
            break;
        }
        last = open(&house, "obtok_guess").await;
    }
    assert_eq!((last.status, last.code().as_str()), (429, "rate_limited"));
    assert!(last.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() >= 1);
    house.pass(3600);
    assert_eq!(open(&house, "obtok_guess").await.status, 401);
}

#[tokio::test]
async fn browsers_of_allowed_pages_may_call_and_others_may_not() {
    let house = House::open();
    let preflight = |path: &str, origin: &str| {
        request(&house, "OPTIONS", path)
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type")
    };
    let allowed = send(preflight("/sessions/open", "http://localhost:3000")).await;
    assert_eq!(allowed.headers["access-control-allow-origin"], "http://localhost:3000");
    assert!(!allowed.headers.contains_key("access-control-allow-credentials"));
    for (path, origin) in
        [("/sessions/open", "https://evil.example"), ("/onboarding/session", "http://localhost:3000")]
    {
        let refused = send(preflight(path, origin)).await;
        assert!(!refused.headers.contains_key("access-control-allow-origin"), "{path}");
    }
    let refused =
        send(request(&house, "POST", "/sessions/open").header("origin", "http://127.0.0.1:5173")).await;
    assert_eq!(refused.status, 401);
    assert_eq!(
        refused.headers["access-control-allow-origin"], "http://127.0.0.1:5173",
        "errors can be read too"
    );
    assert_eq!(refused.headers["cache-control"], "no-store");
}
