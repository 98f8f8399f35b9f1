//! A mail server: it does what a test tells it to, and keeps what it took.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// What a server does with the letter that comes next.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// It takes it.
    Takes,
    /// It refuses the address with this status.
    Refuses(u16),
    /// It has it, and says nothing.
    Hangs,
}

/// How connections are encrypted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Manner {
    /// Not at all.
    Plain,
    /// From the beginning.
    Direct,
    /// By STARTTLS.
    Upgraded,
}

/// What a server has seen.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Letters as they came, with their headers, whether they were taken or not.
    pub letters: Vec<String>,
    /// The lines that were said besides, of all connections.
    pub lines: Vec<String>,
    /// How many connected.
    pub connections: usize,
}

/// A mail server, on this machine.
pub struct MailServer {
    port: u16,
    desk: Arc<Mutex<(VecDeque<Deed>, Seen)>>,
    serving: JoinHandle<()>,
}

impl MailServer {
    /// One that does these in turn, and then takes everything.
    pub async fn that(deeds: &[Deed]) -> Self {
        Self::open(Manner::Plain, None, deeds).await
    }

    /// One that encrypts. Its certificate is written into a file, for who wants to believe it.
    pub async fn encrypted(manner: Manner, certificate: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(certificate, made.cert.pem()).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let chain: Vec<CertificateDer<'static>> = vec![made.cert.der().clone()];
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        Self::open(manner, Some(TlsAcceptor::from(Arc::new(config))), &[]).await
    }

    async fn open(manner: Manner, tls: Option<TlsAcceptor>, deeds: &[Deed]) -> Self {
        let desk = Arc::new(Mutex::new((deeds.iter().copied().collect(), Seen::default())));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let kept = Arc::clone(&desk);
        let serving = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (desk, tls) = (Arc::clone(&kept), tls.clone());
                desk.lock().unwrap().1.connections += 1;
                // Whoever breaks off has said what there was to say.
                tokio::spawn(async move { receive(stream, manner, tls, desk).await.ok() });
            }
        });
        Self { port, desk, serving }
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it has seen.
    pub fn seen(&self) -> Seen {
        self.desk.lock().unwrap().1.clone()
    }

    /// Waits until so many letters have come.
    pub async fn wait_for(&self, count: usize) -> Vec<String> {
        for _ in 0..800 {
            let letters = self.seen().letters;
            if letters.len() >= count {
                return letters;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{count} letters were expected, these came: {:?}", self.seen());
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn receive(
    stream: TcpStream,
    manner: Manner,
    tls: Option<TlsAcceptor>,
    desk: Arc<Mutex<(VecDeque<Deed>, Seen)>>,
) -> std::io::Result<()> {
    match (manner, tls) {
        (Manner::Direct, Some(tls)) => {
            Talk::new(tls.accept(stream).await?, desk).hold(true).await?;
        }
        (Manner::Upgraded, Some(tls)) => {
            let talk = Talk::new(stream, Arc::clone(&desk));
            let Some(stream) = talk.hold(false).await? else { return Ok(()) };
            let encrypted = Talk { greeted: true, ..Talk::new(tls.accept(stream).await?, desk) };
            encrypted.hold(true).await?;
        }
        _ => {
            Talk::new(stream, desk).hold(true).await?;
        }
    }
    Ok(())
}

/// One connection.
struct Talk<S> {
    stream: BufReader<S>,
    desk: Arc<Mutex<(VecDeque<Deed>, Seen)>>,
    greeted: bool,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<S> {
    fn new(stream: S, desk: Arc<Mutex<(VecDeque<Deed>, Seen)>>) -> Self {
        Self { stream: BufReader::new(stream), desk, greeted: false }
    }

    /// Holds the conversation, and gives the stream where it is to be encrypted from here on.
    async fn hold(mut self, whole: bool) -> std::io::Result<Option<S>> {
        if !self.greeted {
            self.say("220 post.example").await?;
        }
        let mut deed = Deed::Takes;
        while let Some(line) = self.line().await? {
            self.desk.lock().unwrap().1.lines.push(line.clone());
            match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" if whole => self.say("250-post.example\r\n250 AUTH PLAIN").await?,
                "EHLO" => self.say("250-post.example\r\n250 STARTTLS").await?,
                "STARTTLS" if !whole => {
                    self.say("220 go on").await?;
                    return Ok(Some(self.stream.into_inner()));
                }
                "AUTH" => self.say("235 welcome").await?,
                "RCPT" => {
                    deed = self.desk.lock().unwrap().0.pop_front().unwrap_or(Deed::Takes);
                    match deed {
                        Deed::Refuses(status) => self.say(&format!("{status} not {line}")).await?,
                        Deed::Takes | Deed::Hangs => self.say("250 who").await?,
                    }
                }
                "DATA" => {
                    self.say("354 what").await?;
                    let letter = self.letter().await?;
                    self.desk.lock().unwrap().1.letters.push(letter);
                    match deed {
                        Deed::Hangs => std::future::pending().await,
                        Deed::Takes | Deed::Refuses(_) => self.say("250 taken").await?,
                    }
                }
                "QUIT" => {
                    self.say("221 bye").await?;
                    return Ok(None);
                }
                _ => self.say("250 yes").await?,
            }
        }
        Ok(None)
    }

    async fn letter(&mut self) -> std::io::Result<String> {
        let mut letter = String::new();
        while let Some(line) = self.line().await? {
            if line == "." {
                break;
            }
            letter.push_str(line.strip_prefix('.').unwrap_or(&line));
            letter.push('\n');
        }
        Ok(letter)
    }

    async fn line(&mut self) -> std::io::Result<Option<String>> {
        let mut line = String::new();
        let length = self.stream.read_line(&mut line).await?;
        Ok((length > 0).then(|| line.trim_end_matches(['\r', '\n']).into()))
    }

    async fn say(&mut self, line: &str) -> std::io::Result<()> {
        self.stream.write_all([line, "\r\n"].concat().as_bytes()).await?;
        self.stream.flush().await
    }
}
