//! A start that names a session which has begun: it is answered with a fresh token, if all that it says
//! is as it was said at first.

use vestibule_protocol::id::{ExternalId, PlaybookKey};

use crate::engine::session::{Remarks, Session};

/// What a start says of a session. What it leaves out stays as it is.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// The playbook.
    pub playbook: &'a PlaybookKey,
    /// The tenant's own name for the person.
    pub customer: Option<&'a ExternalId>,
    /// Where the hosted page goes in the end.
    pub redirect_url: Option<&'a str>,
    /// The remarks.
    pub remarks: &'a Remarks,
}

/// The first member of a start that says otherwise than the session began. The session's person is called
/// `customer`, if the tenant has a name for them.
pub fn contradicted(
    session: &Session,
    customer: Option<&ExternalId>,
    said: &Said<'_>,
) -> Option<&'static str> {
    let (began, remarks) = (&session.state, said.remarks);
    let differs = [
        ("configurationId", Some(said.playbook) != began.origin.playbook.as_ref()),
        ("externalCustomerId", said.customer.is_some() && said.customer != customer),
        ("redirectionUrl", said.redirect_url.is_some() && said.redirect_url != began.redirect_url.as_deref()),
        ("language", remarks.language.is_some() && remarks.language != began.remarks.language),
        ("countryCode", remarks.countries.is_some() && remarks.countries != began.remarks.countries),
        ("customFields", !remarks.custom.is_empty() && remarks.custom != began.remarks.custom),
    ];
    differs.into_iter().find_map(|(member, differs)| differs.then_some(member))
}
