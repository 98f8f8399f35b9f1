//! How the server is started, and how it takes new skills.

use std::io::{Read, Write};
use std::process::Command;
use std::time::Duration;

use crate::actors::{Tenant, request, send};
use crate::house::House;

const OWN: &str = "name = \"own_#1.0\"\ntitle = \"Own\"\n[[steps]]\nname = \"terms\"\nkind = \"consent\"\n\
    consents = [{ name = \"terms\", version = \"1\", text = \"Yes.\" }]\n";

/// Waits until something has come to pass, for as long as a busy machine may need.
async fn until(what: impl AsyncFn() -> bool) -> bool {
    for _ in 0..500 {
        if what().await {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}

/// Whether a skill is published.
async fn publishes(house: &House, name: &str) -> bool {
    let all = send(request(house, "GET", "/skills")).await.body();
    all.as_array().unwrap().iter().any(|skill| skill["name"] == name)
}

#[tokio::test]
async fn skills_are_read_again_and_a_faulty_file_changes_nothing() {
    let skills = tempfile::tempdir().unwrap();
    let house = House::open_with(&["--skills", skills.path().to_str().unwrap()]);
    let file = skills.path().join("own.toml");
    std::fs::write(&file, OWN).unwrap();
    house.signal("HUP");
    assert!(until(async || publishes(&house, "own_#1.0").await).await);
    assert!(until(async || house.sandbox()["playbooks"]["own_#1.0"].is_string()).await);
    let session = Tenant::of(&house).page_request("own_#1.0");
    assert_eq!(crate::actors::post(&house, "/sessions", &session).await.status, 200);

    std::fs::write(&file, OWN.replace("consent\"", "consent")).unwrap();
    house.signal("HUP");
    let log = || std::fs::read_to_string(house.folder().join("log")).unwrap();
    assert!(until(async || log().contains("own.toml: line 5:")).await, "{}", log());
    assert_eq!(crate::actors::post(&house, "/sessions", &session).await.status, 200);
}

#[tokio::test]
async fn a_session_is_walked_by_the_skill_with_which_it_began() {
    let skills = tempfile::tempdir().unwrap();
    let file = skills.path().join("own.toml");
    std::fs::write(&file, OWN).unwrap();
    let house = House::open_with(&["--skills", skills.path().to_str().unwrap()]);
    let tenant = Tenant::of(&house);
    let mut person = crate::actors::Person::start(&house, &tenant, "own_#1.0").await;
    std::fs::write(&file, OWN.replace("version = \"1\"", "version = \"2\"")).unwrap();
    house.signal("HUP");
    let second = async || send(request(&house, "GET", "/skills/own_%231.0")).await.text.contains("\"2\"");
    assert!(until(second).await);
    person.submit(&house, "terms", serde_json::json!({"terms": "1"})).await;
    let next = crate::actors::Person::start(&house, &tenant, "own_#1.0").await;
    let outdated = next.try_submit(&house, "terms", &serde_json::json!({"terms": "1"})).await;
    assert_eq!(outdated.body()["fields"][0]["problem"], "outdated_version");
}

#[tokio::test]
async fn a_wrong_setting_is_said_and_nothing_starts() {
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_vestibule")).arg("serve").args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let (started, said) = run(&["--public-url", "https://id.example/path"]);
    assert!(!started && said.contains("public URL"), "{said}");
    let house = House::open();
    let (started, said) = run(&["--listen", "127.0.0.1:0", "--data", house.data().to_str().unwrap()]);
    assert!(!started && said.contains("another server is at work"), "{said}");
    let (started, said) = run(&["--config", "/does/not/exist.toml"]);
    assert!(!started && said.contains("/does/not/exist.toml"), "{said}");
}

#[tokio::test]
async fn a_body_that_pauses_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("vestibule.toml");
    std::fs::write(&settings, "idle_seconds = 1\n").unwrap();
    let house = House::open_with(&["--config", settings.to_str().unwrap()]);
    let mut connection = house.connect();
    write!(connection, "POST /sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{{").unwrap();
    connection.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut answer = [0; 12];
    connection.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 400");
}

#[tokio::test]
async fn health_is_answered() {
    let house = House::open();
    for path in ["/healthz", "/readyz"] {
        let answer = send(request(&house, "GET", path)).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "{\"status\":\"ok\"}"));
    }
}
