//! Steps that come and go with what was answered before.

use vestibule_protocol::step::{Screen, StepView};

use super::*;
use crate::engine::session::Giver;

/// Jane, who lives in this country.
fn living_in(country: &str) -> Data {
    data(&[
        ("id.first_name", "Jane"),
        ("id.last_name", "Doe"),
        ("id.dob", "1990-05-17"),
        ("id.email", "jane@example.com"),
        ("id.country", country),
    ])
}

fn there(person: &Person) -> Vec<&str> {
    person.session.steps().iter().map(|step| step.name.as_str()).collect()
}

fn given(person: &Person) -> Vec<&str> {
    person.session.state.submissions.iter().map(|submission| submission.step.as_str()).collect()
}

fn next(step: Option<&StepView>) -> (&str, u16, u16) {
    let step = step.expect("a step");
    (step.name.as_str(), step.position, step.total)
}

/// Two forms, of which the answer to the first decides whether the second comes, and this end.
fn with_tick(end: &str) -> String {
    format!(
        "name = \"own_#1.0\"\ntitle = \"Own\"\n\
         [[steps]]\nname = \"office\"\nkind = \"form\"\n\
         fields = [{{ name = \"public_office\", format = \"checkbox\" }}, {{ name = \"id.email\", required = false }}]\n\
         [[steps]]\nname = \"which\"\nkind = \"form\"\nwhen = {{ field = \"public_office\", is = [true] }}\n\
         fields = [{{ name = \"title\", format = {{ line = {{ max = 50 }} }} }}]\n{end}"
    )
}

const AGREE: &str = "[[steps]]\nname = \"agree\"\nkind = \"consent\"\n\
    consents = [{ name = \"terms\", version = \"1\", text = \"Yes.\" }]\n";

fn holding_office(holds: bool) -> Data {
    let mut data = Data::default();
    data.push("public_office", Raw::Bool(holds));
    data
}

#[test]
fn the_answer_decides_which_steps_come() {
    let mut person = Person::new(BRANCHES);
    let answer = person.submit("personal_data", &living_in("US")).unwrap();
    assert_eq!(there(&person), ["personal_data", "us_number", "us_licence", "consent", "review"]);
    assert_eq!(next(answer.next.as_ref()), ("us_number", 2, 5));
    assert_eq!(
        person.submit("nationality", &data(&[("id.nationality", "DE")])).unwrap_err(),
        SubmitRefused::StepUnavailable
    );

    let mut person = Person::new(BRANCHES);
    let answer = person.submit("personal_data", &living_in("DE")).unwrap();
    assert_eq!(next(answer.next.as_ref()), ("nationality", 2, 6));
    assert_eq!(
        person.submit("us_number", &data(&[("id.ssn9", "123-45-6789")])).unwrap_err(),
        SubmitRefused::StepUnavailable
    );
}

#[test]
fn a_correction_takes_steps_away_with_all_that_was_given_in_them_and_brings_others() {
    let mut person = Person::new(BRANCHES);
    person.submit("personal_data", &living_in("US")).unwrap();
    person.submit("us_number", &data(&[("id.ssn9", "123-45-6789")])).unwrap();
    person.submit("us_licence", &data(&[("kind", "drivers_license")])).unwrap();
    person.photograph(UploadName::Front);
    person.photograph(UploadName::Back);
    person.submit("consent", &data(&[("identity_check", "1.0")])).unwrap();

    let answer = person.submit("personal_data", &living_in("DE")).unwrap();
    assert_eq!(given(&person), ["personal_data", "consent"]);
    assert_eq!(next(answer.next.as_ref()), ("nationality", 2, 6));
    person.submit("nationality", &data(&[("id.nationality", "DE")])).unwrap();
    let answer = person.submit("passport", &data(&[("kind", "passport")])).unwrap();
    assert_eq!(next(answer.next.as_ref()), ("address", 4, 6));
    person.photograph(UploadName::Front);
    let home = data(&[("id.address_line1", "1 Long Street"), ("id.city", "Zenith"), ("id.zip", "12345")]);
    let answer = person.submit("address", &home).unwrap();
    assert_eq!(next(answer.next.as_ref()), ("review", 6, 6), "the consent was given already");
    let Screen::Review { steps } = answer.next.unwrap().screen else { panic!("the review") };
    let shown: Vec<_> = steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(shown, ["personal_data", "nationality", "passport", "address", "consent"]);
    person.photograph(UploadName::File);
    assert!(person.submit("review", &Data::default()).unwrap().validation_token.is_some());
}

