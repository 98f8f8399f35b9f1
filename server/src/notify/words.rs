//! What messages to people say, in four languages. The texts are in `words/`, one file for each.

use std::sync::LazyLock;

use serde::Deserialize;
use vestibule_protocol::onboarding::AuthMethod;

use super::{Words, html};

/// The texts of one language. A text that is missing, or one that nobody asks for, is noticed by a test.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    code_subject: String,
    code_is: String,
    code_minute: String,
    code_minutes: String,
    code_secret: String,
    code_unasked: String,
    sms_code: String,
    sms_secret: String,
    changed_subject: String,
    changed_phone: String,
    changed_email: String,
    changed_passkey: String,
    changed_yours: String,
    changed_unasked: String,
    sms_changed: String,
}

/// The languages, English first, and their files.
const FILES: [(&str, &str); 4] = [
    ("en", include_str!("words/en.toml")),
    ("de", include_str!("words/de.toml")),
    ("es", include_str!("words/es.toml")),
    ("fr", include_str!("words/fr.toml")),
];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let read = |text| toml::from_str(text).expect("the texts are compiled in, and tested");
    FILES.iter().map(|(tag, text)| Language { tag, texts: read(text) }).collect()
});

/// A language that we speak.
#[derive(Debug)]
pub(super) struct Language {
    /// Its tag.
    pub(super) tag: &'static str,
    texts: Texts,
}

/// What an e-mail says.
#[derive(Debug)]
pub(super) struct Mail {
    /// What stands above it. A locked screen shows it: there is no code in it.
    pub(super) subject: String,
    /// As plain text.
    pub(super) text: String,
    /// As a document in HTML.
    pub(super) html: String,
}

impl Language {
    /// The one that fits a tag best (RFC 4647, section 3.4, with languages that have no regions): English, if
    /// none does.
    pub(super) fn best(tag: Option<&str>) -> &'static Self {
        let primary = tag.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or_default();
        let found = LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(primary));
        found.unwrap_or(&LANGUAGES[0])
    }

    /// The e-mail that says so in the name of `tenant`.
    pub(super) fn mail(&self, tenant: &str, words: &Words) -> Mail {
        let texts = &self.texts;
        let (subject, code, paragraphs) = match words {
            Words::Code { code, minutes, .. } => (
                &texts.code_subject,
                Some((&texts.code_is, code)),
                vec![self.life(*minutes).to_owned() + " " + &texts.code_secret, texts.code_unasked.clone()],
            ),
            Words::LoginChanged { method } => (
                &texts.changed_subject,
                None,
                vec![
                    self.changed(*method).to_owned(),
                    texts.changed_yours.clone() + " " + &texts.changed_unasked,
                ],
            ),
        };
        let said = |text: &str| fill(text, tenant, words);
        let subject = said(subject);
        let code = code.map(|(lead, code)| (said(lead), code.as_str()));
        let paragraphs: Vec<String> = paragraphs.iter().map(|text| said(text)).collect();
        let shown = code.iter().flat_map(|(lead, code)| [lead.as_str(), code]);
        let text: Vec<&str> = shown.chain(paragraphs.iter().map(String::as_str)).collect();
        let html = html::document(
            self.tag,
            &subject,
            code.as_ref().map(|(lead, code)| (&**lead, *code)),
            &paragraphs,
        );
        Mail { subject, text: text.join("\n\n") + "\n", html }
    }

    /// The text message that says so in the name of `tenant`. If it brings a code, its last line lets a
    /// browser give that to a page of `host`, and to no other (WICG, Origin-bound one-time codes).
    pub(super) fn text_message(&self, tenant: &str, words: &Words, host: &str) -> String {
        let texts = &self.texts;
        let sentences: &[&str] = match words {
            Words::Code { minutes, .. } => &[&texts.sms_code, self.life(*minutes), &texts.sms_secret],
            Words::LoginChanged { method } => &[self.changed(*method), &texts.sms_changed],
        };
        let said = fill(&sentences.join(" "), tenant, words);
        match words {
            Words::Code { code, page, .. } => {
                let page = page.as_deref().unwrap_or(host);
                format!("{said}\n\n@{page} #{code}")
            }
            Words::LoginChanged { .. } => said,
        }
    }

    fn life(&self, minutes: u32) -> &str {
        if minutes == 1 { &self.texts.code_minute } else { &self.texts.code_minutes }
    }

    fn changed(&self, method: AuthMethod) -> &str {
        match method {
            AuthMethod::Phone => &self.texts.changed_phone,
            AuthMethod::Email => &self.texts.changed_email,
            AuthMethod::Passkey => &self.texts.changed_passkey,
        }
    }
}

