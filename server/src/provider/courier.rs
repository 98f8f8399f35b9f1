//! The provider's courier: takes the questions that are due and has each asked, until it is answered or given
//! up.
//!
//! A question stands in the store as due until the commit that settles it, so whatever interrupts the courier
//! makes it be asked twice at most, under the same name, and never not at all.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::{Id, JoinSet};

use super::attempt::attempt;
use crate::app::App;
use crate::ledger::Fault;
use crate::store::questions::QuestionRow;

/// How often the questions are looked at when nobody rings: the clock may have moved on.
const ROUND: Duration = Duration::from_millis(500);
/// How long a question is left alone that could not be asked or settled for a fault of the server.
const REST: Duration = Duration::from_secs(5);

/// Asks.
pub struct Courier {
    app: Arc<App>,
    at_once: usize,
    under_way: HashMap<Id, QuestionRow>,
    attempts: JoinSet<()>,
}

impl Courier {
    /// A courier that asks so much at once.
    pub fn new(app: Arc<App>, at_once: usize) -> Self {
        Self { app, at_once: at_once.max(1), under_way: HashMap::new(), attempts: JoinSet::new() }
    }

    /// Asks until it is told to end, and then finishes what is under way.
    pub async fn run(mut self, mut end: oneshot::Receiver<()>) {
        loop {
            if let Err(fault) = self.set_out().await {
                tracing::error!(%fault, "the questions to providers cannot be read");
            }
            tokio::select! {
                _ = &mut end => break,
                Some(ended) = self.attempts.join_next_with_id() => match ended {
                    Ok((task, ())) => drop(self.under_way.remove(&task)),
                    // It would fail again: it is left alone until the next start.
                    Err(error) => tracing::error!(%error, "an attempt at a question failed"),
                },
                () = self.app.questions_bell.rung() => {}
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
        let due = self.app.store.due_questions(self.app.now(), limit).await?;
        let begun = |row: &QuestionRow| {
            self.under_way.values().any(|one| (&one.session, one.question) == (&row.session, row.question))
        };
        let fresh: Vec<_> = due.into_iter().filter(|(_, row)| !begun(row)).take(free).collect();
        for (tenant, row) in fresh {
            let (app, asked) = (Arc::clone(&self.app), row.clone());
            let task = self.attempts.spawn(async move {
                if let Err(fault) = attempt(&app, &tenant, &asked).await {
                    let question = asked.question.id(&asked.session);
                    tracing::error!(%fault, %question, "a question to a provider could not be seen through");
                    tokio::time::sleep(REST).await;
                }
            });
            self.under_way.insert(task.id(), row);
        }
        Ok(())
    }
}
