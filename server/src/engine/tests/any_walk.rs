//! What holds however a person walks, whatever the skill.

use proptest::collection::vec;
use proptest::prelude::*;
use vestibule_protocol::field::Format;
use vestibule_protocol::session::SessionStatus;
use vestibule_protocol::skill::{StepKind, StepSpec};

use super::*;
use crate::engine::plan::{awaited, plan, wanted};
use crate::engine::session::{Given, Stage, State};
use crate::skills::Catalogue;

/// A skill in which steps come and go in the middle and at the end, with files that come before and after
/// the token, and few attempts at each.
const RESTLESS: &str = r#"
    name = "restless_#1.0"
    title = "Restless"

    [[steps]]
    name = "office"
    kind = "form"
    fields = [{ name = "public_office", format = "checkbox" }, { name = "id.country" }]

    [[steps]]
    name = "paper"
    kind = "document"
    documents = ["passport", "id_card"]
    limits = { attempts = 1 }

    [[steps]]
    name = "visa"
    kind = "form"
    when = { step = "paper", is = ["passport"] }
    fields = [{ name = "id.visa_kind" }]
    uploads = [{ name = "file", limits = { attempts = 2 } }]

    [[steps]]
    name = "second_paper"
    kind = "document"
    when = { all = [{ field = "public_office", is = [false] }, { step = "paper", is_not = ["id_card"] }] }
    documents = ["passport"]
    after_token = true
    limits = { attempts = 1 }

    [[steps]]
    name = "agree"
    kind = "consent"
    consents = [{ name = "terms", version = "1", text = "Yes." }]

    [[steps]]
    name = "portrait"
    kind = "selfie"
    when = { any = [{ field = "id.country", is = ["US"] }, { field = "public_office", is = [true] }] }
    after_token = true

    [[steps]]
    name = "look_again"
    kind = "review"
    when = { field = "public_office", is = [true] }
"#;

/// Something that a person, or their second tab, may try: what they are asked for, or anything else. Steps
/// are named by their place; of two answers to a step each may lead elsewhere.
#[derive(Clone, Debug)]
enum Attempt {
    GoOn(usize),
    Submit(usize, usize),
    Upload(UploadName),
    UploadPoorly(UploadName),
    Open,
    Wait(i64),
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let name = || prop::sample::select(UploadName::ALL);
    prop_oneof![
        10 => (0..2usize).prop_map(Attempt::GoOn),
        5 => (0..9usize, 0..2usize).prop_map(|(place, answer)| Attempt::Submit(place, answer)),
        3 => name().prop_map(Attempt::Upload),
        2 => name().prop_map(Attempt::UploadPoorly),
        1 => Just(Attempt::Open),
        1 => (0..2_000i64).prop_map(Attempt::Wait),
    ]
}

/// One of two answers to a step; the same one where it takes no other.
fn answer(step: &StepSpec, which: usize) -> Data {
    let mut data = Data::default();
    match &step.kind {
        StepKind::Form { fields } => {
            fields.iter().for_each(|field| data.push(field.name.as_str(), value(&field.format, which)));
        }
        StepKind::Consent { consents } => {
            consents.iter().for_each(|consent| data.push(consent.name.as_str(), (&*consent.version).into()));
        }
        StepKind::Document { documents, .. } => {
            data.push("kind", documents[which % documents.len()].as_str().into());
        }
        _ => {}
    }
    data
}

fn value(format: &Format, which: usize) -> Raw {
    Raw::from(match format {
        Format::Checkbox => return Raw::Bool(which == 0),
        Format::Owners => {
            let owner = [
                ("first_name", "Ann"),
                ("last_name", "Doe"),
                ("email", "ann@example.com"),
                ("ownership_stake", "30"),
            ];
            let members = owner.map(|(name, value)| (name.to_owned(), Raw::from(value)));
            return Raw::List(vec![Raw::Record(members.into())]);
        }
        Format::Choice { options } => &*options[which % options.len()],
        Format::Country => ["DE", "US"][which],
        Format::Name | Format::Line { .. } | Format::Region => "Zenith",
        Format::Birthday | Format::Day => "1990-05-17",
        Format::Expiry => "2031-05-17",
        Format::Email => "jane@example.com",
        Format::Phone => "+49 151 1234567",
        Format::Url => "https://bank.example",
        Format::State => "CA",
        Format::PostalCode => "12345",
        Format::Ssn9 | Format::UsTaxId => "123-45-6789",
        Format::Ssn4 => "6789",
        Format::Tin => "12-3456789",
        Format::LicenceNumber => "D1234567",
        Format::Percent | Format::Integer { .. } | Format::Amount { .. } => "40",
        Format::Currency => "EUR",
        Format::Mrz | Format::Barcode => unreachable!("no person types what a document's reader reads"),
    })
}

impl Person {
    /// Tries it, and gives whether something was taken.
    fn attempt(&mut self, attempt: &Attempt) -> bool {
        match attempt {
            Attempt::GoOn(which) => self.go_on(*which),
            Attempt::Submit(place, which) => {
                let skill = Arc::clone(&self.session.skill);
                let step = &skill.steps[place % skill.steps.len()];
                let was_their_turn = self.turn(step);
                let taken =
                    self.nonce.is_some() && self.submit(step.name.as_str(), &answer(step, *which)).is_ok();
                assert!(was_their_turn || !taken, "{} was submitted out of turn", step.name);
                taken
            }
            Attempt::Upload(name) => {
                let picture = picture(id(&self.random), *name);
                self.uploads.is_some() && self.upload(*name, Judged::Accepted(picture, None)).is_ok()
            }
            Attempt::UploadPoorly(name) => self.uploads.is_some() && self.upload(*name, REJECTED).is_ok(),
            Attempt::Open => self.open().is_ok(),
            Attempt::Wait(seconds) => {
                self.wait(*seconds);
                true
            }
        }
    }

