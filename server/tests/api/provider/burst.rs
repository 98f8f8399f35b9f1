//! Bursts: the pictures that are taken in a row with a selfie, from the browser to the operator's engine.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::{ImageFormat, RgbImage};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::engine::Engine;
use super::{Branch, FACES, alone, nearby, refused_start};
use crate::actors::{Answer, Person, Tenant, bearer, encoded, jpeg, upload};
use crate::house::House;
use crate::rest::{files, holds};

/// What stands in a file and is nobody's business.
const SECRET: &[u8] = b"at home, 12 Harbour Street";

/// The settings by which an engine nearby wants three pictures.
fn wanting(engine: &Engine) -> String {
    format!("{}provider_burst = 3\nprovider_burst_apart = 120\n", nearby(engine))
}

/// A small picture that is told from others by its brightness.
fn frame(brightness: u8) -> Vec<u8> {
    picture(brightness, 240, ImageFormat::Jpeg)
}

fn picture(brightness: u8, side: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(side, side, image::Rgb([brightness; 3])).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The brightness of one that was sent to an engine.
fn brightness(content: &Value) -> u8 {
    let file = STANDARD.decode(content.as_str().unwrap()).unwrap();
    image::load_from_memory(&file).unwrap().to_rgb8().get_pixel(0, 0)[0]
}

/// The parts that come before a file: those of a selfie, with a burst.
fn form(person: &Person, name: &str, burst: Vec<Vec<u8>>) -> Form {
    let nonce = person.last["uploads"]["nonce"].as_str().unwrap().to_owned();
    let form = Form::new().text("nonce", nonce).text("name", name.to_owned());
    burst.into_iter().fold(form, |form, frame| form.part("burst", Part::bytes(frame)))
}

/// What a person is asked for beside the file that comes next: how many pictures, and how far apart.
fn wish(person: &Person) -> [Option<&Value>; 2] {
    ["burst", "burst_apart_ms"].map(|field| person.last["uploads"]["remaining"][0].get(field))
}

async fn send(house: &House, person: &Person, form: Form) -> Answer {
    upload(house, person.last["uploads"]["step_id"].as_str().unwrap(), form).await
}

/// Sends a selfie with a burst.
async fn selfie(house: &House, person: &Person, burst: Vec<Vec<u8>>) -> Answer {
    send(house, person, form(person, "selfie", burst).part("file", Part::bytes(jpeg()))).await
}

impl Branch {
    /// Somebody who has given all but the selfie.
    async fn comes_to_the_selfie(&self, tenant: &Tenant) -> Person {
        let mut person = Person::start(&self.house, tenant, "faces_#1.0").await;
        self.gives_all_but_the_selfie(&mut person).await;
        person
    }

    async fn gives_all_but_the_selfie(&self, person: &mut Person) {
        let who = json!({"id.first_name": "Jane", "id.last_name": "Doeringhausen"});
        person.submit(&self.house, "who", who).await;
        person.submit(&self.house, "paper", json!({"kind": "id_card"})).await;
        for side in ["front", "back"] {
            assert_eq!(person.upload(&self.house, side, jpeg()).await.status, 200);
        }
        person.submit(&self.house, "portrait", json!({})).await;
    }

    /// What an engine was sent of the selfie for a check, once it was asked of all.
    async fn sent(&self, engine: &Engine, check: &str, checks: usize) -> Value {
        let asked = engine.wait_for(checks).await;
        let letter = asked.iter().map(|letter| letter.says()).find(|says| says["check"] == check).unwrap();
        letter["pictures"][0].clone()
    }
}

#[tokio::test]
async fn the_engine_gets_the_burst_that_it_wants_in_order_and_stripped() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(FACES, &wanting(&engine));
    let mut person = branch.comes_to_the_selfie(&branch.bank).await;
    assert_eq!(wish(&person), [Some(&json!(3)), Some(&json!(120))]);
    let mut laden = frame(90);
    let comment = [&[0xff, 0xfe, 0, 2 + SECRET.len() as u8], SECRET].concat();
    laden.splice(2..2, comment);
    let taken = selfie(&branch.house, &person, vec![frame(10), laden, frame(170)]).await;
    insta::assert_snapshot!(taken.seen(), @r#"
    200
    {
      "attempts_left": 9,
      "remaining": [],
      "status": "UPLOAD_ACCEPTED",
      "upload_id": "up_…"
    }
    "#);
    assert_eq!(branch.house.blobs(), 2 + 1 + 3);
    let done = person.submit(&branch.house, "look_again", json!({})).await;
    let sent = branch.sent(&engine, "liveness", 3).await;
    let burst = sent["burst"].as_array().unwrap();
    let seen: Vec<u8> = burst.iter().map(|frame| brightness(&frame["content"])).collect();
    assert_eq!(seen, [10, 90, 170]);
    for frame in burst {
        assert_eq!(frame["media_type"], "image/jpeg");
        assert!(!holds(&STANDARD.decode(frame["content"].as_str().unwrap()).unwrap(), SECRET));
    }
    for check in ["face_match", "document_authenticity"] {
        let sent = branch.sent(&engine, check, 3).await;
        assert_eq!(sent.get("burst"), None, "{check} takes no burst");
    }
    let walked = branch.redeem(&branch.bank, person, &done).await;
    assert_eq!(walked.decided(&branch).await["status"], "pass");
    let given = walked.credentials(&branch).await;
    assert_eq!(given.body()["steps"][2]["uploads"].as_array().unwrap().len(), 1, "nobody else sees it");
}

#[tokio::test]
async fn who_sends_no_burst_is_not_stopped_and_the_engine_is_told() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(&alone(), &wanting(&engine));
    let mut person = branch.comes_to_the_selfie(&branch.bank).await;
    let chosen = person.upload(&branch.house, "selfie", jpeg()).await;
    assert_eq!((chosen.status, branch.house.blobs()), (200, 2 + 1));
    person.submit(&branch.house, "look_again", json!({})).await;
    assert_eq!(branch.sent(&engine, "liveness", 1).await["burst"], json!([]));

    let mut person = branch.comes_to_the_selfie(&branch.bank).await;
    assert_eq!(selfie(&branch.house, &person, vec![frame(10)]).await.status, 200);
    person.submit(&branch.house, "look_again", json!({})).await;
    let asked = engine.wait_for(2).await;
    assert_eq!(asked[1].says()["pictures"][0]["burst"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nobody_is_asked_for_a_burst_that_nobody_wants() {
    let engine = Engine::that(&[]).await;
    let another =
        alone().replace("\"liveness\"", "\"face_match\"").replace("liveness.fail", "face_match.fail");
    for (skill, settings) in
        [(alone(), nearby(&engine)), (another, wanting(&engine)), (alone(), "provider_burst = 3\n".into())]
    {
        let branch = Branch::open(&skill, &settings);
        let person = branch.comes_to_the_selfie(&branch.bank).await;
        assert_eq!(wish(&person), [None, None]);
        let refused = selfie(&branch.house, &person, vec![frame(10)]).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused.seen(), @r#"
            422
            {
              "code": "invalid_field",
              "fields": [
                {
                  "field": "burst",
                  "problem": "too_large"
                }
              ],
              "http": 422,
              "id": "err_…",
              "message": "One or more fields cannot be accepted.",
              "type": "invalid_request"
            }
            "#);
        }
        assert_eq!(branch.house.blobs(), 2, "the sides of the card");
        let alone = person.upload(&branch.house, "selfie", jpeg()).await;
        assert_eq!(alone.status, 200);
    }
    let branch = Branch::open(&alone(), &nearby(&engine));
    branch.walk(&branch.bank, "Jane").await;
    assert_eq!(branch.sent(&engine, "liveness", 1).await.get("burst"), None);
}

#[tokio::test]
async fn more_than_is_wanted_is_refused_and_leaves_nothing() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(&alone(), &wanting(&engine));
    let house = &branch.house;
    let person = branch.comes_to_the_selfie(&branch.bank).await;
    let many = (1..=4).map(|brightness| frame(brightness * 40)).collect();
    let refused = selfie(house, &person, many).await;
    assert_eq!((refused.status, refused.code().as_str(), house.blobs()), (422, "invalid_field", 2));
    let large = [frame(10), vec![0; 300_000]].concat();
    let refused = selfie(house, &person, vec![frame(10), large]).await;
    assert_eq!((refused.status, refused.code().as_str(), house.blobs()), (413, "upload_too_large", 2));
    let nameless = Form::new().part("burst", Part::bytes(frame(10))).part("file", Part::bytes(jpeg()));
    assert_eq!(send(house, &person, nameless).await.code(), "invalid_field", "it comes after the nonce");
    let elsewhere = form(&person, "front", vec![frame(10)]);
    assert_eq!(send(house, &person, elsewhere).await.code(), "invalid_field");
    let headless = form(&person, "selfie", vec![frame(10)]);
    let refused = send(house, &person, headless).await;
    assert_eq!((refused.code().as_str(), house.blobs()), ("missing_fields", 2), "a burst is of a selfie");
    let stranger = Form::new()
        .text("nonce", "x")
        .text("name", "selfie")
        .part("burst", Part::bytes(frame(10)))
        .part("file", Part::bytes(jpeg()));
    assert_eq!((send(house, &person, stranger).await.code().as_str(), house.blobs()), ("invalid_nonce", 2));
    let taken = selfie(house, &person, vec![frame(10)]).await;
    assert_eq!(
        (taken.status, &taken.body()["attempts_left"]),
        (200, &json!(9)),
        "none of them was an attempt"
    );
}

#[tokio::test]
async fn a_burst_of_a_document_is_refused() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(&alone(), &wanting(&engine));
    let mut person = Person::start(&branch.house, &branch.bank, "faces_#1.0").await;
    person.submit(&branch.house, "who", json!({"id.first_name": "Jane", "id.last_name": "Doe"})).await;
    person.submit(&branch.house, "paper", json!({"kind": "id_card"})).await;
    let with_burst = form(&person, "front", vec![frame(10)]).part("file", Part::bytes(jpeg()));
    let refused = send(&branch.house, &person, with_burst).await;
    assert_eq!((refused.status, refused.code().as_str(), branch.house.blobs()), (422, "invalid_field", 0));
}

