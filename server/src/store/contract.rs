//! What every store must hold to, written once and run against each.

mod letters;
mod logins;
mod outbox;
mod people;
mod questions;

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{SessionId, TenantId, UploadId};

use super::audit::{AuditRow, Subject};
use super::people::Chosen;
use super::{
    BusinessRow, Change, CommitError, Page, Playbook, SeenDocument, SessionChange, SessionRow, Store, Tenant,
    UserRow,
};
use crate::digest::Digest;
use crate::random::tests::Sequence;
use crate::random::{base62, hex_digits, id, uuid};

/// Everything, on one empty store.
pub async fn hold(store: &dyn Store) {
    let random = Sequence::default();
    let one = register(store, &random).await;
    let other = register(store, &random).await;
    assert_eq!(store.count_tenants().await.unwrap(), (2, 0));
    assert_eq!(store.tenants().await.unwrap().len(), 2);
    credentials_lead_to_their_tenant(store, &one, &other).await;
    nobody_sees_anothers(store, &one, &other, &random).await;
    the_second_writer_is_told(store, &one, &random).await;
    a_name_is_given_once(store, &one, &other, &random).await;
    a_change_is_written_whole_or_not_at_all(store, &one, &random).await;
    a_business_is_kept_as_a_person_is(store, &one, &other, &random).await;
    logins::hold(store, &one, &other, &random).await;
    a_document_of_another_is_known_until_it_is_erased(store, &one, &other, &random).await;
    what_is_erased_is_gone(store, &one, &random).await;
    what_is_past_its_life_is_found_until_it_is_over(store, &one, &random).await;
    outbox::hold(store, &one, &other, &random).await;
    questions::a_question_is_due_until_it_is_answered(store, &one, &other, &random).await;
    letters::a_letter_is_due_until_it_is_settled(store, &one, &other, &random).await;
    blobs_are_known_until_they_are_removed(store, &one, &random).await;
    records_are_read_from_the_newest_on(store, &one, &other, &random).await;
    people::people_are_listed_by_how_they_stand(store, &random).await;
    people::a_grant_is_its_tenants_and_every_use_counts(store, &random).await;
}

fn random_digest(random: &Sequence) -> Digest {
    Digest::of(base62(random, 34).as_bytes())
}

async fn register(store: &dyn Store, random: &Sequence) -> Tenant {
    let secret = || Digest::of(base62(random, 32).as_bytes());
    let tenant = Tenant {
        id: uuid(random),
        name: "Bank".into(),
        sandbox: true,
        client_id: uuid(random),
        app_key: secret(),
        client_secret: secret(),
        secret_key: secret(),
        api_key: secret(),
    };
    store.register(&tenant, &[playbook(random)]).await.unwrap();
    tenant
}

fn playbook(random: &Sequence) -> Playbook {
    Playbook {
        key: ["pb_test_", &base62(random, 22)].concat().parse().unwrap(),
        configuration: hex_digits(random, 24).parse().unwrap(),
        skill: "kyc_basic_#1.0".parse().unwrap(),
    }
}

fn user(random: &Sequence) -> UserRow {
    UserRow {
        id: id(random),
        external_id: None,
        version: 0,
        wrapped_key: vec![1],
        sealed: vec![2],
        standing: None,
        events: Vec::new(),
    }
}

fn session(of: &UserRow, random: &Sequence) -> SessionRow {
    SessionRow {
        id: uuid(random),
        user: of.id.clone(),
        business: None,
        skill_source: "name".into(),
        created_at: Timestamp::from_millis(1),
        expires_at: Timestamp::from_millis(2),
        over: false,
        version: 0,
        wrapped_key: vec![3],
        sealed: vec![4],
        events: Vec::new(),
    }
}

/// A session of a new person, with everything that can point to it.
async fn begin(store: &dyn Store, tenant: &Tenant, random: &Sequence) -> SessionChange {
    let user = user(random);
    let mut change = SessionChange::of(session(&user, random));
    change.interview = Some(hex_digits(random, 24).parse().unwrap());
    change.session_token = Some(Digest::of(base62(random, 34).as_bytes()));
    change.result_token = Some(Digest::of(base62(random, 34).as_bytes()));
    change.access_token = Some(Digest::of(base62(random, 34).as_bytes()));
    change.steps = vec![id(random)];
    change.credentials = Some(id(random));
    let written = Change { sessions: vec![change.clone()], users: vec![user], ..Change::default() };
    store.commit(&tenant.id, &written).await.unwrap();
    change
}

