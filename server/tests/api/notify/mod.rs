//! Messages to people: codes and notices reach whom they are for, through a mail server or a gateway of the
//! operator's, and nobody else learns of them.

mod mail;
mod mail_server;
mod sandbox;
mod texts;

use std::sync::Arc;

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::onboarding::AuthMethod;
use vestibule_server::clock::{Clock, SystemClock};
use vestibule_server::ledger::Ledger;
use vestibule_server::notify::{Address, Letter, Words};
use vestibule_server::random::SystemRandom;
use vestibule_server::store::letters::Letters;
use vestibule_server::store::sqlite::SqliteStore;
use vestibule_server::store::{Change, Locate, Store};
use vestibule_server::vault::MasterKey;

use crate::actors::Tenant;
use crate::house::House;
use crate::rest::{files, holds};

/// Whom the tests write to.
const JANE: &str = "jane.marple@post.example";
/// By phone.
const JANES_PHONE: &str = "+14155550132";
/// What they log in with.
const CODE: &str = "048213";

fn now() -> Timestamp {
    SystemClock.now()
}

/// A code that works for ten minutes.
fn code(to: Address, language: Option<&str>) -> Letter {
    let words = Words::Code { code: CODE.into(), minutes: 10, page: None };
    Letter { to, language: language.map(Into::into), words, valid_until: now().plus_seconds(600) }
}

/// A code by e-mail.
fn mail() -> Letter {
    code(Address::Email(JANE.into()), None)
}

/// A code by phone.
fn text() -> Letter {
    code(Address::Phone(JANES_PHONE.into()), None)
}

/// The notice that somebody has another passkey.
fn notice(to: Address) -> Letter {
    let words = Words::LoginChanged { method: AuthMethod::Passkey };
    Letter { to, language: Some("de-AT".into()), words, valid_until: now().plus_seconds(3_600) }
}

/// Writes letters into the store of a running server, as a transition of its own would.
async fn write(house: &House, tenant: &Tenant, letters: &[Letter]) {
    let store = Arc::new(SqliteStore::open(&house.data().join("vestibule.db")).await.unwrap());
    let master = MasterKey::load(&house.data().join("master.key"), true, &SystemRandom).unwrap();
    let ledger = Ledger::new(Arc::clone(&store) as Arc<dyn Store>, master, Arc::new(SystemRandom));
    let client = tenant.key("client_id").parse().unwrap();
    let id = store.tenant_of_client(&client).await.unwrap().unwrap();
    let letters = letters.iter().map(|letter| ledger.letter(&id, letter, now()).unwrap()).collect();
    store.commit(&id, &Change { letters, ..Change::default() }).await.unwrap();
    store.close().await;
}

/// Whether nothing is on its way any more.
async fn is_settled(house: &House) -> bool {
    let store = SqliteStore::open(&house.data().join("vestibule.db")).await.unwrap();
    let mut left = 0;
    for method in [AuthMethod::Email, AuthMethod::Phone] {
        left += store.due_letters(method, Timestamp::from_millis(i64::MAX), 9).await.unwrap().len();
    }
    store.close().await;
    left == 0
}

/// Waits until nothing is on its way.
async fn settled(house: &House) {
    for _ in 0..400 {
        if is_settled(house).await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("letters are still on their way");
}

/// Neither log nor disk shows whom a letter was to, or what it said.
fn nobody_else_knows(house: &House) {
    let log = house.folder().join("log");
    for file in files(&house.data()).into_iter().chain([log]) {
        let content = std::fs::read(&file).unwrap();
        for needle in ["jane.marple", "4155550132", CODE] {
            assert!(!holds(&content, needle.as_bytes()), "{needle} in {}", file.display());
        }
    }
}
