//! How an e-mail looks: a small document without a picture, a link, or anything that is fetched, which follows
//! the reader's light or dark.

/// All that is styled. Mail readers take a style sheet from the document and from nowhere else.
const STYLES: &str = "\
    :root { color-scheme: light dark; }\n\
    body { margin: 0; background: #f7f5f0; color: #1d1c1a; font: 16px/1.5 system-ui, sans-serif; }\n\
    .letter { max-width: 416px; margin: 0 auto; padding: 32px 24px; }\n\
    h1 { margin: 0 0 24px; font-size: 20px; line-height: 1.3; }\n\
    p { margin: 0 0 16px; }\n\
    .code { margin: 0 0 24px; font: 600 32px/1.25 ui-monospace, monospace; letter-spacing: 0.15em; }\n\
    @media (prefers-color-scheme: dark) { body { background: #1d1c1a; color: #f1efe9; } }\n";

/// A document in a language, with what stands above it, perhaps a code with the line before it, and
/// paragraphs. All of it is text.
pub(super) fn document(
    language: &str,
    heading: &str,
    code: Option<(&str, &str)>,
    paragraphs: &[String],
) -> String {
    let heading = escape(heading);
    let mut body = format!("<h1>{heading}</h1>\n");
    if let Some((lead, code)) = code {
        body.push_str(&format!("<p>{}</p>\n<p class=\"code\">{}</p>\n", escape(lead), escape(code)));
    }
    for paragraph in paragraphs {
        body.push_str(&format!("<p>{}</p>\n", escape(paragraph)));
    }
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{heading}</title>\n<style>\n{STYLES}</style>\n</head>\n\
         <body>\n<div class=\"letter\" role=\"article\">\n{body}</div>\n</body>\n</html>\n"
    )
}

/// A text as it stands in HTML, in an attribute too.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