#[tokio::test]
async fn what_is_no_picture_is_left_out_and_the_selfie_is_taken() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(&alone(), &wanting(&engine));
    let whole = frame(200);
    let hostile: [(&str, Vec<u8>); 8] = [
        ("nothing", Vec::new()),
        ("a page", b"<!doctype html><script>alert(1)</script>".to_vec()),
        ("an animation", b"GIF89a\x01\x00\x01\x00 and so on, for a while".to_vec()),
        ("a document", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n".to_vec()),
        ("half a picture", whole[..whole.len() / 2].to_vec()),
        ("a picture of another type", encoded(ImageFormat::Png)),
        ("too few pixels", picture(10, 100, ImageFormat::Jpeg)),
        ("a beginning and then anything", [&whole[..40], &[0x5a; 4_000]].concat()),
    ];
    for (count, (what, file)) in hostile.into_iter().enumerate() {
        let mut person = branch.comes_to_the_selfie(&branch.bank).await;
        let before = branch.house.blobs();
        let taken = selfie(&branch.house, &person, vec![file, frame(200)]).await;
        assert_eq!((taken.status, branch.house.blobs()), (200, before + 2), "{what}");
        person.submit(&branch.house, "look_again", json!({})).await;
        let asked = engine.wait_for(count + 1).await;
        let burst = asked[count].says()["pictures"][0]["burst"].clone();
        assert_eq!(burst.as_array().unwrap().len(), 1, "{what}");
        assert_eq!(brightness(&burst[0]["content"]), 200, "{what}");
    }
}