/// A text with its placeholders filled in, in one go: what is filled in is not looked at again.
fn fill(text: &str, tenant: &str, words: &Words) -> String {
    let (code, minutes) = match words {
        Words::Code { code, minutes, .. } => (code.as_str(), minutes.to_string()),
        Words::LoginChanged { .. } => ("", String::new()),
    };
    let mut filled = String::with_capacity(text.len() + tenant.len());
    for (nth, part) in text.split(['{', '}']).enumerate() {
        filled.push_str(match (nth % 2, part) {
            (1, "tenant") => tenant,
            (1, "code") => code,
            (1, "minutes") => &minutes,
            _ => part,
        });
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: Words = Words::Code { code: String::new(), minutes: 10, page: None };

    fn code() -> Words {
        Words::Code { code: "048213".into(), minutes: 10, page: None }
    }

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text.split(['{', '}']).skip(1).step_by(2).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn every_language_has_every_text_with_the_placeholders_of_the_english_one() {
        let read = |text: &str| text.parse::<toml::Table>().unwrap();
        let english = read(FILES[0].1);
        for (tag, file) in FILES {
            let texts = read(file);
            assert_eq!(texts.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{tag}");
            for (name, text) in &texts {
                let (text, original) = (text.as_str().unwrap(), english[name].as_str().unwrap());
                assert_eq!(placeholders(text), placeholders(original), "{name} in {tag}");
                assert_eq!(text.matches('{').count(), text.matches('}').count(), "{name} in {tag}");
                assert!(tag == "en" || text != original, "{name} in {tag} is not translated");
            }
        }
        assert_eq!(LANGUAGES.len(), FILES.len());
    }

    #[test]
    fn the_language_that_fits_best_is_spoken() {
        let spoken = |tag| Language::best(tag).tag;
        for (tag, best) in [
            ("de-AT", "de"),
            ("DE", "de"),
            ("es-419", "es"),
            ("fr_CA", "fr"),
            ("fr-Latn-CH", "fr"),
            ("en-US", "en"),
            ("pt-BR", "en"),
            ("frr", "en"),
            ("", "en"),
            ("-de", "en"),
        ] {
            assert_eq!(spoken(Some(tag)), best, "{tag}");
        }
        assert_eq!(spoken(None), "en");
    }

    #[test]
    fn a_code_is_in_the_text_and_never_in_the_subject() {
        for language in LANGUAGES.iter() {
            let mail = language.mail("Northwind Bank", &code());
            assert!(!mail.subject.contains("048213"), "{}", mail.subject);
            assert!(mail.subject.contains("Northwind Bank"), "{}", mail.subject);
            assert!(mail.text.lines().any(|line| line == "048213"), "{}", mail.text);
            assert!(mail.text.contains(" 10 ") && mail.html.contains(" 10 "), "{}", mail.text);
            assert!(!mail.text.contains(['{', '}']), "{}", mail.text);
            assert_eq!(mail.html.matches("048213").count(), 1);
        }
    }

    #[test]
    fn one_minute_is_said_as_one() {
        let one = Words::Code { code: "048213".into(), minutes: 1, page: None };
        assert!(Language::best(None).mail("Bank", &one).text.contains("It works for 1 minute."));
        assert!(Language::best(Some("de")).text_message("Bank", &one, "a").contains("Er gilt 1 Minute."));
        assert!(Language::best(None).mail("Bank", &TEN).text.contains("10 minutes."));
    }

    #[test]
    fn a_text_message_ends_with_the_line_that_browsers_read_and_is_short() {
        for language in LANGUAGES.iter() {
            let said = language.text_message("Northwind Bank", &code(), "id.bank.example");
            assert_eq!(said.lines().last().unwrap(), "@id.bank.example #048213");
            assert!(said.starts_with("048213 "), "{said}");
            assert!(said.chars().count() <= 153, "{} characters: {said}", said.chars().count());
            for method in AuthMethod::ALL {
                let said =
                    language.text_message("Northwind Bank", &Words::LoginChanged { method: *method }, "x");
                assert!(said.chars().count() <= 160 && !said.contains(['{', '@', '#']), "{said}");
            }
        }
    }

    #[test]
    fn what_a_tenant_is_called_is_no_text_of_ours() {
        let mail = Language::best(None).mail("{code} <b>& \"Sons\"", &code());
        assert_eq!(mail.subject, "Your code for {code} <b>& \"Sons\"");
        assert!(mail.html.contains("{code} &lt;b&gt;&amp; &quot;Sons&quot;") && !mail.html.contains("<b>"));
        assert_eq!(mail.text.matches("048213").count(), 1);
    }
}
