//! The sandbox tenant of the first start, and the file by which tools and tests find their way in.
//!
//! `sandbox.json` is written before the tenant is registered, so that a start that breaks off in
//! between goes on with the same secrets. In the database there are only their hashes.

pub mod samples;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vestibule_protocol::id::{ConfigurationId, PlaybookKey, SkillName, TenantId};
use vestibule_protocol::secret::SandboxKey;

use crate::random::Random;
use crate::skills::Catalogue;
use crate::store::{Playbook, Store, StoreFault};
use crate::tenants::{Keys, of_skill, playbook};
use crate::vault::write_private;

/// The skill whose keys stand alone in the file.
const MAIN_SKILL: &str = "kyc_document_#1.0";

/// The main skill's further name in the omni family, which that family's document prints.
const PRINTED_CONFIGURATION: &str = "65283accd410a1dd7e965479";

/// What `sandbox.json` holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sandbox {
    #[serde(flatten)]
    keys: Keys<SandboxKey>,
    playbook_key: PlaybookKey,
    configuration_id: ConfigurationId,
    skill: SkillName,
    public_url: String,
    playbooks: BTreeMap<SkillName, PlaybookKey>,
    #[serde(default)]
    configurations: BTreeMap<SkillName, ConfigurationId>,
}

/// Why there is no sandbox.
#[derive(Debug, Error)]
pub enum SandboxError {
    /// The file cannot be read or written.
    #[error("sandbox.json cannot be used: {0}")]
    File(#[from] io::Error),
    /// The file is not what was written.
    #[error("sandbox.json is not what was written: {0}")]
    Shape(#[from] serde_json::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Makes the sandbox tenant if there is no tenant yet, and gives it a playbook for every skill that has
/// come since. Gives the tenant's name. Without `sandbox.json`, which an operator may have put away,
/// nothing is done.
///
/// # Errors
/// [`SandboxError`].
pub async fn prepare(
    file: &Path,
    name: &str,
    public_url: &str,
    store: &dyn Store,
    catalogue: &Catalogue,
    random: &dyn Random,
) -> Result<Option<TenantId>, SandboxError> {
    let first_start = store.count_tenants().await? == (0, 0);
    let mut sandbox = match std::fs::read(file) {
        Ok(text) => serde_json::from_slice(&text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound && first_start => {
            let fresh = Sandbox::new(public_url, random);
            fresh.write(file)?;
            fresh
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if first_start {
        let tenant = sandbox.keys.tenant(name, true, random);
        store.register(&tenant, &[sandbox.main_playbook()]).await?;
    }
    if sandbox.follow(public_url, store, catalogue, random).await? {
        sandbox.write(file)?;
    }
    Ok(store.tenant_of_client(&sandbox.keys.client_id).await?)
}

impl Sandbox {
    fn new(public_url: &str, random: &dyn Random) -> Self {
        let Playbook { key, configuration, skill } = playbook(&made(MAIN_SKILL), true, random);
        Self {
            keys: Keys::fresh(random),
            playbook_key: key,
            configuration_id: configuration,
            skill,
            public_url: public_url.into(),
            playbooks: BTreeMap::new(),
            configurations: BTreeMap::new(),
        }
    }

    fn main_playbook(&self) -> Playbook {
        Playbook {
            key: self.playbook_key.clone(),
            configuration: self.configuration_id.clone(),
            skill: self.skill.clone(),
        }
    }

    /// Follows the public URL and the catalogue. `true` when something has changed.
    async fn follow(
        &mut self,
        public_url: &str,
        store: &dyn Store,
        catalogue: &Catalogue,
        random: &dyn Random,
    ) -> Result<bool, SandboxError> {
        let mut changed = self.public_url != public_url;
        self.public_url = public_url.into();
        let Some(id) = store.tenant_of_client(&self.keys.client_id).await? else { return Ok(changed) };
        let Some(tenant) = store.tenant(&id).await? else { return Ok(changed) };
        for published in catalogue.all().iter() {
            let Playbook { key, configuration, skill } =
                of_skill(store, &tenant, &published.skill.name, random).await?;
            changed |= self.playbooks.insert(skill.clone(), key.clone()) != Some(key);
            changed |= self.configurations.insert(skill, configuration.clone()) != Some(configuration);
        }
        let printed: ConfigurationId = made(PRINTED_CONFIGURATION);
        if store.playbook_of_configuration(&tenant.id, &printed).await?.is_none() {
            let further = playbook(&made(MAIN_SKILL), tenant.sandbox, random);
            store.add_playbook(&tenant.id, &Playbook { configuration: printed, ..further }).await?;
        }
        Ok(changed)
    }

    /// Writes the file whole or not at all.
    fn write(&self, file: &Path) -> Result<(), SandboxError> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        let draft = file.with_extension("json.new");
        match std::fs::remove_file(&draft) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        write_private(&draft, &text)?;
        std::fs::rename(&draft, file)?;
        let folder = file.parent().unwrap_or(Path::new("."));
        Ok(std::fs::File::open(folder)?.sync_all()?)
    }
}

/// What is written in this folder in the form of its type.
fn made<T: FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| unreachable!("what is written here has the form of its type"))
}
