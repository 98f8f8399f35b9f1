//! At least once and in order, whatever becomes of the receiver or the server meanwhile.

use std::time::Duration;

use serde_json::{Value, json};

use super::{NEARBY, of, until};
use crate::actors::{Person, Tenant, personal_data};
use crate::house::House;
use crate::mailbox::{Deed, Mailbox};

#[tokio::test]
async fn a_receiver_that_fails_four_times_is_told_at_the_fifth_in_order() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let failures = [Deed::Answer(500), Deed::Answer(404), Deed::Answer(302), Deed::Answer(410)];
    let mailbox = Mailbox::that(&failures).await;
    let secret = tenant.subscribe(&house, "steps", &mailbox.url()).await.text("/secret");
    let mut person = Person::start(&house, &tenant, "kyc_basic_#1.0").await;
    person.submit(&house, "personal_data", personal_data()).await;

    let mut passed: f64 = 0.0;
    for (count, wait) in [30.0, 75.0, 187.5, 468.75].into_iter().enumerate() {
        mailbox.wait_for(count + 1).await;
        let failed = |found: &[Value]| found.iter().any(|delivery| delivery["attempts"] == count + 1);
        let tried = until(&house, &tenant, "?state=pending", failed).await;
        assert_eq!(tried.len(), 2);
        assert_eq!((&tried[0]["attempts"], &tried[0]["next_attempt_at"]), (&json!(0), &Value::Null));
        house.pass(passed as i64 + wait as i64 - 8);
        assert_eq!(mailbox.settle().await, count + 1, "it is not tried before its time");
        passed += wait;
        house.pass(passed.ceil() as i64);
    }
    let letters = mailbox.wait_for(6).await;
    let created = vec!["session.created"; 5];
    assert_eq!(mailbox.events(), [created, vec!["step.submitted"]].concat(), "nobody overtakes");
    assert!(letters[..5].iter().all(|letter| letter.id() == letters[0].id()), "the same name each time");
    assert_ne!(letters[5].id(), letters[0].id());
    let instants: Vec<i64> =
        letters.iter().map(|letter| letter.header("webhook-timestamp").parse().unwrap()).collect();
    assert!(instants.windows(2).all(|two| two[0] <= two[1]) && instants[5] - instants[0] >= 700);
    letters[0].verify(&secret).unwrap();
    assert!(letters[4].verify(&secret).is_err(), "the library takes nothing of another time");
    letters.iter().for_each(|letter| assert!(letter.is_signed_with(&secret)));
    assert_eq!(until(&house, &tenant, "?state=delivered", |found| found.len() == 2).await[1]["attempts"], 5);
}

#[tokio::test]
async fn a_receiver_that_hangs_keeps_nobody_else_waiting() {
    let house = House::open_set("webhook_private_targets = true\nwebhook_seconds = 600\n");
    let tenant = Tenant::of(&house);
    let (hanging, rambling, good) = (
        Mailbox::that_always(Deed::Hang).await,
        Mailbox::that_always(Deed::Ramble).await,
        Mailbox::open().await,
    );
    for mailbox in [&hanging, &hanging, &rambling, &good] {
        tenant.subscribe(&house, "steps", &mailbox.url()).await;
    }
    for _ in 0..20 {
        tenant.start_quietly(&house).await;
    }
    good.wait_for(20).await;
    rambling.wait_for(20).await;
    assert_eq!(hanging.letters().len(), 8, "four at each endpoint, and no more");
    // What never ends counts by its status, once that is noted; what hangs counts by nothing.
    until(&house, &tenant, "?state=pending", |found| found.len() == 40).await;
}

#[tokio::test]
async fn a_receiver_that_hangs_is_given_up_and_tried_again_later() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::that(&[Deed::Hang]).await;
    tenant.subscribe(&house, "steps", &mailbox.url()).await;
    tenant.start_quietly(&house).await;
    let tried = until(&house, &tenant, "", |found| found[0]["attempts"] == 1).await;
    assert_eq!(tried[0]["last_attempt"]["problem"], "timed_out");
    house.pass(60);
    mailbox.wait_for(2).await;
}