#[test]
fn a_document_decides_as_well() {
    let source = "name = \"own_#1.0\"\ntitle = \"Own\"\n\
        [[steps]]\nname = \"paper\"\nkind = \"document\"\ndocuments = [\"passport\", \"residence_permit\"]\n\
        [[steps]]\nname = \"visa\"\nkind = \"form\"\nfields = [{ name = \"id.visa_expiration_date\" }]\n\
        when = { all = [{ step = \"paper\", is = [\"residence_permit\"] }, { step = \"paper\", given = true }] }\n";
    let source = [source, AGREE].concat();
    let mut person = Person::new(&source);
    assert_eq!(there(&person), ["paper", "agree"]);
    person.submit("paper", &data(&[("kind", "residence_permit")])).unwrap();
    assert_eq!(there(&person), ["paper", "visa", "agree"]);
    person.submit("paper", &data(&[("kind", "passport")])).unwrap();
    assert_eq!(there(&person), ["paper", "agree"]);
}

#[test]
fn a_session_may_end_with_one_step_or_with_another() {
    let mut person = Person::new(&with_tick(""));
    let answer = person.submit("office", &holding_office(false)).unwrap();
    assert!(answer.validation_token.is_some(), "nothing is left");

    let mut person = Person::new(&with_tick(""));
    let answer = person.submit("office", &holding_office(true)).unwrap();
    assert_eq!(next(answer.next.as_ref()), ("which", 2, 2));
    let answer = person.submit("office", &holding_office(false)).unwrap();
    assert!(answer.validation_token.is_some(), "the correction took the last step away");
}

#[test]
fn a_step_that_comes_with_an_answer_is_skipped_if_the_tenant_knows_it() {
    let known = data(&[("title", "Mayor")]);
    let (mut person, ignored) = Person::begin(&with_tick(AGREE), &known, None);
    assert!(ignored.is_empty());
    assert_eq!(given(&person), [""; 0]);
    let answer = person.submit("office", &holding_office(true)).unwrap();
    assert_eq!(next(answer.next.as_ref()), ("agree", 3, 3));
    assert_eq!(given(&person), ["office", "which"]);
    let first = person.session.state.submissions[1].clone();
    assert_eq!(first.giver, Giver::Tenant);

    person.submit("office", &holding_office(false)).unwrap();
    assert_eq!(given(&person), ["office"]);
    person.submit("office", &holding_office(true)).unwrap();
    assert_eq!(person.session.state.submissions[1].id, first.id, "it is the same thing again");
    person.submit("which", &data(&[("title", "Minister")])).unwrap();
    assert_eq!(person.session.state.submissions[1].giver, Giver::Person);
}

#[test]
fn the_last_step_is_the_persons_even_if_the_tenant_knows_it() {
    let mut known = data(&[("title", "Mayor")]);
    known.push("public_office", Raw::Bool(true));
    let (mut person, _) = Person::begin(&with_tick(""), &known, None);
    let opened = person.open().unwrap();
    assert_eq!(next(opened.next.as_ref()), ("which", 2, 2));

    let (mut person, _) = Person::begin(&with_tick(""), &data(&[("title", "Mayor")]), None);
    let answer = person.submit("office", &holding_office(true)).unwrap();
    assert_eq!(next(answer.next.as_ref()), ("which", 2, 2));
    assert!(person.submit("which", &data(&[("title", "Mayor")])).unwrap().validation_token.is_some());
}

/// The passport is photographed and the terms are agreed to; the question after them is open when the
/// passport is chosen anew, and then taken away.
#[test]
fn files_that_a_correction_leaves_to_come_are_followed_by_a_step() {
    let source = with_tick(
        &[
            "[[steps]]\nname = \"paper\"\nkind = \"document\"\ndocuments = [\"passport\"]\n",
            AGREE,
            "[[steps]]\nname = \"since\"\nkind = \"form\"\nfields = [{ name = \"since\", format = \"day\" }]\n\
             when = { field = \"public_office\", is = [true] }\n",
        ]
        .concat(),
    );
    let mut person = Person::new(&source);
    person.submit("office", &holding_office(true)).unwrap();
    person.submit("which", &data(&[("title", "Mayor")])).unwrap();
    person.submit("paper", &data(&[("kind", "passport")])).unwrap();
    person.photograph(UploadName::Front);
    person.submit("agree", &data(&[("terms", "1")])).unwrap();
    person.submit("paper", &data(&[("kind", "passport")])).unwrap();
    let answer = person.submit("office", &holding_office(false)).unwrap();
    assert_eq!(next(answer.next.as_ref()), ("agree", 3, 3), "to be confirmed once more");
    assert!(answer.uploads.is_some() && answer.validation_token.is_none());
    person.photograph(UploadName::Front);
    assert!(person.submit("agree", &data(&[("terms", "1")])).unwrap().validation_token.is_some());
}