async fn read(store: &dyn Store, tenant: &TenantId, id: &SessionId) -> SessionRow {
    store.session(tenant, id).await.unwrap().unwrap()
}

async fn credentials_lead_to_their_tenant(store: &dyn Store, one: &Tenant, other: &Tenant) {
    assert_eq!(store.tenant_of_client(&one.client_id).await.unwrap().as_ref(), Some(&one.id));
    assert_eq!(store.tenant_of_secret_key(&other.secret_key).await.unwrap().as_ref(), Some(&other.id));
    assert_eq!(store.tenant_of_secret_key(&one.app_key).await.unwrap(), None);
    assert_eq!(store.tenant_of_api_key(&one.api_key).await.unwrap().as_ref(), Some(&one.id));
    assert_eq!(store.tenant_of_api_key(&one.secret_key).await.unwrap(), None);
    assert_eq!(store.tenant(&one.id).await.unwrap().unwrap().app_key, one.app_key);
}

async fn nobody_sees_anothers(store: &dyn Store, one: &Tenant, other: &Tenant, random: &Sequence) {
    let change = begin(store, one, random).await;
    let session = &change.row;
    let (result, credentials) = (change.result_token.unwrap(), change.credentials.clone().unwrap());
    let skill = "kyc_basic_#1.0".parse().unwrap();
    let playbook = store.playbook_of_skill(&one.id, &skill).await.unwrap().unwrap();
    for (tenant, sees) in [(one, true), (other, false)] {
        let tenant = &tenant.id;
        assert_eq!(store.session(tenant, &session.id).await.unwrap().is_some(), sees);
        assert_eq!(store.user(tenant, &session.user).await.unwrap().is_some(), sees);
        assert_eq!(store.sessions_of_user(tenant, &session.user).await.unwrap().is_empty(), !sees);
        assert_eq!(store.playbook(tenant, &playbook.key).await.unwrap().is_some(), sees);
        let configured = store.playbook_of_configuration(tenant, &playbook.configuration).await.unwrap();
        assert_eq!(configured.is_some(), sees);
        assert_eq!(store.session_of_result(tenant, &result).await.unwrap().is_some(), sees);
        assert_eq!(store.session_of_credentials(tenant, &credentials).await.unwrap().is_some(), sees);
    }
    let stolen = SessionChange::of(read(store, &one.id, &session.id).await);
    assert!(matches!(store.commit(&other.id, &stolen.clone().into()).await, Err(CommitError::Conflict)));
    assert!(matches!(
        store.erase(&other.id, &stolen.row, &Change::default()).await,
        Err(CommitError::Conflict)
    ));

    let whose = Some((one.id.clone(), session.id.clone()));
    assert_eq!(store.session_of_token(&change.session_token.unwrap()).await.unwrap(), whose);
    assert_eq!(store.session_of_step(&change.steps[0]).await.unwrap(), whose);
    assert_eq!(store.session_of_interview(change.interview.as_ref().unwrap()).await.unwrap(), whose);
    let configured = store.tenant_of_configuration(&playbook.configuration).await.unwrap();
    assert_eq!(configured.as_ref(), Some(&one.id));
    assert_eq!(store.tenant_of_session(&session.id).await.unwrap().as_ref(), Some(&one.id));
    let readable = store.credentials_of_token(&change.access_token.unwrap()).await.unwrap();
    assert_eq!(readable, Some((one.id.clone(), credentials)));
}

async fn the_second_writer_is_told(store: &dyn Store, tenant: &Tenant, random: &Sequence) {
    let begun = begin(store, tenant, random).await;
    let read_twice = read(store, &tenant.id, &begun.row.id).await;
    assert_eq!(read_twice.version, 1);
    let first = SessionChange::of(SessionRow { sealed: vec![5], ..read_twice.clone() });
    let second = SessionChange::of(SessionRow { sealed: vec![6], ..read_twice });
    store.commit(&tenant.id, &first.into()).await.unwrap();
    assert!(matches!(store.commit(&tenant.id, &second.into()).await, Err(CommitError::Conflict)));
    let kept = read(store, &tenant.id, &begun.row.id).await;
    assert_eq!((kept.sealed, kept.version), (vec![5], 2));
}

