//! Where a request comes from, and whether too much was refused from there.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::Failure;
use crate::app::App;
use crate::limits::Network;

/// The address at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Counts refused credentials by network, and answers for it where there were too many.
pub async fn limit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let network = network(&app.client_address_header, request.headers(), request.extensions());
    if let Some(seconds) = app.refusals.retry_after(network, app.now()) {
        return Failure::TooMany(seconds).into_response();
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::UNAUTHORIZED {
        app.refusals.count(network, app.now());
    }
    response
}

impl FromRequestParts<Arc<App>> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(network(&app.client_address_header, &parts.headers, &parts.extensions))
    }
}

fn network(header: &str, headers: &HeaderMap, extensions: &Extensions) -> Network {
    let told = || {
        let lines = headers.get_all(header).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(',')).last()?.trim().parse::<IpAddr>().ok()
    };
    let peer = extensions.get::<Peer>().map(|Peer(address)| address.ip());
    let told = if header.is_empty() { None } else { told() };
    told.or(peer).unwrap_or(Ipv4Addr::UNSPECIFIED.into()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_counts_only_where_a_proxy_writes_it() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 192.0.2.7".parse().unwrap());
        let mut extensions = Extensions::new();
        extensions.insert(Peer("127.0.0.1:9".parse().unwrap()));
        let of = |text: &str| Network::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(network("", &headers, &extensions), of("127.0.0.1"));
        assert_eq!(network("x-forwarded-for", &headers, &extensions), of("192.0.2.7"));
        assert_eq!(network("x-real-ip", &headers, &extensions), of("127.0.0.1"));
    }
}
