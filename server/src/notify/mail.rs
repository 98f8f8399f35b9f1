//! The operator's mail server, by SMTP (RFC 5321).
//!
//! Connections are kept for the next letter. One is lent to a letter as a whole and comes back only when the
//! server has taken it: whatever is broken off in the middle takes its connection with it, and no answer is
//! ever read as that to another letter.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, MultiPartKind, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use tokio::time::timeout;
use url::{Host, Url};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::LetterId;

use super::words::Mail;
use super::{CannotNotify, Problem, Unsent};

/// How long a connection is kept that nobody needs. Servers wait for five minutes (RFC 5321, section 4.5.3.2).
const KEPT_SECONDS: i64 = 60;

/// How a connection is encrypted.
enum Encryption {
    /// From its beginning.
    Direct(TlsParameters),
    /// By STARTTLS, before anything else is said.
    Upgraded(TlsParameters),
    /// Not at all.
    Nothing,
}

/// The operator's mail server.
pub(super) struct MailServer {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<Credentials>,
    from: Mailbox,
    hello: ClientId,
    limit: Duration,
    idle: Mutex<Vec<(AsyncSmtpConnection, Timestamp)>>,
}

impl MailServer {
    /// The server at `url`, to which this one is called `hello`. It may show a certificate of those in the file
    /// `roots`, which can be read. Each letter takes no longer than `limit`.
    ///
    /// # Errors
    /// [`CannotNotify`] says which setting is wrong.
    pub(super) fn new(
        url: &str,
        from: &str,
        hello: &str,
        roots: Option<&Path>,
        limit: Duration,
    ) -> Result<Self, CannotNotify> {
        let from: Mailbox = from.parse().map_err(|_| CannotNotify::From)?;
        let url = Url::parse(url).map_err(|_| CannotNotify::MailServer)?;
        let bare = matches!(url.path(), "" | "/") && url.fragment().is_none();
        let host = match url.host().ok_or(CannotNotify::MailServer)? {
            Host::Ipv6(address) => address.to_string(),
            host => host.to_string(),
        };
        let credentials = credentials(&url)?;
        let (port, encryption) = match (url.scheme(), url.query()) {
            ("smtps", None) => (465, Encryption::Direct(tls(&host, roots)?)),
            ("smtp", None | Some("tls=required")) => (587, Encryption::Upgraded(tls(&host, roots)?)),
            // A password is never sent in the clear.
            ("smtp", Some("tls=none")) if credentials.is_none() => (25, Encryption::Nothing),
            _ => return Err(CannotNotify::MailServer),
        };
        if !bare || host.is_empty() {
            return Err(CannotNotify::MailServer);
        }
        let (port, hello) = (url.port().unwrap_or(port), ClientId::Domain(hello.into()));
        Ok(Self { host, port, encryption, credentials, from, hello, limit, idle: Mutex::default() })
    }

    /// Hands a letter over to the server.
    pub(super) async fn send(
        &self,
        to: &str,
        id: &LetterId,
        language: &str,
        mail: Mail,
        now: Timestamp,
    ) -> Result<(), Unsent> {
        let message = self.message(to, id, language, mail, now).ok_or(Unsent::never(Problem::Address))?;
        let late = |_| Err(Unsent::yet(Problem::TimedOut));
        timeout(self.limit, self.hand_over(&message, now)).await.unwrap_or_else(late)
    }

    async fn hand_over(&self, message: &Message, now: Timestamp) -> Result<(), Unsent> {
        let mut connection = match self.lend(now).await {
            Some(connection) => connection,
            None => self.connect().await.map_err(|error| Unsent::yet(problem(&error)))?,
        };
        match connection.send(message.envelope(), &message.formatted()).await {
            Ok(_) => {
                self.idle().push((connection, now));
                Ok(())
            }
            Err(error) if is_about_letter(&error) => Err(Unsent::never(problem(&error))),
            Err(error) => Err(Unsent::yet(problem(&error))),
        }
    }

    /// A connection that was kept and still stands.
    async fn lend(&self, now: Timestamp) -> Option<AsyncSmtpConnection> {
        loop {
            let (mut connection, since) = self.idle().pop()?;
            if now < since.plus_seconds(KEPT_SECONDS) && connection.test_connected().await {
                return Some(connection);
            }
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let direct = match &self.encryption {
            Encryption::Direct(tls) => Some(tls.clone()),
            Encryption::Upgraded(_) | Encryption::Nothing => None,
        };
        let server = (self.host.as_str(), self.port);
        let limit = Some(self.limit);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, limit, &self.hello, direct, None).await?;
        if let Encryption::Upgraded(tls) = &self.encryption {
            connection.starttls(tls.clone(), &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<(AsyncSmtpConnection, Timestamp)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The message as it goes out; `None` if the address is none to which mail goes. Whenever it is made of the
    /// same letter it has the same name, by which mail readers show once what came twice.
    fn message(
        &self,
        to: &str,
        id: &LetterId,
        language: &str,
        mail: Mail,
        now: Timestamp,
    ) -> Option<Message> {
        let Mail { subject, text, html } = mail;
        let since_1970 = Duration::from_millis(u64::try_from(now.millis()).unwrap_or(0));
        let parts = MultiPart::builder()
            .kind(MultiPartKind::Alternative)
            .boundary(id.as_str())
            .singlepart(SinglePart::plain(text))
            .singlepart(SinglePart::html(html));
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.parse().ok()?))
            .subject(subject)
            .date(SystemTime::UNIX_EPOCH + since_1970)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .header(AutoSubmitted)
            .header(ContentLanguage(language.into()))
            .multipart(parts)
            .ok()
    }
}

fn credentials(url: &Url) -> Result<Option<Credentials>, CannotNotify> {
    let decoded = |text| percent_decode_str(text).decode_utf8().map_err(|_| CannotNotify::MailServer);
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) if !user.is_empty() => {
            Ok(Some(Credentials::new(decoded(user)?.into(), decoded(password)?.into())))
        }
        _ => Err(CannotNotify::MailServer),
    }
}