    /// Whether a step is there, and it or all before it were submitted.
    fn turn(&self, step: &StepSpec) -> bool {
        let steps = self.session.steps();
        let Some(place) = steps.iter().position(|other| other.name == step.name) else { return false };
        let submitted = |step: &&StepSpec| self.session.submission(step).is_some();
        submitted(&step) || steps[..place].iter().all(submitted)
    }

    /// One submission for each step that is there at most, and none for others; complete when and only
    /// when nothing is left to do first; decided when and only when nothing is waited for.
    fn check(&self) {
        let there: Vec<_> = self.session.steps().iter().map(|step| step.name.clone()).collect();
        let given: Vec<_> = self.session.state.submissions.iter().map(|given| given.step.clone()).collect();
        let in_order: Vec<_> = there.iter().filter(|name| given.contains(name)).cloned().collect();
        assert_eq!(given, in_order, "of steps that are there, in order, once");
        let lacking = |step: &StepSpec| {
            let submission = self.session.submission(step);
            submission.is_some_and(|one| awaited(&self.session, step, one).next().is_some())
        };
        let steps = self.session.steps();
        let in_the_way = steps.iter().any(|step| !step.after_token && lacking(step));
        let waiting = steps.iter().any(|step| lacking(step));
        let completed = matches!(self.session.state.stage, Stage::Completed(_));
        assert_eq!(completed, given == there && !in_the_way);
        assert_eq!(completed, plan(&self.session).next.is_none(), "there is always a next step until then");
        assert_eq!(self.session.is_pending(), completed && waiting);
        self.check_attempts();
        let kept = serde_json::to_vec(&self.session.state).unwrap();
        assert!(serde_json::from_slice::<State>(&kept).is_ok());
    }

    fn check_attempts(&self) {
        for (step, tries) in &self.session.state.tries {
            let spec = self.session.skill.step(step).unwrap();
            let kinds = match &spec.kind {
                StepKind::Document { documents, .. } => {
                    documents.iter().map(|kind| Given::Document(*kind)).collect()
                }
                _ => vec![Given::Selfie],
            };
            let wanted: Vec<_> = kinds.iter().flat_map(|given| wanted(spec, given)).collect();
            for (name, tried) in tries {
                let file = wanted.iter().find(|file| file.name == *name).unwrap();
                assert!(*tried <= u16::from(file.limits.attempts) * 3, "{step} {name:?}: {tried}");
            }
        }
    }

    /// Does what they are asked for, and gives whether there was anything: a file, or a step. A step whose
    /// file has no attempts left is done again.
    fn go_on(&mut self, which: usize) -> bool {
        let asked = self.uploads.clone().filter(|uploads| !uploads.remaining.is_empty());
        let next = match &asked {
            Some(uploads) if uploads.remaining[0].attempts_left > 0 => {
                let name = uploads.remaining[0].name;
                return self.attempt(&Attempt::Upload(name)) && self.open().is_ok();
            }
            Some(uploads) => uploads.step.name.clone(),
            None => match plan(&self.session).next {
                Some(next) => next.name.clone(),
                None => return false,
            },
        };
        let place = self.session.skill.steps.iter().position(|step| step.name == next).unwrap();
        self.attempt(&Attempt::Submit(place, which))
    }

    /// Does what they are asked for until there is nothing left: there is a way out of every state.
    fn find_the_way_out(&mut self) {
        for _ in 0..60 {
            let opened = self.open().unwrap();
            if opened.status == SessionStatus::Completed && opened.uploads.is_none() {
                return assert!(!self.session.is_pending());
            }
            assert!(self.go_on(0), "{:?}", plan(&self.session).next.map(|step| &step.name));
            self.check();
        }
        panic!("no way out");
    }

    fn walk(&mut self, attempts: &[Attempt]) {
        let nonce = |person: &Person| person.nonce.as_ref().map(Digest::of_secret);
        let mut spent = Vec::new();
        for one in attempts {
            let before = nonce(self);
            self.attempt(one);
            if nonce(self) != before {
                spent.extend(before);
            }
            assert!(nonce(self).is_none_or(|live| !spent.contains(&live)), "a nonce came twice");
            self.check();
        }
        if !self.session.is_expired(self.now) {
            self.find_the_way_out();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn steps_stay_in_order_and_there_is_always_a_way_on(attempts in vec(attempt(), 0..60)) {
        Person::new(IDENTITY).walk(&attempts);
    }

    #[test]
    fn and_so_it_is_where_steps_come_and_go(attempts in vec(attempt(), 0..80)) {
        Person::new(RESTLESS).walk(&attempts);
    }

    #[test]
    fn and_in_every_skill_that_comes_with_the_server(
        attempts in vec(attempt(), 0..40),
        which in any::<prop::sample::Index>(),
    ) {
        // A log-in takes more than the session knows: see the tests of `api/login`.
        let all = Catalogue::load(None).unwrap().all();
        let walked: Vec<_> = all.iter().filter(|skill| skill.skill.identify().is_none()).collect();
        Person::new(&which.get(&walked).source).walk(&attempts);
    }
}
