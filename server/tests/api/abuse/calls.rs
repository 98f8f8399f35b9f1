//! Every public call that takes JSON, with a body that is good.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant, personal_data, request, send};
use crate::house::House;
use crate::people::detailed;

/// A call that takes JSON, with a good body.
pub struct Call {
    pub method: &'static str,
    pub path: String,
    pub body: Value,
    pub bearer: Option<String>,
    pub basic: Option<String>,
    pub api_key: Option<String>,
    /// The members that may be left out.
    pub optional: &'static [&'static str],
    /// The members that are needed because of what another one says.
    pub implied: &'static [&'static str],
    /// The members that take any words: what they do not take is tested beside what they are for.
    pub free: &'static [&'static str],
}

impl Call {
    pub async fn send(&self, house: &House, body: impl Into<reqwest::Body>) -> Answer {
        let mut call = request(house, self.method, &self.path).body(body);
        if let Some(token) = &self.bearer {
            call = call.bearer_auth(token);
        }
        if let Some(key) = &self.basic {
            call = call.basic_auth(key, Some(""));
        }
        if let Some(key) = &self.api_key {
            call = call.header("api-version", "1.0").header("x-api-key", key);
        }
        send(call).await
    }

    pub fn refuses(&self, answer: &Answer, allowed: &[&str], why: &str) {
        let code = answer.code();
        assert!(allowed.contains(&code.as_str()), "{} with {why}: {}", self.path, answer.text);
        assert!((400..500).contains(&answer.status), "{} with {why}", self.path);
        let status = Some(u64::from(answer.status));
        if self.api_key.is_some() {
            assert_eq!(answer.body()["status"].as_u64(), status);
            assert_eq!(answer.text("/path"), self.path.split('?').next().unwrap());
        } else if self.basic.is_some() || self.path.starts_with("/users") {
            assert!(answer.text("/support_id").starts_with("err_"));
        } else {
            assert!(answer.text("/id").starts_with("err_"));
            assert_eq!(answer.body()["http"].as_u64(), status);
        }
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
}

pub async fn calls(house: &House, tenant: &Tenant) -> Vec<Call> {
    let person = Person::start(house, tenant, "kyc_basic_#1.0").await;
    let plain = |path: &str, body: Value| Call {
        method: "POST",
        path: path.into(),
        body,
        bearer: None,
        basic: None,
        api_key: None,
        optional: &[],
        implied: &[],
        free: &[],
    };
    let basic = |path: &str, body: Value| Call { basic: Some(tenant.key("secret_key")), ..plain(path, body) };
    let omni = |path: &str, body: Value| Call { api_key: Some(tenant.key("api_key")), ..plain(path, body) };
    let started = tenant.start_omni(house, &json!({"externalCustomerId": "customer-0001"})).await;
    let redemption = json!({
        "client_id": tenant.key("client_id"),
        "client_secret": tenant.key("client_secret"),
        "temp_token": "temptok_0000000000000000000000000000000000",
    });
    let mut submission = person.submission("personal_data", &personal_data());
    submission["client_id"] = tenant.key("client_id").into();
    submission["skill"] = "kyc_basic_#1.0".into();
    vec![
        plain("/sessions", tenant.page_request("kyc_basic_#1.0")),
        Call {
            optional: &["client_id", "skill"],
            ..plain(&format!("/sessions/{}/steps", person.session), submission)
        },
        Call { bearer: Some(person.token.clone()), ..plain("/sessions/open", json!({})) },
        plain("/token", redemption.clone()),
        plain("/tokens", redemption),
        Call {
            optional: &["user_external_id", "bootstrap_data", "redirect_url", "sandbox_outcome"],
            implied: &["key"],
            ..basic(
                "/onboarding/session",
                json!({
                    "kind": "onboard",
                    "key": tenant.key("playbook_key"),
                    "user_external_id": "customer-0001",
                    "bootstrap_data": {"id.first_name": "Jane"},
                    "redirect_url": "https://bank.example",
                    "sandbox_outcome": "pass",
                }),
            )
        },
        basic(
            "/businesses/fp_bid_0000000000000000000000/owners",
            json!({"fp_id": "fp_id_0000000000000000000000"}),
        ),
        basic(
            "/onboarding/session/validate",
            json!({"validation_token": "valtok_0000000000000000000000000000000000"}),
        ),
        plain("/sessions/hosted", json!({"configuration_id": tenant.key("configuration_id")})),
        Call {
            optional: &[
                "countryCode",
                "language",
                "externalCustomerId",
                "redirectUrl",
                "redirectionUrl",
                "interviewId",
                "customFields",
            ],
            ..omni(
                "/omni/start",
                json!({
                    "configurationId": tenant.key("configuration_id"),
                    "countryCode": "ALL",
                    "language": "en-US",
                    "externalCustomerId": "customer-0001",
                    "redirectUrl": "https://bank.example",
                    "redirectionUrl": "https://bank.example",
                    "interviewId": started.text("/interviewId"),
                    "customFields": {"order": "0001"},
                }),
            )
        },
        omni(&format!("/omni/get/images?id={}", started.text("/interviewId")), json!({"images": ["selfie"]})),
        omni(&format!("/omni/finish-status?id={}", started.text("/interviewId")), json!({})),
    ]
    .into_iter()
    .chain(about_people(house, tenant).await)
    .chain(about_businesses(house, tenant).await)
    .collect()
}

async fn about_people(house: &House, tenant: &Tenant) -> Vec<Call> {
    let jane = detailed(house, tenant, json!({})).await;
    let of = |method, rest: &str, body| by_backend(tenant, method, format!("/users/{}{rest}", jane.id), body);
    let why = "The test does it.";
    let scopes = json!({"scopes": ["vault", "decrypt"], "fields": ["id.dob"], "ttl": 60, "reason": why});
    let token = tenant.about(house, "POST", &jane.id, "/client_token", Some(&scopes)).await.text("/token");
    let by_page =
        |call: Call, path: &str| Call { path: path.into(), bearer: Some(token.clone()), basic: None, ..call };
    let data = json!({"id.dob": "1990-05-17"});
    vec![
        Call {
            path: "/users".into(),
            optional: &["external_id", "data"],
            ..of("POST", "", json!({"external_id": "customer-0002", "data": data}))
        },
        Call {
            optional: &["key"],
            free: &["note"],
            ..of(
                "POST",
                "/request_info",
                json!({"note": why, "steps": ["consent"], "key": tenant.playbook("kyc_basic_#1.0")}),
            )
        },
        Call {
            optional: &["onboarding_id"],
            ..of(
                "POST",
                "/review",
                json!({"decision": "approve", "reason": why, "onboarding_id": jane.onboarding}),
            )
        },
        Call { optional: &["id.dob"], ..of("PATCH", "/vault", data.clone()) },
        Call {
            free: &["fields", "reason"],
            ..of("POST", "/vault/decrypt", json!({"fields": ["id.dob"], "reason": why}))
        },
        of("POST", "/vault/decrypt/file", json!({"field": "selfie", "reason": why})),
        Call {
            optional: &["fields", "reason"],
            free: &["fields", "reason"],
            ..of("DELETE", "/vault", json!({"fields": ["custom.nothing"], "reason": why}))
        },
        Call {
            optional: &["ttl"],
            implied: &["reason"],
            free: &["fields", "reason"],
            ..of("POST", "/client_token", scopes.clone())
        },
        by_page(Call { optional: &["id.dob"], ..of("PATCH", "", data) }, "/users/vault"),
        by_page(
            Call { free: &["fields"], ..of("POST", "", json!({"fields": ["id.dob"]})) },
            "/users/vault/decrypt",
        ),
    ]
}

async fn about_businesses(house: &House, tenant: &Tenant) -> Vec<Call> {
    let known = tenant.call(house, "POST", "/businesses", Some(&json!({}))).await.text("/id");
    let of = |method, path, body| by_backend(tenant, method, path, body);
    let why = "The test does it.";
    let vault = format!("/businesses/{known}/vault");
    let data = json!({"business.tin": "123456789"});
    vec![
        Call {
            optional: &["external_id", "data"],
            ..of("POST", "/businesses".into(), json!({"external_id": "business-0002", "data": data}))
        },
        Call { optional: &["business.tin"], ..of("PATCH", vault.clone(), data) },
        Call {
            free: &["fields", "reason"],
            ..of("POST", vault.clone() + "/decrypt", json!({"fields": ["business.tin"], "reason": why}))
        },
        Call {
            optional: &["fields", "reason"],
            free: &["fields", "reason"],
            ..of("DELETE", vault, json!({"fields": ["business.dba"], "reason": why}))
        },
    ]
}

/// A call of a backend about somebody, with a reason in its own words.
fn by_backend(tenant: &Tenant, method: &'static str, path: String, body: Value) -> Call {
    Call {
        method,
        path,
        body,
        bearer: None,
        basic: Some(tenant.key("secret_key")),
        api_key: None,
        optional: &[],
        implied: &[],
        free: &["reason"],
    }
}
