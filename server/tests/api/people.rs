//! What the tests about people share: somebody who is known, and the calls that a backend makes about
//! them.

use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant};
use crate::house::House;

/// An identifier that is nobody's.
pub const NOBODY: &str = "fp_id_0000000000000000000000";

/// Somebody who walked a skill to its end, and the session in which they did.
pub struct Known {
    /// Their name.
    pub id: String,
    /// The onboarding.
    pub onboarding: String,
    /// What redeeming the result gave.
    pub validated: Answer,
}

/// Lets somebody walk the identity check, with further members of the request that starts it.
pub async fn walked(house: &House, tenant: &Tenant, further: Value) -> Known {
    let mut further = further;
    further["key"] = tenant.playbook("kyc_document_#1.0").into();
    let started = tenant.start(house, &further).await;
    let mut person = Person::open(house, &started.text("/token")).await;
    let result = person.walk(house).await;
    known(tenant.validate(house, &result).await)
}

/// Lets somebody give their details alone.
pub async fn detailed(house: &House, tenant: &Tenant, further: Value) -> Known {
    let mut further = further;
    further["key"] = tenant.playbook("kyc_basic_#1.0").into();
    let started = tenant.start(house, &further).await;
    let mut person = Person::open(house, &started.text("/token")).await;
    let result = person.walk_details(house).await;
    known(tenant.validate(house, &result).await)
}

fn known(validated: Answer) -> Known {
    Known { id: validated.text("/user/fp_id"), onboarding: validated.text("/user/onboarding_id"), validated }
}

impl Tenant {
    /// A call about a person: `rest` follows their name in the path.
    pub async fn about(
        &self,
        house: &House,
        method: &str,
        person: &str,
        rest: &str,
        body: Option<&Value>,
    ) -> Answer {
        self.call(house, method, &format!("/users/{person}{rest}"), body).await
    }

    /// Which data of a person there are.
    pub async fn presence(&self, house: &House, person: &str) -> Value {
        let answer = self.about(house, "GET", person, "/vault", None).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.body()
    }

    /// Reads data of a person, and says why.
    pub async fn decrypt(&self, house: &House, person: &str, fields: &[&str]) -> Answer {
        let body = json!({"fields": fields, "reason": "The test reads them."});
        self.about(house, "POST", person, "/vault/decrypt", Some(&body)).await
    }

    /// What is on record about a person, the newest first: who did what, with what, and why.
    pub async fn recorded(&self, house: &House, person: &str) -> Vec<Value> {
        let answer = self.call(house, "GET", &format!("/audit_events?fp_id={person}&limit=100"), None).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.body()["data"].as_array().unwrap().clone()
    }

    /// The actions among them, the oldest first.
    pub async fn actions(&self, house: &House, person: &str) -> Vec<String> {
        let recorded = self.recorded(house, person).await;
        recorded.iter().rev().map(|event| event["action"].as_str().unwrap().into()).collect()
    }
}

/// Status and code of a refusal.
pub fn refused(answer: &Answer) -> (u16, String) {
    (answer.status, answer.code())
}
