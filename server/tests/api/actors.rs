//! Who calls: a tenant with its keys, and a person with a browser.

use std::sync::LazyLock;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::house::House;
use crate::operator::printed;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, byte for byte.
    pub text: String,
}

impl Answer {
    /// The body; `null` if it is empty or no JSON.
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// A member of the body, which must be a text.
    pub fn text(&self, pointer: &str) -> String {
        let body = self.body();
        let found = body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no {pointer} in {}", self.text)).into()
    }

    /// The code of an error: in the omni family the message begins with it.
    pub fn code(&self) -> String {
        let body = self.body();
        let code = body["code"].as_str().or_else(|| Some(body["message"].as_str()?.split_once(": ")?.0));
        code.unwrap_or_else(|| panic!("no code in {}", self.text)).into()
    }

    /// Status and body, with what differs from run to run replaced by its kind.
    pub fn seen(&self) -> String {
        let mut body = self.body();
        redact(&mut body);
        format!("{}\n{}", self.status, serde_json::to_string_pretty(&body).unwrap())
    }
}

fn redact(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::Object(members) => {
            members.sort_keys();
            members.values_mut().for_each(redact);
            for (name, value) in members.iter_mut() {
                if matches!(name.as_str(), "timestamp" | "startedAt" | "expiresAt" | "completedAt")
                    && value.is_i64()
                {
                    *value = "milliseconds".into();
                } else if name == "interviewCode" {
                    *value = "six characters".into();
                }
            }
        }
        Value::String(text) => {
            let prefixes = [
                "step_", "fp_id_", "ob_", "cred_", "up_", "err_", "obtok_", "valtok_", "temptok_", "acctok_",
                "pb_test_", "fp_bid_", "audit_", "cttok_",
            ];
            let random = |tail: &str| tail.len() >= 22 && tail.chars().all(|c| c.is_ascii_alphanumeric());
            let kind = prefixes.iter().find(|prefix| text.strip_prefix(*prefix).is_some_and(random));
            if let Some(kind) = kind {
                *text = format!("{kind}…");
            } else if text.len() == 36 && text.matches('-').count() == 4 {
                *text = "a UUID".into();
            } else if text.len() == 43 && !text.contains(' ') {
                *text = "a nonce".into();
            } else if text.len() == 24 && text.ends_with('Z') {
                *text = "an instant".into();
            } else if let Some((before, _)) = text.split_once("#obtok_") {
                *text = format!("{before}#obtok_…");
            } else if text.starts_with("eyJ") {
                *text = "a JWT".into();
            } else if let Some((before, _)) = text.split_once("#eyJ") {
                *text = format!("{before}#a JWT");
            } else if text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                *text = "24 hex digits".into();
            } else if let Some((before, _)) = text.split_once(" [err_") {
                *text = format!("{before} [err_…]");
            }
        }
        _ => {}
    }
}

static CLIENT: LazyLock<Client> =
    LazyLock::new(|| Client::builder().pool_max_idle_per_host(0).build().unwrap());

/// Sends a request and takes the whole answer.
pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, text: response.text().await.unwrap() }
}

/// A request to the server.
pub fn request(house: &House, method: &str, path: &str) -> RequestBuilder {
    CLIENT.request(Method::from_bytes(method.as_bytes()).unwrap(), house.url(path))
}

/// A call with JSON.
pub async fn post(house: &House, path: &str, body: &Value) -> Answer {
    send(request(house, "POST", path).body(body.to_string())).await
}

/// A business that integrates, with the keys of `sandbox.json`.
pub struct Tenant {
    keys: Value,
}

impl Tenant {
    /// The sandbox tenant of a server.
    pub fn of(house: &House) -> Self {
        Self { keys: house.sandbox() }
    }

    /// A further tenant, with the keys that the operator's command printed.
    pub fn with(keys: Value) -> Self {
        Self { keys }
    }

    /// One of its keys.
    pub fn key(&self, name: &str) -> String {
        self.keys[name].as_str().unwrap().into()
    }

    /// One that the operator registers now: `--live` or nothing more.
    pub fn register(house: &House, flags: &[&str]) -> Self {
        Self::with(printed(house, &[&["add", "--name", "Harbour Bank"], flags].concat()))
    }

