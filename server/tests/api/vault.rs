//! What is kept of a person: written, read with a reason, and erased from everywhere.

use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Row};

use crate::actors::{Answer, Person, Tenant, bearer, jpeg, personal_data, request, send};
use crate::house::House;
use crate::people::{detailed, refused, walked};
use crate::rest::{files, holds};

async fn update(house: &House, tenant: &Tenant, person: &str, body: Value) -> Answer {
    tenant.about(house, "PATCH", person, "/vault", Some(&body)).await
}

async fn file(house: &House, tenant: &Tenant, person: &str, field: &str) -> reqwest::Response {
    let body = json!({"field": field, "reason": "The test looks at it."});
    let path = format!("/users/{person}/vault/decrypt/file");
    let call = request(house, "POST", &path).basic_auth(tenant.key("secret_key"), Some(""));
    call.body(body.to_string()).send().await.unwrap()
}

#[tokio::test]
async fn what_a_backend_writes_is_kept_in_its_canonical_form() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let written = update(
        &house,
        &tenant,
        &jane,
        json!({
            "id.last_name": "Doe",
            "id.ssn9": "123-45-6789",
            "investor_profile.occupation": "Lighthouse keeper",
            "custom.branch": 7,
            "custom.vip": true,
            "custom.note": " Likes the sea ",
            "id.phone_number": null,
            "id.email": null,
        }),
    )
    .await;
    assert_eq!((written.status, written.text.as_str()), (204, ""));
    let fields = [
        "id.first_name",
        "id.last_name",
        "id.ssn9",
        "investor_profile.occupation",
        "custom.branch",
        "custom.vip",
        "custom.note",
        "id.phone_number",
        "id.email",
        "id.dob",
        "custom.nothing",
        "id.dob",
    ];
    let read = tenant.decrypt(&house, &jane, &fields).await;
    insta::assert_snapshot!(read.seen(), @r#"
    200
    {
      "custom.branch": 7,
      "custom.note": "Likes the sea",
      "custom.nothing": null,
      "custom.vip": true,
      "id.dob": "1990-05-17",
      "id.email": null,
      "id.first_name": "Jane-Marple",
      "id.last_name": "Doe",
      "id.phone_number": null,
      "id.ssn9": "123456789",
      "investor_profile.occupation": "Lighthouse keeper"
    }
    "#);
    let presence = tenant.presence(&house, &jane).await;
    assert_eq!((&presence["id.email"], &presence["custom.vip"]), (&json!(null), &json!(true)));
    let asked =
        tenant.about(&house, "GET", &jane, "/vault?fields=id.email, id.ssn9,id.shoe_size", None).await;
    assert_eq!(asked.body(), json!({"id.email": false, "id.ssn9": true, "id.shoe_size": false}));
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_by_name_and_nothing_is_written() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let wrong = json!({
        "id.last_name": "Doe",
        "id.first_name": "<b>",
        "id.dob": 19900517,
        "id.country": ["DE"],
        "id.zip": 1.5,
        "custom.list": [1],
        "custom.fraction": 0.5,
        "investor_profile.income": "x".repeat(501),
        "document.passport.front": "a picture",
        "selfie": true,
        "period": "12",
        "id.shoe_size": "38",
        "business.secondary_owners": [{"first_name": "John"}],
        "id.email": null,
    });
    let answer = update(&house, &tenant, &jane, wrong).await;
    assert_eq!(refused(&answer), (400, "unknown_fields".into()));
    let body = answer.body();
    let named = body["context"]["fields"].as_array().unwrap().iter();
    let named: Vec<_> =
        named.map(|one| format!("{} {}", one["field"], one["problem"]).replace('"', "")).collect();
    assert_eq!(
        named,
        [
            "id.first_name invalid_characters",
            "id.dob wrong_type",
            "id.country wrong_type",
            "id.zip wrong_type",
            "custom.list wrong_type",
            "custom.fraction wrong_type",
            "investor_profile.income too_long",
            "document.passport.front wrong_type",
            "selfie wrong_type",
            "period unknown",
            "id.shoe_size unknown",
            "business.secondary_owners required",
        ]
    );
    let kept = tenant.decrypt(&house, &jane, &["id.last_name", "id.email"]).await.body();
    assert_eq!(kept, json!({"id.last_name": "Doeringhausen", "id.email": "jane@example.com"}));
    for (body, code) in
        [("{", "invalid_body"), ("[]", "invalid_body"), ("{\"id.dob\": 1, \"id.dob\": 2}", "invalid_field")]
    {
        let call = request(&house, "PATCH", &format!("/users/{jane}/vault"));
        let answer = send(call.basic_auth(tenant.key("secret_key"), Some("")).body(body)).await;
        assert_eq!(answer.code(), code, "{body}");
    }
    assert_eq!(tenant.actions(&house, &jane).await, ["vault.decrypted"]);
}

