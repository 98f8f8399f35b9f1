//! What every store must hold to about lists of people, and about what web pages may do.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::UserId;
use vestibule_protocol::outcome::Status;

use super::{base62, register, user};
use crate::digest::Digest;
use crate::engine::event::Decision;
use crate::random::tests::Sequence;
use crate::store::people::{Chosen, GrantRow, GrantUse};
use crate::store::{Change, CommitError, Page, Store, Tenant, UserRow};

async fn ids(store: &dyn Store, tenant: &Tenant, chosen: Chosen, page: Page<'_, UserId>) -> Vec<UserId> {
    let rows = store.users(&tenant.id, chosen, page).await.unwrap().unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

pub async fn people_are_listed_by_how_they_stand(store: &dyn Store, random: &Sequence) {
    let [tenant, other] = [register(store, random).await, register(store, random).await];
    let standing = |status, requires_manual_review| Some(Decision { status, requires_manual_review });
    let stand = [
        standing(Status::Pass, false),
        standing(Status::Pass, true),
        standing(Status::Fail, false),
        standing(Status::Incomplete, false),
    ];
    let mut people = Vec::new();
    for standing in stand {
        let row = UserRow { standing, ..user(random) };
        people.insert(0, row.id.clone());
        store.commit(&tenant.id, &Change { users: vec![row], ..Change::default() }).await.unwrap();
    }
    let all = Chosen::default();
    let page = |after, most| Page { after, most };
    let from_start = || page(None, 9);
    assert_eq!(ids(store, &tenant, all, from_start()).await, people);
    assert_eq!(ids(store, &tenant, all, page(None, 2)).await, people[..2]);
    assert_eq!(ids(store, &tenant, all, page(Some(&people[1]), 9)).await, people[2..]);
    let passed = Chosen { status: Some(Status::Pass), ..all };
    assert_eq!(ids(store, &tenant, passed, from_start()).await, people[2..]);
    assert_eq!(ids(store, &tenant, passed, page(Some(&people[2]), 9)).await, people[3..]);
    let waiting = |review| Chosen { requires_manual_review: Some(review), ..all };
    assert_eq!(ids(store, &tenant, waiting(true), from_start()).await, people[2..3]);
    assert_eq!(ids(store, &tenant, waiting(false), from_start()).await.len(), 3);
    assert_eq!(ids(store, &other, all, from_start()).await, []);
    let foreign = store.users(&other.id, all, page(Some(&people[1]), 9)).await.unwrap();
    assert!(foreign.is_none());

    let looked_at = store.user(&tenant.id, &people[2]).await.unwrap().unwrap();
    let looked_at = UserRow { standing: standing(Status::Fail, false), ..looked_at };
    store.commit(&tenant.id, &Change { users: vec![looked_at], ..Change::default() }).await.unwrap();
    assert_eq!(ids(store, &tenant, waiting(true), from_start()).await, []);
    assert_eq!(ids(store, &tenant, passed, from_start()).await, people[3..]);

    let unlisted = user(random);
    let expected = (tenant.id.clone(), unlisted.id.clone());
    store.commit(&tenant.id, &Change { users: vec![unlisted], ..Change::default() }).await.unwrap();
    assert!(store.unlisted_users().await.unwrap().contains(&expected));
}

pub async fn a_grant_is_its_tenants_and_every_use_counts(store: &dyn Store, random: &Sequence) {
    let [tenant, other] = [register(store, random).await, register(store, random).await];
    let person = user(random);
    let grant = GrantRow {
        token: Digest::of(base62(random, 34).as_bytes()),
        user: person.id.clone(),
        expires_at: Timestamp::from_millis(5),
        uses: 0,
        sealed: vec![8],
    };
    let given = Change { users: vec![person], grants: vec![grant.clone()], ..Change::default() };
    store.commit(&tenant.id, &given).await.unwrap();
    assert_eq!(store.tenant_of_grant(&grant.token).await.unwrap().as_ref(), Some(&tenant.id));
    assert_eq!(store.grant(&tenant.id, &grant.token).await.unwrap().as_ref(), Some(&grant));
    assert_eq!(store.grant(&other.id, &grant.token).await.unwrap(), None);
    assert_eq!(store.tenant_of_grant(&tenant.secret_key).await.unwrap(), None);

    let used = |former| Change { used: Some(GrantUse { token: grant.token, former }), ..Change::default() };
    assert!(matches!(store.commit(&other.id, &used(0)).await, Err(CommitError::Conflict)));
    store.commit(&tenant.id, &used(0)).await.unwrap();
    assert!(matches!(store.commit(&tenant.id, &used(0)).await, Err(CommitError::Conflict)));
    store.commit(&tenant.id, &used(1)).await.unwrap();
    assert_eq!(store.grant(&tenant.id, &grant.token).await.unwrap().unwrap().uses, 2);
}
