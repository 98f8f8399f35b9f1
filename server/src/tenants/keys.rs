//! The keys of a tenant: what its backend and its pages show to be known.

use serde::{Deserialize, Serialize};
use vestibule_protocol::id::ClientId;
use vestibule_protocol::secret::{ApiKey, ClientAppKey, ClientSecret, Reveal, SecretForm};

use crate::digest::Digest;
use crate::random::{Random, secret, uuid};
use crate::store::Tenant;

/// The keys of a tenant, for whoever holds them. `K` is the form of the secret key, which says whether
/// what it opens is real.
#[derive(Debug, Serialize, Deserialize)]
pub struct Keys<K> {
    /// Its secret key of the onboarding family.
    pub secret_key: K,
    /// Its key of the omni family.
    pub api_key: ApiKey,
    /// Its public client.
    pub client_id: ClientId,
    /// What lets a page start sessions.
    pub client_app_key: ClientAppKey,
    /// What lets its backend redeem temp tokens.
    pub client_secret: ClientSecret,
}

impl<K: SecretForm + Reveal> Keys<K> {
    /// Fresh ones.
    pub fn fresh(random: &dyn Random) -> Self {
        Self {
            secret_key: secret(random),
            api_key: secret(random),
            client_id: uuid(random),
            client_app_key: secret(random),
            client_secret: secret(random),
        }
    }

    /// A new tenant that is known by them. Of the secrets it has the digests alone.
    pub fn tenant(&self, name: &str, sandbox: bool, random: &dyn Random) -> Tenant {
        Tenant {
            id: uuid(random),
            name: name.into(),
            sandbox,
            client_id: self.client_id.clone(),
            app_key: Digest::of_secret(&self.client_app_key),
            client_secret: Digest::of_secret(&self.client_secret),
            secret_key: Digest::of_secret(&self.secret_key),
            api_key: Digest::of_secret(&self.api_key),
        }
    }
}
