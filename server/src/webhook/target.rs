//! The address of an endpoint.

use std::net::IpAddr;

use thiserror::Error;
use url::{Host, Position, Url};

use super::reach::Reach;

/// More than any address needs.
const LONGEST: usize = 2_000;

/// The address is none to which webhooks go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("webhooks do not go to this address")]
pub struct Refused;

/// An address to which webhooks go. If it names a host, what the name stands for is asked at every
/// connection, and judged then: it may be another address each time.
#[derive(Clone, PartialEq, Eq)]
pub struct Target(Url);

impl Target {
    /// Reads an address.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn parse(text: &str, reach: Reach) -> Result<Self, Refused> {
        if text.len() > LONGEST || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(Refused);
        }
        let url = Url::parse(text).map_err(|_| Refused)?;
        let schemes: &[&str] = match reach {
            Reach::Public => &["https"],
            Reach::Nearby => &["https", "http"],
        };
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let reached = match url.host() {
            Some(Host::Domain(_)) => true,
            Some(Host::Ipv4(address)) => reach.permits(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => reach.permits(IpAddr::V6(address)),
            None => false,
        };
        let taken = schemes.contains(&url.scheme()) && plain && reached && url.port() != Some(0);
        if taken { Ok(Self(url)) } else { Err(Refused) }
    }

    /// Whether the connection is encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The host, without the brackets of an IPv6 address.
    pub(super) fn host(&self) -> String {
        match self.0.host() {
            Some(Host::Ipv6(address)) => address.to_string(),
            Some(host) => host.to_string(),
            None => String::new(),
        }
    }

    /// The port.
    pub(super) fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// What the header `host` says.
    pub(super) fn authority(&self) -> &str {
        &self.0[Position::BeforeHost..Position::AfterPort]
    }

    /// Path and query, as a request begins with them.
    pub(super) fn path(&self) -> &str {
        &self.0[Position::BeforePath..Position::AfterQuery]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_and_has_nothing_that_is_not_sent() {
        let target = Target::parse("https://Bank.Example:8443/hooks?x=1", Reach::Public).unwrap();
        assert_eq!((target.authority(), target.path()), ("bank.example:8443", "/hooks?x=1"));
        assert_eq!(
            (target.host().as_str(), target.port(), target.is_encrypted()),
            ("bank.example", 8443, true)
        );
        let bare = Target::parse("https://[2606:4700::1111]", Reach::Public).unwrap();
        assert_eq!((bare.host().as_str(), bare.port(), bare.path()), ("2606:4700::1111", 443, "/"));
        for refused in [
            "http://bank.example",
            "ftp://bank.example",
            "bank.example",
            "/hooks",
            "",
            "https://",
            "https://user@bank.example",
            "https://:password@bank.example",
            "https://bank.example/#x",
            "https://bank.example/a b",
            "https://bank.example/\n",
            "https://bank.example:0/",
            "file:///etc/passwd",
            "data:text/html,x",
            "https://bank.example:99999",
        ] {
            assert!(Target::parse(refused, Reach::Public).is_err(), "{refused}");
        }
        assert!(
            Target::parse(&["https://bank.example/", &"x".repeat(2_000)].concat(), Reach::Public).is_err()
        );
    }

    #[test]
    fn an_address_in_numbers_is_judged_however_it_is_written() {
        for refused in [
            "https://127.0.0.1",
            "https://127.1",
            "https://2130706433",
            "https://0x7f000001",
            "https://0177.0.0.1",
            "https://127.0.0.1.",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]",
            "https://[::]",
            "https://[::ffff:127.0.0.1]",
            "https://[::ffff:a9fe:a9fe]",
            "https://[64:ff9b::7f00:1]",
            "https://[fe80::1]",
            "https://１２７.０.０.１",
            "https://192.168.0.1:8443",
            "https://0",
        ] {
            assert!(Target::parse(refused, Reach::Public).is_err(), "{refused}");
        }
        assert!(Target::parse("https://8.8.8.8", Reach::Public).is_ok());
        assert!(Target::parse("http://127.0.0.1:3000/hooks", Reach::Nearby).is_ok());
        assert!(Target::parse("http://localhost:3000/hooks", Reach::Nearby).is_ok());
        assert!(Target::parse("ftp://localhost", Reach::Nearby).is_err());
    }
}
