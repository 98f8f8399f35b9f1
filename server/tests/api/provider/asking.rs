//! What the operator's engine is asked, how long it is waited for, and what comes of its answers.

use std::time::Duration;

use serde_json::{Value, json};

use super::engine::{Engine, SECRET, Says};
use super::{Branch, FACES, alone, found, nearby};
use crate::actors::send;
use crate::mailbox::Mailbox;

#[tokio::test]
async fn a_session_waits_for_the_engine_and_is_told_of_once() {
    let engine = Engine::that_always(Says::Hangs).await;
    let branch =
        Branch::open(FACES, &nearby(&engine).replace("provider_seconds = 2", "provider_seconds = 600"));
    let mailbox = Mailbox::open().await;
    branch.bank.subscribe(&branch.house, "onboarding", &mailbox.url()).await;
    let walked = branch.walk(&branch.bank, "Jane").await;
    engine.wait_for(3).await;
    let outcome = walked.outcome(&branch).await;
    assert_eq!(outcome, json!({"status": "pending", "requires_manual_review": false, "checks": []}));
    assert!(!mailbox.events().contains(&"onboarding.completed".to_owned()), "nothing is decided");
    drop(engine);
}

#[tokio::test]
async fn the_engine_gets_the_pictures_that_a_check_takes_and_nothing_else() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(FACES, &nearby(&engine));
    let mailbox = Mailbox::open().await;
    branch.bank.subscribe(&branch.house, "onboarding", &mailbox.url()).await;
    let walked = branch.walk(&branch.bank, "Jane").await;
    let outcome = walked.decided(&branch).await;
    assert_eq!((&outcome["status"], &outcome["requires_manual_review"]), (&json!("pass"), &json!(false)));
    for check in ["face_match", "liveness", "document_authenticity"] {
        assert_eq!(found(&outcome, check), ("ok".into(), json!(97.3)));
    }
    let asked = engine.asked();
    assert_eq!(asked.len(), 3);
    for letter in &asked {
        letter.verify(SECRET).unwrap();
        assert_eq!(
            (letter.header("idempotency-key"), letter.path.as_str()),
            (letter.id(), "/judge?for=bank")
        );
        assert_eq!(letter.says()["request_id"], letter.id());
        let text = String::from_utf8(letter.body.to_vec()).unwrap();
        let user = walked.credentials(&branch).await.text("/fp_id");
        for private in ["Jane", "Doeringhausen", &walked.person.session, &user, &branch.bank.key("client_id")]
        {
            assert!(!text.contains(private), "{private}");
        }
    }
    let pictures = |check: &str| -> Vec<Value> {
        let letter = asked.iter().find(|letter| letter.says()["check"] == check).unwrap();
        let mut pictures = letter.says()["pictures"].as_array().unwrap().clone();
        for picture in &mut pictures {
            assert!(picture["content"].as_str().unwrap().starts_with("/9j/"), "a JPEG");
            picture["content"] = json!("base64");
        }
        pictures
    };
    let selfie = json!({"name": "selfie", "media_type": "image/jpeg", "content": "base64"});
    let side = |name: &str| json!({"name": name, "document": "id_card", "media_type": "image/jpeg", "content": "base64"});
    assert_eq!(pictures("liveness"), std::slice::from_ref(&selfie));
    assert_eq!(pictures("face_match"), [selfie, side("front")]);
    assert_eq!(pictures("document_authenticity"), [side("front"), side("back")]);
    mailbox.wait_for(1).await;
    mailbox.settle().await;
    let decided = mailbox.events().iter().filter(|event| *event == "onboarding.completed").count();
    assert_eq!(decided, 1);
}

#[tokio::test]
async fn the_engine_draws_its_own_lines_and_the_rules_decide() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(&alone(), &nearby(&engine));
    for (says, verdict, score, status, review) in [
        (Says::Verdict("fail", Some(12.0)), "fail", json!(12.0), "fail", false),
        (Says::Verdict("warn", Some(99.5)), "warn", json!(99.5), "pass", true),
        (Says::Verdict("unknown", None), "unknown", Value::Null, "pass", true),
        (Says::Verdict("ok", None), "ok", Value::Null, "pass", false),
    ] {
        engine.turns_to(Some(says));
        let walked = branch.walk(&branch.bank, "Jane").await;
        let outcome = walked.decided(&branch).await;
        assert_eq!(found(&outcome, "liveness"), (verdict.into(), score));
        assert_eq!(
            (&outcome["status"], &outcome["requires_manual_review"]),
            (&json!(status), &json!(review))
        );
    }
}

