//! Secrets: redacted in `Debug`, without `Display`, and never compared here.
//!
//! The server stores their SHA-256 alone and compares that; the browser only carries them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A secret that is a fixed prefix and a random tail in base 62.
pub trait SecretForm: Sized {
    /// What every secret of this kind begins with.
    const PREFIX: &'static str;
    /// How many base-62 characters follow.
    const TAIL: usize;

    /// The secret with this text. Any text is taken: whether it opens anything is for the
    /// server to find out by its hash.
    fn from_text(text: &str) -> Self;
}

/// The text itself, for the wire and for hashing. Ask for it only there.
pub trait Reveal {
    /// The secret's text.
    fn reveal(&self) -> &str;
}

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $tail:literal) => {
        secret! {
            $(#[$doc])* $name, $prefix, $tail,
            concat!("^", $prefix, "[0-9A-Za-z+/=_-]{", $tail, "}$")
        }
    };
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $tail:literal, $pattern:expr) => {
        $(#[$doc])*
        #[derive(Clone)]
        #[cfg_attr(
            feature = "schema",
            derive(schemars::JsonSchema),
            schemars(extend("pattern" = $pattern))
        )]
        pub struct $name(Box<str>);

        impl SecretForm for $name {
            const PREFIX: &'static str = $prefix;
            const TAIL: usize = $tail;

            fn from_text(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl Reveal for $name {
            fn reveal(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!($prefix, "[redacted]"))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(|text| Self(text.into()))
            }
        }
    };
}

secret! {
    /// A single-use permission to submit the next step, valid for 30 minutes:
    /// 32 random bytes in base64url, without padding. Backed by no prefix.
    Nonce, "", 43
}
secret! {
    /// Opens and resumes one session, from the browser. In the omni family it is a JSON Web Token in
    /// place of the prefix and tail.
    SessionToken, "obtok_", 34,
    r"^(obtok_[0-9A-Za-z]{34}|[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+\.[0-9A-Za-z_-]+)$"
}
secret! {
    /// What a finished flow hands to the host page, under the name `validation_token`.
    ValidationToken, "valtok_", 34
}
secret! {
    /// What a finished flow hands to the host page, under the name `temp_token`.
    TempToken, "temptok_", 34
}
secret! {
    /// Reads what one session collected, from the tenant's backend.
    AccessToken, "acctok_", 43
}
secret! {
    /// Lets a web page write or read some data of one person.
    ClientToken, "cttok_", 34
}
secret! {
    /// Shows that it was this browser in which a person logged in to a session.
    LoginToken, "logtok_", 43
}
secret! {
    /// A tenant's secret key in the sandbox.
    SandboxKey, "sk_test_", 32
}
secret! {
    /// A tenant's secret key on live data.
    LiveKey, "sk_live_", 32
}
secret! {
    /// A tenant's key of the omni family.
    ApiKey, "ak_", 40
}
secret! {
    /// Lets a web page start sessions of its tenant; safe to be seen.
    ClientAppKey, "cak_", 32
}
secret! {
    /// Lets a tenant's backend redeem temp tokens.
    ClientSecret, "cs_", 32
}
secret! {
    /// Signs what an endpoint of a tenant is told: 32 random bytes in base64, after the prefix of
    /// Standard Webhooks.
    WebhookSecret, "whsec_", 44
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_never_shows_a_secret() {
        let token = SessionToken::from_text("obtok_UxM6Vbvk2Rcy1gzcSuXgk3sj3L9I0pAnNH");
        assert_eq!(format!("{token:?}"), "obtok_[redacted]");
        assert_eq!(token.reveal(), "obtok_UxM6Vbvk2Rcy1gzcSuXgk3sj3L9I0pAnNH");
    }
}
