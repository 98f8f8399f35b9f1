//! The person for whom a session is begun: found, or made.

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{ExternalId, TenantId, UserId};
use vestibule_protocol::onboarding::Reference;
use vestibule_protocol::problem::Code;

use crate::api::error::Failure;
use crate::app::App;
use crate::engine::user::User;
use crate::ledger::{Fault, KeptUser, Ledger};
use crate::random::id;
use crate::store::UserRow;

/// A person as they are to be written.
pub struct Located {
    kept: Option<KeptUser>,
    /// The person.
    pub user: User,
}

impl Located {
    /// Their row.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn row(&self, ledger: &Ledger) -> Result<UserRow, Fault> {
        match &self.kept {
            Some(kept) => ledger.seal_user(kept, &self.user),
            None => ledger.new_user(&self.user),
        }
    }
}

/// The person of this reference: by the server's name they must be there, by the tenant's they may be.
/// Without a reference, somebody new.
///
/// # Errors
/// [`Failure`] when there is no such person, or they are called otherwise.
pub async fn find_or_make(
    app: &App,
    tenant: &TenantId,
    reference: Option<&Reference<UserId>>,
) -> Result<Located, Failure> {
    let found = match reference {
        Some(reference) => find(app, tenant, reference).await?,
        None => None,
    };
    Ok(found.unwrap_or_else(|| {
        let name = match reference {
            Some(Reference::External(name)) => Some(name.clone()),
            _ => None,
        };
        Located { kept: None, user: User::new(id(&*app.random), name) }
    }))
}

/// The person of this reference, who must be there.
///
/// # Errors
/// [`Failure`] when there is no such person, or they are called otherwise.
pub async fn find_known(
    app: &App,
    tenant: &TenantId,
    reference: &Reference<UserId>,
) -> Result<Located, Failure> {
    let unknown = || Failure::field(Code::NotFound, "user_external_id", FieldProblem::NotAnOption);
    find(app, tenant, reference).await?.ok_or_else(unknown)
}

async fn find(
    app: &App,
    tenant: &TenantId,
    reference: &Reference<UserId>,
) -> Result<Option<Located>, Failure> {
    match reference {
        Reference::Id(id) => known(app, tenant, id).await.map(Some),
        Reference::External(name) => Ok(app.ledger.user_called(tenant, name).await?.map(Located::from)),
        Reference::Both(id, name) => {
            let mut located = known(app, tenant, id).await?;
            match &located.user.external_id {
                Some(same) if same == name => {}
                None if is_free(app, tenant, name).await? => located.user.external_id = Some(name.clone()),
                _ => {
                    return Err(Failure::field(
                        Code::InvalidField,
                        "user_external_id",
                        FieldProblem::NotAnOption,
                    ));
                }
            }
            Ok(Some(located))
        }
    }
}

async fn known(app: &App, tenant: &TenantId, id: &UserId) -> Result<Located, Failure> {
    let unknown = || Failure::field(Code::NotFound, "fp_id", FieldProblem::NotAnOption);
    Ok(app.ledger.user(tenant, id).await?.ok_or_else(unknown)?.into())
}

async fn is_free(app: &App, tenant: &TenantId, name: &ExternalId) -> Result<bool, Fault> {
    Ok(app.ledger.user_called(tenant, name).await?.is_none())
}

impl From<KeptUser> for Located {
    fn from(kept: KeptUser) -> Self {
        Self { user: kept.content.clone(), kept: Some(kept) }
    }
}
