//! What a tenant keeps of somebody, under a name of the server's and one of its own.

use vestibule_protocol::id::ExternalId;

/// A person or a business, within one tenant.
#[derive(Clone, Debug)]
pub struct Record<I, S> {
    /// Its name.
    pub id: I,
    /// The tenant's own name for it.
    pub external_id: Option<ExternalId>,
    /// What is sealed at rest.
    pub state: S,
}
