//! The settings: defaults < file < environment < flags. `config.default.toml` explains every one.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;
use toml::{Table, Value};
use url::{Origin, Url};
use vestibule_protocol::burst::{Burst, NoBurst};
use vestibule_protocol::secret::{Reveal, WebhookSecret};

/// Every setting with its default, explained.
pub const DEFAULTS: &str = include_str!("config.default.toml");

/// The settings of `vestibule serve`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address and port on which the server listens.
    pub listen: SocketAddr,
    /// The folder of all that is kept.
    pub data: PathBuf,
    /// The origin under which browsers reach the server.
    pub public_url: PublicUrl,
    /// A folder of the operator's skills.
    #[serde(deserialize_with = "path_or_none")]
    pub skills: Option<PathBuf>,
    /// The folder of the built pages.
    #[serde(deserialize_with = "path_or_none")]
    pub site: Option<PathBuf>,
    /// Whether the demo is served.
    pub demo: bool,
    /// What the sandbox tenant is called.
    pub sandbox_tenant: String,
    /// Web pages that may call the Steps API.
    pub allowed_origins: Vec<String>,
    /// How long a session lives.
    pub session_hours: u32,
    /// How long a nonce lives.
    pub nonce_minutes: u32,
    /// How long a result token lives.
    pub result_token_minutes: u32,
    /// How many refused credentials a network may send at once.
    pub refusals_at_once: u32,
    /// How many it may send per minute.
    pub refusals_per_minute: u32,
    /// How many sessions a network may start by static links at once.
    pub hosted_starts_at_once: u32,
    /// How many it may start per minute.
    pub hosted_starts_per_minute: u32,
    /// How many codes may be sent for one network at once.
    pub codes_at_once: u32,
    /// And per minute.
    pub codes_per_minute: u32,
    /// The header in which a trusted proxy says where a request came from; empty for none.
    pub client_address_header: String,
    /// How long a call may take.
    pub call_seconds: u64,
    /// How long a body may pause.
    pub idle_seconds: u64,
    /// How many pictures are decoded at the same time.
    pub decodes_at_once: usize,
    /// Whether webhooks may go to private addresses, and by http.
    pub webhook_private_targets: bool,
    /// A file of certificates that receivers of webhooks may show beside the public ones.
    #[serde(deserialize_with = "path_or_none")]
    pub webhook_roots: Option<PathBuf>,
    /// How long a receiver of webhooks may take.
    pub webhook_seconds: u64,
    /// How many webhooks are under way at the same time.
    pub webhooks_at_once: usize,
    /// How long it is kept that a webhook was delivered.
    pub webhook_keep_days: u32,
    /// Where the provider is asked; empty for none.
    pub provider_url: String,
    /// What signs questions and answers.
    pub provider_secret: WebhookSecret,
    /// Whether the provider may be at a private address, and by http.
    pub provider_private_target: bool,
    /// A file of certificates that the provider may show beside the public ones.
    #[serde(deserialize_with = "path_or_none")]
    pub provider_roots: Option<PathBuf>,
    /// How long the provider may take for an answer.
    pub provider_seconds: u64,
    /// How long a session waits for it in all.
    pub provider_minutes: u32,
    /// How much the provider is asked at the same time.
    pub provider_at_once: usize,
    /// How many further pictures it wants of a selfie.
    pub provider_burst: u8,
    /// How many milliseconds lie between two of them.
    pub provider_burst_apart: u16,
    /// The mail server that takes messages to people, with user name and password; empty for none.
    pub smtp_url: Hidden,
    /// Whom they are from.
    pub mail_from: String,
    /// Where text messages are handed over; empty for nowhere.
    pub sms_url: String,
    /// What the gateway knows the operator by.
    pub sms_account: String,
    /// The secret that goes with it.
    pub sms_token: Hidden,
    /// Whom text messages are from.
    pub sms_from: String,
    /// Whether the gateway may be at a private address, and by http.
    pub sms_private_target: bool,
    /// A file of certificates that mail server and gateway may show beside the public ones.
    #[serde(deserialize_with = "path_or_none")]
    pub message_roots: Option<PathBuf>,
    /// How long either may take for one message.
    pub message_seconds: u64,
    /// What is logged.
    pub log: String,
}

/// A setting that is a secret, or holds one.
#[derive(Clone, Deserialize)]
pub struct Hidden(String);

