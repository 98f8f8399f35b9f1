//! Where passkeys are made and used: the page's own origin.
//!
//! The flow runs in the tenant's page, so the tenant's host is what the passkey is bound to (the relying
//! party's id). It is the host as it stands and never a parent of it: a passkey of `id.bank.example` opens
//! nothing at `bank.example`, nor the other way round.

use std::time::Duration;

use url::{Host, Url};
use webauthn_rs::prelude::{Webauthn, WebauthnBuilder};

/// How long a browser lets a person look for their device, which is what Level 3 recommends.
pub(super) const TIMEOUT: Duration = Duration::from_secs(300);

/// An origin at which passkeys can be made and used.
#[derive(Clone, Debug)]
pub struct RelyingParty {
    id: String,
    origin: String,
    rules: Webauthn,
}

impl RelyingParty {
    /// The relying party of a page. The origin is written as browsers write it in the header `Origin`. There
    /// is none for pages that browsers keep passkeys from: those without a host name (`null`, addresses in
    /// numbers), and those that came over plain HTTP from elsewhere than this machine.
    pub fn of(origin: &str) -> Option<Self> {
        let url = Url::parse(origin).ok().filter(|url| url.origin().ascii_serialization() == origin)?;
        let Some(Host::Domain(host)) = url.host() else { return None };
        let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        let at_home = host == "localhost" || host.ends_with(".localhost");
        let is_secure = url.scheme() == "https" || url.scheme() == "http" && at_home;
        if !is_name || host.ends_with('.') || !is_secure {
            return None;
        }
        let rules = WebauthnBuilder::new(host, &url).and_then(|rules| rules.timeout(TIMEOUT).build()).ok()?;
        Some(Self { id: host.to_owned(), origin: origin.to_owned(), rules })
    }

    /// The host, to which passkeys are bound.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The origin, to which ceremonies are bound.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub(super) fn rules(&self) -> &Webauthn {
        &self.rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relying_party_is_the_host_of_its_origin() {
        for (origin, host) in [
            ("https://bank.example", "bank.example"),
            ("https://id.bank.example", "id.bank.example"),
            ("https://bank.example:8443", "bank.example"),
            ("https://xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("https://intranet", "intranet"),
            ("https://localhost", "localhost"),
            ("http://localhost", "localhost"),
            ("http://localhost:4400", "localhost"),
            ("http://bank.localhost:4400", "bank.localhost"),
        ] {
            let party = RelyingParty::of(origin).unwrap_or_else(|| panic!("{origin} is one"));
            assert_eq!((party.id(), party.origin()), (host, origin));
        }
    }

    #[test]
    fn where_browsers_have_no_passkeys_there_is_no_relying_party() {
        for origin in [
            "",
            "null",
            "bank.example",
            "//bank.example",
            "https://",
            "https://127.0.0.1",
            "http://127.0.0.1:4400",
            "https://0x7f000001",
            "https://[::1]",
            "http://bank.example",
            "http://localhost.bank.example",
            "http://notlocalhost",
            "ws://localhost",
            "file:///srv/index.html",
            "data:text/html,x",
            "chrome-extension://abcdefghijklmnop",
            "android:apk-key-hash:abc",
        ] {
            assert!(RelyingParty::of(origin).is_none(), "{origin}");
        }
    }

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for origin in [
            "https://bank.example/",
            "https://bank.example/login",
            "https://bank.example?x",
            "https://bank.example#x",
            "https://bank.example:443",
            "https://bank.example.",
            "https://Bank.example",
            "HTTPS://bank.example",
            "https://bücher.example",
            "https://thief@bank.example",
            " https://bank.example",
            "https://bank.example\n",
            "https://*.bank.example",
            "http://localhost:*",
        ] {
            assert!(RelyingParty::of(origin).is_none(), "{origin}");
        }
    }
}
