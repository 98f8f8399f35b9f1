//! Files: in any order of parts, judged by content, within limits, never in the way of a crash.

use image::ImageFormat;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::actors::{Person, Tenant, content_type, encoded, jpeg, personal_data, upload};
use crate::house::House;

/// A person whose document is to be photographed.
async fn at_the_document(house: &House) -> Person {
    let tenant = Tenant::of(house);
    let started = tenant.start(house, &json!({})).await;
    let mut person = Person::open(house, &started.text("/token")).await;
    person.submit(house, "personal_data", personal_data()).await;
    person.submit(house, "consent", json!({"identity_check": "1.0"})).await;
    person.submit(house, "document", json!({"kind": "passport"})).await;
    person
}

#[tokio::test]
async fn a_file_is_judged_by_its_content() {
    let house = House::open();
    let person = at_the_document(&house).await;
    let refused =
        person.upload(&house, "front", b"GIF89a\x01\x00\x01\x00 and so on, for a while".to_vec()).await;
    assert_eq!((refused.status, refused.code().as_str()), (415, "unsupported_media"));
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), &[0; 64]].concat();
    insta::assert_snapshot!(person.upload(&house, "front", heic).await.seen(), @r#"
    415
    {
      "code": "unsupported_media",
      "http": 415,
      "id": "err_…",
      "message": "The file is an HEIC photo, which is not taken here.",
      "type": "invalid_request"
    }
    "#);
    let pdf = person.upload(&house, "front", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n".to_vec()).await;
    assert_eq!(pdf.code(), "unsupported_media", "this skill takes pictures only");

    let whole = jpeg();
    let cut = person.upload(&house, "front", whole[..whole.len() / 2].to_vec()).await;
    insta::assert_snapshot!(cut.seen(), @r#"
    200
    {
      "attempts_left": 9,
      "rejection": {
        "message": "The file ends before the picture does.",
        "reason": "truncated"
      },
      "remaining": [
        "front"
      ],
      "status": "UPLOAD_REJECTED",
      "upload_id": "up_…"
    }
    "#);
    assert_eq!(person.upload(&house, "front", Vec::new()).await.text("/rejection/reason"), "empty");
    assert_eq!(house.blobs(), 0, "nothing is left of what was refused");

    let accepted = person.upload(&house, "front", whole).await;
    insta::assert_snapshot!(accepted.seen(), @r#"
    200
    {
      "attempts_left": 7,
      "remaining": [],
      "status": "UPLOAD_ACCEPTED",
      "upload_id": "up_…"
    }
    "#);
    assert_eq!(content_type(&accepted), "application/json");
    assert_eq!(house.blobs(), 1);
    let again = person.upload(&house, "front", encoded(ImageFormat::Png)).await;
    assert_eq!((again.status, house.blobs()), (200, 1), "the former one is removed");
}

#[tokio::test]
async fn the_parts_may_come_in_any_order() {
    let house = House::open();
    let person = at_the_document(&house).await;
    let uploads = &person.last["uploads"];
    let (step, nonce) = (uploads["step_id"].as_str().unwrap(), uploads["nonce"].as_str().unwrap().to_owned());
    let file_first = Form::new()
        .part("file", Part::bytes(jpeg()).file_name("passport.gif"))
        .text("name", "front")
        .text("nonce", nonce.clone());
    assert_eq!(upload(&house, step, file_first).await.text("/status"), "UPLOAD_ACCEPTED");
    assert_eq!(house.blobs(), 1, "what was kept aside is removed");

    let no_file = Form::new().text("nonce", nonce.clone()).text("name", "front");
    insta::assert_snapshot!(upload(&house, step, no_file).await.seen(), @r#"
    400
    {
      "code": "missing_fields",
      "fields": [
        {
          "field": "file",
          "problem": "required"
        }
      ],
      "http": 400,
      "id": "err_…",
      "message": "Required fields are missing.",
      "type": "invalid_request"
    }
    "#);
    let nothing_but_file = Form::new().part("file", Part::bytes(jpeg()));
    assert_eq!(upload(&house, step, nothing_but_file).await.code(), "missing_fields");
    assert_eq!(house.blobs(), 1);
    let foreign = Form::new().text("nonce", nonce).text("kind", "front");
    assert_eq!(upload(&house, step, foreign).await.code(), "unknown_fields");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_and_leaves_nothing() {
    let house = House::open();
    let person = at_the_document(&house).await;
    let mut large = jpeg();
    large.resize(10_000_001, 0);
    let refused = person.upload(&house, "front", large.clone()).await;
    assert_eq!((refused.status, refused.code().as_str()), (413, "upload_too_large"));
    let uploads = &person.last["uploads"];
    let form = Form::new()
        .part("file", Part::bytes(large))
        .text("name", "front")
        .text("nonce", uploads["nonce"].as_str().unwrap().to_owned());
    assert_eq!(upload(&house, uploads["step_id"].as_str().unwrap(), form).await.code(), "upload_too_large");
    assert_eq!(house.blobs(), 0);
}

#[tokio::test]
async fn an_upload_needs_the_nonce_of_its_step() {
    let house = House::open();
    let person = at_the_document(&house).await;
    let stranger = at_the_document(&house).await;
    let step = person.last["uploads"]["step_id"].as_str().unwrap();
    let with = |nonce: &Value| {
        Form::new()
            .text("nonce", nonce.as_str().unwrap().to_owned())
            .text("name", "front")
            .part("file", Part::bytes(jpeg()))
    };
    for wrong in [&person.last["nonce"], &stranger.last["uploads"]["nonce"], &json!("x")] {
        assert_eq!(upload(&house, step, with(wrong)).await.code(), "invalid_nonce");
    }
    let unknown = "step_0000000000000000000000";
    assert_eq!(upload(&house, unknown, with(&person.last["uploads"]["nonce"])).await.code(), "not_found");
    let back = person.upload(&house, "back", jpeg()).await;
    assert_eq!(back.code(), "invalid_field", "a passport has no back");
    house.pass(30 * 60 + 1);
    assert_eq!(person.upload(&house, "front", jpeg()).await.code(), "nonce_expired");
}

#[tokio::test]
async fn ten_attempts_are_enough() {
    let house = House::open();
    let person = at_the_document(&house).await;
    for left in (0..10).rev() {
        let answer = person
            .upload(&house, "front", b"\xff\xd8\xff\xe0 no picture at all, not even a little".to_vec())
            .await;
        assert_eq!(answer.body()["attempts_left"], left, "{}", answer.text);
    }
    assert_eq!(person.upload(&house, "front", jpeg()).await.code(), "too_many_attempts");
}

#[tokio::test]
async fn the_same_file_twice_at_once_is_kept_once() {
    let house = House::open();
    let person = at_the_document(&house).await;
    let (one, two, three) = tokio::join!(
        person.upload(&house, "front", jpeg()),
        person.upload(&house, "front", jpeg()),
        person.upload(&house, "front", encoded(ImageFormat::Png)),
    );
    let mut left = [one, two, three].map(|answer| answer.body()["attempts_left"].as_u64().unwrap());
    left.sort_unstable();
    assert_eq!(left, [7, 8, 9], "each was counted");
    assert_eq!(house.blobs(), 1);
}
