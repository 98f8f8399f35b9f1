//! What the server reads of pictures itself: it is evidence, it is personal, and a browser has no say in it.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::actors::{Answer, Person, Tenant, bearer, jpeg, personal_data};
use crate::house::House;
use crate::rest::{files, holds};

/// The data page of Anna Maria Eriksson's passport, which is valid until 2034.
const PASSPORT: &[u8] = include_bytes!("../../../tests/fixtures/pictures/passport.jpg");
/// The sides of her identity card.
const CARD_FRONT: &[u8] = include_bytes!("../../../tests/fixtures/pictures/id-card-front.jpg");
const CARD_BACK: &[u8] = include_bytes!("../../../tests/fixtures/pictures/id-card-back.jpg");

/// What she types: her name as she writes it, and her day of birth.
fn typed() -> Value {
    let mut typed = personal_data();
    typed["id.first_name"] = json!("Anna Maria");
    typed["id.last_name"] = json!("Eriksson");
    typed["id.dob"] = json!("1974-08-12");
    typed
}

/// Somebody who is to photograph a document, in a session of the omni family.
struct Photographer {
    interview: String,
    person: Person,
}

impl Photographer {
    /// Somebody who types this and chooses this document.
    async fn of(house: &House, tenant: &Tenant, typed: Value, kind: &str) -> Self {
        let started = tenant.start_omni(house, &json!({})).await;
        let mut person = Person::open(house, &started.text("/token")).await;
        person.submit(house, "personal_data", typed).await;
        person.submit(house, "consent", json!({"identity_check": "1.0"})).await;
        person.submit(house, "document", json!({"kind": kind})).await;
        Self { interview: started.text("/interviewId"), person }
    }

    async fn front(&self, house: &House, picture: &[u8]) -> Answer {
        self.person.upload(house, "front", picture.to_vec()).await
    }

    /// Takes a picture of herself, confirms all, and gives what was collected and decided.
    async fn finish(&mut self, house: &House, tenant: &Tenant) -> Value {
        self.person.submit(house, "selfie", json!({})).await;
        assert_eq!(self.person.upload(house, "selfie", jpeg()).await.text("/status"), "UPLOAD_ACCEPTED");
        let done = self.person.submit(house, "review", json!({})).await;
        let redeemed = tenant.redeem(house, &done.text("/validation_token")).await;
        let path = format!("/credentials/{}", redeemed.text("/credentials_id"));
        bearer(house, "GET", &path, &redeemed.text("/access_token")).await.body()
    }

    async fn ocr_data(&self, house: &House, tenant: &Tenant) -> Value {
        let call = tenant.omni(house, "GET", &format!("/omni/get/ocr-data?id={}", self.interview));
        crate::actors::send(call).await.body()
    }
}

fn verdict(collected: &Value, check: &str) -> String {
    let mut checks = collected["outcome"]["checks"].as_array().unwrap().iter();
    let found = checks.find(|result| result["check"] == check);
    found.map_or("not asked".into(), |result| result["verdict"].as_str().unwrap().into())
}

#[tokio::test]
async fn the_zone_of_a_passport_is_read_from_its_picture() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut anna = Photographer::of(&house, &tenant, typed(), "passport").await;
    let uploaded = anna.front(&house, PASSPORT).await;
    assert_eq!(uploaded.text("/status"), "UPLOAD_ACCEPTED", "{}", uploaded.text);
    let collected = anna.finish(&house, &tenant).await;
    for check in
        ["mrz", "document_consistency", "document_expiry", "duplicate_document", "name_match", "minimum_age"]
    {
        assert_eq!(verdict(&collected, check), "ok", "{check}");
    }
    assert_eq!(collected["outcome"]["status"], "pass");
    assert!(!collected.to_string().contains("L898902C3"), "what was read is not what was given");
    let read = anna.ocr_data(&house, &tenant).await;
    assert_eq!(read["documentNumber"], "L898902C3");
    assert_eq!(read["name"]["machineReadableFullName"], "ANNA MARIA ERIKSSON");
    assert_eq!(read["name"]["firstName"], "Anna Maria");
    assert_eq!(
        (&read["birthDate"], &read["expireAt"]),
        (&json!(145_497_600_000_i64), &json!(2_028_672_000_000_i64))
    );
}

#[tokio::test]
async fn a_passport_of_somebody_else_fails_whatever_is_typed() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut jane = Photographer::of(&house, &tenant, personal_data(), "passport").await;
    assert_eq!(jane.front(&house, PASSPORT).await.text("/status"), "UPLOAD_ACCEPTED");
    let collected = jane.finish(&house, &tenant).await;
    assert_eq!(collected["outcome"]["status"], "fail");
    assert_eq!(
        ["name_match", "document_consistency"].map(|check| verdict(&collected, check)),
        ["fail", "fail"]
    );
    let mut anna = Photographer::of(&house, &tenant, typed(), "passport").await;
    anna.front(&house, PASSPORT).await;
    assert_eq!(verdict(&anna.finish(&house, &tenant).await, "duplicate_document"), "warn");
}

#[tokio::test]
async fn the_back_of_a_card_is_read_and_the_front_has_nothing_to_read() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut anna = Photographer::of(&house, &tenant, typed(), "id_card").await;
    anna.front(&house, CARD_FRONT).await;
    let back = anna.person.upload(&house, "back", CARD_BACK.to_vec()).await;
    assert_eq!(back.text("/status"), "UPLOAD_ACCEPTED");
    let collected = anna.finish(&house, &tenant).await;
    assert_eq!(["mrz", "name_match"].map(|check| verdict(&collected, check)), ["ok", "ok"]);
    assert_eq!(anna.ocr_data(&house, &tenant).await["documentNumber"], "D23145890");
}