#[tokio::test]
async fn nobody_reads_without_a_reason() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let fields = json!(["id.first_name"]);
    for (body, code) in [
        (json!({"fields": fields}), "missing_fields"),
        (json!({"fields": fields, "reason": null}), "invalid_field"),
        (json!({"fields": fields, "reason": " \n "}), "invalid_field"),
        (json!({"fields": fields, "reason": "x".repeat(501)}), "invalid_field"),
        (json!({"reason": "Because."}), "missing_fields"),
        (json!({"fields": [], "reason": "Because."}), "missing_fields"),
        (json!({"fields": ["id.shoe_size"], "reason": "Because."}), "invalid_field"),
        (json!({"fields": "id.first_name", "reason": "Because."}), "invalid_field"),
        (json!({"fields": ["selfie", "id.dob"], "reason": "Because."}), "invalid_field"),
        (json!({"fields": vec!["id.dob"; 201], "reason": "Because."}), "invalid_field"),
    ] {
        let answer = tenant.about(&house, "POST", &jane, "/vault/decrypt", Some(&body)).await;
        assert_eq!(answer.code(), code, "{body}");
        assert!(!answer.text.contains("Jane"), "{}", answer.text);
    }
    let body = json!({"field": "selfie"});
    let answer = tenant.about(&house, "POST", &jane, "/vault/decrypt/file", Some(&body)).await;
    assert_eq!(refused(&answer), (400, "missing_fields".into()));
    assert_eq!(tenant.actions(&house, &jane).await, [] as [String; 0], "what was refused was not done");
}

#[tokio::test]
async fn that_data_were_read_is_on_record_whatever_becomes_of_the_reader() {
    let mut house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    assert_eq!(tenant.decrypt(&house, &jane, &["id.dob"]).await.body(), json!({"id.dob": "1990-05-17"}));
    house.crash();
    assert_eq!(tenant.actions(&house, &jane).await, ["vault.decrypted"]);
}

#[tokio::test]
async fn files_are_read_as_they_were_kept() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    for field in ["document.id_card.front", "document.id_card.back", "selfie"] {
        let answer = file(&house, &tenant, &jane, field).await;
        assert_eq!(answer.status(), 200);
        let headers = answer.headers().clone();
        for (name, value) in [
            ("content-type", "image/jpeg"),
            ("content-disposition", "attachment"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(headers[name], value, "{field}");
        }
        let length: usize = headers["content-length"].to_str().unwrap().parse().unwrap();
        let content = answer.bytes().await.unwrap();
        assert_eq!((content.len(), &content[..3]), (length, &jpeg()[..3]));
        assert!(image::load_from_memory(&content).is_ok());
    }
    for field in ["document.passport.front", "id.dob", "selfies"] {
        assert_eq!(file(&house, &tenant, &jane, field).await.status(), 404, "{field}");
    }
    let recorded = tenant.recorded(&house, &jane).await;
    assert_eq!(recorded.len(), 3, "what there is not was not read");
    assert_eq!(recorded[0]["fields"], json!(["selfie"]));
}

#[tokio::test]
async fn what_is_removed_is_gone_from_where_it_was_collected() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "kyc_basic_#1.0").await;
    person.submit(&house, "personal_data", personal_data()).await;
    let done = person.submit(&house, "consent", json!({"data_use": "1.0"})).await;
    let redeemed = tenant.redeem(&house, &done.text("/temp_token")).await;
    let credentials = format!("/credentials/{}", redeemed.text("/credentials_id"));
    let read = async || bearer(&house, "GET", &credentials, &redeemed.text("/access_token")).await.body();
    let before = read().await;
    let jane = before["fp_id"].as_str().unwrap();
    update(&house, &tenant, jane, json!({"id.email": null, "id.city": "Nadir"})).await;
    let erased = json!({"fields": ["id.dob"], "reason": "She asked for it."});
    let answer = tenant.about(&house, "DELETE", jane, "/vault", Some(&erased)).await;
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));

    let after = read().await;
    let given = &after["steps"][0]["data"];
    assert_eq!((&given["id.email"], &given["id.dob"]), (&json!(null), &json!(null)));
    assert_eq!(given["id.city"], "Zenith", "what she gave then stays what she gave then");
    assert_eq!(after["outcome"], before["outcome"], "what was decided stays");
    let kept = tenant.decrypt(&house, jane, &["id.email", "id.dob", "id.city"]).await.body();
    assert_eq!(kept, json!({"id.email": null, "id.dob": null, "id.city": "Nadir"}));
    let recorded = tenant.recorded(&house, jane).await;
    assert_eq!(recorded[1]["action"], "vault.deleted");
    assert_eq!(
        (&recorded[1]["fields"], &recorded[1]["reason"]),
        (&json!(["id.dob"]), &json!("She asked for it."))
    );
    assert_eq!(
        (&recorded[2]["action"], &recorded[2]["fields"]),
        (&json!("vault.updated"), &json!(["id.city", "id.email"]))
    );
}

