//! Which steps there are. A step with a condition is there if the condition holds on what was given in
//! the steps before it, so an answer can bring steps and take others away.

use std::sync::Arc;

use vestibule_protocol::date::Timestamp;
use vestibule_protocol::field::{FieldName, Value};
use vestibule_protocol::skill::{Condition, StepKind, StepSpec};
use vestibule_protocol::upload::DocumentKind;

use super::plan::plan;
use super::session::{Given, Giver, Session, Submission, Values};

impl Session {
    /// The steps that are there now, in order. When it is a step's turn, all that its condition asks about
    /// was given or is not there; until then the condition is judged by what there is.
    pub fn steps(&self) -> Vec<&StepSpec> {
        let mut there: Vec<&StepSpec> = Vec::new();
        let mut given: Vec<&Submission> = Vec::new();
        for step in self.skill.steps.iter() {
            if is_there(step, &given) {
                there.push(step);
                given.extend(self.submission(step));
            }
        }
        there
    }

    /// Follows what was just given: drops what was given in steps that are there no more, and gives in the
    /// tenant's name the forms of which it knows all.
    ///
    /// The last step is the person's: it is left to them even where the tenant knows it, and asked for
    /// again if a correction leaves files to come and no step to submit after them.
    pub(super) fn settle(&mut self, now: Timestamp) {
        let skill = Arc::clone(&self.skill);
        let mut former = std::mem::take(&mut self.state.submissions);
        for step in &skill.steps {
            if !is_there(step, &self.state.submissions.iter().collect::<Vec<_>>()) {
                continue;
            }
            let place = former.iter().position(|submission| submission.step == step.name);
            let given = place.map(|place| former.swap_remove(place));
            self.state.submissions.extend(given.or_else(|| self.known_wholly(step, now)));
        }
        let last = self.steps().last().and_then(|step| self.submission(step));
        let by_tenant = last.is_some_and(|last| last.giver == Giver::Tenant);
        let stuck = plan(self).next.is_none() && plan(self).in_the_way().is_some();
        if by_tenant || stuck {
            self.state.submissions.pop();
        }
    }

    /// What the tenant gives of a form of which it knows every required field and which asks for no file.
    /// What a reviewer asks for is never given so: it is known already, and did not satisfy.
    fn known_wholly(&self, step: &StepSpec, now: Timestamp) -> Option<Submission> {
        let StepKind::Form { fields } = &step.kind else { return None };
        let known = &self.state.prefilled;
        let values: Values = fields
            .iter()
            .filter_map(|field| Some((field.name.clone(), known.get(&field.name)?.clone())))
            .collect();
        let complete = fields.iter().all(|field| !field.required || values.contains_key(&field.name));
        let given = complete && step.uploads.is_empty() && !values.is_empty() && self.state.only.is_none();
        given.then(|| Submission::new(self.step_id(step), step, now, Giver::Tenant, Given::Form(values)))
    }
}

/// Whether a step is there, by what was given in those before it, in order.
fn is_there(step: &StepSpec, given: &[&Submission]) -> bool {
    step.when.as_ref().is_none_or(|when| holds(when, given))
}

fn holds(condition: &Condition, given: &[&Submission]) -> bool {
    match condition {
        Condition::Field { field, test } => test.holds(value(field, given), |value, choice| choice.is(value)),
        Condition::Document { step, test } => {
            let chosen = given.iter().find(|submission| submission.step == *step);
            test.holds(chosen.and_then(|submission| document(submission)), |chosen, kind| chosen == kind)
        }
        Condition::All { all } => all.iter().all(|one| holds(one, given)),
        Condition::Any { any } => any.iter().any(|one| holds(one, given)),
    }
}

/// The value of a field, from the last step that has it.
fn value<'a>(field: &FieldName, given: &[&'a Submission]) -> Option<&'a Value> {
    given.iter().rev().find_map(|submission| match &submission.given {
        Given::Form(values) => values.get(field),
        _ => None,
    })
}

fn document(submission: &Submission) -> Option<DocumentKind> {
    match submission.given {
        Given::Document(kind) => Some(kind),
        _ => None,
    }
}
