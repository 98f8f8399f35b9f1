//! What every store must hold to about messages to people.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::onboarding::AuthMethod;

use super::user;
use crate::random::id;
use crate::random::tests::Sequence;
use crate::store::letters::LetterRow;
use crate::store::{Change, CommitError, Store, Tenant, UserRow};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

async fn due(store: &dyn Store, method: AuthMethod, now: i64, limit: u32) -> Vec<LetterRow> {
    let found = store.due_letters(method, at(now), limit).await.unwrap();
    found.into_iter().map(|(_, row)| row).collect()
}

pub async fn a_letter_is_due_until_it_is_settled(
    store: &dyn Store,
    one: &Tenant,
    other: &Tenant,
    random: &Sequence,
) {
    let row = |method, due_at: i64| LetterRow {
        id: id(random),
        method,
        valid_until: at(600),
        due_at: at(due_at),
        attempts: 0,
        sealed: vec![7],
    };
    let (later, first) = (row(AuthMethod::Email, 20), row(AuthMethod::Email, 10));
    let call = row(AuthMethod::Phone, 10);
    let letters = vec![later.clone(), first.clone(), call.clone()];
    store.commit(&one.id, &Change { letters, ..Change::default() }).await.unwrap();
    assert_eq!(due(store, AuthMethod::Email, 9, 9).await, []);
    assert_eq!(due(store, AuthMethod::Email, 19, 9).await, std::slice::from_ref(&first));
    assert_eq!(due(store, AuthMethod::Email, 20, 9).await, [first.clone(), later.clone()]);
    assert_eq!(due(store, AuthMethod::Email, 20, 1).await, std::slice::from_ref(&first));
    assert_eq!(due(store, AuthMethod::Phone, 20, 9).await, std::slice::from_ref(&call), "by its way alone");
    let found = store.due_letters(AuthMethod::Email, at(10), 9).await.unwrap();
    assert_eq!(found[0].0, one.id, "it is said whose it is");

    store.postpone_letter(&other.id, &first.id, at(99)).await.unwrap();
    store.remove_letter(&other.id, &first.id).await.unwrap();
    assert_eq!(due(store, AuthMethod::Email, 10, 9).await, std::slice::from_ref(&first), "nobody else's");
    store.postpone_letter(&one.id, &first.id, at(30)).await.unwrap();
    assert_eq!(due(store, AuthMethod::Email, 29, 9).await, std::slice::from_ref(&later));
    let again = LetterRow { due_at: at(30), attempts: 1, ..first.clone() };
    assert_eq!(due(store, AuthMethod::Email, 30, 9).await, [later.clone(), again]);
    store.remove_letter(&one.id, &first.id).await.unwrap();
    store.remove_letter(&one.id, &call.id).await.unwrap();
    assert_eq!(due(store, AuthMethod::Email, 99, 9).await, std::slice::from_ref(&later));
    assert_eq!(due(store, AuthMethod::Phone, 99, 9).await, []);

    let overtaken = UserRow { version: 9, ..user(random) };
    let letters = vec![row(AuthMethod::Phone, 10)];
    let change = Change { letters, users: vec![overtaken], ..Change::default() };
    assert!(matches!(store.commit(&one.id, &change).await, Err(CommitError::Conflict)));
    assert_eq!(due(store, AuthMethod::Phone, 99, 9).await, [], "nobody is told of what was not written");
    store.remove_letter(&one.id, &later.id).await.unwrap();
}