async fn a_name_is_given_once(store: &dyn Store, one: &Tenant, other: &Tenant, random: &Sequence) {
    let name = "customer-0001".parse().unwrap();
    let called = || {
        let user = UserRow { external_id: Some("customer-0001".parse().unwrap()), ..user(random) };
        let change = SessionChange::of(session(&user, random));
        Change { sessions: vec![change], users: vec![user], ..Change::default() }
    };
    store.commit(&one.id, &called()).await.unwrap();
    assert!(matches!(store.commit(&one.id, &called()).await, Err(CommitError::Conflict)));
    store.commit(&other.id, &called()).await.unwrap();
    let (ours, theirs) = (
        store.user_called(&one.id, &name).await.unwrap(),
        store.user_called(&other.id, &name).await.unwrap(),
    );
    assert_ne!(ours.unwrap().id, theirs.unwrap().id);
}

async fn a_change_is_written_whole_or_not_at_all(store: &dyn Store, tenant: &Tenant, random: &Sequence) {
    let begun = begin(store, tenant, random).await;
    let session = read(store, &tenant.id, &begun.row.id).await;
    let person = store.user(&tenant.id, &session.user).await.unwrap().unwrap();
    let mut change = SessionChange::of(SessionRow { version: 7, ..session.clone() });
    change.steps = vec![id(random)];
    let users = vec![UserRow { sealed: vec![9], ..person.clone() }];
    let whole = Change { sessions: vec![change.clone()], users, ..Change::default() };
    assert!(matches!(store.commit(&tenant.id, &whole).await, Err(CommitError::Conflict)));
    let after = store.user(&tenant.id, &session.user).await.unwrap().unwrap();
    assert_eq!((after.sealed, after.version), (person.sealed, person.version));
    assert_eq!(store.session_of_step(&change.steps[0]).await.unwrap(), None);
}

async fn a_business_is_kept_as_a_person_is(
    store: &dyn Store,
    one: &Tenant,
    other: &Tenant,
    random: &Sequence,
) {
    let name = "business-0001".parse().unwrap();
    let new = || BusinessRow {
        id: id(random),
        external_id: Some("business-0001".parse().unwrap()),
        version: 0,
        wrapped_key: vec![1],
        sealed: vec![2],
        standing: None,
        events: Vec::new(),
    };
    let written = |row: &BusinessRow| Change { businesses: vec![row.clone()], ..Change::default() };
    let row = new();
    store.commit(&one.id, &written(&row)).await.unwrap();
    assert!(matches!(store.commit(&one.id, &written(&new())).await, Err(CommitError::Conflict)));
    for (tenant, sees) in [(one, true), (other, false)] {
        assert_eq!(store.business(&tenant.id, &row.id).await.unwrap().is_some(), sees);
        assert_eq!(store.business_called(&tenant.id, &name).await.unwrap().is_some(), sees);
        let all = Page { after: None, most: 9 };
        let listed = store.businesses(&tenant.id, Chosen::default(), all).await.unwrap().unwrap();
        assert_eq!(listed.iter().any(|listed| listed.id == row.id), sees);
        let next = Page { after: Some(&row.id), most: 9 };
        assert_eq!(store.businesses(&tenant.id, Chosen::default(), next).await.unwrap().is_some(), sees);
    }
    let person = user(random);
    let session = SessionRow { business: Some(row.id.clone()), ..session(&person, random) };
    let about = session.id.clone();
    let sessions = vec![SessionChange::of(session)];
    let begun = Change { sessions, users: vec![person], ..Change::default() };
    store.commit(&one.id, &begun).await.unwrap();
    assert_eq!(store.sessions_of_business(&one.id, &row.id).await.unwrap(), std::slice::from_ref(&about));
    assert_eq!(store.sessions_of_business(&other.id, &row.id).await.unwrap(), []);
    assert_eq!(read(store, &one.id, &about).await.business.as_ref(), Some(&row.id));
    store.commit(&other.id, &written(&new())).await.unwrap();

    let kept = store.business(&one.id, &row.id).await.unwrap().unwrap();
    assert_eq!((kept.version, &kept.sealed), (1, &row.sealed));
    let next = BusinessRow { sealed: vec![3], ..kept };
    assert!(matches!(store.commit(&other.id, &written(&next)).await, Err(CommitError::Conflict)));
    store.commit(&one.id, &written(&next)).await.unwrap();
    let twice = Change { users: vec![user(random)], ..written(&next) };
    assert!(matches!(store.commit(&one.id, &twice).await, Err(CommitError::Conflict)));
    assert!(store.user(&one.id, &twice.users[0].id).await.unwrap().is_none(), "nothing was written");
    assert_eq!(store.business(&one.id, &row.id).await.unwrap().unwrap().sealed, [3]);
}

