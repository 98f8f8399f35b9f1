//! The data folder under the eyes of a thief, and the log under those of a colleague.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::json;

use crate::actors::{Person, Tenant};
use crate::house::House;

/// What nobody may find: what Jane gave, what opens her session, and how her pictures begin. So long a
/// beginning does not occur by chance in what is encrypted.
const PERSONAL: [&[u8]; 6] = [
    b"Jane-Marple",
    b"Doeringhausen",
    b"1990-05-17",
    b"Extraordinary",
    b"jane@example.com",
    b"\xff\xd8\xff\xe0\0\x10JFIF",
];

/// Every file in a folder, and in those within.
pub fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Whether `needle` is in `content`.
pub fn holds(content: &[u8], needle: &[u8]) -> bool {
    content.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test]
async fn no_file_shows_what_a_person_gave_nor_a_secret() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let started = tenant.start(&house, &json!({"bootstrap_data": {"id.first_name": "Jane-Marple"}})).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    person.walk_to_review(&house).await;
    let nonce = person.nonce.clone();
    let result = person.submit(&house, "review", json!({})).await.text("/validation_token");
    let redeemed = tenant.redeem(&house, &result).await;

    let mut secrets = vec![started.text("/token"), nonce, result, redeemed.text("/access_token")];
    secrets.extend(["secret_key", "api_key", "client_app_key", "client_secret"].map(|name| tenant.key(name)));
    let found = files(&house.data());
    assert!(found.len() >= 6, "database, key, sandbox and three blobs: {found:?}");
    for file in found {
        let content = std::fs::read(&file).unwrap();
        for needle in PERSONAL {
            assert!(!holds(&content, needle), "{} in {}", String::from_utf8_lossy(needle), file.display());
        }
        if !file.ends_with("sandbox.json") {
            assert!(
                secrets.iter().all(|secret| !holds(&content, secret.as_bytes())),
                "a secret in {}",
                file.display()
            );
        }
    }
}

#[tokio::test]
async fn no_file_shows_what_is_known_of_a_business() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let data = json!({"business.name": "Harbour Chandlers", "business.tin": "12-3456789"});
    let named = json!({"external_id": "business-0001", "data": data});
    let vault = tenant.call(&house, "POST", "/businesses", Some(&named)).await.text("/id");
    let vault = format!("/businesses/{vault}/vault");
    let more = json!({"business.website": "https://lighthouse.example"});
    assert_eq!(tenant.call(&house, "PATCH", &vault, Some(&more)).await.status, 204);
    let asked = json!({"fields": ["business.name"], "reason": "Foghorns are inspected."});
    assert_eq!(tenant.call(&house, "POST", &format!("{vault}/decrypt"), Some(&asked)).await.status, 200);
    let shows = |needle: &str| {
        let contents = files(&house.data()).into_iter().map(|file| std::fs::read(file).unwrap());
        contents.into_iter().any(|content| holds(&content, needle.as_bytes()))
    };
    assert!(shows("business-0001"), "the tenant's own name is there, or nothing would be found");
    for needle in ["Harbour Chandlers", "123456789", "12-3456789", "lighthouse", "Foghorns", "business.tin"] {
        assert!(!shows(needle), "{needle}");
    }
}

#[tokio::test]
async fn what_opens_everything_is_for_its_owner_alone() {
    let house = House::open();
    let mode = |path: &str| {
        let path = house.data().join(path);
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(
        (mode(""), mode("master.key"), mode("sandbox.json"), mode("blobs")),
        (0o700, 0o600, 0o600, 0o700)
    );
    assert_eq!(std::fs::read(house.data().join("master.key")).unwrap().len(), 32);
}

#[tokio::test]
async fn the_log_knows_nobody() {
    let settings = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&settings, "log = \"trace\"\n").unwrap();
    let house = House::open_with(&["--config", settings.path().to_str().unwrap()]);
    let tenant = Tenant::of(&house);
    let started = tenant.start(&house, &json!({})).await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    person
        .try_submit(&house, "personal_data", &json!({"id.first_name": "Jane-Marple", "Doeringhausen": 1}))
        .await;
    let result = person.walk(&house).await;
    tenant.validate(&house, &result).await;
    let log = std::fs::read(house.folder().join("log")).unwrap();
    assert!(log.len() > 10_000, "all that can be logged is logged");
    for needle in PERSONAL {
        assert!(!holds(&log, needle), "{} in the log", String::from_utf8_lossy(needle));
    }
    let secrets = [started.text("/token"), result, tenant.key("secret_key"), tenant.key("client_secret")];
    assert!(secrets.iter().all(|secret| !holds(&log, secret.as_bytes())), "a secret in the log");
}
