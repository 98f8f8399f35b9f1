//! How a person is reached: e-mail, telephone, web address.

use super::FieldProblem;

/// A pragmatic subset of RFC 5321: one `@`, a local part of at most 64 bytes without white space,
/// a domain of at least two labels. The ASCII letters of the domain are lower-cased; the local part is
/// kept as it is.
pub(super) fn email(text: &str) -> Result<String, FieldProblem> {
    if text.len() > 254 {
        return Err(FieldProblem::TooLong);
    }
    let (local, domain) = text.rsplit_once('@').ok_or(FieldProblem::InvalidEmail)?;
    let local_fits = (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && !local.chars().any(|c| c.is_whitespace() || c.is_control() || "@\"(),:;<>[]\\".contains(c));
    if local_fits && is_domain(domain) {
        Ok([local, "@", &domain.to_ascii_lowercase()].concat())
    } else {
        Err(FieldProblem::InvalidEmail)
    }
}

/// Two labels or more; the last one is not a number.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let labels = domain.split('.').count();
    let last = domain.rsplit('.').next().unwrap_or_default();
    labels >= 2
        && domain.split('.').all(is_label)
        && last.chars().count() >= 2
        && !last.chars().all(|c| c.is_ascii_digit())
}

/// What people put between the digits of a telephone number: spaces, brackets, dots and dashes.
const PHONE_SEPARATORS: &str = " ().-\u{a0}\u{202f}\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}";

/// E.164: `+`, a country code that does not begin with 0, 7 to 15 digits in all.
pub(super) fn phone(text: &str) -> Result<String, FieldProblem> {
    let bare: String = text.chars().filter(|c| !PHONE_SEPARATORS.contains(*c)).collect();
    let digits =
        bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")).ok_or(FieldProblem::InvalidPhone)?;
    let fits = (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    if fits { Ok(["+", digits].concat()) } else { Err(FieldProblem::InvalidPhone) }
}

/// An `http` or `https` address with a domain and no password; a bare domain is taken as `https`.
pub(super) fn url(text: &str) -> Result<String, FieldProblem> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => (scheme.to_ascii_lowercase(), rest),
        _ => ("https".into(), text),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (domain, port) = host.split_once(':').unwrap_or((host, "443"));
    let clean = !rest.chars().any(|c| c.is_whitespace() || c.is_control());
    if !clean
        || !["http", "https"].contains(&scheme.as_str())
        || !is_domain(domain)
        || port.parse::<u16>().is_err()
    {
        return Err(FieldProblem::InvalidUrl);
    }
    let url = [&scheme, "://", rest].concat();
    if url.len() > 2_000 { Err(FieldProblem::TooLong) } else { Ok(url) }
}
