//! What somebody tries who is not the person.

use futures_util::future::join_all;
use serde_json::json;

use super::{
    PAGE, asks_for_code, form, house, log_in, member, open_at, person_at, problem, start_member, start_update,
};
use crate::actors::{Person, Tenant, open};
use crate::house::House;

#[tokio::test]
async fn guesses_at_the_same_time_are_counted_one_by_one() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "login_#1.0").await;
    let ask = json!({"email": "jane@example.com"});
    let code = asks_for_code(&house, &tenant, &mut person, "identify", ask, "jane@example.com").await;
    let guesses = (0..24).map(|guess| format!("{guess:06}")).filter(|guess| *guess != code);
    let answers = join_all(guesses.map(|guess| {
        let (house, person) = (&house, &person);
        async move { person.try_submit(house, "identify", &json!({"code": guess})).await }
    }))
    .await;
    let wrong = answers.iter().filter(|answer| problem(answer).1 == "wrong_code").count();
    let over = answers.iter().filter(|answer| problem(answer).1 == "code_expired").count();
    assert_eq!((wrong, wrong + over), (5, answers.len()), "five tries, however they come");
    let right = person.try_submit(&house, "identify", &json!({"code": code})).await;
    assert_eq!(problem(&right).1, "code_expired");
}

#[tokio::test]
async fn a_code_is_good_once_and_in_its_own_session() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let mut one = Person::start(&house, &tenant, "login_#1.0").await;
    let mut other = Person::start(&house, &tenant, "login_#1.0").await;
    let ask = json!({"email": "jane@example.com"});
    let code = asks_for_code(&house, &tenant, &mut one, "identify", ask.clone(), "jane@example.com").await;
    let own = asks_for_code(&house, &tenant, &mut other, "identify", ask, "jane@example.com").await;
    if code != own {
        let foreign = other.try_submit(&house, "identify", &json!({"code": code})).await;
        assert_eq!(problem(&foreign), (422, "wrong_code".into()));
    }
    one.submit(&house, "identify", json!({"code": code})).await;
    let again = one.try_submit(&house, "identify", &json!({"code": code})).await;
    assert_eq!(again.code(), "session_completed");
}

#[tokio::test]
async fn a_code_proves_the_address_to_which_it_went() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let jane = member(&house, &tenant, "jane@example.com").await;
    let mut thief = Person::start(&house, &tenant, "login_#1.0").await;
    let mine = json!({"email": "thief@example.com"});
    let code = asks_for_code(&house, &tenant, &mut thief, "identify", mine, "thief@example.com").await;
    thief.submit(&house, "identify", json!({"email": "jane@example.com"})).await;
    let swapped = thief.try_submit(&house, "identify", &json!({"code": code})).await;
    assert_eq!(problem(&swapped), (422, "wrong_code".into()), "another code is in force");
    let both =
        thief.try_submit(&house, "identify", &json!({"email": "jane@example.com", "code": code})).await;
    assert_eq!(both.status, 400);
    let user = tenant.call(&house, "GET", &format!("/users/{jane}"), None).await;
    assert_eq!(user.status, 200);
}

