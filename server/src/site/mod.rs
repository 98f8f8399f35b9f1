//! The built pages and the npm package, as files: what a browser gets before it calls any API.
//!
//! | path | file | who may use it |
//! |---|---|---|
//! | `/verify`, `/verify/<configuration id>` | `verify.html` | this origin |
//! | `/reference` | `reference.html` | this origin |
//! | `/` (demo only) | `index.html` | this origin |
//! | `/assets/*` | `assets/`, hashed names | any page |
//! | `/sdk/*` | `sdk/`, the npm package | any page |

use std::future::ready;
use std::path::{self, PathBuf};

use axum::Router;
use axum::extract::{Path, Request};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use thiserror::Error;
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};
use vestibule_protocol::id::ConfigurationId;

use crate::api::error::no_such_path;

/// A page gets nothing but from its own server, and no script or style that is not a file there.
/// Compiling wasm needs a word of its own; `unsafe-inline` and `unsafe-eval` never occur.
const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The camera, for our own pages, and no other device.
const PERMISSIONS: &str = "camera=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), midi=()";

const TWO_YEARS: &str = "max-age=63072000; includeSubDomains";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// What is served, and how.
#[derive(Clone, Debug)]
pub struct Site {
    folder: PathBuf,
    demo: bool,
    https: bool,
}

/// The folder is not a built site.
#[derive(Debug, Error)]
#[error("the site folder {} has no {missing}: build it with `npm run build`", folder.display())]
pub struct NotASite {
    folder: PathBuf,
    missing: &'static str,
}

impl Site {
    /// The site in this folder. `demo` adds the demo host page; `https` says that browsers reach
    /// this server by HTTPS, and makes them keep to it.
    ///
    /// # Errors
    /// [`NotASite`] when a page is missing, so that it is said at the start and not to a visitor.
    pub fn open(folder: &path::Path, demo: bool, https: bool) -> Result<Self, NotASite> {
        let pages = ["verify.html", "reference.html", "index.html"].into_iter().take(2 + usize::from(demo));
        for missing in pages {
            if !folder.join(missing).is_file() {
                return Err(NotASite { folder: folder.into(), missing });
            }
        }
        Ok(Self { folder: folder.into(), demo, https })
    }

    /// The routes.
    pub fn routes<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let verify = self.page("verify.html");
        let mut pages = Router::new()
            .route_service("/verify", verify.clone())
            .route_service("/verify/", verify.clone())
            .route("/verify/{configuration}", get(move |name, request| static_link(verify, name, request)));
        pages = pages.route_service("/reference", self.page("reference.html"));
        if self.demo {
            pages = pages.route_service("/", self.page("index.html"));
        }
        let files = Router::new()
            .nest_service("/assets", self.files("assets"))
            .nest_service("/sdk", self.files("sdk"))
            .layer(from_fn(file_headers));
        let https = self.https;
        pages.layer(map_response(page_headers)).merge(files).layer(map_response(
            move |mut response: Response| {
                common_headers(response.headers_mut(), https);
                ready(response)
            },
        ))
    }

    fn page(&self, name: &str) -> ServeFile {
        ServeFile::new(self.folder.join(name)).precompressed_br().precompressed_gzip()
    }

    fn files(&self, name: &str) -> ServeDir {
        ServeDir::new(self.folder.join(name))
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip()
    }
}

/// The page behind a tenant's static link, if that is one. Whether it is anybody's, the page asks.
async fn static_link(page: ServeFile, Path(name): Path<String>, request: Request) -> Response {
    match name.parse::<ConfigurationId>() {
        Ok(_) => page.oneshot(request).await.into_response(),
        Err(_) => no_such_path().await.into_response(),
    }
}

fn common_headers(headers: &mut HeaderMap, https: bool) {
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    if https {
        set(headers, header::STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }
}

async fn page_headers(mut response: Response) -> Response {
    let served = response.status().is_success();
    let headers = response.headers_mut();
    set(headers, header::CACHE_CONTROL, ASK_AGAIN);
    set(headers, header::CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    set(headers, HeaderName::from_static("permissions-policy"), PERMISSIONS);
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if served {
        set(headers, header::CONTENT_TYPE, "text/html; charset=utf-8");
    }
    response
}

/// Customers' pages import these files, from wherever they are.
async fn file_headers(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let hashed = is_hashed(path);
    let declarations = path.ends_with(".ts");
    let mut response = next.run(request).await;
    let (served, kept) = (response.status().is_success(), response.status() == 304);
    let headers = response.headers_mut();
    set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    // What is not there now may be there after the next build.
    set(headers, header::CACHE_CONTROL, if hashed && (served || kept) { FOR_EVER } else { ASK_AGAIN });
    if served && declarations {
        // Lists of media types know `.ts` as a film.
        set(headers, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    }
    response
}

/// `<name>-<hash>.<extension>`, with a hash of eight characters: the build gives other content
/// another name.
fn is_hashed(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests;
