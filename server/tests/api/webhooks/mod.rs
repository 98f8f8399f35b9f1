//! Tenants are told of what happens.

mod attacks;
mod delivery;
mod hostile;
mod told;

use std::time::Duration;

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant};
use crate::house::House;
use crate::mailbox::Letter;

/// Receivers stand on this machine.
pub const NEARBY: &str = "webhook_private_targets = true\nwebhook_seconds = 2\n";

impl Tenant {
    /// Registers an endpoint.
    pub async fn subscribe(&self, house: &House, family: &str, url: &str) -> Answer {
        self.call(house, "POST", "/webhooks", Some(&json!({"url": url, "family": family}))).await
    }

    /// Reads deliveries.
    pub async fn deliveries(&self, house: &House, query: &str) -> Vec<Value> {
        let answer = self.call(house, "GET", &format!("/webhooks/deliveries{query}"), None).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.body()["deliveries"].as_array().unwrap().clone()
    }

    /// Starts a session as a page does.
    pub async fn start_quietly(&self, house: &House) {
        Person::start(house, self, "kyc_basic_#1.0").await;
    }
}

/// Waits until the deliveries that are listed are as they should be.
async fn until(house: &House, tenant: &Tenant, query: &str, like: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    for _ in 0..200 {
        let found = tenant.deliveries(house, query).await;
        if like(&found) {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{:#?}", tenant.deliveries(house, query).await);
}

/// The delivery of this event.
fn of<'a>(found: &'a [Value], event: &str) -> &'a Value {
    found.iter().find(|delivery| delivery["event"] == event).unwrap()
}

/// What was said, with what differs from run to run replaced by its kind.
fn seen(letters: &[Letter]) -> String {
    let said = letters.iter().map(|letter| {
        let answer = Answer {
            status: 200,
            headers: letter.headers.clone(),
            text: String::from_utf8(letter.body.to_vec()).unwrap(),
        };
        answer.seen().split_once('\n').unwrap().1.to_owned()
    });
    said.collect::<Vec<_>>().join("\n")
}
