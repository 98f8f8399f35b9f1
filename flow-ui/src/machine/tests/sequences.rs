//! Whatever happens, in whatever order: the laws that hold all the same.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::problem::Code;
use vestibule_protocol::session::Progress;
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::UploadName::{Back, Front, Selfie};

use super::actors::*;
use crate::machine::{Event, Pace, Trouble};

fn progress() -> impl Strategy<Value = Progress> {
    select(vec![
        next("n0", identify()),
        next("n1", form()),
        next("n2", consent()),
        next("n3", document(None)),
        next("n4", selfie()),
        next("n5", review()),
        files_first("n4", selfie(), both_sides()),
        files_first("n5", review(), both_sides()),
        files_first("n5", review(), own_picture()),
        // No server of ours announces files and names none; it must do no harm.
        files_first("n5", review(), files(selfie(), "none", "none", &[])),
        complete(),
        Progress::Complete { result: None, uploads: None },
        complete_with("valtok", Some(own_picture())),
        complete_with("valtok", Some(files(selfie(), "none", "none", &[]))),
        Progress::Complete { result: None, uploads: Some(both_sides()) },
    ])
}

fn trouble() -> impl Strategy<Value = Trouble> {
    prop_oneof![
        Just(Trouble::NoAnswer),
        select(Code::ALL).prop_map(refusal),
        Just(refusal_of(Code::InvalidField, "id.dob", FieldProblem::InvalidDate)),
    ]
}

fn judgement() -> impl Strategy<Value = Event<Picture>> {
    let remaining = select(vec![vec![], vec![Front], vec![Back], vec![Front, Back], vec![Selfie]]);
    (remaining, any::<bool>(), 0u8..3).prop_map(|(remaining, taken, attempts_left)| {
        if taken { accepted(&remaining) } else { rejected(&remaining, attempts_left) }
    })
}

fn act() -> impl Strategy<Value = Event<Picture>> {
    let steps = ["personal_data", "consent", "document", "selfie", "review"];
    prop_oneof![
        Just(Event::Submit(Data::default())),
        Just(Event::Use("picture.jpg")),
        select(steps.to_vec()).prop_map(|name| Event::Correct(step_name(name))),
        Just(Event::Back),
        Just(Event::EndWithout),
        Just(Event::Retry),
        Just(Event::Look),
    ]
}

fn event() -> impl Strategy<Value = Event<Picture>> {
    prop_oneof![
        2 => act(),
        1 => select(vec![Pace::Moving(50), Pace::Slow, Pace::Offline]).prop_map(Event::Pace),
        2 => progress().prop_map(Event::Arrived),
        2 => judgement(),
        2 => trouble().prop_map(Event::Trouble),
    ]
}

/// One turn of an honest world: the person acts, or whatever is under way is answered.
#[derive(Clone, Debug)]
struct Turn {
    act: Event<Picture>,
    acts: bool,
    progress: Progress,
    judgement: Event<Picture>,
    trouble: Option<Trouble>,
}

fn turn() -> impl Strategy<Value = Turn> {
    (act(), any::<bool>(), progress(), judgement(), proptest::option::of(trouble())).prop_map(
        |(act, acts, progress, judgement, trouble)| Turn { act, acts, progress, judgement, trouble },
    )
}

impl Turn {
    fn answer_to(self, request: &str) -> Event<Picture> {
        match self.trouble {
            Some(trouble) => Event::Trouble(trouble),
            None if request.starts_with("upload") => self.judgement,
            None => Event::Arrived(self.progress),
        }
    }
}

fn is_word_to_host(effect: &str) -> bool {
    effect.starts_with("tell the host")
}

fn is_request(effect: &str) -> bool {
    !is_word_to_host(effect) && !effect.starts_with("hold for the host")
}

proptest! {
    #[test]
    fn no_sequence_of_events_panics_or_tells_the_host_twice(begin in progress(), events in vec(event(), 0..40)) {
        let (mut flow, mut effects) = Flow::begin(begin);
        for event in events {
            effects.extend(flow.tell(event));
            // Whatever it came to, there is something to see, and files are asked for by name.
            prop_assert!(!flow.shows().starts_with("nothing of"), "{}", flow.shows());
        }
        prop_assert!(effects.iter().filter(|effect| is_word_to_host(effect)).count() <= 1);
    }

    #[test]
    fn at_most_one_request_is_under_way_and_it_shows(begin in progress(), turns in vec(turn(), 0..40)) {
        let (mut flow, mut effects) = Flow::begin(begin);
        let mut told = 0;
        let mut under_way: Option<String> = None;
        for turn in turns {
            told += effects.iter().filter(|effect| is_word_to_host(effect)).count();
            for request in effects.iter().filter(|effect| is_request(effect)) {
                prop_assert!(under_way.replace(request.clone()).is_none(), "a second request: {request}");
            }
            prop_assert_eq!(under_way.is_some(), flow.is_sending());
            effects = match under_way.take() {
                Some(request) if !turn.acts => flow.tell(turn.answer_to(&request)),
                request => {
                    under_way = request;
                    flow.tell(turn.act)
                }
            };
        }
        prop_assert!(told <= 1);
    }

    #[test]
    fn a_request_is_repeated_by_the_machine_at_most_once(begin in progress(), code in select(Code::ALL)) {
        // A server that refuses all submissions for one reason, and opens the session as it was.
        let (mut flow, mut effects) = Flow::begin(begin.clone());
        effects.extend(flow.tell(Event::Submit(Data::default())));
        effects.extend(flow.tell(Event::Use("picture.jpg")));
        let mut requests = 0;
        while let Some(request) = effects.iter().find(|effect| is_request(effect)).cloned() {
            requests += 1;
            prop_assert!(requests <= 3, "it never rests");
            effects = match &*request {
                "open" => flow.arrives(begin.clone()),
                _ => flow.is_refused(code),
            };
        }
        prop_assert!(!flow.is_sending());
    }
}
