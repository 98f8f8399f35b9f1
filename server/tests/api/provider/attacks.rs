//! An engine in bad hands, and engines that lead elsewhere.

use serde_json::{Value, json};

use super::engine::{Engine, SECRET, Says};
use super::{Branch, FACES, alone, found, nearby, refused_start};
use crate::actors::{bearer, send};
use crate::house::House;
use crate::rest::{files, holds};

#[tokio::test]
async fn what_is_no_answer_to_the_question_is_none() {
    let another = "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(&alone(), &nearby(&engine));
    let (mut passed, mut asked) = (0, 0);
    for says in [
        Says::Text("As you say.".into()),
        Says::Text("{}".into()),
        Says::Text("x".repeat(10_000_000)),
        Says::Text([r#"{"verdict": "ok", "more": ""#, &"x".repeat(65_536), "\"}"].concat()),
        Says::But(json!({"request_id": "prq_0000000000000000000000"})),
        Says::But(json!({"check": "face_match"})),
        Says::But(json!({"verdict": "pass"})),
        Says::But(json!({"verdict": null})),
        Says::But(json!({"score": 100.5})),
        Says::But(json!({"score": "97"})),
        Says::SignedWith(another),
        Says::Unsigned,
        Says::Status(401),
        Says::Status(204),
    ] {
        engine.turns_to(Some(says.clone()));
        let walked = branch.walk(&branch.bank, "Jane").await;
        engine.wait_for(asked + 1).await;
        engine.turns_to(None);
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert!(walked.is_pending(&branch).await, "{says:?}");
        (passed, asked) = (passed + 10, asked + 2);
        branch.house.pass(passed);
        assert_eq!(found(&walked.decided(&branch).await, "liveness").0, "ok", "and then it gave a good one");
        assert_eq!(engine.asked().len(), asked, "{says:?}");
    }
}

#[tokio::test]
async fn an_engine_that_points_elsewhere_is_not_followed() {
    let elsewhere = Engine::that(&[]).await;
    let to = |status| Says::Header(status, "location", elsewhere.url());
    let engine = Engine::that(&[to(301), to(302), to(303), to(307), to(308)]).await;
    let branch = Branch::open(&alone(), &nearby(&engine));
    let walked = branch.walk(&branch.bank, "Jane").await;
    let mut passed = 0;
    for (count, wait) in [3, 6, 16, 46, 121].into_iter().enumerate() {
        engine.wait_for(count + 1).await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        passed += wait;
        branch.house.pass(passed);
    }
    walked.decided(&branch).await;
    assert_eq!((engine.asked().len(), elsewhere.asked().len()), (6, 0));
}

#[tokio::test]
async fn addresses_that_only_insiders_reach_are_refused_unless_the_operator_allows_them() {
    for url in [
        "https://169.254.169.254/latest/meta-data",
        "https://127.0.0.1/",
        "https://[::ffff:10.0.0.1]/",
        "http://engine.example/",
        "https://user:password@engine.example/",
        "engine",
    ] {
        let settings = format!("provider_url = \"{url}\"\nprovider_secret = \"{SECRET}\"\n");
        let said = refused_start(&settings);
        assert!(said.contains("provider_url is no address that can be asked"), "{said}");
        assert!(!said.contains(url), "an address may hold a token: {said}");
    }
    for secret in ["", "whsec_", "whsec_c2hvcnQ=", "secret"] {
        let settings =
            format!("provider_url = \"https://engine.example/\"\nprovider_secret = \"{secret}\"\n");
        assert!(refused_start(&settings).contains("provider_secret is no secret"), "{secret}");
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_when_it_is_called() {
    let engine = Engine::that(&[]).await;
    let url = format!("https://localhost:{}/", engine.port());
    let settings = format!("provider_url = \"{url}\"\nprovider_secret = \"{SECRET}\"\n");
    let branch = Branch::open(&alone(), &settings);
    let walked = branch.walk(&branch.bank, "Jane").await;
    let log = branch.house.folder().join("log");
    while !std::fs::read_to_string(&log).unwrap().contains("refused_target") {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(walked.is_pending(&branch).await);
    branch.house.pass(31 * 60);
    assert_eq!(found(&walked.decided(&branch).await, "liveness"), ("unknown".into(), Value::Null));
    assert_eq!(engine.asked().len(), 0);
}

#[tokio::test]
async fn an_answer_about_who_was_erased_meanwhile_is_nobodys() {
    let engine = Engine::that(&[Says::After(std::time::Duration::from_millis(1_000))]).await;
    let branch = Branch::open(&alone(), &nearby(&engine));
    let walked = branch.walk(&branch.bank, "Jane").await;
    engine.wait_for(1).await;
    assert_eq!(bearer(&branch.house, "DELETE", &walked.path, &walked.access).await.status, 204);
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    assert_eq!(walked.credentials(&branch).await.status, 401);
    branch.house.pass(60);
    let other = branch.walk(&branch.bank, "Jane").await;
    assert_eq!(other.decided(&branch).await["status"], "pass", "the server goes on");
    assert_eq!(engine.asked().len(), 2);
}

#[tokio::test]
async fn pictures_that_were_erased_are_not_sent() {
    let engine = Engine::that_always(Says::Status(500)).await;
    let branch = Branch::open(&alone(), &nearby(&engine));
    let walked = branch.walk(&branch.bank, "Jane").await;
    engine.wait_for(1).await;
    let user = walked.credentials(&branch).await.text("/fp_id");
    let path = format!("/users/{user}/vault");
    let erase = json!({"reason": "She asked us to.", "fields": ["selfie"]});
    let erased = branch.bank.call(&branch.house, "DELETE", &path, Some(&erase)).await;
    assert!(erased.status < 300, "{}", erased.text);
    branch.house.pass(60);
    assert_eq!(found(&walked.decided(&branch).await, "liveness"), ("unknown".into(), Value::Null));
    assert_eq!(engine.asked().len(), 1);
}

#[tokio::test]
async fn what_is_made_up_never_reaches_the_engine() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(FACES, &nearby(&engine));
    let sandbox = crate::actors::Tenant::of(&branch.house);
    for name in ["Jane", "Fail"] {
        branch.walk(&sandbox, name).await.decided(&branch).await;
    }
    assert_eq!(engine.asked().len(), 0);
}

#[tokio::test]
async fn neither_log_nor_files_show_what_was_asked() {
    let engine = Engine::that(&[Says::Status(500), Says::Text("Jane, whom I know.".into())]).await;
    let branch = Branch::open(FACES, &[&nearby(&engine), "log = \"trace\"\n"].concat());
    let walked = branch.walk(&branch.bank, "Jane-Marple").await;
    engine.wait_for(3).await;
    branch.house.pass(60);
    walked.decided(&branch).await;
    let log = std::fs::read(branch.house.folder().join("log")).unwrap();
    let mut kept: Vec<_> = files(&branch.house.data());
    kept.retain(|file| !file.ends_with("sandbox.json"));
    let contents = kept.iter().map(|file| std::fs::read(file).unwrap()).chain([log]);
    for content in contents {
        for needle in [&b"Jane-Marple"[..], b"whom I know", b"/9j/4AAQSkZJRgAB", SECRET.as_bytes()] {
            assert!(!holds(&content, needle), "{}", String::from_utf8_lossy(needle));
        }
    }
}

#[tokio::test]
async fn a_skill_that_asks_nothing_is_decided_as_before() {
    let engine = Engine::that(&[]).await;
    let house = House::open_set(&nearby(&engine));
    let bank = crate::actors::Tenant::register(&house, &["--live"]);
    let mut person = crate::actors::Person::start(&house, &bank, "kyc_document_#1.0").await;
    person.walk_to_review(&house).await;
    let done = person.submit(&house, "review", json!({})).await;
    let redeemed = bank.redeem(&house, &done.text("/temp_token")).await;
    let path = format!("/credentials/{}", redeemed.text("/credentials_id"));
    let credentials = bearer(&house, "GET", &path, &redeemed.text("/access_token")).await.body();
    assert_eq!(credentials["outcome"]["status"], "pass");
    assert!(!credentials["outcome"].to_string().contains("liveness"));
    assert_eq!(engine.asked().len(), 0);
    assert_eq!(send(crate::actors::request(&house, "GET", "/healthz")).await.status, 200);
}
