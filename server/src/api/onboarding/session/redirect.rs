//! Where the hosted page goes in the end.

use url::{Host, Url};
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::problem::Code;

use crate::api::error::Failure;

/// Where a browser may be sent in the end, kept as it was written: `https`, or `http` on this machine.
pub(super) fn redirect(text: String) -> Result<String, Failure> {
    let refused = || Failure::field(Code::InvalidField, "redirect_url", FieldProblem::InvalidUrl);
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
    let taken = url.scheme() == "https" || (url.scheme() == "http" && here);
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
            assert_eq!(redirect(taken.into()).unwrap(), taken);
        }
        for refused in
            ["http://bank.example", "javascript:alert(1)", "/done", "https://a b", "data:text/html,x", ""]
        {
            assert!(redirect(refused.into()).is_err(), "{refused}");
        }
    }
}
