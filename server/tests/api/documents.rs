//! What is said of documents, from the outside: by a tenant that scans them itself.

use serde_json::{Value, json};

use crate::actors::{Person, Tenant, bearer};
use crate::house::House;

/// A tenant that scans passports asks for nothing but a name.
const SCANNED: &str = r#"
name = "scanned_#1.0"
title = "Scanned"

[rules]
minimum_age = 18
review_if = ["duplicate_document.warn", "name_match.warn"]

[[steps]]
name = "person"
kind = "form"
fields = [
    { name = "id.first_name" },
    { name = "id.last_name" },
    { name = "document.passport.mrz" },
]

[[steps]]
name = "review"
kind = "review"
"#;

/// After Doc 9303-4, appendix B, valid until 2034.
const ZONE: &str =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3404159ZE184226B<<<<<16";

struct Scanner {
    house: House,
    skills: tempfile::TempDir,
}

/// How a session ended, and what erases it.
struct Ended {
    outcome: Value,
    credentials: String,
    access: String,
}

impl Scanner {
    fn open() -> Self {
        let skills = tempfile::tempdir().unwrap();
        std::fs::write(skills.path().join("scanned.toml"), SCANNED).unwrap();
        let house = House::open_with(&["--skills", skills.path().to_str().unwrap()]);
        Self { house, skills }
    }

    fn tenant(&self) -> Tenant {
        Tenant::of(&self.house)
    }

    /// Somebody whom the tenant calls so, and whose passport has this zone.
    async fn scan(&self, tenant: &Tenant, called: &str, zone: &str) -> Ended {
        let mut request = tenant.page_request("scanned_#1.0");
        request["tenant_user_id"] = json!(called);
        let mut person = Person::begin(&self.house, &request).await;
        let data =
            json!({"id.first_name": "Anna", "id.last_name": "Eriksson", "document.passport.mrz": zone});
        person.submit(&self.house, "person", data).await;
        let token = person.submit(&self.house, "review", json!({})).await.text("/temp_token");
        let redeemed = tenant.redeem(&self.house, &token).await;
        let (credentials, access) = (redeemed.text("/credentials_id"), redeemed.text("/access_token"));
        let collected = bearer(&self.house, "GET", &format!("/credentials/{credentials}"), &access).await;
        Ended { outcome: collected.body()["outcome"].clone(), credentials, access }
    }

    async fn erase(&self, ended: &Ended) {
        let path = format!("/credentials/{}", ended.credentials);
        assert_eq!(bearer(&self.house, "DELETE", &path, &ended.access).await.status, 204);
    }
}

impl Ended {
    fn verdict(&self, check: &str) -> &str {
        let mut checks = self.outcome["checks"].as_array().unwrap().iter();
        let found = checks.find(|result| result["check"] == check);
        found.and_then(|result| result["verdict"].as_str()).unwrap_or("not asked")
    }