#[tokio::test]
async fn a_retake_takes_the_place_of_the_selfie_and_of_its_burst() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(&alone(), &wanting(&engine));
    let house = &branch.house;
    let mut person = branch.comes_to_the_selfie(&branch.bank).await;
    selfie(house, &person, vec![frame(10), frame(20), frame(30)]).await;
    assert_eq!(house.blobs(), 2 + 4);
    let cut = jpeg()[..2_000].to_vec();
    let refused = form(&person, "selfie", vec![frame(40)]).part("file", Part::bytes(cut));
    let refused = send(house, &person, refused).await;
    let said = refused.text("/status");
    assert_eq!((said.as_str(), house.blobs()), ("UPLOAD_REJECTED", 2 + 4), "what comes with it goes with it");
    selfie(house, &person, vec![frame(200), frame(210)]).await;
    assert_eq!(house.blobs(), 2 + 3, "the former burst went with its selfie");

    person.reopen(house).await;
    person.submit(house, "portrait", json!({})).await;
    assert_eq!(house.blobs(), 2, "and with its submission");
    selfie(house, &person, vec![frame(220)]).await;
    person.submit(house, "look_again", json!({})).await;
    let burst = branch.sent(&engine, "liveness", 1).await["burst"].clone();
    assert_eq!((burst.as_array().unwrap().len(), brightness(&burst[0]["content"])), (1, 220));
}

#[tokio::test]
async fn a_burst_is_erased_with_its_selfie_however_that_is_erased() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(&alone(), &wanting(&engine));
    let house = &branch.house;
    for (way, left) in [("selfie", 2), ("vault", 0), ("credentials", 0)] {
        let before = house.blobs();
        let mut person = branch.comes_to_the_selfie(&branch.bank).await;
        selfie(house, &person, vec![frame(10), frame(20), frame(30)]).await;
        assert_eq!(house.blobs(), before + 6);
        let done = person.submit(house, "look_again", json!({})).await;
        let walked = branch.redeem(&branch.bank, person, &done).await;
        walked.decided(&branch).await;
        let vault = format!("/users/{}/vault", walked.credentials(&branch).await.text("/fp_id"));
        let erased = match way {
            "selfie" => branch.bank.call(house, "DELETE", &vault, Some(&json!({"fields": ["selfie"]}))).await,
            "vault" => branch.bank.call(house, "DELETE", &vault, None).await,
            _ => bearer(house, "DELETE", &walked.path, &walked.access).await,
        };
        assert!(erased.status < 300, "{}", erased.text);
        assert_eq!(house.blobs(), before + left, "{way}");
    }
}

