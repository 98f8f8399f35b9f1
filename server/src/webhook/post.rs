//! One attempt at a delivery: a connection of its own, one request, and the head of the answer.
//!
//! The connection is made here and by nothing else, so there is no proxy, no redirect and no connection
//! from before by which it could lead elsewhere: what a name stands for is asked, judged and connected to
//! in one go. Of a receiver's answer nothing is used but its status and when to come again; a provider's is
//! read, if it is not too long.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::webhook::DeliveryProblem;

use super::reach::Reach;
use super::target::Target;

/// More than an answer needs.
const MOST_HEADERS: usize = 64;
const MOST_HEADER_BYTES: usize = 16 * 1024;
/// What is read of a body before the connection is closed, so that an honest receiver is not cut off in
/// the middle of a word, and for how long.
const MOST_BODY_BYTES: usize = 4 * 1024;
const BODY_TIME: Duration = Duration::from_secs(1);
/// How long one of several addresses is tried.
const CONNECT_TIME: Duration = Duration::from_secs(5);

/// What a name stands for.
#[async_trait]
pub(super) trait Lookup: Send + Sync {
    /// Its addresses.
    async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// As the operating system says.
pub(super) struct SystemLookup;

#[async_trait]
impl Lookup for SystemLookup {
    async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(tokio::net::lookup_host((host, port)).await?.collect())
    }
}

/// What is sent, but for its address.
pub struct Parcel {
    /// The headers of Standard Webhooks, and others.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// After how many seconds to come again, where the answer says so.
    pub retry_after: Option<u64>,
}

/// An answer that was read.
pub struct Reply {
    /// Its head.
    pub answer: Answer,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body; `None` if it is longer than it may be.
    pub body: Option<Vec<u8>>,
}

/// Makes attempts.
pub struct Post {
    pub(super) reach: Reach,
    limit: Duration,
    tls: TlsConnector,
    lookup: Arc<dyn Lookup>,
}

impl Post {
    /// Makes attempts that lead so far and take no longer than `limit`.
    pub fn new(reach: Reach, limit: Duration, tls: TlsConnector) -> Self {
        Self { reach, limit, tls, lookup: Arc::new(SystemLookup) }
    }

    /// Sends a parcel. `now` is the time by which a date in the answer is understood.
    ///
    /// # Errors
    /// [`DeliveryProblem`] when there was no answer.
    pub async fn send(
        &self,
        target: &Target,
        parcel: Parcel,
        now: Timestamp,
    ) -> Result<Answer, DeliveryProblem> {
        self.attempt(target, parcel, async |response| {
            let answer = Answer::of(&response, now);
            timeout(BODY_TIME, see_out(response)).await.ok();
            Ok(answer)
        })
        .await
    }

    /// Sends a parcel and reads the answer, if its body has so many bytes at most. `now` is the time by
    /// which a date in the answer is understood.
    ///
    /// # Errors
    /// [`DeliveryProblem`] when there was no answer, or not all of it.
    pub async fn ask(
        &self,
        target: &Target,
        parcel: Parcel,
        now: Timestamp,
        most: usize,
    ) -> Result<Reply, DeliveryProblem> {
        self.attempt(target, parcel, async |response| {
            let (answer, headers) = (Answer::of(&response, now), response.headers().clone());
            Ok(Reply { answer, headers, body: whole(response, most).await? })
        })
        .await
    }

    /// Connects, sends, and has the answer read, all within the limit.
    async fn attempt<T>(
        &self,
        target: &Target,
        parcel: Parcel,
        read: impl AsyncFnOnce(Response<Incoming>) -> Result<T, DeliveryProblem>,
    ) -> Result<T, DeliveryProblem> {
        timeout(self.limit, self.go(target, parcel, read)).await.unwrap_or(Err(DeliveryProblem::TimedOut))
    }

