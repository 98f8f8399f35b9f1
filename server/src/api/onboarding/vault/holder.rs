//! Of whom data are kept: a person or a business, as it was read and as it is written again.

use vestibule_protocol::id::{SessionId, TenantId};
use vestibule_protocol::problem::Code;

use super::Right;
use crate::api::error::Failure;
use crate::app::App;
use crate::engine::erase::Erasure;
use crate::engine::rewrite::Rewrite;
use crate::engine::vault::{Vault, Whose};
use crate::ledger::{Fault, KeptBusiness, KeptUser};
use crate::store::Change;
use crate::store::audit::Subject;
use crate::store::logins::LoginChange;

/// A person or a business that was read.
pub(super) enum Holder {
    /// A person.
    Person(KeptUser),
    /// A business.
    Business(KeptBusiness),
}

impl Holder {
    /// The one with whose data somebody works.
    ///
    /// # Errors
    /// [`Failure`] when the tenant has none such.
    pub(super) async fn of(app: &App, right: &Right) -> Result<Self, Failure> {
        let kept = match &right.subject {
            Subject::User(id) => app.ledger.user(&right.tenant, id).await?.map(Self::Person),
            Subject::Business(id) => app.ledger.business(&right.tenant, id).await?.map(Self::Business),
        };
        kept.ok_or(Code::NotFound.into())
    }

    /// What is known of it.
    pub(super) fn vault(&self) -> &Vault {
        match self {
            Self::Person(kept) => &kept.content.state.vault,
            Self::Business(kept) => &kept.content.state.vault,
        }
    }

    /// Whose vault that is.
    pub(super) fn whose(&self) -> Whose {
        match self {
            Self::Person(_) => Whose::Person,
            Self::Business(_) => Whose::Business,
        }
    }

    /// The sessions that may hold its data.
    ///
    /// # Errors
    /// [`Fault`].
    pub(super) async fn sessions(&self, app: &App, tenant: &TenantId) -> Result<Vec<SessionId>, Fault> {
        Ok(match self {
            Self::Person(kept) => app.store.sessions_of_user(tenant, &kept.content.id).await?,
            Self::Business(kept) => app.store.sessions_of_business(tenant, &kept.content.id).await?,
        })
    }

    /// Adds to a change that this is written and that erased.
    ///
    /// # Errors
    /// [`Fault`].
    pub(super) fn write(
        &self,
        app: &App,
        tenant: &TenantId,
        written: &Rewrite,
        erased: &Erasure,
        change: &mut Change,
    ) -> Result<(), Fault> {
        match self {
            Self::Person(kept) => {
                let mut user = kept.content.clone();
                user.state.vault.rewrite(written);
                user.state.vault.erase(erased);
                let lost = user.state.logins.erase(erased);
                let lost = lost.iter().map(|key| LoginChange {
                    key: app.ledger.login_digest(tenant, key),
                    user: user.id.clone(),
                    gained: false,
                });
                change.logins.extend(lost);
                change.users = vec![app.ledger.seal_user(kept, &user)?];
            }
            Self::Business(kept) => {
                let mut business = kept.content.clone();
                business.state.vault.rewrite(written);
                business.erase(erased);
                change.businesses = vec![app.ledger.seal_business(kept, &business)?];
            }
        }
        Ok(())
    }
}