#[tokio::test]
async fn a_burst_is_kept_over_a_crash_and_encrypted() {
    let engine = Engine::that(&[]).await;
    let mut branch = Branch::open_real(&alone(), &wanting(&engine));
    let mut person = branch.comes_to_the_selfie(&branch.bank).await;
    let frames = [frame(10), frame(20)];
    selfie(&branch.house, &person, frames.to_vec()).await;
    for file in files(&branch.house.data().join("blobs")) {
        let kept = std::fs::read(&file).unwrap();
        assert!(frames.iter().all(|frame| !holds(&kept, &frame[..64])), "{}", file.display());
    }
    branch.house.crash();
    assert_eq!(branch.house.blobs(), 2 + 3, "what was acknowledged is not swept");
    person.submit(&branch.house, "look_again", json!({})).await;
    let burst = branch.sent(&engine, "liveness", 1).await["burst"].clone();
    let seen: Vec<u8> = burst.as_array().unwrap().iter().map(|frame| brightness(&frame["content"])).collect();
    assert_eq!(seen, [10, 20]);
}

#[tokio::test]
async fn the_sandbox_wants_what_the_operators_engine_wants() {
    let branch = Branch::open(&alone(), "provider_burst = 2\n");
    let sandbox = Tenant::of(&branch.house);
    let mut person = branch.comes_to_the_selfie(&sandbox).await;
    assert_eq!(wish(&person), [Some(&json!(2)), Some(&json!(200))]);
    selfie(&branch.house, &person, vec![frame(10), frame(20)]).await;
    assert_eq!(branch.house.blobs(), 2 + 1 + 2);
    let done = person.submit(&branch.house, "look_again", json!({})).await;
    let walked = branch.redeem(&sandbox, person, &done).await;
    assert_eq!(walked.decided(&branch).await["status"], "pass");
}

/// What a reviewer asks for once more comes with a burst of its own, from a session of its own.
#[tokio::test]
async fn a_selfie_that_a_reviewer_asks_for_comes_with_a_burst() {
    let engine = Engine::that(&[]).await;
    let branch = Branch::open(&alone(), &wanting(&engine));
    let (house, bank) = (&branch.house, &branch.bank);
    let started = bank.start(house, &json!({"key": bank.playbook("faces_#1.0")})).await;
    let mut person = Person::open(house, &started.text("/token")).await;
    branch.gives_all_but_the_selfie(&mut person).await;
    selfie(house, &person, vec![frame(10)]).await;
    let done = person.submit(house, "look_again", json!({})).await;
    let user = bank.validate(house, &done.text("/validation_token")).await.text("/user/fp_id");
    let path = format!("/users/{user}");
    while bank.call(house, "GET", &path, None).await.text("/status") == "pending" {
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    let ask = json!({"note": "Your photo was blurred.", "steps": ["portrait"]});
    assert_eq!(bank.call(house, "POST", &format!("{path}/request_info"), Some(&ask)).await.status, 200);
    let inherit = json!({"kind": "inherit", "fp_id": user});
    let started = bank.call(house, "POST", "/onboarding/session", Some(&inherit)).await;
    let mut person = Person::open(house, &started.text("/token")).await;
    person.submit(house, "portrait", json!({})).await;
    assert_eq!(selfie(house, &person, vec![frame(200), frame(210)]).await.status, 200);
    person.submit(house, "look_again", json!({})).await;
    let asked = engine.wait_for(2).await;
    assert_ne!(asked[0].id(), asked[1].id());
    let burst = asked[1].says()["pictures"][0]["burst"].clone();
    assert_eq!((burst.as_array().unwrap().len(), brightness(&burst[0]["content"])), (2, 200));
}

#[test]
fn a_burst_out_of_bounds_is_refused_at_the_start() {
    for settings in [
        "provider_burst = 6",
        "provider_burst = 3\nprovider_burst_apart = 49",
        "provider_burst = 3\nprovider_burst_apart = 501",
    ] {
        let said = refused_start(settings);
        assert!(
            said.contains("a burst has 1 to 5 pictures, which are 50 to 500 milliseconds apart"),
            "{said}"
        );
    }
    assert!(refused_start("provider_burst = -1").contains("a setting cannot be used"));
}