    /// The playbook key of a skill.
    pub fn playbook(&self, skill: &str) -> String {
        let names = &self.keys["playbooks"][skill];
        names.as_str().or(names["playbook_key"].as_str()).unwrap().into()
    }

    /// The request with which a page of it starts a session.
    pub fn page_request(&self, skill: &str) -> Value {
        json!({"client_id": self.key("client_id"), "client_app_key": self.key("client_app_key"), "skill": skill})
    }

    /// A call of its backend in the onboarding family.
    pub async fn call(&self, house: &House, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let call = request(house, method, path).basic_auth(self.key("secret_key"), Some(""));
        send(match body {
            Some(body) => call.body(body.to_string()),
            None => call,
        })
        .await
    }

    /// A call of its backend in the omni family.
    pub fn omni(&self, house: &House, method: &str, path: &str) -> RequestBuilder {
        request(house, method, path).header("api-version", "1.0").header("x-api-key", self.key("api_key"))
    }

    /// Starts a session in the omni family, with further members of the request.
    pub async fn start_omni(&self, house: &House, further: &Value) -> Answer {
        let mut body = json!({"configurationId": self.keys["configuration_id"]});
        for (name, value) in further.as_object().unwrap() {
            body[name] = value.clone();
        }
        send(self.omni(house, "POST", "/omni/start").body(body.to_string())).await
    }

    /// The configuration id of a skill.
    pub fn configuration(&self, skill: &str) -> String {
        let configuration = self.keys["configurations"][skill].as_str();
        configuration.or(self.keys["playbooks"][skill]["configuration_id"].as_str()).unwrap().into()
    }

    /// Starts an onboarding session, with further members of the request.
    pub async fn start(&self, house: &House, further: &Value) -> Answer {
        let mut body = json!({"kind": "onboard", "key": self.keys["playbook_key"]});
        for (name, value) in further.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.call(house, "POST", "/onboarding/session", Some(&body)).await
    }

    /// Redeems a temp token.
    pub async fn redeem(&self, house: &House, token: &str) -> Answer {
        let body = json!({
            "client_id": self.key("client_id"),
            "client_secret": self.key("client_secret"),
            "temp_token": token,
        });
        post(house, "/token", &body).await
    }

    /// Redeems a validation token.
    pub async fn validate(&self, house: &House, token: &str) -> Answer {
        self.call(house, "POST", "/onboarding/session/validate", Some(&json!({"validation_token": token})))
            .await
    }
}

/// A person with a browser in which a session is open.
#[derive(Clone)]
pub struct Person {
    /// The session.
    pub session: String,
    /// What opens it.
    pub token: String,
    /// The nonce of the next submission.
    pub nonce: String,
    /// What the server said last.
    pub last: Value,
}

impl Person {
    /// Opens a session that was started elsewhere.
    pub async fn open(house: &House, token: &str) -> Self {
        Self::with(&open(house, token).await)
    }

    /// Opens one from a page.
    pub async fn start(house: &House, tenant: &Tenant, skill: &str) -> Self {
        Self::begin(house, &tenant.page_request(skill)).await
    }

    /// Opens one with this request of a page.
    pub async fn begin(house: &House, request: &Value) -> Self {
        Self::with(&post(house, "/sessions", request).await)
    }

    fn with(answer: &Answer) -> Self {
        assert_eq!(answer.status, 200, "{}", answer.text);
        Self {
            session: answer.text("/session_id"),
            token: answer.text("/session_token"),
            nonce: answer.body()["nonce"].as_str().unwrap_or_default().into(),
            last: answer.body(),
        }
    }

    /// Opens the session again.
    pub async fn reopen(&mut self, house: &House) {
        *self = Self::open(house, &self.token).await;
    }

    /// The request that submits a step.
    pub fn submission(&self, step: &str, data: &Value) -> Value {
        json!({"nonce": self.nonce, "step": step, "data": data})
    }

