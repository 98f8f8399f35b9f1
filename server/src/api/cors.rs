//! Which web pages may call from another origin: the Steps API, and what client tokens are for.

use std::time::Duration;

use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// The calls that browsers make. The others are for backends, which do not ask.
const PATHS: [&str; 4] = ["/sessions", "/steps", "/skills", "/users/vault"];

/// Lets the pages of `allowed` call, without cookies, of which there are none.
pub fn layer(allowed: &[String]) -> CorsLayer {
    let allowed = allowed.to_vec();
    let allow = move |origin: &HeaderValue, parts: &Parts| {
        let path = parts.uri.path();
        PATHS.iter().any(|prefix| {
            path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }) && origin.to_str().is_ok_and(|origin| is_allowed(&allowed, origin))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(allow))
        .allow_methods([Method::GET, Method::POST, Method::PATCH])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
        .expose_headers([header::RETRY_AFTER])
        .max_age(Duration::from_secs(3600))
}

/// Whether pages of this origin may call.
pub fn is_allowed(allowed: &[String], origin: &str) -> bool {
    allowed.iter().any(|pattern| matches(pattern, origin))
}

/// `http://localhost:*` stands for every port.
fn matches(pattern: &str, origin: &str) -> bool {
    match pattern.strip_suffix(":*") {
        Some(host) => origin.strip_prefix(host).is_some_and(|rest| {
            let port = rest.strip_prefix(':').unwrap_or(rest);
            rest.is_empty()
                || (rest != port && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
        }),
        None => pattern == origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_a_port_and_nothing_else() {
        let pattern = "http://localhost:*";
        assert!(matches(pattern, "http://localhost:4400"));
        assert!(matches(pattern, "http://localhost"));
        assert!(!matches(pattern, "http://localhost.evil.example"));
        assert!(!matches(pattern, "http://localhost:80.evil.example"));
        assert!(!matches(pattern, "https://localhost:4400"));
        assert!(matches("https://bank.example", "https://bank.example"));
        assert!(!matches("https://bank.example", "https://bank.example.evil"));
    }
}
