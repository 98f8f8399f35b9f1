//! The outbox as a page, for whoever tries the sandbox in a browser. It has no script, and its styles are a
//! file of the server's.

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use vestibule_protocol::onboarding::OutboxLetter;

use super::html::escape;

const STYLES: &str = include_str!("page.css");

const CONTENT_POLICY: &str = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// Where the page finds its styles.
pub fn styles() -> Router {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    Router::new().route("/dev/outbox.css", get(async move || (headers, STYLES)))
}

/// The page that shows a tenant the messages to its people.
pub fn page(tenant: &str, letters: &[OutboxLetter]) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, document(tenant, letters)).into_response()
}

fn document(tenant: &str, letters: &[OutboxLetter]) -> String {
    let tenant = escape(tenant);
    let shown: String = letters.iter().map(article).collect();
    let nothing = if letters.is_empty() { "<p>There is nothing yet.</p>\n" } else { "" };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Outbox of {tenant}</title>\n<link rel=\"stylesheet\" href=\"/dev/outbox.css\">\n</head>\n\
         <body>\n<main>\n<h1>Outbox of {tenant}</h1>\n\
         <p>In the sandbox nothing is sent. This is what people would have got, the newest first.</p>\n\
         {nothing}{shown}</main>\n</body>\n</html>\n"
    )
}

fn article(letter: &OutboxLetter) -> String {
    let heading = escape(letter.subject.as_deref().unwrap_or("Text message"));
    let (to, text, at) = (escape(&letter.to), escape(letter.text.trim_end()), letter.timestamp);
    let code = letter.code.as_deref().map(escape);
    let code = code.map(|code| format!("<p class=\"code\">{code}</p>\n")).unwrap_or_default();
    format!(
        "<article>\n<h2>{heading}</h2>\n<p class=\"to\">To {to}, <time datetime=\"{at}\">{at}</time></p>\n\
         {code}<pre>{text}</pre>\n</article>\n"
    )
}
