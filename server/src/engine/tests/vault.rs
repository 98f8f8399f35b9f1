//! Data that are written, removed and erased, without a server.

use std::collections::BTreeSet;

use vestibule_protocol::field::{FieldName, FieldProblem, Raw};
use vestibule_protocol::onboarding::{CreateClientToken, Scope};

use super::*;
use crate::engine::erase::Erasure;
use crate::engine::grant::Grant;
use crate::engine::rewrite::Rewrite;
use crate::engine::session::Stage;
use crate::engine::user::User;
use crate::engine::vault::Whose;

fn fields(names: &[&str]) -> Erasure {
    Erasure::Fields(names.iter().map(|name| name.parse().unwrap()).collect())
}

fn names(user: &User) -> Vec<&str> {
    user.state.vault.names().map(FieldName::as_str).collect()
}

#[test]
fn what_a_complete_session_collected_is_erased_by_name() {
    let mut person = Person::new(IDENTITY);
    person.arrive_at_review();
    person.submit("review", &Data::default()).unwrap();
    let mut user = User::new(person.session.user.clone(), None);
    user.learn(&person.session);
    let before = names(&user).len();

    let what = fields(&["id.first_name", "selfie", "id.ssn9"]);
    let (session, doomed) = person.session.clone().erase(Whose::Person, &what).unwrap();
    user.state.vault.erase(&what);
    assert_eq!(doomed.len(), 1, "the picture");
    assert_eq!(names(&user).len(), before - 2);
    assert_eq!(session.state.submissions.len(), person.session.state.submissions.len(), "each stays");
    assert!(matches!(session.state.stage, Stage::Completed(_)));
    assert!(session.clone().erase(Whose::Person, &what).is_none(), "there is nothing left of it");

    let (session, doomed) = session.erase(Whose::Person, &Erasure::All).unwrap();
    assert!(!doomed.is_empty());
    assert!(session.state.prefilled.is_empty());
    assert!(session.state.submissions.iter().all(|submission| submission.uploads.is_empty()));
    user.state.vault.erase(&Erasure::All);
    assert_eq!(names(&user), [] as [&str; 0]);
}

#[test]
fn who_is_on_the_way_is_asked_again_for_a_step_that_lost_something() {
    let mut person = Person::new(IDENTITY);
    person.arrive_at_review();
    let (session, doomed) = person.session.clone().erase(Whose::Person, &fields(&["selfie"])).unwrap();
    assert_eq!(doomed.len(), 1);
    let next = crate::engine::plan::plan(&session).next.unwrap();
    assert_eq!(next.name.as_str(), "selfie");
    assert!(person.session.erase(Whose::Person, &fields(&["id.ssn9"])).is_none());
}

#[test]
fn data_are_written_by_the_format_of_their_name() {
    let today = "2026-11-20".parse().unwrap();
    let mut data = Data::default();
    data.push("id.ssn9", Raw::from("123-45-6789"));
    data.push("custom.count", Raw::Integer(7));
    data.push("selfie", Raw::Null);
    let rewrite = Rewrite::read(&data, Whose::Person, today).unwrap();
    assert_eq!(rewrite.names().len(), 3);
    assert_eq!(rewrite.removed, BTreeSet::from(["selfie".parse().unwrap()]));

    data.push("document.passport.back", Raw::from("a picture"));
    data.push("period", Raw::from("12"));
    data.push("id.dob", Raw::Other);
    let refused = Rewrite::read(&data, Whose::Person, today).unwrap_err();
    let problems: Vec<_> = refused.iter().map(|one| one.problem).collect();
    assert_eq!(problems, [FieldProblem::WrongType, FieldProblem::Unknown, FieldProblem::WrongType]);
}

#[test]
fn a_grant_allows_its_scopes_for_its_fields() {
    let asked = |scopes: &[Scope], ttl| CreateClientToken {
        scopes: scopes.to_vec(),
        fields: vec!["id.email".parse().unwrap()],
        ttl,
        reason: None,
    };
    let (grant, life) = Grant::read(&asked(&[Scope::Vault], None), None).unwrap();
    assert_eq!(life, 1_800);
    assert!(grant.allows(Scope::Vault, ["id.email"].into_iter()).is_ok());
    assert!(grant.allows(Scope::Decrypt, ["id.email"].into_iter()).is_err());
    assert!(grant.allows(Scope::Decrypt, [].into_iter()).is_err());
    let refused = grant.allows(Scope::Vault, ["id.email", "id.dob"].into_iter()).unwrap_err();
    assert_eq!(refused[0].field, "id.dob");

    let refused = Grant::read(&asked(&[Scope::Decrypt], Some(59)), None).unwrap_err();
    let refused: Vec<_> = refused.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(refused, ["reason", "ttl"]);
}
