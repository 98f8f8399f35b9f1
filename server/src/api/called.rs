//! A skill by any of its names, among the playbooks of a tenant.

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::problem::Code;
use vestibule_protocol::skill::SkillAddress;

use super::error::Failure;
use crate::app::App;
use crate::store::{Playbook, Tenant};

/// The tenant's playbook for the skill that is called so.
///
/// # Errors
/// [`Failure`] when the tenant has none, or the key is of the other world than the tenant.
pub async fn playbook(app: &App, tenant: &Tenant, address: &SkillAddress) -> Result<Playbook, Failure> {
    let found = match address {
        SkillAddress::Name(name) => app.store.playbook_of_skill(&tenant.id, name).await?,
        SkillAddress::Playbook(key) if key.as_str().starts_with("pb_test_") != tenant.sandbox => {
            return Err(Failure::field(Code::SandboxMismatch, "skill", FieldProblem::NotAnOption));
        }
        SkillAddress::Playbook(key) => app.store.playbook(&tenant.id, key).await?,
        SkillAddress::Configuration(id) => app.store.playbook_of_configuration(&tenant.id, id).await?,
    };
    found.ok_or(Code::InvalidSkillName.into())
}