    fn is_duplicate(&self) -> bool {
        match (self.verdict("duplicate_document"), self.outcome["requires_manual_review"].as_bool()) {
            ("ok", Some(false)) => false,
            ("warn", Some(true)) => true,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn the_outcome_says_what_each_check_found() {
    let scanner = Scanner::open();
    let ended = scanner.scan(&scanner.tenant(), "somebody-1", ZONE).await;
    insta::assert_snapshot!(serde_json::to_string_pretty(&ended.outcome).unwrap(), @r#"
    {
      "status": "pass",
      "requires_manual_review": false,
      "checks": [
        {
          "check": "required_data",
          "verdict": "ok"
        },
        {
          "check": "minimum_age",
          "verdict": "ok"
        },
        {
          "check": "mrz",
          "verdict": "ok"
        },
        {
          "check": "document_expiry",
          "verdict": "ok"
        },
        {
          "check": "duplicate_document",
          "verdict": "ok"
        },
        {
          "check": "name_match",
          "verdict": "ok"
        }
      ]
    }
    "#);
    let misread = scanner.scan(&scanner.tenant(), "somebody-2", &ZONE.replace("740812", "740813")).await;
    assert_eq!((misread.verdict("mrz"), &misread.outcome["status"]), ("fail", &json!("fail")));
}

#[tokio::test]
async fn what_a_tenant_has_scanned_is_not_asked_for() {
    let scanner = Scanner::open();
    let tenant = scanner.tenant();
    let known = json!({"id.first_name": "Anna", "id.last_name": "Eriksson", "document.passport.mrz": ZONE});
    let start = json!({"key": tenant.playbook("scanned_#1.0"), "bootstrap_data": known});
    let started = tenant.start(&scanner.house, &start).await;
    let mut person = Person::open(&scanner.house, &started.text("/token")).await;
    assert_eq!(person.last["next"]["name"], "review");
    assert!(!person.last.to_string().contains("L898902C3"), "the number is masked");
    let token = person.submit(&scanner.house, "review", json!({})).await.text("/validation_token");
    assert_eq!(tenant.validate(&scanner.house, &token).await.body()["user"]["status"], "pass");

    let misread = json!({"document.passport.mrz": ZONE.replace("ERIKSSON", "ERIKSS0N-")});
    let start = json!({"key": tenant.playbook("scanned_#1.0"), "bootstrap_data": misread});
    let started = tenant.start(&scanner.house, &start).await;
    assert_eq!(started.body()["ignored_bootstrap_fields"], json!(["document.passport.mrz"]));
}

#[tokio::test]
async fn a_passport_of_somebody_else_calls_a_reviewer() {
    let scanner = Scanner::open();
    let tenant = scanner.tenant();
    let first = scanner.scan(&tenant, "somebody-1", ZONE).await;
    assert!(!first.is_duplicate());
    assert!(!scanner.scan(&tenant, "somebody-1", ZONE).await.is_duplicate(), "the same person again");
    let second = scanner.scan(&tenant, "somebody-2", ZONE).await;
    assert!(second.is_duplicate());
    let other = Tenant::register(&scanner.house, &["--skills", scanner.skills.path().to_str().unwrap()]);
    assert!(!scanner.scan(&other, "somebody-2", ZONE).await.is_duplicate(), "the tenant knows nothing of it");

    let database = std::fs::read(scanner.house.data().join("vestibule.db")).unwrap();
    let log = std::fs::read(scanner.house.data().join("vestibule.db-wal")).unwrap_or_default();
    for content in [database, log] {
        assert!(!content.windows(9).any(|window| window == b"L898902C3"), "the number is there in clear");
    }
}

#[tokio::test]
async fn what_is_erased_is_a_duplicate_of_nothing() {
    let scanner = Scanner::open();
    let tenant = scanner.tenant();
    let first = scanner.scan(&tenant, "somebody-1", ZONE).await;
    scanner.erase(&first).await;
    assert!(!scanner.scan(&tenant, "somebody-2", ZONE).await.is_duplicate());
    assert!(scanner.scan(&tenant, "somebody-3", ZONE).await.is_duplicate());
}

#[tokio::test]
async fn what_is_erased_of_a_vault_is_a_duplicate_of_nothing() {
    let scanner = Scanner::open();
    let tenant = scanner.tenant();
    let other_number = check_digits("X00000001");
    scanner.scan(&tenant, "somebody-1", ZONE).await;
    scanner.scan(&tenant, "somebody-1", &other_number).await;
    let found = tenant.call(&scanner.house, "GET", "/users?external_id=somebody-1", None).await;
    let person = found.text("/data/0/id");
    let erase = async |field: &str| {
        let body = json!({"fields": [field]});
        let erased = tenant.about(&scanner.house, "DELETE", &person, "/vault", Some(&body));
        assert_eq!(erased.await.status, 204);
    };
    erase("id.first_name").await;
    assert!(scanner.scan(&tenant, "somebody-2", ZONE).await.is_duplicate(), "the number is still known");
    erase("document.passport.mrz").await;
    assert!(!scanner.scan(&tenant, "somebody-3", &other_number).await.is_duplicate());
}

#[tokio::test]
async fn of_two_who_come_at_once_with_one_passport_the_second_is_noticed() {
    let scanner = Scanner::open();
    let tenant = scanner.tenant();
    for round in 0..8 {
        let number = check_digits(&format!("X0000000{round}"));
        let (one, other) = (format!("person-{round}-1"), format!("person-{round}-2"));
        let (one, other) =
            tokio::join!(scanner.scan(&tenant, &one, &number), scanner.scan(&tenant, &other, &number));
        assert!(one.is_duplicate() != other.is_duplicate(), "one was first");
    }
}

/// The zone with another number, and the digits that go with it.
fn check_digits(number: &str) -> String {
    let digit = |text: &str| {
        let values = text.chars().map(|c| c.to_digit(36).unwrap_or(0));
        let sum: u32 = values.zip([7, 3, 1].into_iter().cycle()).map(|(value, weight)| value * weight).sum();
        (sum % 10).to_string()
    };
    let zone = ZONE.replacen("L898902C36", &[number, &digit(number)].concat(), 1);
    let lower = &zone[45..];
    let guarded = [&lower[0..10], &lower[13..20], &lower[21..43]].concat();
    [&zone[..zone.len() - 1], &digit(&guarded)].concat()
}
