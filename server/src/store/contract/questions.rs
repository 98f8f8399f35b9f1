//! What every store must hold to about what a provider is to be asked.

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::outcome::ProvidedCheck;

use super::{begin, read};
use crate::digest::Digest;
use crate::engine::provided::Question;
use crate::random::tests::Sequence;
use crate::store::questions::QuestionRow;
use crate::store::{Change, SessionChange, Store, Tenant};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

async fn due(store: &dyn Store, now: i64, limit: u32) -> Vec<QuestionRow> {
    let found = store.due_questions(at(now), limit).await.unwrap();
    found.into_iter().map(|(_, row)| row).collect()
}

pub async fn a_question_is_due_until_it_is_answered(
    store: &dyn Store,
    one: &Tenant,
    other: &Tenant,
    random: &Sequence,
) {
    let begun = begin(store, one, random).await;
    let row = |check, asked_at: i64| QuestionRow {
        session: begun.row.id.clone(),
        question: Question { check, evidence: Digest::of(b"pictures") },
        asked_at: at(asked_at),
        due_at: at(asked_at),
        attempts: 0,
    };
    let (face, live) = (row(ProvidedCheck::FaceMatch, 10), row(ProvidedCheck::Liveness, 20));
    let mut change = SessionChange::of(read(store, &one.id, &begun.row.id).await);
    change.questions = vec![live.clone(), face.clone()];
    store.commit(&one.id, &change.clone().into()).await.unwrap();
    assert_eq!(due(store, 9, 9).await, []);
    assert_eq!(due(store, 19, 9).await, std::slice::from_ref(&face));
    assert_eq!(due(store, 20, 9).await, [face.clone(), live.clone()]);
    assert_eq!(due(store, 20, 1).await, std::slice::from_ref(&face));
    let found = store.due_questions(at(10), 9).await.unwrap();
    assert_eq!(found[0].0, one.id, "it is said whose it is");

    store.postpone(&other.id, &face, at(99)).await.unwrap();
    assert_eq!(due(store, 10, 9).await, std::slice::from_ref(&face), "not by anybody else");
    store.postpone(&one.id, &face, at(30)).await.unwrap();
    assert_eq!(due(store, 29, 9).await, std::slice::from_ref(&live));
    let again = QuestionRow { due_at: at(30), attempts: 1, ..face.clone() };
    assert_eq!(due(store, 30, 9).await, [live.clone(), again]);

    let mut stale = change;
    (stale.questions, stale.answered) = (Vec::new(), Some(face.question));
    assert!(store.commit(&one.id, &stale.clone().into()).await.is_err(), "somebody wrote first");
    assert_eq!(due(store, 30, 9).await.len(), 2);
    stale.row = read(store, &one.id, &begun.row.id).await;
    stale.answered = Some(Question { evidence: Digest::of(b"others"), ..face.question });
    store.commit(&one.id, &stale.clone().into()).await.unwrap();
    assert_eq!(due(store, 30, 9).await.len(), 2, "another question was answered");
    stale.row = read(store, &one.id, &begun.row.id).await;
    stale.answered = Some(face.question);
    store.commit(&one.id, &stale.into()).await.unwrap();
    assert_eq!(due(store, 99, 9).await, [live]);

    let erased = read(store, &one.id, &begun.row.id).await;
    store.erase(&one.id, &erased, &Change::default()).await.unwrap();
    assert_eq!(due(store, 99, 9).await, [], "it goes with its session");
}
