//! What a person gives in a step.
//!
//! A form step takes its fields by name; a consent step the version of each text by the consent's
//! name; a document step the kind of document under [`DOCUMENT_KIND`]; selfie and review steps nothing. What steps about log-in
//! take, [`login`](crate::login) says.

use std::fmt;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::field::{Raw, raw_members};

/// The name under which the submission of a document step says which document was chosen.
pub const DOCUMENT_KIND: &str = "kind";

/// The `data` of a submission: named values in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "std::collections::BTreeMap<String, Raw>")
)]
pub struct Data(Vec<(String, Raw)>);

impl Data {
    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Raw> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Adds a value. The name must be new.
    pub fn push(&mut self, name: &str, value: Raw) {
        self.0.push((name.into(), value));
    }

    /// The names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Raw)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw_members(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Data {
    /// A name that occurs twice is refused: which of the two was meant, nobody knows.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Data;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of named values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Data, A::Error> {
                let mut data = Data::default();
                while let Some((name, value)) = map.next_entry::<String, Raw>()? {
                    if data.get(&name).is_some() {
                        return Err(de::Error::custom("a name occurs twice"));
                    }
                    data.0.push((name, value));
                }
                Ok(data)
            }
        }

        deserializer.deserialize_map(Members)
    }
}
