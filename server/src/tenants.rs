//! Tenants by the operator's hand: a business gets its keys, and its names for the skills.
//!
//! The keys are shown once. What is kept of them is SHA-256. A running server needs no restart: it looks
//! tenants up at every call.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Serialize;
use vestibule_protocol::id::{ClientId, ConfigurationId, PlaybookKey, SkillName};
use vestibule_protocol::secret::{ApiKey, ClientAppKey, ClientSecret, LiveKey, SandboxKey};

use crate::digest::Digest;
use crate::random::{Random, base62, hex_digits, secret, uuid};
use crate::skills::Catalogue;
use crate::store::{Playbook, Store, StoreFault, Tenant};

/// The keys of a new tenant, for whoever will hold them.
#[derive(Debug, Serialize)]
pub struct Keys {
    /// What a person is told it is called.
    pub name: String,
    /// Whether nothing of it is real.
    pub sandbox: bool,
    /// Its secret key of the onboarding family.
    pub secret_key: SecretKey,
    /// Its key of the omni family.
    pub api_key: ApiKey,
    /// Its public client.
    pub client_id: ClientId,
    /// What lets a page start sessions.
    pub client_app_key: ClientAppKey,
    /// What lets its backend redeem temp tokens.
    pub client_secret: ClientSecret,
    /// Its names for each skill.
    pub playbooks: BTreeMap<SkillName, Names>,
}

/// A secret key, by what it opens.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum SecretKey {
    /// Nothing that is real.
    Sandbox(SandboxKey),
    /// What is real.
    Live(LiveKey),
}

/// A tenant's names for one skill.
#[derive(Debug, Serialize)]
pub struct Names {
    /// In the onboarding family.
    pub playbook_key: PlaybookKey,
    /// In the omni family.
    pub configuration_id: ConfigurationId,
}

/// What an operator sees of a tenant.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// What a person is told it is called.
    pub name: String,
    /// Whether nothing of it is real.
    pub sandbox: bool,
    /// Its public client, by which these commands name it.
    pub client_id: ClientId,
}

/// Registers a tenant, with a playbook for every published skill.
///
/// # Errors
/// [`StoreFault`].
pub async fn add(
    store: &dyn Store,
    catalogue: &Catalogue,
    random: &dyn Random,
    name: &str,
    sandbox: bool,
) -> Result<Keys, StoreFault> {
    let (secret_key, digest) = if sandbox {
        let key: SandboxKey = secret(random);
        let digest = Digest::of_secret(&key);
        (SecretKey::Sandbox(key), digest)
    } else {
        let key: LiveKey = secret(random);
        let digest = Digest::of_secret(&key);
        (SecretKey::Live(key), digest)
    };
    let keys = Keys {
        name: name.into(),
        sandbox,
        secret_key,
        api_key: secret(random),
        client_id: made(&uuid(random)),
        client_app_key: secret(random),
        client_secret: secret(random),
        playbooks: BTreeMap::new(),
    };
    let tenant = Tenant {
        id: made(&uuid(random)),
        name: name.into(),
        sandbox,
        client_id: keys.client_id.clone(),
        app_key: Digest::of_secret(&keys.client_app_key),
        client_secret: Digest::of_secret(&keys.client_secret),
        secret_key: digest,
        api_key: Digest::of_secret(&keys.api_key),
    };
    let skills = catalogue.all();
    let playbooks: Vec<Playbook> =
        skills.iter().map(|published| playbook(&published.skill.name, sandbox, random)).collect();
    store.register(&tenant, &playbooks).await?;
    Ok(Keys { playbooks: playbooks.into_iter().map(names).collect(), ..keys })
}

/// Every tenant.
///
/// # Errors
/// [`StoreFault`].
pub async fn list(store: &dyn Store) -> Result<Vec<Listed>, StoreFault> {
    let tenants = store.tenants().await?.into_iter();
    let listed = |Tenant { name, sandbox, client_id, .. }| Listed { name, sandbox, client_id };
    Ok(tenants.map(listed).collect())
}

/// The names that the tenant of this client has for every published skill. A skill that has come since it
/// was registered gets its names now. `None` where there is no such tenant.
///
/// # Errors
/// [`StoreFault`].
pub async fn playbooks(
    store: &dyn Store,
    catalogue: &Catalogue,
    random: &dyn Random,
    client: &ClientId,
) -> Result<Option<BTreeMap<SkillName, Names>>, StoreFault> {
    let Some(id) = store.tenant_of_client(client).await? else { return Ok(None) };
    let Some(tenant) = store.tenant(&id).await? else { return Ok(None) };
    let mut all = BTreeMap::new();
    for published in catalogue.all().iter() {
        let (skill, names) = names(of_skill(store, &tenant, &published.skill.name, random).await?);
        all.insert(skill, names);
    }
    Ok(Some(all))
}

/// A tenant's playbook for a skill, made if it has none yet.
///
/// # Errors
/// [`StoreFault`].
pub async fn of_skill(
    store: &dyn Store,
    tenant: &Tenant,
    skill: &SkillName,
    random: &dyn Random,
) -> Result<Playbook, StoreFault> {
    if let Some(known) = store.playbook_of_skill(&tenant.id, skill).await? {
        return Ok(known);
    }
    let fresh = playbook(skill, tenant.sandbox, random);
    store.add_playbook(&tenant.id, &fresh).await?;
    Ok(fresh)
}

fn playbook(skill: &SkillName, sandbox: bool, random: &dyn Random) -> Playbook {
    let prefix = if sandbox { "pb_test_" } else { "pb_live_" };
    Playbook {
        key: made(&[prefix, &base62(random, 22)].concat()),
        configuration: made(&hex_digits(random, 24)),
        skill: skill.clone(),
    }
}

fn names(playbook: Playbook) -> (SkillName, Names) {
    let Playbook { key, configuration, skill } = playbook;
    (skill, Names { playbook_key: key, configuration_id: configuration })
}

/// What was just made in the form of its type.
fn made<T: FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| unreachable!("what is made here has the form of its type"))
}