async fn a_document_of_another_is_known_until_it_is_erased(
    store: &dyn Store,
    one: &Tenant,
    other: &Tenant,
    random: &Sequence,
) {
    let digest = Digest::of(base62(random, 34).as_bytes());
    let mut given = Vec::new();
    for of_another in [false, true] {
        let begun = begin(store, one, random).await;
        let row = read(store, &one.id, &begun.row.id).await;
        let with = |of_another| {
            let documents = vec![SeenDocument { digest, of_another }];
            Change::from(SessionChange { documents, ..SessionChange::of(row.clone()) })
        };
        let known = store.document_of_another(&one.id, &digest, &row.user).await.unwrap();
        assert_eq!(known, of_another, "nobody is another than oneself");
        // Decided on what is not so: somebody else was faster.
        assert!(matches!(store.commit(&one.id, &with(!of_another)).await, Err(CommitError::Conflict)));
        store.commit(&one.id, &with(of_another)).await.unwrap();
        given.push(read(store, &one.id, &row.id).await);
    }
    let [first, second] = &given[..] else { unreachable!("two were begun") };
    assert!(!store.document_of_another(&other.id, &digest, &first.user).await.unwrap(), "another tenant");
    assert!(store.document_of_another(&one.id, &digest, &first.user).await.unwrap(), "the second's");
    store.erase(&one.id, second, &Change::default()).await.unwrap();
    assert!(!store.document_of_another(&one.id, &digest, &first.user).await.unwrap());
    let again = SessionChange {
        documents: vec![SeenDocument { digest, of_another: false }],
        ..SessionChange::of(first.clone())
    };
    store.commit(&one.id, &again.into()).await.unwrap();
    assert!(store.document_of_another(&one.id, &digest, &second.user).await.unwrap(), "the first's");
    let forgets = |user: &UserRow| Change {
        forgets_documents_of: Some(user.id.clone()),
        users: vec![user.clone()],
        ..Change::default()
    };
    let [first, second] = [&first.user, &second.user].map(|user| store.user(&one.id, user));
    let (first, second) = (first.await.unwrap().unwrap(), second.await.unwrap().unwrap());
    store.commit(&one.id, &forgets(&second)).await.unwrap();
    assert!(store.document_of_another(&one.id, &digest, &second.id).await.unwrap(), "the first's still");
    store.commit(&one.id, &forgets(&first)).await.unwrap();
    assert!(!store.document_of_another(&one.id, &digest, &second.id).await.unwrap());
}

async fn what_is_erased_is_gone(store: &dyn Store, tenant: &Tenant, random: &Sequence) {
    let begun = begin(store, tenant, random).await;
    let session = read(store, &tenant.id, &begun.row.id).await;
    let blob: UploadId = id(random);
    store.reserve_blob(&tenant.id, &session.id, &blob).await.unwrap();
    let mut keep = SessionChange::of(session);
    keep.kept_blobs = vec![blob.clone()];
    store.commit(&tenant.id, &keep.into()).await.unwrap();

    let session = read(store, &tenant.id, &begun.row.id).await;
    let person = store.user(&tenant.id, &session.user).await.unwrap().unwrap();
    let with = |person| Change { users: vec![person], ..Change::default() };
    let stale = with(UserRow { version: 9, ..person.clone() });
    assert!(matches!(store.erase(&tenant.id, &session, &stale).await, Err(CommitError::Conflict)));
    let doomed = store.erase(&tenant.id, &session, &with(person)).await.unwrap();
    assert_eq!(doomed, std::slice::from_ref(&blob));
    assert!(store.session(&tenant.id, &session.id).await.unwrap().is_none());
    assert!(store.session_of_token(&begun.session_token.unwrap()).await.unwrap().is_none());
    assert!(store.session_of_step(&begun.steps[0]).await.unwrap().is_none());
    assert!(store.credentials_of_token(&begun.access_token.unwrap()).await.unwrap().is_none());
    assert!(store.user(&tenant.id, &session.user).await.unwrap().is_some());
    store.forget_blob(&tenant.id, &blob).await.unwrap();
}

