//! The courier: takes what is due out of the outbox and sees it delivered, tried again, or parked.
//!
//! What is under way stands in the outbox as due until its end is noted, so whatever interrupts the courier
//! makes an event arrive twice at most, and never not at all.
//!
//! A receiver harms nobody but itself: each has a few attempts under way at most, one alone once it has
//! failed, and those that have failed have half of all together.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use tokio::sync::{Notify, oneshot};
use tokio::task::{Id, JoinError, JoinSet};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::{DeliveryId, EndpointId, TenantId};
use vestibule_protocol::webhook::{DeliveryAttempt, DeliveryProblem};

use super::post::{Answer, Parcel, Post};
use super::schedule::after_failure;
use super::sign::headers;
use super::target::Target;
use crate::app::App;
use crate::ledger::Fault;
use crate::store::outbox::{DeliveryRow, Settlement};

/// How often the outbox is looked at when nobody rings: the clock may have moved on.
const ROUND: Duration = Duration::from_millis(500);
/// How many attempts at one endpoint are under way at once, while it answers.
const AT_ONE_ENDPOINT: usize = 4;
/// How long is waited before the end of an attempt is noted again, if the store failed.
const NOTE_AGAIN: Duration = Duration::from_secs(5);

/// Tells a courier that there is something to deliver.
#[derive(Clone, Debug, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Rings it. Several rings are one.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    /// Until it is rung.
    pub async fn rung(&self) {
        self.0.notified().await;
    }
}

/// Delivers.
pub struct Courier {
    app: Arc<App>,
    post: Arc<Post>,
    at_once: usize,
    under_way: HashMap<Id, (DeliveryId, EndpointId)>,
    failing: HashSet<EndpointId>,
    attempts: JoinSet<bool>,
}

impl Courier {
    /// A courier that makes so many attempts at once.
    pub fn new(app: Arc<App>, post: Post, at_once: usize) -> Self {
        Self {
            app,
            post: Arc::new(post),
            at_once: at_once.max(2),
            under_way: HashMap::new(),
            failing: HashSet::new(),
            attempts: JoinSet::new(),
        }
    }