    /// Sends it.
    pub async fn try_submit(&self, house: &House, step: &str, data: &Value) -> Answer {
        post(house, &format!("/sessions/{}/steps", self.session), &self.submission(step, data)).await
    }

    /// Sends it, and goes on with the answer.
    pub async fn submit(&mut self, house: &House, step: &str, data: Value) -> Answer {
        let answer = self.try_submit(house, step, &data).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        self.last = answer.body();
        self.nonce = self.last["nonce"].as_str().unwrap_or_default().into();
        answer
    }

    /// Sends a file for the step whose files are outstanding.
    pub async fn upload(&self, house: &House, name: &str, file: Vec<u8>) -> Answer {
        let uploads = &self.last["uploads"];
        let step = uploads["step_id"].as_str().expect("uploads outstanding");
        let nonce = uploads["nonce"].as_str().unwrap().to_owned();
        upload(
            house,
            step,
            Form::new().text("nonce", nonce).text("name", name.to_owned()).part("file", Part::bytes(file)),
        )
        .await
    }

    /// Walks `kyc_basic_#1.0` to the end, and gives the result token.
    pub async fn walk_details(&mut self, house: &House) -> String {
        self.submit(house, "personal_data", personal_data()).await;
        let done = self.submit(house, "consent", json!({"data_use": "1.0"})).await;
        done.text("/validation_token")
    }

    /// Walks the identity check up to the review.
    pub async fn walk_to_review(&mut self, house: &House) {
        self.submit(house, "personal_data", personal_data()).await;
        self.submit(house, "consent", json!({"identity_check": "1.0"})).await;
        self.submit(house, "document", json!({"kind": "id_card"})).await;
        for side in ["front", "back"] {
            assert_eq!(self.upload(house, side, jpeg()).await.status, 200);
        }
        self.submit(house, "selfie", json!({})).await;
        assert_eq!(self.upload(house, "selfie", jpeg()).await.status, 200);
    }

    /// Walks it to the end, and gives the result token.
    pub async fn walk(&mut self, house: &House) -> String {
        self.walk_to_review(house).await;
        self.submit(house, "review", json!({})).await.text("/validation_token")
    }
}

/// Opens a session.
pub async fn open(house: &House, token: &str) -> Answer {
    send(request(house, "POST", "/sessions/open").bearer_auth(token).body("{}")).await
}

/// Sends an upload.
pub async fn upload(house: &House, step: &str, form: Form) -> Answer {
    send(request(house, "POST", &format!("/steps/{step}/upload")).multipart(form)).await
}

/// Reads JSON with a bearer token.
pub async fn bearer(house: &House, method: &str, path: &str, token: &str) -> Answer {
    send(request(house, method, path).bearer_auth(token)).await
}

/// What Jane gives.
pub fn personal_data() -> Value {
    json!({
        "id.first_name": "Jane-Marple",
        "id.last_name": "Doeringhausen",
        "id.dob": "1990-05-17",
        "id.email": "jane@example.com",
        "id.address_line1": "1 Extraordinary Street",
        "id.city": "Zenith",
        "id.zip": "12345",
        "id.country": "DE",
    })
}

/// A photograph of a document on a table, on which nothing can be read by a machine.
pub fn jpeg() -> Vec<u8> {
    encoded(image::ImageFormat::Jpeg)
}

/// The same in a format.
pub fn encoded(format: image::ImageFormat) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(800, 600, |x, y| {
        let on_card = (80..720).contains(&x) && (98..502).contains(&y);
        let on_portrait = (120..280).contains(&x) && (190..400).contains(&y);
        let on_line = (330..680).contains(&x) && (190..460).contains(&y) && y % 30 < 12 && x % 9 < 4;
        image::Rgb(match (on_card, on_portrait, on_line) {
            (false, ..) => [60, 52 + (x % 3) as u8, 46 + (y % 3) as u8],
            (_, true, _) => [150, 120 + (x % 16) as u8, 110],
            (.., true) => [40, 40, 60],
            _ => [215, 222 + (y % 2) as u8, 214],
        })
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The `Content-Type` of an answer.
pub fn content_type(answer: &Answer) -> &str {
    answer.headers[CONTENT_TYPE].to_str().unwrap()
}
