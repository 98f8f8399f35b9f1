//! The sandbox tenant of the first start, and the file by which tools and tests find their way in.
//!
//! `sandbox.json` is written before the tenant is registered, so that a start that breaks off in
//! between goes on with the same secrets. In the database there are only their hashes.

pub mod samples;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use vestibule_protocol::id::{ClientId, ConfigurationId, PlaybookKey, SkillName, TenantId};
use vestibule_protocol::secret::{ApiKey, ClientAppKey, ClientSecret, SandboxKey};

use crate::digest::Digest;
use crate::random::{Random, base62, hex_digits, secret, uuid};
use crate::skills::Catalogue;
use crate::store::{Playbook, Store, StoreFault, Tenant};
use crate::vault::write_private;

/// The skill whose keys stand alone in the file.
const MAIN_SKILL: &str = "kyc_document_#1.0";

/// The main skill's further name in the omni family, which that family's document prints.
const PRINTED_CONFIGURATION: &str = "65283accd410a1dd7e965479";

/// What `sandbox.json` holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sandbox {
    secret_key: SandboxKey,
    api_key: ApiKey,
    client_id: ClientId,
    client_app_key: ClientAppKey,
    client_secret: ClientSecret,
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
        let (tenant, playbook) = sandbox.tenant(name, random);
        store.register(&tenant, &[playbook]).await?;
    }
    if sandbox.follow(public_url, store, catalogue, random).await? {
        sandbox.write(file)?;
    }
    Ok(store.tenant_of_client(&sandbox.client_id).await?)
}

impl Sandbox {
    fn new(public_url: &str, random: &dyn Random) -> Self {
        let skill: SkillName = made(MAIN_SKILL);
        let playbook_key = playbook_key(random);
        Self {
            secret_key: secret(random),
            api_key: secret(random),
            client_id: made(&uuid(random)),
            client_app_key: secret(random),
            client_secret: secret(random),
            configuration_id: made(&hex_digits(random, 24)),
            public_url: public_url.into(),
            playbooks: BTreeMap::new(),
            configurations: BTreeMap::new(),
            playbook_key,
            skill,
        }
    }

    fn tenant(&self, name: &str, random: &dyn Random) -> (Tenant, Playbook) {
        let tenant = Tenant {
            id: made::<TenantId>(&uuid(random)),
            name: name.into(),
            sandbox: true,
            client_id: self.client_id.clone(),
            app_key: Digest::of_secret(&self.client_app_key),
            client_secret: Digest::of_secret(&self.client_secret),
            secret_key: Digest::of_secret(&self.secret_key),
            api_key: Digest::of_secret(&self.api_key),
        };
        let playbook = Playbook {
            key: self.playbook_key.clone(),
            configuration: self.configuration_id.clone(),
            skill: self.skill.clone(),
        };
        (tenant, playbook)
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
        let Some(tenant) = store.tenant_of_client(&self.client_id).await? else { return Ok(changed) };
        for published in catalogue.all().iter() {
            let skill = &published.skill.name;
            let playbook = match store.playbook_of_skill(&tenant, skill).await? {
                Some(playbook) => playbook,
                None => {
                    let playbook = Playbook {
                        key: playbook_key(random),
                        configuration: made(&hex_digits(random, 24)),
                        skill: skill.clone(),
                    };
                    store.add_playbook(&tenant, &playbook).await?;
                    playbook
                }
            };
            let Playbook { key, configuration, .. } = playbook;
            changed |= self.playbooks.insert(skill.clone(), key.clone()) != Some(key);
            changed |=
                self.configurations.insert(skill.clone(), configuration.clone()) != Some(configuration);
        }
        let printed: ConfigurationId = made(PRINTED_CONFIGURATION);
        if store.playbook_of_configuration(&tenant, &printed).await?.is_none() {
            let (key, skill) = (playbook_key(random), made(MAIN_SKILL));
            store.add_playbook(&tenant, &Playbook { key, configuration: printed, skill }).await?;
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

fn playbook_key(random: &dyn Random) -> PlaybookKey {
    made(&["pb_test_", &base62(random, 22)].concat())
}

/// What was just made in the form of its type.
fn made<T: std::str::FromStr>(text: &str) -> T {
    match text.parse() {
        Ok(made) => made,
        Err(_) => unreachable!("what is made here has the form of its type"),
    }
}
