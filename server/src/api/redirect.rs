//! Where a browser may be sent in the end.

use url::{Host, Url};
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::problem::Code;

use super::error::Failure;

/// Whether an address may be one that nobody guards on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    /// `http` on this machine alone.
    Here,
    /// `http` anywhere.
    Anywhere,
}

/// The address, kept as it was written: `https`, or `http` where that is allowed. Scripts, files and the
/// like are no address. That a tenant names any host is no open redirect: its backend chose it, and
/// nothing that a visitor sends has a part in it.
///
/// # Errors
/// [`Code::InvalidField`] for `field`.
pub fn redirect(text: String, plain: Plain, field: &str) -> Result<String, Failure> {
    let refused = || Failure::field(Code::InvalidField, field, FieldProblem::InvalidUrl);
    if text.len() > 2_000 || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(refused());
    }
    let url = Url::parse(&text).map_err(|_| refused())?;
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let taken = url.scheme() == "https" || (url.scheme() == "http" && (here || plain == Plain::Anywhere));
    if taken { Ok(text) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_sent_to_https_or_this_machine() {
        for taken in [
            "https://bank.example/done?x=1#y",
            "http://localhost:3000/",
            "http://127.0.0.1/x",
            "http://[::1]/",
        ] {
            assert_eq!(redirect(taken.into(), Plain::Here, "redirect_url").unwrap(), taken);
        }
        assert!(redirect("http://bank.example".into(), Plain::Here, "redirect_url").is_err());
        assert!(redirect("http://bank.example".into(), Plain::Anywhere, "redirect_url").is_ok());
        for refused in [
            "javascript:alert(1)",
            "JavaScript://bank.example/%0aalert(1)",
            "java\nscript:alert(1)",
            "/done",
            "//bank.example",
            "https://a b",
            "https://",
            "ftp://bank.example",
            "file:///etc/passwd",
            "data:text/html,x",
            "blob:https://bank.example/x",
            "",
        ] {
            assert!(redirect(refused.into(), Plain::Anywhere, "redirect_url").is_err(), "{refused}");
        }
    }
}
