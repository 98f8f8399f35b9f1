//! Which members of a [`StartOnboarding`](super::StartOnboarding) go with which kind, in JSON Schema: what
//! its `purpose` takes, said beforehand.

use schemars::{Schema, json_schema};

/// The members by which a person is named: one is needed where a person is.
const PERSON: [&str; 2] = ["fp_id", "user_external_id"];

/// Adds the combinations that are taken.
pub(super) fn by_kind(schema: &mut Schema) {
    let of_onboarding = ["business_external_id", "fp_bid", "bootstrap_data"];
    let of_walk = ["redirect_url", "sandbox_outcome"];
    let anybody = together("onboard", &["key"], &["onboarding_external_id", "limit_auth_methods"]);
    let somebody = PERSON.map(|person| together("onboard", &["key", person], &["limit_auth_methods"]));
    let again = [&of_onboarding[..], &["key", "onboarding_external_id", "limit_auth_methods"]].concat();
    let inherit = PERSON.map(|person| together("inherit", &[person], &again));
    let login = [&of_onboarding[..], &of_walk, &["key", "onboarding_external_id"]].concat();
    let login = PERSON.map(|person| together("update_login_methods", &[person], &login));
    let taken: Vec<Schema> = [vec![anybody], somebody.into(), inherit.into(), login.into()].concat();
    schema.insert("anyOf".into(), taken.into());
}

/// A kind, the texts that it needs, and the members that it goes without.
fn together(kind: &str, needed: &[&str], without: &[&str]) -> Schema {
    let required: Vec<&str> = [&["kind"], needed].concat();
    let needed = needed.iter().map(|name| (*name, json_schema!({ "type": "string" })));
    let without = without.iter().map(|name| (*name, json_schema!({ "type": "null" })));
    let members = [("kind", json_schema!({ "const": kind }))].into_iter().chain(needed).chain(without);
    let mut schema = json_schema!({ "required": required });
    schema.insert("properties".into(), members.collect());
    schema
}