#[tokio::test]
async fn a_receiver_that_is_overburdened_is_left_alone_for_as_long_as_it_asks() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let later = Deed::AnswerWith(429, "retry-after", "600".into());
    let mailbox = Mailbox::that(&[later]).await;
    tenant.subscribe(&house, "steps", &mailbox.url()).await;
    tenant.start_quietly(&house).await;
    until(&house, &tenant, "", |found| found[0]["attempts"] == 1).await;
    house.pass(590);
    assert_eq!(mailbox.settle().await, 1);
    house.pass(610);
    mailbox.wait_for(2).await;
}

#[tokio::test]
async fn what_is_given_up_is_parked_until_somebody_sends_it_again() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::that_always(Deed::Answer(500)).await;
    let secret = tenant.subscribe(&house, "steps", &mailbox.url()).await.text("/secret");
    let mut person = Person::start(&house, &tenant, "kyc_basic_#1.0").await;
    person.submit(&house, "personal_data", personal_data()).await;
    let mut passed = 0;
    for attempts in 1..30 {
        let tried = |found: &[Value]| of(found, "session.created")["attempts"] == attempts;
        until(&house, &tenant, "", tried).await;
        passed += 3_601;
        house.pass(passed);
    }
    let parked = until(&house, &tenant, "?state=parked", |found| found.len() == 1).await;
    assert_eq!((&parked[0]["attempts"], &parked[0]["event"]), (&json!(30), &json!("session.created")));
    assert_eq!(parked[0]["last_attempt"]["status"], 500);
    assert!(passed < 30 * 3_600 + 3_600, "within a day and a few hours");
    let first = mailbox.letters()[0].id().to_owned();
    assert_eq!(first, parked[0]["id"]);
    let next = |found: &[Value]| of(found, "step.submitted")["attempts"] == 1;
    until(&house, &tenant, "?state=pending", next).await;
    assert_eq!(mailbox.events()[30], "step.submitted", "what is given up holds up nobody");

    mailbox.turns_to(None);
    let path = format!("/webhooks/deliveries/{first}/resend");
    let resent = tenant.call(&house, "POST", &path, None).await;
    assert_eq!((resent.status, resent.text("/state").as_str()), (200, "pending"));
    let done = until(&house, &tenant, "?state=delivered", |found| found.len() == 1).await;
    assert_eq!((done[0]["id"].as_str().unwrap(), &done[0]["attempts"]), (first.as_str(), &json!(1)));
    let last = mailbox.letters().pop().unwrap();
    assert_eq!(last.id(), first);
    assert!(last.is_signed_with(&secret));
}

#[tokio::test]
async fn what_was_committed_is_told_although_the_server_was_killed() {
    let mut house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::that_always(Deed::Hang).await;
    let secret = tenant.subscribe(&house, "steps", &mailbox.url()).await.text("/secret");
    let mut person = Person::start(&house, &tenant, "kyc_basic_#1.0").await;
    mailbox.wait_for(1).await;
    person.submit(&house, "personal_data", personal_data()).await;
    house.crash();
    mailbox.turns_to(None);
    let letters = mailbox.wait_for(3).await;
    assert_eq!(mailbox.events(), ["session.created", "session.created", "step.submitted"]);
    assert_eq!(letters[0].id(), letters[1].id(), "who got it twice knows it again");
    assert_eq!(letters[0].body, letters[1].body);
    letters.iter().for_each(|letter| letter.verify(&secret).unwrap());
    house.crash();
    assert_eq!(mailbox.settle().await, 3, "what has arrived is not sent again");
}

