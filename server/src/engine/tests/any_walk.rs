//! What holds however a person walks.

use proptest::collection::vec;
use proptest::prelude::*;
use vestibule_protocol::session::SessionStatus;

use super::*;
use crate::engine::plan::{missing, plan};
use crate::engine::session::Stage;

/// Something that a person, or their second tab, may try.
#[derive(Clone, Debug)]
enum Attempt {
    Submit(&'static str),
    ChooseDocument(&'static str),
    Upload(UploadName),
    UploadPoorly(UploadName),
    Open,
    Wait(i64),
}

fn attempt() -> impl Strategy<Value = Attempt> {
    use prop::sample::select;
    let names = || select(vec![UploadName::Front, UploadName::Back, UploadName::Selfie, UploadName::File]);
    prop_oneof![
        6 => select(vec!["personal_data", "consent", "selfie", "review"]).prop_map(Attempt::Submit),
        3 => select(vec!["passport", "id_card", "residence_permit"]).prop_map(Attempt::ChooseDocument),
        6 => names().prop_map(Attempt::Upload),
        1 => names().prop_map(Attempt::UploadPoorly),
        2 => Just(Attempt::Open),
        1 => (0..2_000i64).prop_map(Attempt::Wait),
    ]
}

impl Person {
    /// Tries it, and gives whether a step was taken.
    fn attempt(&mut self, attempt: &Attempt) -> bool {
        match attempt {
            Attempt::Submit(step) => {
                let given = match *step {
                    "personal_data" => personal(),
                    "consent" => data(&[("identity_check", "1.0")]),
                    _ => Data::default(),
                };
                self.nonce.is_some() && self.submit(step, &given).is_ok()
            }
            Attempt::ChooseDocument(kind) => {
                self.nonce.is_some() && self.submit("document", &data(&[("kind", kind)])).is_ok()
            }
            Attempt::Upload(name) => {
                let id = id::<UploadId>(&self.random);
                let upload = Upload { id, name: *name, media_type: MediaType::Jpeg, bytes: 9 };
                self.uploads.is_some() && self.upload(*name, Judged::Accepted(upload)).is_ok()
            }
            Attempt::UploadPoorly(name) => self.uploads.is_some() && self.upload(*name, REJECTED).is_ok(),
            Attempt::Open => self.open().is_ok(),
            Attempt::Wait(seconds) => {
                self.wait(*seconds);
                true
            }
        }
    }

    /// Steps in order, one submission each, and complete when and only when nothing is left to do.
    fn check(&self) {
        let steps = &self.session.skill.steps;
        let given: Vec<_> = steps.iter().map(|step| self.session.submission(step)).collect();
        let first_open = given.iter().position(Option::is_none).unwrap_or(steps.len());
        assert!(given[first_open..].iter().all(Option::is_none), "a step was skipped");
        assert_eq!(self.session.state.submissions.len(), first_open, "a step was submitted twice");
        let lacking =
            self.session.submissions_in_order().any(|(step, one)| missing(step, one).next().is_some());
        let completed = matches!(self.session.state.stage, Stage::Completed(_));
        assert_eq!(completed, first_open == steps.len() && !lacking);
        assert_eq!(completed, plan(&self.session).next.is_none());
        let kept = serde_json::to_vec(&self.session.state).unwrap();
        assert!(serde_json::from_slice::<crate::engine::session::State>(&kept).is_ok());
    }

    /// Does what the plan says until there is nothing left: there is a way out of every state.
    fn find_the_way_out(&mut self) {
        let mut opened = self.open().unwrap();
        for _ in 0..20 {
            if opened.status == SessionStatus::Completed {
                return;
            }
            if let Some(slot) = self.uploads.as_ref().and_then(|uploads| uploads.remaining.first()).cloned() {
                if slot.attempts_left == 0 {
                    self.attempt(&Attempt::ChooseDocument("passport"));
                    self.attempt(&Attempt::Submit("selfie"));
                } else {
                    self.photograph(slot.name);
                }
            } else {
                let next = opened.next.unwrap();
                let document = Attempt::ChooseDocument("passport");
                let names = ["personal_data", "consent", "selfie", "review"];
                let submit = names.into_iter().find(|name| *name == next.name.as_str()).map(Attempt::Submit);
                assert!(self.attempt(&submit.unwrap_or(document)));
            }
            opened = self.open().unwrap();
        }
        panic!("no way out");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn steps_stay_in_order_and_there_is_always_a_way_on(attempts in vec(attempt(), 0..60)) {
        let mut person = Person::new(IDENTITY);
        let mut spent = Vec::new();
        for one in &attempts {
            let nonce = person.nonce.clone();
            let taken = person.attempt(one);
            if taken && matches!(one, Attempt::Submit(_) | Attempt::ChooseDocument(_)) {
                spent.extend(nonce.map(|nonce| Digest::of_secret(&nonce)));
            }
            if let Some(live) = &person.nonce {
                prop_assert!(!spent.contains(&Digest::of_secret(live)), "a nonce came twice");
            }
            person.check();
        }
        if !person.session.is_expired(person.now) {
            person.find_the_way_out();
        }
    }
}