fn tls(host: &str, roots: Option<&Path>) -> Result<TlsParameters, CannotNotify> {
    let mut builder = TlsParameters::builder(host.into());
    if let Some(file) = roots {
        let own = std::fs::read(file).ok().and_then(|pem| Certificate::from_pem(&pem).ok());
        builder = builder.add_root_certificate(own.ok_or(CannotNotify::MailServer)?);
    }
    builder.build_rustls().map_err(|_| CannotNotify::MailServer)
}

/// Whether the server will not take this letter whenever it comes: not one that wants to know first who is
/// there (RFC 4954), which the operator may mend.
fn is_about_letter(error: &Error) -> bool {
    let code = error.status().map_or(0, u16::from);
    error.is_client() || error.is_permanent() && !(530..540).contains(&code)
}

/// What went wrong, without what the server said: it may have said the address.
fn problem(error: &Error) -> Problem {
    if error.is_timeout() {
        Problem::TimedOut
    } else if error.is_tls() {
        Problem::Encryption
    } else if let Some(code) = error.status() {
        Problem::Status(code.into())
    } else if error.is_client() {
        Problem::Unable
    } else {
        Problem::Unreachable
    }
}

/// That no person wrote it, so that none answers it by a machine (RFC 3834, section 5).
#[derive(Clone, Debug)]
struct AutoSubmitted;

/// The language (RFC 3282).
#[derive(Clone, Debug)]
struct ContentLanguage(String);

/// Why a header of ours is not read: nobody does.
type Unread = Box<dyn std::error::Error + Send + Sync>;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Unread> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(text: &str) -> Result<Self, Unread> {
        Ok(Self(text.into()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notify::Words;
    use crate::notify::words::Language;
    use crate::random::id;
    use crate::random::tests::Sequence;

    fn server(url: &str, from: &str) -> Result<MailServer, CannotNotify> {
        MailServer::new(url, from, "id.bank.example", None, Duration::from_secs(1))
    }

    #[test]
    fn a_mail_server_is_named_so_that_no_password_goes_in_the_clear() {
        for good in [
            "smtps://user:p%40ss@mail.bank.example",
            "smtps://mail.bank.example:4650",
            "smtp://user:pass@mail.bank.example:25",
            "smtp://mail.bank.example?tls=required",
            "smtp://[::1]:25?tls=none",
            "smtp://127.0.0.1:25?tls=none",
        ] {
            assert!(server(good, "no-reply@bank.example").is_ok(), "{good}");
        }
        for wrong in [
            "smtp://user:pass@mail.bank.example?tls=none",
            "smtp://mail.bank.example?tls=maybe",
            "smtps://mail.bank.example?tls=none",
            "smtps://user@mail.bank.example",
            "smtps://:pass@mail.bank.example",
            "smtps://mail.bank.example/inbox",
            "https://mail.bank.example",
            "mail.bank.example:25",
            "smtp://",
        ] {
            let refused = server(wrong, "no-reply@bank.example").err();
            assert!(matches!(refused, Some(CannotNotify::MailServer)), "{wrong}");
        }
        for nobody in ["", "bank", "Bank <bank>"] {
            let refused = server("smtps://mail.bank.example", nobody).err();
            assert!(matches!(refused, Some(CannotNotify::From)), "{nobody}");
        }
    }

    #[test]
    fn what_a_tenant_is_called_adds_no_header() {
        let server =
            server("smtps://mail.bank.example", "no-reply@bank.example").unwrap_or_else(|e| panic!("{e}"));
        let id = id(&Sequence::default());
        for name in
            ["Bank\r\nBcc: eve@post.example", "Bank\nBcc: eve@post.example", "Größte Bank\r\n\r\nHello"]
        {
            let words = Words::Code { code: "048213".into(), minutes: 10, page: None };
            let mail = Language::best(None).mail(name, &words);
            let message = server.message("jane@post.example", &id, "en", mail, Timestamp::from_millis(0));
            let text = String::from_utf8(message.unwrap().formatted()).unwrap();
            let head = text.split_once("\r\n\r\n").unwrap().0;
            let names: Vec<_> = head
                .split("\r\n")
                .filter(|line| !line.starts_with(' '))
                .map(|line| line.split_once(':').map_or(line, |(name, _)| name))
                .collect();
            let expected = [
                "From",
                "To",
                "Subject",
                "Date",
                "Message-ID",
                "Auto-Submitted",
                "Content-Language",
                "MIME-Version",
                "Content-Type",
            ];
            assert_eq!(names, expected, "{head}");
        }
    }
}