    async fn go<T>(
        &self,
        target: &Target,
        parcel: Parcel,
        read: impl AsyncFnOnce(Response<Incoming>) -> Result<T, DeliveryProblem>,
    ) -> Result<T, DeliveryProblem> {
        let stream = self.connect(&target.host(), target.port()).await?;
        let mut request = Request::post(target.path())
            .header(header::HOST, target.authority())
            .header(header::USER_AGENT, concat!("vestibule/", env!("CARGO_PKG_VERSION")))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::CONNECTION, "close")
            .body(Body::from(parcel.body))
            .map_err(|_| DeliveryProblem::RefusedTarget)?;
        request.headers_mut().extend(parcel.headers);
        if target.is_encrypted() {
            let name = ServerName::try_from(target.host()).map_err(|_| DeliveryProblem::UnknownHost)?;
            let stream = self.tls.connect(name, stream).await.map_err(|error| distrust(&error))?;
            exchange(stream, request, read).await
        } else {
            exchange(stream, request, read).await
        }
    }

    /// A connection to the first of the host's addresses that takes one, of those that may be reached.
    async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, DeliveryProblem> {
        let found = match host.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => self.lookup.addresses(host, port).await.map_err(|_| DeliveryProblem::UnknownHost)?,
        };
        let mut problem =
            if found.is_empty() { DeliveryProblem::UnknownHost } else { DeliveryProblem::RefusedTarget };
        for address in found.into_iter().filter(|address| self.reach.permits(address.ip())) {
            match timeout(CONNECT_TIME, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                _ => problem = DeliveryProblem::Unreachable,
            }
        }
        Err(problem)
    }
}

/// Why there is no encrypted connection.
fn distrust(error: &io::Error) -> DeliveryProblem {
    let cause = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match cause {
        Some(rustls::Error::InvalidCertificate(_)) => DeliveryProblem::Untrusted,
        _ => DeliveryProblem::BrokenOff,
    }
}

async fn exchange<T>(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    request: Request<Body>,
    read: impl AsyncFnOnce(Response<Incoming>) -> Result<T, DeliveryProblem>,
) -> Result<T, DeliveryProblem> {
    let mut http = http1::Builder::new();
    http.max_headers(MOST_HEADERS).max_buf_size(MOST_HEADER_BYTES);
    let (mut sender, connection) =
        http.handshake(TokioIo::new(stream)).await.map_err(|_| DeliveryProblem::BrokenOff)?;
    let answered =
        async { read(sender.send_request(request).await.map_err(|_| DeliveryProblem::BrokenOff)?).await };
    // The connection moves nothing unless it is asked to, and may end before its answer is taken.
    match select(pin!(answered), pin!(connection)).await {
        Either::Left((answer, _)) => answer,
        Either::Right((_, answered)) => answered.await,
    }
}

impl Answer {
    fn of(response: &Response<Incoming>, now: Timestamp) -> Self {
        Self { status: response.status(), retry_after: retry_after(response.headers(), now) }
    }
}

/// A body, unless it is longer than it may be.
async fn whole(response: Response<Incoming>, most: usize) -> Result<Option<Vec<u8>>, DeliveryProblem> {
    let mut pieces = Body::new(response.into_body()).into_data_stream();
    let mut body = Vec::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| DeliveryProblem::BrokenOff)?;
        if body.len() + piece.len() > most {
            return Ok(None);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Some(body))
}

/// Reads a body to its end, unless it is long.
async fn see_out(response: Response<Incoming>) {
    let mut pieces = Body::new(response.into_body()).into_data_stream();
    let mut length = 0;
    while let Some(Ok(piece)) = pieces.next().await {
        length += piece.len();
        if length > MOST_BODY_BYTES {
            return;
        }
    }
}

/// The header of this name, in seconds or as a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<u64> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let then = httpdate::parse_http_date(text).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(then.as_secs().saturating_sub(u64::try_from(now.millis() / 1000).unwrap_or_default()))
}

#[cfg(test)]
mod tests;
