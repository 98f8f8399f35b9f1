//! Checks that somebody else's engine makes.

mod asking;
mod attacks;
mod burst;
mod engine;
mod fixtures;
mod late;

use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::actors::{Answer, Person, Tenant, bearer, jpeg};
use crate::house::House;
use engine::{Engine, SECRET};

/// A name, a document and a selfie, of which all is asked.
const FACES: &str = r#"
name = "faces_#1.0"
title = "Faces"

[rules]
provider_checks = ["face_match", "liveness", "document_authenticity"]
fail_if = ["face_match.fail", "liveness.fail"]
review_if = ["document_authenticity.fail"]

[[steps]]
name = "who"
kind = "form"
fields = [{ name = "id.first_name" }, { name = "id.last_name" }]

[[steps]]
name = "paper"
kind = "document"
documents = ["id_card"]

[[steps]]
name = "portrait"
kind = "selfie"

[[steps]]
name = "look_again"
kind = "review"
"#;

/// The same with one check, so that a test has one question at a time.
fn alone() -> String {
    FACES
        .replace("\"face_match\", \"liveness\", \"document_authenticity\"", "\"liveness\"")
        .replace("\"face_match.fail\", ", "")
        .replace("document_authenticity.fail", "uploads.warn")
}

/// A server with a skill that asks, and the bank whose customers are real.
struct Branch {
    house: House,
    bank: Tenant,
    _skills: TempDir,
}

/// The settings by which an engine on this machine is asked.
fn nearby(engine: &Engine) -> String {
    format!(
        "provider_url = \"{}\"\nprovider_secret = \"{SECRET}\"\nprovider_private_target = true\n\
         provider_seconds = 2\nwebhook_private_targets = true\n",
        engine.url()
    )
}

/// What a server says that does not start with these settings.
fn refused_start(settings: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vestibule.toml");
    std::fs::write(&file, settings).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_vestibule"))
        .args(["serve", "--listen", "127.0.0.1:0", "--config", file.to_str().unwrap(), "--data"])
        .arg(folder.path().join("data"))
        .output()
        .unwrap();
    assert!(!output.status.success(), "{settings}");
    String::from_utf8(output.stderr).unwrap()
}

impl Branch {
    fn open(skill: &str, settings: &str) -> Self {
        Self::begin(skill, settings, House::open_set)
    }

    /// One that starts again after a crash.
    fn open_real(skill: &str, settings: &str) -> Self {
        Self::begin(skill, settings, House::open_real)
    }

    fn begin(skill: &str, settings: &str, open: fn(&str) -> House) -> Self {
        let skills = tempfile::tempdir().unwrap();
        std::fs::write(skills.path().join("faces.toml"), skill).unwrap();
        let folder = skills.path().to_str().unwrap();
        let house = open(&format!("skills = \"{folder}\"\n{settings}"));
        let bank = Tenant::register(&house, &["--live", "--skills", folder]);
        Self { house, bank, _skills: skills }
    }

    /// Somebody who gives all.
    async fn walk(&self, tenant: &Tenant, first_name: &str) -> Walked {
        let mut person = Person::start(&self.house, tenant, "faces_#1.0").await;
        let done = self.give(&mut person, first_name).await;
        self.redeem(tenant, person, &done).await
    }

    /// Gives all.
    async fn give(&self, person: &mut Person, first_name: &str) -> Answer {
        let house = &self.house;
        let who = json!({"id.first_name": first_name, "id.last_name": "Doeringhausen"});
        person.submit(house, "who", who).await;
        person.submit(house, "paper", json!({"kind": "id_card"})).await;
        for side in ["front", "back"] {
            assert_eq!(person.upload(house, side, jpeg()).await.status, 200);
        }
        person.submit(house, "portrait", json!({})).await;
        assert_eq!(person.upload(house, "selfie", jpeg()).await.status, 200);
        person.submit(house, "look_again", json!({})).await
    }

    /// Redeems what was given in the end.
    async fn redeem(&self, tenant: &Tenant, person: Person, done: &Answer) -> Walked {
        let redeemed = tenant.redeem(&self.house, &done.text("/temp_token")).await;
        assert_eq!(redeemed.status, 200, "{}", redeemed.text);
        Walked {
            person,
            path: format!("/credentials/{}", redeemed.text("/credentials_id")),
            access: redeemed.text("/access_token"),
        }
    }
}

/// Somebody who has given all, and how their tenant reads of it.
struct Walked {
    person: Person,
    path: String,
    access: String,
}

impl Walked {
    async fn credentials(&self, branch: &Branch) -> Answer {
        bearer(&branch.house, "GET", &self.path, &self.access).await
    }

    async fn outcome(&self, branch: &Branch) -> Value {
        self.credentials(branch).await.body()["outcome"].clone()
    }

    async fn is_pending(&self, branch: &Branch) -> bool {
        self.outcome(branch).await["status"] == "pending"
    }

    /// Waits until it is decided.
    async fn decided(&self, branch: &Branch) -> Value {
        for _ in 0..800 {
            let outcome = self.outcome(branch).await;
            if outcome["status"] != "pending" {
                return outcome;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        let log = std::fs::read_to_string(branch.house.folder().join("log")).unwrap();
        panic!("{}\n{log}", self.outcome(branch).await);
    }
}

/// What a check found, as verdict and number.
fn found(outcome: &Value, check: &str) -> (String, Value) {
    let checks = outcome["checks"].as_array().unwrap();
    let found = checks.iter().find(|found| found["check"] == check);
    let found = found.unwrap_or_else(|| panic!("no {check} in {outcome}"));
    (found["verdict"].as_str().unwrap().into(), found["score"].clone())
}
