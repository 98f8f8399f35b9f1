//! What a browser, or somebody who means no good, gets from the site.

use axum::body::{Body, to_bytes};
use axum::http::{Method, StatusCode};
use tower::ServiceExt;

use super::*;

struct Built {
    folder: tempfile::TempDir,
}

impl Built {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, content: &str| {
            let path = folder.path().join("site").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        };
        write("verify.html", "the hosted page");
        write("verify.html.br", "the hosted page, brotli");
        write("reference.html", "the reference page");
        write("index.html", "the demo page");
        write("assets/verify-0aB1cD2e.js", "script");
        write("assets/verify-0aB1cD2e.js.gz", "script, gzip");
        write("sdk/index.js", "loader");
        write("sdk/index.d.ts", "types");
        write("sdk/flow-9f86d081.wasm", "wasm");
        std::fs::write(folder.path().join("secret"), "not to be seen").unwrap();
        Self { folder }
    }

    fn site(&self, demo: bool, https: bool) -> Router {
        Site::open(&self.folder.path().join("site"), demo, https).unwrap().routes()
    }
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask(site: &Router, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, body }
}

async fn get(site: &Router, path: &str) -> Answer {
    ask(site, Method::GET, path, &[]).await
}

#[tokio::test]
async fn the_hosted_page_is_under_every_name_and_well_guarded() {
    let built = Built::new();
    let site = built.site(false, false);
    for path in ["/verify", "/verify?type=user", "/verify/", "/verify/65283accd410a1dd7e965479"] {
        let answer = get(&site, path).await;
        assert_eq!((answer.status, &*answer.body), (StatusCode::OK, "the hosted page"), "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert!(answer.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval';"));
        assert!(!answer.header("content-security-policy").contains("unsafe-inline"));
        assert!(answer.header("permissions-policy").starts_with("camera=(self), microphone=()"));
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(answer.header("strict-transport-security"), "");
    }
}

#[tokio::test]
async fn a_path_that_can_be_no_static_link_leads_nowhere() {
    let built = Built::new();
    let site = built.site(false, false);
    for path in ["/verify/65283ACCD410A1DD7E965479", "/verify/x", "/verify/..%2fsecret", "/verify/a/b"] {
        let answer = get(&site, path).await;
        assert_eq!((answer.status, &*answer.body), (StatusCode::NOT_FOUND, ""), "{path}");
    }
}

#[tokio::test]
async fn https_is_kept_to_once_it_is_the_public_address() {
    let built = Built::new();
    let answer = get(&built.site(false, true), "/verify").await;
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
}

#[tokio::test]
async fn the_demo_page_is_there_only_in_the_demo() {
    let built = Built::new();
    assert_eq!(get(&built.site(true, false), "/").await.body, "the demo page");
    assert_eq!(get(&built.site(false, false), "/").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn hashed_names_are_kept_for_ever_and_the_others_are_asked_for_again() {
    let built = Built::new();
    let site = built.site(false, false);
    for (path, content_type, cache) in [
        ("/assets/verify-0aB1cD2e.js", "text/javascript", FOR_EVER),
        ("/sdk/flow-9f86d081.wasm", "application/wasm", FOR_EVER),
        ("/sdk/index.js", "text/javascript", ASK_AGAIN),
        ("/sdk/index.d.ts", "text/plain; charset=utf-8", ASK_AGAIN),
    ] {
        let answer = get(&site, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(
            (answer.header("content-type"), answer.header("cache-control")),
            (content_type, cache),
            "{path}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let missing = get(&site, "/assets/verify-11111111.js").await;
    assert_eq!((missing.status, missing.header("cache-control")), (StatusCode::NOT_FOUND, ASK_AGAIN));
}

#[tokio::test]
async fn what_was_compressed_beforehand_is_sent_to_who_understands_it() {
    let built = Built::new();
    let site = built.site(false, false);
    let brotli = ask(&site, Method::GET, "/verify", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!((&*brotli.body, brotli.header("content-encoding")), ("the hosted page, brotli", "br"));
    assert_eq!(brotli.header("vary"), "accept-encoding");
    assert_eq!(brotli.header("content-type"), "text/html; charset=utf-8");
    let script = "/assets/verify-0aB1cD2e.js";
    let gzip = ask(&site, Method::GET, script, &[("accept-encoding", "gzip")]).await;
    assert_eq!((&*gzip.body, gzip.header("content-encoding")), ("script, gzip", "gzip"));
    let plain = ask(&site, Method::GET, script, &[("accept-encoding", "identity")]).await;
    assert_eq!((&*plain.body, plain.header("content-encoding")), ("script", ""));
    assert_eq!(plain.header("vary"), "accept-encoding");
}

#[tokio::test]
async fn who_has_the_file_already_is_told_so() {
    let built = Built::new();
    let site = built.site(false, false);
    let first = get(&site, "/sdk/index.js").await;
    let tag = first.header("etag");
    assert!(!tag.is_empty());
    let again = ask(&site, Method::GET, "/sdk/index.js", &[("if-none-match", tag)]).await;
    assert_eq!((again.status, &*again.body), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(again.header("cache-control"), ASK_AGAIN);
    let head = ask(&site, Method::HEAD, "/sdk/index.js", &[]).await;
    assert_eq!((head.status, &*head.body, head.header("content-length")), (StatusCode::OK, "", "6"));
}

#[tokio::test]
async fn nothing_outside_the_folders_is_served_and_no_folder_is_listed() {
    let built = Built::new();
    let site = built.site(true, false);
    for path in [
        "/assets/../../secret",
        "/assets/..%2f..%2fsecret",
        "/assets/%2e%2e/%2e%2e/secret",
        "/assets/..%5c..%5csecret",
        "/sdk//etc/passwd",
        "/sdk/%00",
        "/sdk",
        "/sdk/",
        "/assets/",
        "/verify.html",
        "/reference.html",
        "/index.html",
    ] {
        let answer = get(&site, path).await;
        assert!(
            answer.status.is_client_error() || answer.status.is_redirection(),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.body.contains("not to be seen"), "{path}");
    }
    let post = ask(&site, Method::POST, "/sdk/index.js", &[]).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_reference_page_is_always_there() {
    let built = Built::new();
    for demo in [true, false] {
        let answer = get(&built.site(demo, false), "/reference").await;
        assert_eq!((answer.status, &*answer.body), (StatusCode::OK, "the reference page"));
        assert!(answer.header("content-security-policy").contains("default-src 'self'"));
    }
}

#[test]
fn a_folder_that_was_not_built_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = Site::open(folder.path(), false, false).unwrap_err();
    assert!(error.to_string().ends_with("has no verify.html: build it with `npm run build`"), "{error}");
}