#[tokio::test]
async fn without_an_engine_it_is_unknown_at_once_and_somebody_is_to_look() {
    let branch = Branch::open(FACES, "");
    let walked = branch.walk(&branch.bank, "Jane").await;
    let outcome = walked.outcome(&branch).await;
    assert_eq!((&outcome["status"], &outcome["requires_manual_review"]), (&json!("pass"), &json!(true)));
    for check in ["face_match", "liveness", "document_authenticity"] {
        assert_eq!(found(&outcome, check), ("unknown".into(), Value::Null));
    }
    let waiting = branch.bank.call(&branch.house, "GET", "/users?requires_manual_review=true", None).await;
    assert_eq!(waiting.body()["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_engine_that_fails_is_asked_the_same_again_ever_later() {
    let busy = Says::Header(503, "retry-after", "60".into());
    let engine = Engine::that(&[Says::Status(500), busy, Says::Status(202), Says::Hangs]).await;
    let branch = Branch::open(&alone(), &nearby(&engine));
    let walked = branch.walk(&branch.bank, "Jane").await;
    let mut passed = 0;
    for (count, wait) in [3, 61, 16, 48].into_iter().enumerate() {
        engine.wait_for(count + 1).await;
        assert!(walked.is_pending(&branch).await);
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        assert!(count == 0 || engine.asked().len() == count + 1, "it is not asked before its time");
        passed += wait;
        branch.house.pass(passed);
    }
    assert_eq!(found(&walked.decided(&branch).await, "liveness"), ("ok".into(), json!(97.3)));
    let asked = engine.asked();
    assert_eq!(asked.len(), 5);
    assert!(asked.iter().all(|letter| letter.id() == asked[0].id() && letter.body == asked[0].body));
}

#[tokio::test]
async fn an_engine_that_gives_no_answer_in_time_is_waited_for_no_longer() {
    let engine = Engine::that_always(Says::Status(500)).await;
    let branch = Branch::open(&alone(), &nearby(&engine));
    let walked = branch.walk(&branch.bank, "Jane").await;
    engine.wait_for(1).await;
    branch.house.pass(29 * 60);
    engine.wait_for(2).await;
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    assert!(walked.is_pending(&branch).await);
    branch.house.pass(31 * 60);
    let outcome = walked.decided(&branch).await;
    assert_eq!(found(&outcome, "liveness"), ("unknown".into(), Value::Null));
    assert_eq!((&outcome["status"], &outcome["requires_manual_review"]), (&json!("pass"), &json!(true)));
    let asked = engine.asked().len();
    engine.turns_to(None);
    branch.house.pass(90 * 60);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!((engine.asked().len(), walked.outcome(&branch).await), (asked, outcome));
}

#[tokio::test]
async fn what_was_committed_is_asked_although_the_server_was_killed() {
    let engine = Engine::that_always(Says::Hangs).await;
    let mut branch = Branch::open_real(
        &alone(),
        &nearby(&engine).replace("provider_seconds = 2", "provider_seconds = 600"),
    );
    let mailbox = Mailbox::open().await;
    branch.bank.subscribe(&branch.house, "onboarding", &mailbox.url()).await;
    let walked = branch.walk(&branch.bank, "Jane").await;
    engine.wait_for(1).await;
    branch.house.crash();
    engine.wait_for(2).await;
    assert!(walked.is_pending(&branch).await);
    engine.turns_to(None);
    branch.house.crash();
    assert_eq!(walked.decided(&branch).await["status"], "pass");
    let asked = engine.asked();
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|letter| letter.id() == asked[0].id()), "who is asked twice knows it again");
    mailbox.wait_for(1).await;
    mailbox.settle().await;
    let decided = mailbox.events().iter().filter(|event| *event == "onboarding.completed").count();
    assert_eq!(decided, 1);
    branch.house.crash();
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(engine.asked().len(), 3, "what is answered is not asked again");
}

#[tokio::test]
async fn the_omni_family_is_told_of_faces_where_an_engine_has_looked() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(FACES, &nearby(&engine));
    let mailbox = Mailbox::open().await;
    branch.bank.subscribe(&branch.house, "omni", &mailbox.url()).await;
    let walked = branch.walk(&branch.bank, "Jane").await;
    walked.decided(&branch).await;
    mailbox.wait_for(4).await;
    assert_eq!(
        mailbox.events(),
        [
            "ID_VALIDATION_FINISHED",
            "POST_PROCESSING_FINISHED",
            "FACE_VALIDATION_FINISHED",
            "ONBOARDING_FINISHED"
        ]
    );
    let interview = mailbox.letters()[0].says()["interviewId"].as_str().unwrap().to_owned();
    let path = format!("/omni/get/score?id={interview}");
    let score = send(branch.bank.omni(&branch.house, "GET", &path)).await;
    let body = score.body();
    let finding =
        |value: &str, status: &str, key: &str| json!({"value": value, "status": status, "key": key});
    assert_eq!(body["liveness"]["livenessScore"], finding("97.3", "OK", "livenessScore"));
    assert_eq!(body["faceRecognition"]["overall"], finding("97.3", "OK", "overall"));
    let pictures = body["idValidation"]["photoSecurityAndQuality"].as_array().unwrap();
    assert!(pictures.contains(&finding("97.3", "OK", "document_authenticity")), "{}", score.text);
}