impl Reveal for Hidden {
    fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Why the settings cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the settings in {0} cannot be read: {1}")]
    Unreadable(String, #[source] std::io::Error),
    /// The file is not TOML.
    #[error("{0}: {1}")]
    Malformed(String, String),
    /// A setting is unknown or has a value that it cannot have.
    #[error("a setting cannot be used: {0}")]
    Setting(String),
}

impl Config {
    /// The settings in force. `environment` gives a variable's value; `flags` are those that were set.
    ///
    /// # Errors
    /// [`ConfigError`] says which setting is wrong, and why.
    pub fn load(
        file: Option<&Path>,
        environment: impl Fn(&str) -> Option<String>,
        flags: Table,
    ) -> Result<Self, ConfigError> {
        let mut settings = table("the compiled-in defaults", DEFAULTS)?;
        if let Some(file) = file {
            let name = file.display().to_string();
            let text = std::fs::read_to_string(file)
                .map_err(|error| ConfigError::Unreadable(name.clone(), error))?;
            settings.extend(table(&name, &text)?);
        }
        for (key, value) in &mut settings {
            if let Some(text) = environment(&["VESTIBULE_", &key.to_ascii_uppercase()].concat()) {
                *value = read_as(value, text);
            }
        }
        settings.extend(flags);
        settings.try_into().map_err(|error: toml::de::Error| ConfigError::Setting(error.to_string()))
    }

    /// The burst that the provider wants.
    ///
    /// # Errors
    /// [`NoBurst`] if it is out of bounds.
    pub fn burst(&self) -> Result<Option<Burst>, NoBurst> {
        let Self { provider_burst, provider_burst_apart, .. } = self;
        (*provider_burst > 0).then(|| Burst::new(*provider_burst, *provider_burst_apart)).transpose()
    }
}

fn table(name: &str, text: &str) -> Result<Table, ConfigError> {
    text.parse().map_err(|error: toml::de::Error| ConfigError::Malformed(name.into(), error.to_string()))
}

/// A variable's text, in the type of the setting's default; a list is separated by commas. What cannot be
/// read so stays a text, and is refused as one.
fn read_as(default: &Value, text: String) -> Value {
    let read = match default {
        Value::Boolean(_) => text.parse().ok().map(Value::Boolean),
        Value::Integer(_) => text.parse().ok().map(Value::Integer),
        Value::Array(_) => {
            Some(Value::Array(text.split(',').map(|item| Value::String(item.trim().into())).collect()))
        }
        _ => None,
    };
    read.unwrap_or(Value::String(text))
}

fn path_or_none<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then(|| text.into()))
}

/// An `http` or `https` origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The origin, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for PublicUrl {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let url = Url::parse(&text).map_err(serde::de::Error::custom)?;
        let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        match url.origin() {
            Origin::Tuple(..) if bare && matches!(url.scheme(), "http" | "https") => {
                Ok(Self(url.origin().ascii_serialization()))
            }
            _ => Err(serde::de::Error::custom("the public URL is an http or https origin without a path")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(text: &str) -> Table {
        text.parse().unwrap()
    }

    #[test]
    fn flags_stand_above_environment_above_file_above_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vestibule.toml");
        std::fs::write(&file, "log = \"warn\"\nnonce_minutes = 10\nsession_hours = 1\n").unwrap();
        let environment = |name: &str| match name {
            "VESTIBULE_NONCE_MINUTES" => Some("20".into()),
            "VESTIBULE_LISTEN" => Some("127.0.0.1:1".into()),
            "VESTIBULE_ALLOWED_ORIGINS" => Some("https://a.example, https://b.example".into()),
            _ => None,
        };
        let config = Config::load(Some(&file), environment, flags("listen = \"127.0.0.1:2\"")).unwrap();
        assert_eq!(config.listen.port(), 2);
        assert_eq!((config.nonce_minutes, config.session_hours, config.log.as_str()), (20, 1, "warn"));
        assert_eq!(config.result_token_minutes, 15);
        assert_eq!(config.allowed_origins, ["https://a.example", "https://b.example"]);
        assert_eq!(config.skills, None);
    }

    #[test]
    fn a_wrong_setting_is_named() {
        let load = |text: &str| Config::load(None, |_| None, flags(text)).map(|config| config.public_url);
        assert_eq!(
            load("public_url = \"https://id.bank.example/\"").unwrap().as_str(),
            "https://id.bank.example"
        );
        for wrong in [
            "listne = 1",
            "public_url = \"https://a.example/x\"",
            "public_url = \"ftp://a\"",
            "listen = 4400",
        ] {
            assert!(matches!(load(wrong), Err(ConfigError::Setting(_))), "{wrong}");
        }
    }
}