#[tokio::test]
async fn a_whole_person_is_erased_from_everywhere() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({"user_external_id": "customer-0001"})).await;
    let started = tenant
        .start(&house, &json!({"fp_id": jane.id, "onboarding_external_id": "onboarding-2025-02"}))
        .await;
    let mut person = Person::open(&house, &started.text("/token")).await;
    person.submit(&house, "personal_data", personal_data()).await;
    person.submit(&house, "consent", json!({"identity_check": "1.0"})).await;
    person.submit(&house, "document", json!({"kind": "passport"})).await;
    assert_eq!(person.upload(&house, "front", jpeg()).await.status, 200);
    let blobs = || std::fs::read_dir(house.data().join("blobs")).unwrap().count();
    assert_eq!(blobs(), 4);
    let ciphertexts: Vec<Vec<u8>> = files(&house.data().join("blobs"))
        .iter()
        .map(|blob| std::fs::read(blob).unwrap()[..64].to_vec())
        .collect();

    let answer = tenant.about(&house, "DELETE", &jane.id, "/vault", None).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    assert_eq!(tenant.presence(&house, &jane.id).await, json!({}));
    assert_eq!(blobs(), 0);
    for file in files(&house.data()) {
        let content = std::fs::read(&file).unwrap();
        assert!(ciphertexts.iter().all(|blob| !holds(&content, blob)), "a file in {}", file.display());
    }
    assert_eq!(file(&house, &tenant, &jane.id, "selfie").await.status(), 404);
    assert_eq!(
        tenant.decrypt(&house, &jane.id, &["id.first_name"]).await.body(),
        json!({"id.first_name": null})
    );
    let stands = tenant.about(&house, "GET", &jane.id, "", None).await;
    assert_eq!(
        (stands.text("/external_id"), stands.text("/status")),
        ("customer-0001".into(), "pass".into())
    );

    // Who is on the way is asked again.
    let stale = person.try_submit(&house, "selfie", &json!({})).await;
    assert!([400, 409].contains(&stale.status), "{}", stale.text);
    person.reopen(&house).await;
    assert_eq!(person.last["next"]["name"], "personal_data");
    assert!(!person.last.to_string().contains("Jane"), "{}", person.last);
    let result = person.walk(&house).await;
    assert_eq!(tenant.validate(&house, &result).await.text("/user/fp_id"), jane.id);
    assert_eq!(tenant.presence(&house, &jane.id).await["id.first_name"], true);
}

/// The beginning of all that is sealed of people and sessions, but for the sample person of the sandbox.
async fn sealed(house: &House) -> Vec<Vec<u8>> {
    let file = SqliteConnectOptions::new().filename(house.data().join("vestibule.db")).read_only(true);
    let mut database = SqliteConnection::connect_with(&file).await.unwrap();
    let rows = sqlx::query(
        "SELECT substr(sealed, 1, 64) FROM user WHERE id <> 'fp_id_K0q6Eh6Rr3WOOfFBLPiHsr' \
         UNION SELECT substr(sealed, 1, 64) FROM session \
         WHERE user_id <> 'fp_id_K0q6Eh6Rr3WOOfFBLPiHsr'",
    );
    let rows = rows.fetch_all(&mut database).await.unwrap();
    database.close().await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn what_was_sealed_is_overwritten() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = detailed(&house, &tenant, json!({})).await.id;
    let kept = |sealed: &[Vec<u8>]| {
        let contents: Vec<_> = files(&house.data()).iter().map(|file| std::fs::read(file).unwrap()).collect();
        sealed.iter().filter(|piece| contents.iter().any(|content| holds(content, piece))).count()
    };
    let before = sealed(&house).await;
    assert_eq!((before.len(), kept(&before)), (2, 2), "the person and the session");
    update(&house, &tenant, &jane, json!({"id.dob": null})).await;
    let between = sealed(&house).await;
    assert_eq!((kept(&before), kept(&between)), (0, 2));
    tenant.about(&house, "DELETE", &jane, "/vault", None).await;
    assert_eq!((kept(&between), kept(&sealed(&house).await)), (0, 2));
}

#[tokio::test]
async fn an_erasure_that_says_something_else_erases_nothing() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = walked(&house, &tenant, json!({})).await.id;
    let before = tenant.presence(&house, &jane).await;
    for (body, code) in [
        (json!({"fields": []}), "missing_fields"),
        (json!({"fields": ["id.shoe_size"]}), "invalid_field"),
        (json!({"fields": "id.dob"}), "invalid_field"),
        (json!({"fields": ["id.dob"], "reason": ""}), "invalid_field"),
        (json!({"reasons": "x"}), "unknown_fields"),
        (json!({"field": "id.dob"}), "unknown_fields"),
    ] {
        let answer = tenant.about(&house, "DELETE", &jane, "/vault", Some(&body)).await;
        assert_eq!(answer.code(), code, "{body}");
    }
    assert_eq!(tenant.presence(&house, &jane).await, before);
    assert_eq!(tenant.actions(&house, &jane).await, [] as [String; 0]);
}
