//! By what people log in, and how often codes are sent.

use vestibule_protocol::date::Timestamp;

use super::{random_digest, user};
use crate::random::tests::Sequence;
use crate::store::logins::{CodeLimit, CodeRow, LoginChange};
use crate::store::{Change, CommitError, Store, Tenant, UserRow};

pub async fn hold(store: &dyn Store, one: &Tenant, other: &Tenant, random: &Sequence) {
    somebody_is_found_by_what_they_log_in_by(store, one, other, random).await;
    so_many_codes_are_sent_to_an_address(store, one, other, random).await;
    nobody_is_removed_with_what_leads_to_them(store, one, random).await;
}

async fn somebody_is_found_by_what_they_log_in_by(
    store: &dyn Store,
    one: &Tenant,
    other: &Tenant,
    random: &Sequence,
) {
    let (jane, joan, key) = (user(random), user(random), random_digest(random));
    let login = |person: &UserRow, gained| LoginChange { key, user: person.id.clone(), gained };
    let change = |login| Change { logins: vec![login], ..Change::default() };
    let both = Change { users: vec![jane.clone(), joan.clone()], ..change(login(&jane, true)) };
    store.commit(&one.id, &both).await.unwrap();
    assert_eq!(store.person_of_login(&one.id, &key).await.unwrap().as_ref(), Some(&jane.id));
    assert_eq!(store.person_of_login(&other.id, &key).await.unwrap(), None);

    let taken = store.commit(&one.id, &change(login(&joan, true))).await;
    assert!(matches!(taken, Err(CommitError::Conflict)), "it is somebody else's");
    store.commit(&one.id, &change(login(&jane, true))).await.unwrap();
    store.commit(&one.id, &change(login(&joan, false))).await.unwrap();
    assert_eq!(store.person_of_login(&one.id, &key).await.unwrap().as_ref(), Some(&jane.id));
    store.commit(&one.id, &change(login(&jane, false))).await.unwrap();
    assert_eq!(store.person_of_login(&one.id, &key).await.unwrap(), None);
    store.commit(&one.id, &change(login(&joan, true))).await.unwrap();
}

async fn so_many_codes_are_sent_to_an_address(
    store: &dyn Store,
    one: &Tenant,
    other: &Tenant,
    random: &Sequence,
) {
    const LIMITS: &[CodeLimit] = &[CodeLimit { most: 2, within: 10 }, CodeLimit { most: 3, within: 100 }];
    let address = random_digest(random);
    let instant = |seconds: i64| Timestamp::from_millis((1_000_000 + seconds) * 1000);
    let sent = |seconds: i64| Change {
        code: Some(CodeRow { address, at: instant(seconds), limits: LIMITS }),
        ..Change::default()
    };
    let times = [(0, true), (5, true), (9, false), (16, true), (40, false), (101, true)];
    for (seconds, may) in times {
        let committed = store.commit(&one.id, &sent(seconds)).await;
        assert_eq!(committed.is_ok(), may, "after {seconds} s");
    }
    store.commit(&other.id, &sent(9)).await.unwrap();
    assert_eq!(store.codes_sent(&one.id, &address, instant(4)).await.unwrap(), 3);
    assert_eq!(store.codes_sent(&other.id, &address, instant(4)).await.unwrap(), 1);
}

async fn nobody_is_removed_with_what_leads_to_them(store: &dyn Store, one: &Tenant, random: &Sequence) {
    let (nobody, key) = (user(random), random_digest(random));
    let login = LoginChange { key, user: nobody.id.clone(), gained: true };
    let made = Change { users: vec![nobody.clone()], logins: vec![login], ..Change::default() };
    store.commit(&one.id, &made).await.unwrap();
    let removed = |row: UserRow| Change { nobody: Some(row), ..Change::default() };
    let stale = store.commit(&one.id, &removed(nobody.clone())).await;
    assert!(matches!(stale, Err(CommitError::Conflict)), "somebody wrote since");
    let kept = store.user(&one.id, &nobody.id).await.unwrap().unwrap();
    store.commit(&one.id, &removed(kept)).await.unwrap();
    assert!(store.user(&one.id, &nobody.id).await.unwrap().is_none());
    assert_eq!(store.person_of_login(&one.id, &key).await.unwrap(), None);
}
