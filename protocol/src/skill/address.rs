//! The names by which a skill can be called: three names of one thing.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::id::{ConfigurationId, InvalidId, PlaybookKey, SkillName};

/// A skill, by any of its names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum SkillAddress {
    /// Its own, with its version.
    Name(SkillName),
    /// The tenant's key for it.
    Playbook(PlaybookKey),
    /// The omni family's name for that.
    Configuration(ConfigurationId),
}

impl SkillAddress {
    /// The name as the wire writes it.
    pub fn as_str(&self) -> &str {
        match self {
            SkillAddress::Name(name) => name.as_str(),
            SkillAddress::Playbook(key) => key.as_str(),
            SkillAddress::Configuration(id) => id.as_str(),
        }
    }
}

impl FromStr for SkillAddress {
    type Err = InvalidId;

    /// No text is two of the three: a version, a prefix and bare digits tell them apart.
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let key = || text.parse().map(SkillAddress::Playbook);
        let configuration = || text.parse().map(SkillAddress::Configuration);
        key().or_else(|_| configuration()).or_else(|_| text.parse().map(SkillAddress::Name))
    }
}

impl Serialize for SkillAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for SkillAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skill_has_three_kinds_of_names() {
        let kind = |text: &str| text.parse::<SkillAddress>().map(|address| (address.as_str().len(), address));
        assert!(matches!(kind("xyz_sbx_#3.0"), Ok((12, SkillAddress::Name(_)))));
        assert!(matches!(kind("pb_test_0123456789abcdefABCDEF"), Ok((30, SkillAddress::Playbook(_)))));
        assert!(matches!(kind("0123456789abcdef01234567"), Ok((24, SkillAddress::Configuration(_)))));
        for refused in ["xyz_sbx", "pb_test_short", "0123456789abcdef", ""] {
            assert!(kind(refused).is_err(), "{refused}");
        }
    }
}
