//! Identifiers: newtypes from one macro, each with its prefix, so that one cannot be taken for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// The text is not an identifier of the kind that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a {0}")]
pub struct InvalidId(pub(crate) &'static str);

/// An identifier that is a fixed prefix and a random tail in base 62.
pub trait Prefixed: Sized {
    /// What every identifier of this kind begins with.
    const PREFIX: &'static str;
    /// How many base-62 characters follow.
    const TAIL: usize;

    /// The identifier with this tail.
    ///
    /// # Errors
    /// [`InvalidId`] when the tail has another length or other characters.
    fn from_tail(tail: &str) -> Result<Self, InvalidId>;
}

/// `true` for `length` characters of `0-9A-Za-z`.
pub(crate) fn is_base62(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_lower_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(feature = "schema")]
const UUID: &str = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
#[cfg(feature = "schema")]
const WORD: &str = "^[a-z][a-z0-9_]{0,63}$";

/// 8-4-4-4-12 hexadecimal digits, lower case.
fn is_uuid(text: &str) -> bool {
    let mut groups = text.split('-');
    [8, 4, 4, 4, 12].iter().all(|length| groups.next().is_some_and(|group| is_lower_hex(group, *length)))
        && groups.next().is_none()
}

/// A string newtype whose content has passed `$accepts`; `$pattern` says the same as a regular expression.
macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:expr, $pattern:expr, $accepts:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("pattern" = $pattern)))]
        pub struct $name(Box<str>);

        impl $name {
            /// The identifier as the wire writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let accepts: fn(&str) -> bool = $accepts;
                if accepts(text) { Ok(Self(text.into())) } else { Err(InvalidId($what)) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

pub(crate) use text_id;

/// A [`Prefixed`] identifier.
macro_rules! prefixed_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $tail:literal) => {
        text_id! {
            $(#[$doc])* $name,
            concat!($prefix, "… identifier"),
            concat!("^", $prefix, "[0-9A-Za-z]{", $tail, "}$"),
            |text| text.strip_prefix($prefix).is_some_and(|tail| is_base62(tail, $tail))
        }

        impl Prefixed for $name {
            const PREFIX: &'static str = $prefix;
            const TAIL: usize = $tail;

            fn from_tail(tail: &str) -> Result<Self, InvalidId> {
                [$prefix, tail].concat().parse()
            }
        }
    };
}

prefixed_id! {
    /// One submission of one step of a session.
    StepId, "step_", 22
}
prefixed_id! {
    /// A person, within one tenant.
    UserId, "fp_id_", 22
}
prefixed_id! {
    /// A business, within one tenant.
    BusinessId, "fp_bid_", 22
}
prefixed_id! {
    /// One person's onboarding onto one playbook.
    OnboardingId, "ob_", 22
}
prefixed_id! {
    /// What a session collected, as a tenant's backend holds it.
    CredentialsId, "cred_", 22
}
prefixed_id! {
    /// One accepted or rejected upload.
    UploadId, "up_", 22
}
prefixed_id! {
    /// A record of who did what with whose data.
    AuditId, "audit_", 22
}
prefixed_id! {
    /// Where a tenant is told of what happens.
    EndpointId, "hook_", 22
}
prefixed_id! {
    /// One event on its way to one endpoint.
    DeliveryId, "dlv_", 22
}
prefixed_id! {
    /// One event in the words of one family, before it goes to every endpoint of that family.
    MessageId, "msg_", 22
}
prefixed_id! {
    /// What a provider is asked about some pictures of a session: the same whenever it is asked.
    ProviderRequestId, "prq_", 22
}
prefixed_id! {
    /// A message to a person, on its way.
    LetterId, "ltr_", 22
}
prefixed_id! {
    /// An occurrence of an error, to be quoted to support.
    SupportId, "err_", 22
}

text_id! {
    /// A session: a lower-case UUID.
    SessionId, "session id", UUID, is_uuid
}
text_id! {
    /// A tenant's public client: a lower-case UUID.
    ClientId, "client id", UUID, is_uuid
}
text_id! {
    /// A business that integrates: a lower-case UUID.
    TenantId, "tenant id", UUID, is_uuid
}
text_id! {
    /// The omni family's name for a session: 24 lower-case hexadecimal digits.
    InterviewId, "interview id", "^[0-9a-f]{24}$", |text| is_lower_hex(text, 24)
}
text_id! {
    /// The omni family's name for a skill of a tenant: 24 lower-case hexadecimal digits.
    ConfigurationId, "configuration id", "^[0-9a-f]{24}$", |text| is_lower_hex(text, 24)
}
text_id! {
    /// A tenant's own name for a user, a business or an onboarding:
    /// 10 to 256 letters, digits, `_`, `-` or `.`.
    ExternalId, "external id of 10 to 256 letters, digits, '_', '-' or '.'", "^[0-9A-Za-z_.-]{10,256}$",
    |text| (10..=256).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}
impl ExternalId {
    /// The name by which the omni family calls a customer: that family's own documents use names that
    /// the form above would refuse, so any 1 to 256 characters are taken that can be read.
    ///
    /// # Errors
    /// [`InvalidId`] for an empty or long name, and for control characters.
    pub fn of_customer(text: &str) -> Result<Self, InvalidId> {
        let readable = (1..=256).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        if readable { Ok(Self(text.into())) } else { Err(InvalidId("customer id of 1 to 256 characters")) }
    }
}

text_id! {
    /// A skill and its version, as in `kyc_document_#1.0`.
    SkillName, "skill name such as kyc_document_#1.0", r"^[a-z][a-z0-9_]{0,63}_#[0-9]{1,4}\.[0-9]{1,4}$", is_skill_name
}
text_id! {
    /// A step of a skill: lower-case words joined by `_`.
    StepName, "step name", WORD, is_word
}
text_id! {
    /// A consent of a consent step: lower-case words joined by `_`.
    ConsentName, "consent name", WORD, is_word
}

/// `<words>_#<major>.<minor>`.
fn is_skill_name(text: &str) -> bool {
    let is_number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    text.split_once("_#").is_some_and(|(words, version)| {
        is_word(words)
            && version.split_once('.').is_some_and(|(major, minor)| is_number(major) && is_number(minor))
    })
}

/// 1 to 64 of `a-z`, `0-9` and `_`, beginning with a letter.
pub(crate) fn is_word(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.as_bytes()[0].is_ascii_lowercase()
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

text_id! {
    /// A tenant's key for a skill: `pb_test_…` in the sandbox, `pb_live_…` on live data.
    PlaybookKey, "playbook key", "^pb_(test|live)_[0-9A-Za-z]{22}$",
    |text| ["pb_test_", "pb_live_"].iter()
        .any(|prefix| text.strip_prefix(prefix).is_some_and(|tail| is_base62(tail, 22)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_of_another_kind_is_refused() {
        let step: StepId = "step_0123456789abcdefABCDEF".parse().unwrap();
        assert_eq!(step.as_str(), "step_0123456789abcdefABCDEF");
        assert!("fp_id_0123456789abcdefABCDEF".parse::<StepId>().is_err());
        assert!("step_0123456789abcdefABCDE".parse::<StepId>().is_err());
        assert!("step_0123456789abcdefABCDE-".parse::<StepId>().is_err());
        assert!(UserId::from_tail("K0q6Eh6Rr3WOOfFBLPiHsr").is_ok());
    }

    #[test]
    fn external_ids_hold_to_length_and_alphabet() {
        for refused in ["short-one", "with space", "umlaut-ü-umlaut", &"x".repeat(257)] {
            assert!(refused.parse::<ExternalId>().is_err(), "{refused}");
        }
        for accepted in ["8c992273-987d-4830-84f7-01324ab66899", "onboarding-2025-01", &"x".repeat(256)] {
            assert!(accepted.parse::<ExternalId>().is_ok(), "{accepted}");
        }
    }

    #[test]
    fn a_customer_of_the_omni_family_may_be_called_otherwise() {
        assert_eq!(ExternalId::of_customer("MyCustomerID#0001").unwrap().as_str(), "MyCustomerID#0001");
        assert!(ExternalId::of_customer("").is_err());
        assert!(ExternalId::of_customer("line\nfeed").is_err());
    }

    #[test]
    fn skill_names_carry_a_version() {
        for accepted in ["xyz_sbx_#3.0", "kyc_document_#1.0", "a_#10.2"] {
            assert!(accepted.parse::<SkillName>().is_ok(), "{accepted}");
        }
        for refused in ["xyz_sbx", "xyz#3.0", "_#1.0", "xyz_#1", "xyz_#1.", "Xyz_#1.0"] {
            assert!(refused.parse::<SkillName>().is_err(), "{refused}");
        }
    }
}