    /// Delivers until it is told to end, and then finishes what is under way.
    pub async fn run(mut self, mut end: oneshot::Receiver<()>) {
        loop {
            if let Err(fault) = self.set_out().await {
                tracing::error!(%fault, "the outbox cannot be read");
            }
            tokio::select! {
                _ = &mut end => break,
                Some(ended) = self.attempts.join_next_with_id() => self.take_back(ended),
                () = self.app.bell.rung() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
        while self.attempts.join_next().await.is_some() {}
    }

    /// Begins what is due and may be begun.
    async fn set_out(&mut self) -> Result<(), Fault> {
        let now = self.app.now();
        for (tenant, endpoint) in self.app.store.due_endpoints(now).await? {
            let (busy, free) = self.room(&endpoint);
            if free == 0 {
                continue;
            }
            // Those under way are due as well.
            let limit = u32::try_from(busy + free).unwrap_or(u32::MAX);
            let due = self.app.store.due_deliveries(&tenant, &endpoint, now, limit).await?;
            let begun: HashSet<&DeliveryId> = self.under_way.values().map(|(id, _)| id).collect();
            let fresh = due.into_iter().filter(|delivery| !begun.contains(&delivery.id)).take(free);
            for delivery in fresh.collect::<Vec<_>>() {
                self.begin(tenant.clone(), delivery);
            }
        }
        Ok(())
    }

    /// How many attempts at an endpoint are under way, and how many more there may be.
    fn room(&self, endpoint: &EndpointId) -> (usize, usize) {
        let endpoints = || self.under_way.values().map(|(_, endpoint)| endpoint);
        let busy = endpoints().filter(|other| *other == endpoint).count();
        let free = if self.failing.contains(endpoint) {
            let failing = endpoints().filter(|other| self.failing.contains(*other)).count();
            (self.at_once / 2).saturating_sub(failing).min(1_usize.saturating_sub(busy))
        } else {
            AT_ONE_ENDPOINT.saturating_sub(busy)
        };
        (busy, free.min(self.at_once.saturating_sub(self.under_way.len())))
    }

    fn begin(&mut self, tenant: TenantId, delivery: DeliveryRow) {
        let begun = (delivery.id.clone(), delivery.endpoint.clone());
        let (app, post) = (Arc::clone(&self.app), Arc::clone(&self.post));
        let task = self.attempts.spawn(async move { attempt(&app, &post, &tenant, &delivery).await });
        self.under_way.insert(task.id(), begun);
    }

    fn take_back(&mut self, ended: Result<(Id, bool), JoinError>) {
        let (task, arrived) = match ended {
            Ok(ended) => ended,
            // It would fail again: it is left alone until the next start.
            Err(error) => return tracing::error!(%error, "an attempt at a delivery failed"),
        };
        match self.under_way.remove(&task) {
            Some((_, endpoint)) if arrived => self.failing.remove(&endpoint),
            Some((_, endpoint)) => self.failing.insert(endpoint),
            None => false,
        };
    }
}

/// Tries once and notes what came of it. `false` when the receiver did not acknowledge.
async fn attempt(app: &App, post: &Post, tenant: &TenantId, delivery: &DeliveryRow) -> bool {
    let at = app.now();
    let answer = match send(app, post, tenant, delivery, at).await {
        Ok(Some(answer)) => answer,
        // The endpoint was deleted, and the delivery with it.
        Ok(None) => return true,
        Err(fault) => {
            tracing::error!(%fault, delivery = %delivery.id, "a delivery cannot be read");
            Err(DeliveryProblem::Internal)
        }
    };
    let arrived = answer.is_ok_and(|answer| answer.status.is_success());
    let settlement = if arrived {
        Settlement::Delivered
    } else {
        after_failure(delivery.attempts, answer.ok().and_then(asked), app.now(), &*app.random)
    };
    let attempt = DeliveryAttempt {
        at,
        status: answer.ok().map(|answer| answer.status.as_u16()),
        problem: answer.err(),
    };
    tracing::debug!(delivery = %delivery.id, ?attempt, "a delivery was tried");
    if settlement == Settlement::Parked {
        tracing::warn!(endpoint = %delivery.endpoint, delivery = %delivery.id, "a delivery was given up");
    }
    // It must not be tried again before it is noted that it was tried.
    while let Err(fault) = app.store.settle(tenant, delivery, &attempt, settlement).await {
        tracing::error!(%fault, delivery = %delivery.id, "the end of a delivery cannot be noted");
        tokio::time::sleep(NOTE_AGAIN).await;
    }
    arrived
}

/// Signs and sends. `None` when there is no such endpoint any more.
async fn send(
    app: &App,
    post: &Post,
    tenant: &TenantId,
    delivery: &DeliveryRow,
    at: Timestamp,
) -> Result<Option<Result<Answer, DeliveryProblem>>, Fault> {
    let Some(kept) = app.ledger.endpoint(tenant, &delivery.endpoint).await? else { return Ok(None) };
    let endpoint = kept.content;
    let Ok(target) = Target::parse(&endpoint.state.url, post.reach) else {
        return Ok(Some(Err(DeliveryProblem::RefusedTarget)));
    };
    let body = app.ledger.body(delivery)?.to_vec();
    let headers = headers(endpoint.secrets(at), delivery.id.as_str(), at, &body);
    Ok(Some(post.send(&target, Parcel { headers, body }, at).await))
}

/// How long a receiver that is overburdened asks to be left alone, in seconds.
fn asked(answer: Answer) -> Option<u64> {
    let overburdened =
        matches!(answer.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    answer.retry_after.filter(|_| overburdened)
}