#[tokio::test]
async fn each_event_arrives_in_the_order_of_its_session_whatever_fails_in_between() {
    let mut house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let deeds = [500, 204, 503, 204, 204, 500, 500, 204, 429, 204].map(Deed::Answer);
    let mailbox = Mailbox::that(&[&deeds[..], &[Deed::Hang, Deed::Hang], &deeds[..]].concat()).await;
    let secret = tenant.subscribe(&house, "steps", &mailbox.url()).await.text("/secret");
    let mut people = Vec::new();
    for _ in 0..4 {
        people.push(Person::start(&house, &tenant, "kyc_basic_#1.0").await);
    }
    for person in &mut people {
        person.submit(&house, "personal_data", personal_data()).await;
    }
    house.crash();
    for person in &mut people {
        person.submit(&house, "consent", json!({"data_use": "1.0"})).await;
    }
    for hours in 1..40 {
        if tenant.deliveries(&house, "?state=pending").await.is_empty() {
            break;
        }
        if hours == 4 {
            house.crash();
        }
        house.pass(hours * 3_600);
        mailbox.settle().await;
    }
    assert!(tenant.deliveries(&house, "?state=pending").await.is_empty());

    let letters = mailbox.letters();
    assert!(letters.iter().all(|letter| letter.is_signed_with(&secret)));
    let walk = ["session.created", "step.submitted", "step.submitted", "session.completed"];
    for person in people {
        let told: Vec<_> =
            letters.iter().filter(|letter| letter.says()["session_id"] == person.session.as_str()).collect();
        let mut first_time = Vec::new();
        for letter in &told {
            // What is sent again comes before what follows it.
            match first_time.last() {
                Some((id, _)) if id == letter.id() => {}
                _ => first_time.push((letter.id().to_owned(), letter.event())),
            }
        }
        let events: Vec<_> = first_time.into_iter().map(|(_, event)| event).collect();
        assert_eq!(events, walk);
    }
    assert!(letters.len() > 4 * walk.len(), "some came more than once");
}

#[tokio::test]
async fn every_session_that_was_acknowledged_is_told_of_when_the_server_is_killed_in_the_middle_of_work() {
    let mut house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let mailbox = Mailbox::open().await;
    tenant.subscribe(&house, "steps", &mailbox.url()).await;
    let (url, body) = (house.url("/sessions"), tenant.page_request("kyc_basic_#1.0").to_string());
    let calls = (0..8).map(|_| {
        let (url, body) = (url.clone(), body.clone());
        tokio::spawn(async move {
            let client = reqwest::Client::new();
            let mut acknowledged = Vec::new();
            while let Ok(answer) = client.post(&url).body(body.clone()).send().await {
                let Ok(text) = answer.text().await else { break };
                let created: Value = serde_json::from_str(&text).unwrap();
                acknowledged.push(created["session_id"].as_str().unwrap().to_owned());
            }
            acknowledged
        })
    });
    let calls: Vec<_> = calls.collect();
    tokio::time::sleep(Duration::from_millis(700)).await;
    house.crash();
    let mut acknowledged = Vec::new();
    for call in calls {
        acknowledged.extend(call.await.unwrap());
    }
    assert!(acknowledged.len() > 20, "{} sessions", acknowledged.len());
    until(&house, &tenant, "?state=pending", |found| found.is_empty()).await;
    let told: Vec<_> = mailbox
        .letters()
        .iter()
        .map(|letter| letter.says()["session_id"].as_str().unwrap().to_owned())
        .collect();
    assert!(acknowledged.iter().all(|session| told.contains(session)));
}

#[tokio::test]
async fn what_has_arrived_is_forgotten_in_time_and_what_has_not_is_kept() {
    let house = House::open_set(NEARBY);
    let tenant = Tenant::of(&house);
    let (good, bad) = (Mailbox::open().await, Mailbox::that_always(Deed::Answer(500)).await);
    tenant.subscribe(&house, "steps", &good.url()).await;
    tenant.subscribe(&house, "steps", &bad.url()).await;
    tenant.start_quietly(&house).await;
    until(&house, &tenant, "?state=delivered", |found| found.len() == 1).await;
    house.pass(29 * 24 * 3_600);
    // The session has expired since.
    until(&house, &tenant, "?state=delivered", |found| found.len() == 2).await;
    house.pass(31 * 24 * 3_600);
    until(&house, &tenant, "?state=delivered", |found| found.len() == 1).await;
    assert_eq!(tenant.deliveries(&house, "?state=pending").await.len(), 2);
}
