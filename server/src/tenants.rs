//! Tenants: a business gets its keys, and its names for the skills. By the operator's hand, but for the
//! sandbox of the first start.
//!
//! The keys are shown once. What is kept of them is SHA-256. A running server needs no restart: it looks
//! tenants up at every call.

mod keys;

use std::collections::BTreeMap;

use serde::Serialize;
use vestibule_protocol::id::{ClientId, ConfigurationId, PlaybookKey, SkillName};
use vestibule_protocol::secret::{LiveKey, SandboxKey};

pub use self::keys::Keys;
use crate::random::{Random, base62, hex_digits};
use crate::skills::Catalogue;
use crate::store::{Playbook, Store, StoreFault, Tenant};

/// A new tenant, for whoever will hold its keys.
#[derive(Debug, Serialize)]
pub struct Registered {
    /// What a person is told it is called.
    pub name: String,
    /// Whether nothing of it is real.
    pub sandbox: bool,
    /// Its keys.
    #[serde(flatten)]
    pub keys: KeysOfWorld,
    /// Its names for each skill.
    pub playbooks: BTreeMap<SkillName, Names>,
}

/// Keys, by what they open.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum KeysOfWorld {
    /// Nothing that is real.
    Sandbox(Keys<SandboxKey>),
    /// What is real.
    Live(Keys<LiveKey>),
}

impl KeysOfWorld {
    fn tenant(&self, name: &str, random: &dyn Random) -> Tenant {
        match self {
            KeysOfWorld::Sandbox(keys) => keys.tenant(name, true, random),
            KeysOfWorld::Live(keys) => keys.tenant(name, false, random),
        }
    }
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
) -> Result<Registered, StoreFault> {
    let keys = if sandbox {
        KeysOfWorld::Sandbox(Keys::fresh(random))
    } else {
        KeysOfWorld::Live(Keys::fresh(random))
    };
    let tenant = keys.tenant(name, random);
    let skills = catalogue.all();
    let playbooks: Vec<Playbook> =
        skills.iter().map(|published| playbook(&published.skill.name, sandbox, random)).collect();
    store.register(&tenant, &playbooks).await?;
    let playbooks = playbooks.into_iter().map(names).collect();
    Ok(Registered { name: name.into(), sandbox, keys, playbooks })
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

/// A fresh playbook for a skill.
pub fn playbook(skill: &SkillName, sandbox: bool, random: &dyn Random) -> Playbook {
    let prefix = if sandbox { "pb_test_" } else { "pb_live_" };
    Playbook {
        key: [prefix, &base62(random, 22)].concat().parse().expect("this is the form of a playbook's key"),
        configuration: hex_digits(random, 24).parse().expect("this is the form of a configuration's name"),
        skill: skill.clone(),
    }
}

fn names(playbook: Playbook) -> (SkillName, Names) {
    let Playbook { key, configuration, skill } = playbook;
    (skill, Names { playbook_key: key, configuration_id: configuration })
}
