//! A part of a skill: the steps that a reviewer asks a person to do again.

use super::{Skill, StepKind, StepSpec};
use crate::id::StepName;

impl Skill {
    /// The skill with these steps alone, in its own order, and its review at the end. One is added where
    /// the skill has none: after it nothing can be asked for, so the part can always be completed. What a
    /// step's condition asks about may not be asked here, so conditions count as met; and whoever asks for a
    /// file waits for it. Whoever has to log in to the whole has to for the part.
    ///
    /// `None` when a name is no step's, or when there is nothing to do besides the review.
    pub fn only(&self, steps: &[StepName]) -> Option<Skill> {
        if steps.iter().any(|name| self.step(name).is_none()) {
            return None;
        }
        let is_review = |step: &&StepSpec| step.kind == StepKind::Review;
        let is_login = |step: &&StepSpec| matches!(step.kind, StepKind::Identify { .. });
        let named = |step: &&StepSpec| !is_review(step) && !is_login(step) && steps.contains(&step.name);
        let asked = self.steps.iter().filter(named);
        let met = |step: &StepSpec| StepSpec { when: None, after_token: false, ..step.clone() };
        let mut asked: Vec<StepSpec> = asked.map(met).collect();
        if asked.is_empty() {
            return None;
        }
        let own = self.steps.iter().rfind(is_review).map(met);
        let review = own.unwrap_or_else(|| added_review(&asked));
        asked.push(review);
        asked.splice(0..0, self.steps.iter().find(is_login).cloned());
        Some(Skill { steps: asked, ..self.clone() })
    }
}

/// A review under a name that no other step has.
fn added_review(others: &[StepSpec]) -> StepSpec {
    let mut name = String::from("review");
    while others.iter().any(|other| other.name.as_str() == name) {
        name.push('_');
    }
    let name = name.parse().unwrap_or_else(|_| unreachable!("as few underscores as there are steps"));
    StepSpec {
        name,
        title: None,
        when: None,
        kind: StepKind::Review,
        uploads: Vec::new(),
        after_token: false,
    }
}
