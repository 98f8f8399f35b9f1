//! What is published of identifiers agrees with what is taken: a text that fits a pattern is one of its
//! kind.

#![cfg(feature = "schema")]

use std::str::FromStr;

use proptest::prelude::*;
use proptest::string::string_regex;
use schemars::{JsonSchema, schema_for};
use vestibule_protocol::date::{Date, Timestamp};
use vestibule_protocol::{field, id, omni};

/// Texts of a type, as its schema describes them; some with a letter that no pattern has.
fn texts<T: JsonSchema>() -> impl Strategy<Value = (String, bool)> {
    let schema = schema_for!(T);
    let pattern = schema.get("pattern").and_then(|pattern| pattern.as_str()).expect("a pattern");
    let anchored =
        pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')).expect("a whole pattern");
    let fitting = string_regex(anchored).expect("a pattern that can be read");
    (fitting, any::<bool>()).prop_map(|(text, fits)| (if fits { text } else { text + "é" }, fits))
}

macro_rules! agree {
    ($($test:ident: $type:ty,)*) => {
        proptest! {
            $(
                #[test]
                fn $test((text, fits) in texts::<$type>()) {
                    prop_assert_eq!(<$type>::from_str(&text).is_ok(), fits, "{}", text);
                }
            )*
        }
    };
}

agree! {
    step_ids: id::StepId,
    user_ids: id::UserId,
    business_ids: id::BusinessId,
    onboarding_ids: id::OnboardingId,
    credentials_ids: id::CredentialsId,
    session_ids: id::SessionId,
    interview_ids: id::InterviewId,
    external_ids: id::ExternalId,
    skill_names: id::SkillName,
    step_names: id::StepName,
    playbook_keys: id::PlaybookKey,
    field_names: field::FieldName,
    configuration_ids: id::ConfigurationId,
    languages: omni::Language,
}

#[test]
fn dates_and_instants_say_their_format() {
    assert_eq!(schema_for!(Date).get("format"), Some(&"date".into()));
    assert_eq!(schema_for!(Timestamp).get("format"), Some(&"date-time".into()));
}
