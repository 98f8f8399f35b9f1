//! Where a tenant is told of what happens: the address, and the secrets that sign.

use serde::{Deserialize, Serialize};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::EndpointId;
use vestibule_protocol::secret::WebhookSecret;
use vestibule_protocol::webhook::WebhookFamily;

/// How long a secret signs beside the one that took its place, in seconds.
const OVERLAP: i64 = 24 * 3600;

/// How many secrets sign at once. Each is a signature in the header.
const MOST_SECRETS: usize = 4;

/// An endpoint.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its name.
    pub id: EndpointId,
    /// In whose words it is told.
    pub family: WebhookFamily,
    /// When it was registered.
    pub created_at: Timestamp,
    /// What is sealed at rest.
    pub state: EndpointState,
}

/// What is kept of an endpoint. An address may hold a token of the receiver, and secrets are kept as they
/// are, since they sign.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EndpointState {
    /// Where events go.
    pub url: String,
    /// What it is for, in the tenant's words.
    pub description: Option<String>,
    /// What signs.
    pub secret: WebhookSecret,
    /// What signed before, and still does for a while; the latest last.
    #[serde(default)]
    pub former: Vec<Former>,
}

/// A secret that another one took the place of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Former {
    /// The secret.
    pub secret: WebhookSecret,
    /// Until when it signs.
    pub until: Timestamp,
}

impl Endpoint {
    /// The secrets that sign now, the latest first.
    pub fn secrets(&self, now: Timestamp) -> impl Iterator<Item = &WebhookSecret> {
        let former = self.state.former.iter().rev().filter(move |former| now < former.until);
        std::iter::once(&self.state.secret).chain(former.map(|former| &former.secret))
    }

    /// Until when the last former secret signs.
    pub fn former_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.state.former.iter().map(|former| former.until).filter(|until| now < *until).max()
    }

    /// Puts `fresh` in the place of the secret, which goes on signing for a day.
    #[must_use]
    pub fn rotate(mut self, fresh: WebhookSecret, now: Timestamp) -> Self {
        let secret = std::mem::replace(&mut self.state.secret, fresh);
        let former = &mut self.state.former;
        former.retain(|former| now < former.until);
        former.push(Former { secret, until: now.plus_seconds(OVERLAP) });
        let too_many = (former.len() + 1).saturating_sub(MOST_SECRETS);
        former.drain(..too_many);
        self
    }
}

#[cfg(test)]
mod tests {
    use vestibule_protocol::secret::{Reveal, SecretForm};

    use super::*;

    fn signing(endpoint: &Endpoint, now: Timestamp) -> Vec<&str> {
        endpoint.secrets(now).map(Reveal::reveal).collect()
    }

    #[test]
    fn a_former_secret_signs_for_a_day_and_there_are_never_many() {
        let at = Timestamp::from_millis(0);
        let secret = WebhookSecret::from_text;
        let state =
            EndpointState { url: String::new(), description: None, secret: secret("1"), former: Vec::new() };
        let id = "hook_0123456789abcdefABCDEF".parse().unwrap();
        let endpoint = Endpoint { id, family: WebhookFamily::Omni, created_at: at, state };
        assert_eq!((signing(&endpoint, at), endpoint.former_until(at)), (vec!["1"], None));

        let endpoint = endpoint.rotate(secret("2"), at);
        let (last, over) = (at.plus_seconds(OVERLAP - 1), at.plus_seconds(OVERLAP));
        assert_eq!((signing(&endpoint, last), endpoint.former_until(last)), (vec!["2", "1"], Some(over)));
        assert_eq!((signing(&endpoint, over), endpoint.former_until(over)), (vec!["2"], None));

        let endpoint = endpoint.rotate(secret("3"), at).rotate(secret("4"), at).rotate(secret("5"), at);
        assert_eq!(signing(&endpoint, at), ["5", "4", "3", "2"]);
        let later = endpoint.rotate(secret("6"), over);
        assert_eq!(signing(&later, over), ["6", "5"]);
    }
}