#[tokio::test]
async fn what_was_read_is_sealed_and_goes_with_its_picture() {
    let settings = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&settings, "log = \"trace\"\n").unwrap();
    let house = House::open_with(&["--config", settings.path().to_str().unwrap()]);
    let tenant = Tenant::of(&house);
    let mut anna = Photographer::of(&house, &tenant, typed(), "passport").await;
    anna.front(&house, PASSPORT).await;
    let collected = anna.finish(&house, &tenant).await;
    assert_eq!(anna.ocr_data(&house, &tenant).await["documentNumber"], "L898902C3");
    let kept = files(&house.data()).into_iter().chain([house.folder().join("log")]);
    for file in kept {
        let content = std::fs::read(&file).unwrap();
        for needle in [&b"L898902C3"[..], b"ERIKSSON<<ANNA"] {
            assert!(!holds(&content, needle), "{}", file.display());
        }
    }
    let person = collected["fp_id"].as_str().unwrap();
    let erased = json!({"fields": ["document.passport.front"]});
    assert_eq!(tenant.about(&house, "DELETE", person, "/vault", Some(&erased)).await.status, 204);
    let after = anna.ocr_data(&house, &tenant).await;
    assert_eq!((&after["documentNumber"], &after["name"]["firstName"]), (&Value::Null, &json!("Anna Maria")));
}

/// A flood of pictures: whoever sends one waits for those before it, and nobody else waits.
#[tokio::test]
async fn a_flood_of_pictures_starves_nobody() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let senders = [
        Photographer::of(&house, &tenant, typed(), "passport").await,
        Photographer::of(&house, &tenant, typed(), "passport").await,
    ];
    let arrived = AtomicUsize::new(0);
    let send = async |sender: &Photographer| {
        assert_eq!(sender.front(&house, PASSPORT).await.text("/status"), "UPLOAD_ACCEPTED");
        arrived.fetch_add(1, Ordering::SeqCst);
    };
    let flood = join_all((0..20).map(|at| send(&senders[at % 2])));
    let others = async {
        let mut served = 0;
        while served < 40 {
            assert_eq!(tenant.start(&house, &json!({})).await.status, 200);
            served += 1;
        }
        arrived.load(Ordering::SeqCst)
    };
    let (_, before) = tokio::join!(flood, others);
    assert!(before < 20, "forty calls were answered before the last of twenty pictures");
    assert_eq!(house.blobs(), 2, "each person has one");
}

#[tokio::test]
async fn what_a_picture_shows_decides_whether_it_will_do() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let traveller = Photographer::of(&house, &tenant, typed(), "passport").await;
    insta::assert_snapshot!(traveller.front(&house, CARD_BACK).await.seen(), @r#"
    200
    {
      "attempts_left": 9,
      "rejection": {
        "message": "The picture shows another document than the chosen one.",
        "reason": "wrong_document"
      },
      "remaining": [
        "front"
      ],
      "status": "UPLOAD_REJECTED",
      "upload_id": "up_…"
    }
    "#);
    let resident = Photographer::of(&house, &tenant, typed(), "id_card").await;
    assert_eq!(resident.front(&house, PASSPORT).await.text("/rejection/reason"), "wrong_document");
    assert_eq!(resident.front(&house, CARD_BACK).await.text("/rejection/reason"), "wrong_side");
    assert_eq!(house.blobs(), 0, "nothing is left of what was refused");
}

#[tokio::test]
async fn a_bad_picture_ends_nobodys_onboarding() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut anna = Photographer::of(&house, &tenant, typed(), "passport").await;
    let unlit = unlit();
    for _ in 0..3 {
        assert_eq!(anna.front(&house, &unlit).await.text("/rejection/reason"), "too_dark");
    }
    assert_eq!(anna.front(&house, &unlit).await.text("/status"), "UPLOAD_ACCEPTED");
    let collected = anna.finish(&house, &tenant).await;
    assert_eq!(verdict(&collected, "document_quality"), "warn");
    assert_eq!(verdict(&collected, "mrz"), "unknown");
    let outcome = &collected["outcome"];
    assert_eq!(
        (&outcome["status"], &outcome["requires_manual_review"]),
        (&json!("pass"), &json!(true)),
        "a reviewer sees it"
    );
}

/// A photograph in which nothing was lit.
fn unlit() -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(800, 600, |x, y| image::Rgb([6 + (x % 5) as u8, 5 + (y % 7) as u8, 4]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn what_was_read_is_erased_by_its_name() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut anna = Photographer::of(&house, &tenant, typed(), "passport").await;
    anna.front(&house, PASSPORT).await;
    let person = anna.finish(&house, &tenant).await["fp_id"].as_str().unwrap().to_owned();
    let erased = json!({"fields": ["document.passport.mrz"]});
    assert_eq!(tenant.about(&house, "DELETE", &person, "/vault", Some(&erased)).await.status, 204);
    assert_eq!(anna.ocr_data(&house, &tenant).await["documentNumber"], Value::Null);
    assert_eq!(house.blobs(), 2, "the pictures stay");
    let mut jane = Photographer::of(&house, &tenant, personal_data(), "passport").await;
    jane.front(&house, PASSPORT).await;
    let collected = jane.finish(&house, &tenant).await;
    assert_eq!(verdict(&collected, "duplicate_document"), "ok", "the number is forgotten");
}
