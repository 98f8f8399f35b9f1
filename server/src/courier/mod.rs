//! What takes a queue of the store from due to settled: a bounded number of attempts at once.
//!
//! What is due stands in the store until the attempt that settles it, so whatever interrupts the courier
//! makes it be tried twice at most, under the same name, and never not at all.

pub mod schedule;

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::{Id, JoinSet};
use vestibule_protocol::id::TenantId;

use crate::app::App;
use crate::ledger::Fault;
use crate::webhook::courier::Bell;

/// How often the queue is looked at when nobody rings: the clock may have moved on.
const ROUND: Duration = Duration::from_millis(500);
/// How long something is left alone that could not be tried or settled for a fault of the server.
const REST: Duration = Duration::from_secs(5);

/// What stands in the store until it was done.
pub trait Queue: Clone + Send + Sync + 'static {
    /// One thing to do, as it is kept.
    type Row: Clone + Send + Sync + 'static;

    /// What it is called in the log.
    const NAME: &'static str;

    /// What tells that there is something to do.
    fn bell<'a>(&self, app: &'a App) -> &'a Bell;
    /// What is due, the longest due first.
    fn due(
        &self,
        app: &App,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<(TenantId, Self::Row)>, Fault>> + Send;
    /// The name of one thing, which is none of anybody's.
    fn name(row: &Self::Row) -> String;
    /// Tries it, and notes what came of it.
    fn attempt(
        &self,
        app: &App,
        tenant: &TenantId,
        row: &Self::Row,
    ) -> impl Future<Output = Result<(), Fault>> + Send;
}

/// Tries what is due.
pub struct Courier<Q> {
    app: Arc<App>,
    queue: Q,
    at_once: usize,
    under_way: HashMap<Id, String>,
    attempts: JoinSet<()>,
}

impl<Q: Queue> Courier<Q> {
    /// A courier that makes so many attempts at once.
    pub fn new(app: Arc<App>, queue: Q, at_once: usize) -> Self {
        Self { app, queue, at_once: at_once.max(1), under_way: HashMap::new(), attempts: JoinSet::new() }
    }

    /// Goes on until it is told to end, and then finishes what is under way.
    pub async fn run(mut self, mut end: oneshot::Receiver<()>) {
        loop {
            if let Err(fault) = self.set_out().await {
                tracing::error!(%fault, queue = Q::NAME, "a queue cannot be read");
            }
            tokio::select! {
                _ = &mut end => break,
                Some(ended) = self.attempts.join_next_with_id() => match ended {
                    Ok((task, ())) => drop(self.under_way.remove(&task)),
                    // It would fail again: it is left alone until the next start.
                    Err(error) => tracing::error!(%error, queue = Q::NAME, "an attempt failed"),
                },
                () = self.queue.bell(&self.app).rung() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
        while self.attempts.join_next().await.is_some() {}
    }

    /// Begins what is due and may be begun.
    async fn set_out(&mut self) -> Result<(), Fault> {
        let free = self.at_once.saturating_sub(self.attempts.len());
        if free == 0 {
            return Ok(());
        }
        // Those under way are due as well.
        let limit = u32::try_from(free + self.under_way.len()).unwrap_or(u32::MAX);
        let due = self.queue.due(&self.app, limit).await?;
        let due = due.into_iter().map(|(tenant, row)| (Q::name(&row), tenant, row));
        let begun = |name: &String| self.under_way.values().any(|one| one == name);
        let fresh: Vec<_> = due.filter(|(name, ..)| !begun(name)).take(free).collect();
        for (name, tenant, row) in fresh {
            let (app, queue, known) = (Arc::clone(&self.app), self.queue.clone(), name.clone());
            let task = self.attempts.spawn(async move {
                if let Err(fault) = queue.attempt(&app, &tenant, &row).await {
                    tracing::error!(%fault, queue = Q::NAME, %name, "an attempt could not be seen through");
                    tokio::time::sleep(REST).await;
                }
            });
            self.under_way.insert(task.id(), known);
        }
        Ok(())
    }
}
