//! What every store must hold to of endpoints and deliveries.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{DeliveryId, EndpointId};
use vestibule_protocol::webhook::{DeliveryAttempt, DeliveryProblem, DeliveryState, WebhookFamily};

use super::{begin, read};
use crate::random::id;
use crate::random::tests::Sequence;
use crate::store::outbox::{DeliveryRow, EndpointRow, MessageRow, Selection, Settlement};
use crate::store::{Change, CommitError, SessionChange, SessionRow, Store, Tenant};

/// Everything, on a store in which nothing is on its way.
pub async fn hold(store: &dyn Store, one: &Tenant, other: &Tenant, random: &Sequence) {
    endpoints_are_their_tenants(store, one, other, random).await;
    a_message_goes_to_every_endpoint_of_its_family_with_its_change(store, one, other, random).await;
    deliveries_of_one_subject_are_in_line(store, one, random).await;
    what_is_asked_for_anew_begins_anew(store, one, random).await;
    what_was_delivered_is_forgotten_in_time(store, one, random).await;
    deliveries_are_listed_page_by_page(store, one, other, random).await;
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

async fn endpoint(
    store: &dyn Store,
    tenant: &Tenant,
    family: WebhookFamily,
    random: &Sequence,
) -> EndpointId {
    let row = EndpointRow {
        id: id(random),
        family,
        created_at: at(1),
        version: 0,
        wrapped_key: vec![1],
        sealed: vec![2],
    };
    assert!(store.add_endpoint(&tenant.id, &row, 100).await.unwrap());
    row.id
}

fn message(family: WebhookFamily, subject: &str, random: &Sequence) -> MessageRow {
    MessageRow {
        id: id(random),
        subject: subject.into(),
        family,
        event: "session.created".into(),
        at: at(10),
        wrapped_key: vec![3],
        sealed: vec![4],
    }
}

async fn post(store: &dyn Store, tenant: &Tenant, messages: &[MessageRow]) {
    let change = Change { messages: messages.to_vec(), ..Change::default() };
    store.commit(&tenant.id, &change).await.unwrap();
}

async fn due(store: &dyn Store, tenant: &Tenant, endpoint: &EndpointId, now: i64) -> Vec<DeliveryRow> {
    let whose = (tenant.id.clone(), endpoint.clone());
    let due = store.due_deliveries(&tenant.id, endpoint, at(now), 100).await.unwrap();
    assert_eq!(store.due_endpoints(at(now)).await.unwrap().contains(&whose), !due.is_empty());
    due
}

fn ids(rows: &[DeliveryRow]) -> Vec<DeliveryId> {
    rows.iter().map(|row| row.id.clone()).collect()
}

async fn settle(store: &dyn Store, tenant: &Tenant, tried: &DeliveryRow, now: i64, settlement: Settlement) {
    let attempt = DeliveryAttempt { at: at(now), status: Some(200), problem: None };
    store.settle(&tenant.id, tried, &attempt, settlement).await.unwrap();
}

async fn all(store: &dyn Store, tenant: &Tenant, endpoint: &EndpointId) -> Vec<DeliveryRow> {
    let which = Selection { endpoint: Some(endpoint.clone()), limit: 100, ..Selection::default() };
    store.deliveries(&tenant.id, &which).await.unwrap()
}

async fn endpoints_are_their_tenants(store: &dyn Store, one: &Tenant, other: &Tenant, random: &Sequence) {
    let ours = endpoint(store, one, WebhookFamily::Steps, random).await;
    let row = store.endpoint(&one.id, &ours).await.unwrap().unwrap();
    assert_eq!((row.family, row.version), (WebhookFamily::Steps, 1));
    assert_eq!(store.endpoints(&one.id).await.unwrap().len(), 1);
    assert!(!store.add_endpoint(&one.id, &EndpointRow { id: id(random), ..row.clone() }, 1).await.unwrap());

    assert!(store.endpoint(&other.id, &ours).await.unwrap().is_none());
    assert!(store.endpoints(&other.id).await.unwrap().is_empty());
    assert!(matches!(store.change_endpoint(&other.id, &row).await, Err(CommitError::Conflict)));
    assert!(!store.remove_endpoint(&other.id, &ours).await.unwrap());
    let letter = message(WebhookFamily::Steps, "x", random);
    assert!(store.post_to(&other.id, &ours, &letter).await.unwrap().is_none());

    store.change_endpoint(&one.id, &EndpointRow { sealed: vec![9], ..row.clone() }).await.unwrap();
    assert!(matches!(store.change_endpoint(&one.id, &row).await, Err(CommitError::Conflict)));
    assert_eq!(store.endpoint(&one.id, &ours).await.unwrap().unwrap().sealed, [9]);
    store.post_to(&one.id, &ours, &letter).await.unwrap().unwrap();
    assert!(store.remove_endpoint(&one.id, &ours).await.unwrap());
    assert!(all(store, one, &ours).await.is_empty(), "what was on its way goes with its endpoint");
}

async fn a_message_goes_to_every_endpoint_of_its_family_with_its_change(
    store: &dyn Store,
    one: &Tenant,
    other: &Tenant,
    random: &Sequence,
) {
    let steps = [
        endpoint(store, one, WebhookFamily::Steps, random).await,
        endpoint(store, one, WebhookFamily::Steps, random).await,
    ];
    let omni = endpoint(store, one, WebhookFamily::Omni, random).await;
    let theirs = endpoint(store, other, WebhookFamily::Steps, random).await;

    let begun = begin(store, one, random).await;
    let session = read(store, &one.id, &begun.row.id).await;
    let letter = message(WebhookFamily::Steps, "person", random);
    let with = |row| Change {
        sessions: vec![SessionChange::of(row)],
        messages: vec![letter.clone()],
        ..Change::default()
    };
    let stale = with(SessionRow { version: 9, ..session.clone() });
    assert!(matches!(store.commit(&one.id, &stale).await, Err(CommitError::Conflict)));
    assert!(all(store, one, &steps[0]).await.is_empty(), "nothing is told of what was not written");

    store.commit(&one.id, &with(session)).await.unwrap();
    for to in &steps {
        let told = all(store, one, to).await;
        assert_eq!(ids(&told), [letter.delivery(to)]);
        let delivery = &told[0];
        assert_eq!((delivery.message.clone(), delivery.subject.as_str()), (letter.id.clone(), "person"));
        assert_eq!((delivery.state, delivery.due_at), (DeliveryState::Pending, Some(at(10))));
        assert_eq!((delivery.attempts, delivery.last.clone()), (0, None));
        assert_eq!((delivery.wrapped_key.as_slice(), delivery.sealed.as_slice()), (&[3][..], &[4][..]));
    }
    assert_ne!(letter.delivery(&steps[0]), letter.delivery(&steps[1]));
    assert!(all(store, one, &omni).await.is_empty());
    assert!(all(store, other, &theirs).await.is_empty());
    store.remove_endpoint(&other.id, &theirs).await.unwrap();
}

async fn deliveries_of_one_subject_are_in_line(store: &dyn Store, tenant: &Tenant, random: &Sequence) {
    let to = endpoint(store, tenant, WebhookFamily::Onboarding, random).await;
    let letters: Vec<_> = ["jane", "jane", "jane", "john"]
        .map(|subject| message(WebhookFamily::Onboarding, subject, random))
        .into_iter()
        .collect();
    post(store, tenant, &letters[..2]).await;
    post(store, tenant, &letters[2..]).await;
    let [first, second, third, of_john] = [0, 1, 2, 3].map(|index| letters[index].delivery(&to));
    assert_eq!(ids(&due(store, tenant, &to, 9).await), []);
    let waiting = due(store, tenant, &to, 10).await;
    assert_eq!(ids(&waiting), [first.clone(), of_john.clone()], "the first of each subject");
    assert_eq!(store.due_deliveries(&tenant.id, &to, at(10), 1).await.unwrap().len(), 1);

    settle(store, tenant, &waiting[0], 20, Settlement::Retry(at(50))).await;
    assert_eq!(ids(&due(store, tenant, &to, 49).await), std::slice::from_ref(&of_john), "nobody overtakes");
    let again = due(store, tenant, &to, 50).await;
    assert_eq!(ids(&again), [of_john.clone(), first.clone()]);
    assert_eq!((again[1].attempts, again[1].last.as_ref().unwrap().status), (1, Some(200)));

    settle(store, tenant, &waiting[0], 50, Settlement::Delivered).await;
    assert_eq!(due(store, tenant, &to, 50).await.len(), 2, "an attempt of before is not noted again");
    settle(store, tenant, &again[1], 60, Settlement::Delivered).await;
    let next = due(store, tenant, &to, 60).await;
    assert_eq!(ids(&next), [of_john, second], "the next comes forward");
    settle(store, tenant, &next[1], 70, Settlement::Parked).await;
    assert_eq!(ids(&due(store, tenant, &to, 70).await)[1], third, "what is given up holds up nobody");
    let states: Vec<_> = all(store, tenant, &to).await.into_iter().map(|row| row.state).collect();
    assert_eq!(states.iter().filter(|state| **state == DeliveryState::Pending).count(), 2);
    store.remove_endpoint(&tenant.id, &to).await.unwrap();
}

async fn what_is_asked_for_anew_begins_anew(store: &dyn Store, tenant: &Tenant, random: &Sequence) {
    let to = endpoint(store, tenant, WebhookFamily::Onboarding, random).await;
    let letters = [(); 3].map(|()| message(WebhookFamily::Onboarding, "jane", random));
    post(store, tenant, &letters).await;
    let [first, second, third] = letters.each_ref().map(|letter| letter.delivery(&to));
    assert!(store.resend(&tenant.id, &id(random), at(20)).await.unwrap().is_none());

    let behind = store.resend(&tenant.id, &second, at(20)).await.unwrap().unwrap();
    assert_eq!((behind.state, behind.due_at), (DeliveryState::Pending, None), "it goes on waiting");
    let tried = due(store, tenant, &to, 20).await.remove(0);
    let hurried = store.resend(&tenant.id, &first, at(30)).await.unwrap().unwrap();
    assert_eq!(hurried.due_at, Some(at(30)));
    settle(store, tenant, &tried, 30, Settlement::Parked).await;
    assert_eq!(ids(&due(store, tenant, &to, 30).await), std::slice::from_ref(&first));

    settle(store, tenant, &hurried, 40, Settlement::Parked).await;
    let next = due(store, tenant, &to, 40).await.remove(0);
    assert_eq!(next.id, second);
    let anew = store.resend(&tenant.id, &first, at(50)).await.unwrap().unwrap();
    assert_eq!((anew.state, anew.attempts, anew.due_at), (DeliveryState::Pending, 0, Some(at(50))));
    settle(store, tenant, &next, 60, Settlement::Delivered).await;
    assert_eq!(ids(&due(store, tenant, &to, 60).await), [first], "those behind wait for it again");
    settle(store, tenant, &anew, 70, Settlement::Delivered).await;
    assert_eq!(ids(&due(store, tenant, &to, 70).await), [third]);
    store.remove_endpoint(&tenant.id, &to).await.unwrap();
}

async fn what_was_delivered_is_forgotten_in_time(store: &dyn Store, tenant: &Tenant, random: &Sequence) {
    let to = endpoint(store, tenant, WebhookFamily::Onboarding, random).await;
    let letters = ["a", "b", "c"].map(|subject| message(WebhookFamily::Onboarding, subject, random));
    post(store, tenant, &letters).await;
    let due = due(store, tenant, &to, 10).await;
    settle(store, tenant, &due[0], 100, Settlement::Delivered).await;
    settle(store, tenant, &due[1], 100, Settlement::Parked).await;
    assert_eq!(store.forget_delivered(at(100)).await.unwrap(), 0);
    assert_eq!(store.forget_delivered(at(101)).await.unwrap(), 1);
    assert_eq!(all(store, tenant, &to).await.len(), 2, "what did not arrive is kept");
    store.remove_endpoint(&tenant.id, &to).await.unwrap();
}

async fn deliveries_are_listed_page_by_page(
    store: &dyn Store,
    tenant: &Tenant,
    other: &Tenant,
    random: &Sequence,
) {
    let to = endpoint(store, tenant, WebhookFamily::Onboarding, random).await;
    let letters: Vec<_> = (0..5)
        .map(|n| MessageRow {
            at: at(10 + n / 2),
            ..message(WebhookFamily::Onboarding, &n.to_string(), random)
        })
        .collect();
    post(store, tenant, &letters).await;
    let mut which = Selection { endpoint: Some(to.clone()), limit: 2, ..Selection::default() };
    let mut listed = Vec::new();
    loop {
        let page = store.deliveries(&tenant.id, &which).await.unwrap();
        let Some(last) = page.last() else { break };
        which.after = Some((last.created_at, last.id.clone()));
        listed.extend(page);
    }
    assert_eq!(listed.len(), 5);
    assert!(listed.windows(2).all(|two| two[0].created_at >= two[1].created_at), "the latest first");

    let attempt = DeliveryAttempt { at: at(20), status: None, problem: Some(DeliveryProblem::TimedOut) };
    store.settle(&tenant.id, &listed[0], &attempt, Settlement::Parked).await.unwrap();
    let parked = Selection { state: Some(DeliveryState::Parked), after: None, limit: 10, ..which.clone() };
    let found = store.deliveries(&tenant.id, &parked).await.unwrap();
    assert_eq!((ids(&found), found[0].last.clone()), (ids(&listed[..1]), Some(attempt)));
    let theirs = Selection { after: None, limit: 10, ..which };
    assert!(store.deliveries(&other.id, &theirs).await.unwrap().is_empty());
    assert!(store.resend(&other.id, &listed[0].id, at(20)).await.unwrap().is_none());
    store.remove_endpoint(&tenant.id, &to).await.unwrap();
}