async fn what_is_past_its_life_is_found_until_it_is_over(
    store: &dyn Store,
    tenant: &Tenant,
    random: &Sequence,
) {
    let begun = begin(store, tenant, random).await;
    let id = &begun.row.id;
    let past = async |now| {
        let found = store.sessions_to_expire(Timestamp::from_millis(now), 100).await.unwrap();
        found.contains(&(tenant.id.clone(), id.clone()))
    };
    assert!(!past(1).await);
    assert!(past(2).await);
    assert_eq!(store.sessions_to_expire(Timestamp::from_millis(2), 1).await.unwrap().len(), 1);
    let over = SessionRow { over: true, ..read(store, &tenant.id, id).await };
    store.commit(&tenant.id, &SessionChange::of(over).into()).await.unwrap();
    assert!(read(store, &tenant.id, id).await.over);
    assert!(!past(2).await);
}

async fn blobs_are_known_until_they_are_removed(store: &dyn Store, tenant: &Tenant, random: &Sequence) {
    let begun = begin(store, tenant, random).await;
    let blobs: [UploadId; 2] = [id(random), id(random)];
    for blob in &blobs {
        store.reserve_blob(&tenant.id, &begun.row.id, blob).await.unwrap();
    }
    let mut keep = SessionChange::of(read(store, &tenant.id, &begun.row.id).await);
    keep.kept_blobs = vec![blobs[0].clone()];
    store.commit(&tenant.id, &keep.into()).await.unwrap();
    assert_eq!(store.unkept_blobs().await.unwrap(), [(tenant.id.clone(), blobs[1].clone())]);

    store.forget_blob(&tenant.id, &blobs[0]).await.unwrap();
    store.forget_blob(&tenant.id, &blobs[1]).await.unwrap();
    assert_eq!(store.unkept_blobs().await.unwrap(), []);
    let mut replace = SessionChange::of(read(store, &tenant.id, &begun.row.id).await);
    replace.doomed_blobs = vec![blobs[0].clone()];
    store.commit(&tenant.id, &replace.into()).await.unwrap();
    assert_eq!(store.unkept_blobs().await.unwrap(), [(tenant.id.clone(), blobs[0].clone())]);
}

async fn records_are_read_from_the_newest_on(
    store: &dyn Store,
    one: &Tenant,
    other: &Tenant,
    random: &Sequence,
) {
    let [jane, john] = [Subject::User(id(random)), Subject::Business(id(random))];
    let record = |subject: &Subject, at| AuditRow {
        id: id(random),
        subject: subject.clone(),
        at: Timestamp::from_millis(at),
        sealed: vec![7],
    };
    let written = [record(&jane, 1), record(&john, 2), record(&jane, 2), record(&jane, 1)];
    let change = |audits: &[AuditRow]| Change { audits: audits.to_vec(), ..Change::default() };
    store.commit(&one.id, &change(&written[..2])).await.unwrap();
    store.commit(&one.id, &change(&written[2..])).await.unwrap();

    let [first, second, third, fourth] = &written;
    let page = |after, most| Page { after, most };
    let all = store.audits(&one.id, None, page(None, 9)).await.unwrap().unwrap();
    assert_eq!(all.iter().collect::<Vec<_>>(), [fourth, third, second, first]);
    let of_jane = store.audits(&one.id, Some(&jane), page(None, 2)).await.unwrap().unwrap();
    assert_eq!(of_jane.iter().collect::<Vec<_>>(), [fourth, third]);
    let further = store.audits(&one.id, Some(&jane), page(Some(&third.id), 2)).await.unwrap().unwrap();
    assert_eq!(further.iter().collect::<Vec<_>>(), [first]);
    assert_eq!(store.audits(&other.id, None, page(None, 9)).await.unwrap(), Some(Vec::new()));
    assert_eq!(store.audits(&other.id, None, page(Some(&third.id), 9)).await.unwrap(), None);

    let twice = change(&[record(&jane, 3), first.clone()]);
    assert!(matches!(store.commit(&one.id, &twice).await, Err(CommitError::Conflict)));
    let after = store.audits(&one.id, None, page(None, 9)).await.unwrap().unwrap();
    assert_eq!(after, all, "nothing of a change that was not written");
}