#[tokio::test]
async fn who_sent_a_link_gets_nothing_of_whoever_followed_it() {
    let house = house();
    let tenant = Tenant::of(&house);
    let thief = Person::start(&house, &tenant, "member_#1.0").await;
    let (token, old_nonce) = (thief.token.clone(), thief.nonce.clone());
    let mut jane = person_at(&house, PAGE, &token).await;
    log_in(&house, &tenant, &mut jane, "jane@example.com").await;
    jane.submit(&house, "personal_data", form()).await;

    let with_old_nonce = Person { nonce: old_nonce, ..thief.clone() };
    let submitted = with_old_nonce.try_submit(&house, "passkey", &json!({"skip": "declined"})).await;
    assert_eq!(submitted.code(), "invalid_nonce");
    let opened = open(&house, &token).await;
    assert_eq!(opened.text("/next/name"), "identify");
    assert!(!opened.text.contains("Jane") && !opened.text.contains("jane@"), "{}", opened.text);
    let mut thief = Person { nonce: opened.text("/nonce"), last: opened.body(), ..thief };
    for (step, data) in [("personal_data", form()), ("passkey", json!({"skip": "declined"}))] {
        let refused = thief.try_submit(&house, step, &data).await;
        assert_eq!(refused.code(), "invalid_step", "{step}");
    }
    let mine = thief.try_submit(&house, "identify", &json!({"email": "thief@example.com"})).await;
    assert_eq!(problem(&mine).1, "not_an_option", "the session is Jane's");

    // Jane finishes; the token of the link gets no result.
    thief.nonce.clear();
    let mut jane = person_at(&house, PAGE, &token).await;
    let send = json!({"send": "email"});
    let code = asks_for_code(&house, &tenant, &mut jane, "identify", send, "jane@example.com").await;
    let again = jane.submit(&house, "identify", json!({"code": code})).await;
    jane.submit(&house, "passkey", json!({"skip": "declined"})).await;
    let done = jane.submit(&house, "consent", json!({"terms": "1"})).await;
    let stolen = open(&house, &token).await.body();
    assert_eq!((&stolen["status"], &stolen["temp_token"]), (&json!("SESSION_COMPLETED"), &json!(null)));
    let hers = open_at(&house, PAGE, &token, Some(&again.text("/login_token"))).await;
    assert_ne!(hers.text("/temp_token"), done.text("/temp_token"), "hers is given anew");
}

#[tokio::test]
async fn a_forged_login_token_is_none() {
    let house = house();
    let tenant = Tenant::of(&house);
    let token = start_member(&house, &tenant, json!({})).await;
    let mut jane = person_at(&house, PAGE, &token).await;
    let hers = log_in(&house, &tenant, &mut jane, "jane@example.com").await.text("/login_token");
    let other = start_member(&house, &tenant, json!({})).await;
    let mut joan = person_at(&house, PAGE, &other).await;
    let joans = log_in(&house, &tenant, &mut joan, "joan@example.com").await.text("/login_token");
    for forged in [joans.as_str(), "logtok_x", "", &hers[..hers.len() - 1]] {
        let opened = open_at(&house, PAGE, &token, Some(forged)).await;
        assert_eq!(opened.text("/next/name"), "identify", "{forged}");
    }
}

#[tokio::test]
async fn what_a_page_typed_for_somebody_is_no_way_to_log_in_as_them() {
    let house = House::open();
    let tenant = Tenant::of(&house);
    let body = json!({"external_id": "customer-0001", "data": {"id.email": "jane@example.com"}});
    let jane = tenant.call(&house, "POST", "/users", Some(&body)).await.text("/id");
    let mut request = tenant.page_request("kyc_basic_#1.0");
    request["tenant_user_id"] = json!("customer-0001");
    let mut thief = Person::begin(&house, &request).await;
    let mut typed = crate::actors::personal_data();
    typed["id.email"] = json!("thief@example.com");
    thief.submit(&house, "personal_data", typed).await;
    thief.submit(&house, "consent", json!({"data_use": "1.0"})).await;

    let token = start_update(&house, &tenant, &jane, None).await;
    let person = person_at(&house, PAGE, &token).await;
    let methods = person.last["next"]["screen"]["identify"]["methods"].to_string();
    assert!(!methods.contains("t•••@"), "{methods}");
}

#[tokio::test]
async fn no_code_is_in_the_log_and_none_is_in_the_files() {
    let house = House::open_set("log = \"trace\"\n");
    let tenant = Tenant::of(&house);
    let mut person = Person::start(&house, &tenant, "login_#1.0").await;
    let ask = json!({"email": "jane.unmistakable@example.com"});
    let to = "jane.unmistakable@example.com";
    let code = asks_for_code(&house, &tenant, &mut person, "identify", ask, to).await;
    person.submit(&house, "identify", json!({"code": code})).await;
    let mut seen = std::fs::read(house.folder().join("log")).unwrap();
    for file in std::fs::read_dir(house.data()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            seen.extend(std::fs::read(path).unwrap());
        }
    }
    let has = |text: &str| seen.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!has("unmistakable"), "the address");
    let quoted = [format!("\"{code}\""), format!("code={code}"), format!(" {code}\n")];
    assert!(quoted.iter().all(|text| !has(text)), "the code");
}
