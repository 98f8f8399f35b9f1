//! The omni family: a backend starts, a person walks, the backend reads.

mod attacks;
mod hosted;
mod results;
mod start;

use serde_json::Value;

use crate::actors::{Answer, Person, Tenant, request, send};
use crate::house::House;

/// A call about one session, by key and id.
async fn ask(house: &House, tenant: &Tenant, call: &str, interview: &str) -> Answer {
    send(tenant.omni(house, "GET", &format!("/omni/{call}?id={interview}"))).await
}

/// The same call by the session's own token.
async fn ask_zero(house: &House, call: &str, token: &str) -> Answer {
    let call = request(house, "GET", &format!("/0/omni/{call}"));
    send(call.header("api-version", "1.0").header("X-Incode-Hardware-Id", token)).await
}

/// How far a session has come.
async fn status(house: &House, tenant: &Tenant, interview: &str) -> String {
    ask(house, tenant, "get/onboarding/status", interview).await.text("/onboardingStatus")
}

/// A session that a backend started and a person walked to its end: its id and its token.
async fn walked(house: &House, tenant: &Tenant, further: &Value) -> (String, String) {
    let started = tenant.start_omni(house, further).await;
    let token = started.text("/token");
    Person::open(house, &token).await.walk(house).await;
    (started.text("/interviewId"), token)
}
