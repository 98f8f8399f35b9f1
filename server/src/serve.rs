//! A running server: parts are put together, connections are taken, and in the end let go in peace.

use std::fs::{File, TryLockError};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;
use tower::ServiceExt;
use vestibule_protocol::burst::NoBurst;

use crate::api;
use crate::api::address::Peer;
use crate::app::App;
use crate::blob::{BlobError, BlobStore};
use crate::clock::Clock;
use crate::config::Config;
use crate::courier;
use crate::demo::{Bank, KeysMissing};
use crate::engine::session::Lives;
use crate::jwt::SessionTokens;
use crate::ledger::{Fault, Ledger};
use crate::limits::Allowance;
use crate::media::Receiver;
use crate::notify::courier::Letters;
use crate::notify::{self, CannotNotify, Notifier};
use crate::provider::courier::Inquiries;
use crate::provider::http::{HttpProvider, NoProvider};
use crate::provider::{Provider, Providers};
use crate::random::Random;
use crate::sandbox::{self, SandboxError};
use crate::site::{NotASite, Site};
use crate::skills::{Catalogue, CatalogueError};
use crate::store::sqlite::SqliteStore;
use crate::store::{Store, StoreFault};
use crate::sweep::sweep;
use crate::vault::{KeyFileError, MasterKey, create_private_folder};
use crate::webhook::courier::{Bell, Courier};
use crate::webhook::post::Post;
use crate::webhook::reach::Reach;
use crate::webhook::trust::{RootsError, trust};

/// More than any client of ours sends.
const MOST_HEADERS: usize = 64;
const MOST_HEADER_BYTES: usize = 32 * 1024;
/// How long a connection may take to say what it wants, and may stay open without wanting anything.
const HEADER_TIME: Duration = Duration::from_secs(30);
/// How long calls may go on after the server was told to end.
const FAREWELL: Duration = Duration::from_secs(20);

/// Why the server does not start, or stopped.
#[derive(Debug, Error)]
pub enum ServeError {
    /// A folder, a port or a signal cannot be had.
    #[error("{0}: {1}")]
    Io(String, #[source] std::io::Error),
    /// Another server is at work there.
    #[error("another server is at work in {0}")]
    Locked(String),
    /// The key file cannot be used.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The blob store cannot be used.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// A record cannot be read.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// A skill is faulty.
    #[error("the skills cannot be used: {0}")]
    Skills(#[from] CatalogueError),
    /// The sandbox cannot be made.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// The pages cannot be served.
    #[error(transparent)]
    Site(#[from] NotASite),
    /// The certificates for webhooks, or for the provider, cannot be used.
    #[error(transparent)]
    Roots(#[from] RootsError),
    /// The provider cannot be asked.
    #[error(transparent)]
    Provider(#[from] NoProvider),
    /// No such burst can be taken.
    #[error("provider_burst and provider_burst_apart cannot be used: {0}")]
    Burst(#[source] NoBurst),
    /// Nobody can be sent anything.
    #[error(transparent)]
    Notify(#[from] CannotNotify),
    /// The demo has no keys to work with.
    #[error(transparent)]
    Demo(#[from] KeysMissing),
    /// A clock that can be moved, beside real data.
    #[error("a shifted clock is for tests: this data folder has a tenant that is not of the sandbox")]
    ShiftedClock,
}

/// Time and chance, as this run of the server has them.
pub struct World {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Whether the time can be moved from outside.
    pub shifted: bool,
    /// Randomness.
    pub random: Arc<dyn Random>,
}

/// Runs the server until it is told to end.
///
/// # Errors
/// [`ServeError`].
pub async fn serve(config: Config, world: World) -> Result<(), ServeError> {
    create_private_folder(&config.data).map_err(io(&config.data.display().to_string()))?;
    let _lock = lock(&config.data)?;
    let store = SqliteStore::open(&config.data.join("vestibule.db")).await?;
    let listener = TcpListener::bind(config.listen).await.map_err(io(&config.listen.to_string()))?;
    let app = Arc::new(assemble(&config, world, &store).await?);
    app.sweep_blobs().await?;
    app.list_people().await?;
    let courier = courier(&config, &app)?;
    let address = listener.local_addr().map_err(io("the port"))?;
    let call_time = Duration::from_secs(config.call_seconds);
    let router = api::router(&app, call_time, pages(&config, address)?);
    // From here on the signals are taken, which whoever reads the next line relies on.
    let told = Told::listen()?;
    tracing::info!(%address, public_url = %app.public_url, "listening");
    tokio::spawn(reload_on_hangup(Arc::clone(&app), config.clone(), told.hangup));
    let sweeping = tokio::spawn(sweep(Arc::clone(&app), config.webhook_keep_days));
    let (end, ended) = oneshot::channel();
    let courier = tokio::spawn(courier.run(ended));
    let (end_asking, asking_ended) = oneshot::channel();
    let asking = courier::Courier::new(Arc::clone(&app), Inquiries, config.provider_at_once);
    let asking = tokio::spawn(asking.run(asking_ended));
    let (end_mail, mail_ended) = oneshot::channel();
    let mail = courier::Courier::new(Arc::clone(&app), Letters::MAIL, notify::AT_ONCE);
    let mail = tokio::spawn(mail.run(mail_ended));
    let (end_texts, texts_ended) = oneshot::channel();
    let texts = courier::Courier::new(Arc::clone(&app), Letters::TEXTS, notify::AT_ONCE);
    let texts = tokio::spawn(texts.run(texts_ended));
    accept(listener, router, told.terminate, told.interrupt).await;
    sweeping.abort();
    end.send(()).ok();
    for end in [end_asking, end_mail, end_texts] {
        end.send(()).ok();
    }
    let farewell = async { tokio::join!(courier, asking, mail, texts) };
    if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
        tracing::warn!(
            "some webhooks, messages or questions to a provider did not finish in time: they are sent again"
        );
    }
    store.close().await;
    Ok(())
}

/// What an operator may tell the process. Until it listens to a signal, the signal ends it: so it says that
/// it is there only after this.
struct Told {
    hangup: Signal,
    terminate: Signal,
    interrupt: Signal,
}

impl Told {
    fn listen() -> Result<Self, ServeError> {
        Ok(Self {
            hangup: signal(SignalKind::hangup()).map_err(io("SIGHUP"))?,
            terminate: signal(SignalKind::terminate()).map_err(io("SIGTERM"))?,
            interrupt: signal(SignalKind::interrupt()).map_err(io("SIGINT"))?,
        })
    }
}

/// Holds the data folder for this process as long as the file is open: another server would take the
/// uploads that are in the making for what a crash left behind.
fn lock(data: &Path) -> Result<File, ServeError> {
    let path = data.join("lock");
    let file = File::create(&path).map_err(io(&path.display().to_string()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ServeError::Locked(data.display().to_string())),
        Err(TryLockError::Error(error)) => Err(io(&path.display().to_string())(error)),
    }
}

async fn assemble(config: &Config, world: World, store: &SqliteStore) -> Result<App, ServeError> {
    let World { clock, shifted, random } = world;
    let store: Arc<dyn Store> = Arc::new(store.clone());
    let (sandbox, live) = store.count_tenants().await?;
    if shifted && live > 0 {
        return Err(ServeError::ShiftedClock);
    }
    let master = MasterKey::load(&config.data.join("master.key"), sandbox + live > 0, &*random)?;
    let catalogue = Catalogue::load(config.skills.clone())?;
    let public_url = config.public_url.as_str();
    let file = config.data.join("sandbox.json");
    let sandbox =
        sandbox::prepare(&file, &config.sandbox_tenant, public_url, &*store, &catalogue, &*random).await?;
    let app = App {
        session_tokens: SessionTokens::new(&master),
        ledger: Ledger::new(Arc::clone(&store), master, Arc::clone(&random)),
        store,
        clock,
        random,
        catalogue,
        blobs: BlobStore::local(&config.data.join("blobs"))?,
        receiver: Receiver::new(config.decodes_at_once),
        refusals: Allowance::new(config.refusals_at_once, config.refusals_per_minute),
        hosted_starts: Allowance::new(config.hosted_starts_at_once, config.hosted_starts_per_minute),
        codes: Allowance::new(config.codes_at_once, config.codes_per_minute),
        bell: Bell::default(),
        providers: Providers::new(
            of_operator(config)?,
            i64::from(config.provider_minutes) * 60,
            config.burst().map_err(ServeError::Burst)?,
        ),
        questions_bell: Bell::default(),
        notifier: Notifier::new(config)?,
        reach: reach(config.webhook_private_targets),
        lives: Lives {
            session: i64::from(config.session_hours) * 3600,
            nonce: i64::from(config.nonce_minutes) * 60,
            result: i64::from(config.result_token_minutes) * 60,
        },
        public_url: public_url.into(),
        allowed_origins: config.allowed_origins.iter().cloned().chain([public_url.to_owned()]).collect(),
        client_address_header: config.client_address_header.clone(),
        idle: Duration::from_secs(config.idle_seconds),
    };
    if let Some(sandbox) = sandbox {
        sandbox::samples::keep(&app, &sandbox).await?;
    }
    Ok(app)
}

/// What delivers webhooks.
fn courier(config: &Config, app: &Arc<App>) -> Result<Courier, ServeError> {
    let own = config.webhook_roots.as_deref();
    let limit = Duration::from_secs(config.webhook_seconds);
    let post = Post::new(app.reach, limit, trust(own)?);
    Ok(Courier::new(Arc::clone(app), post, config.webhooks_at_once))
}

/// Who is asked about what is real, if the settings name somebody.
fn of_operator(config: &Config) -> Result<Option<Arc<dyn Provider>>, ServeError> {
    if config.provider_url.is_empty() {
        return Ok(None);
    }
    let reach = reach(config.provider_private_target);
    let limit = Duration::from_secs(config.provider_seconds);
    let post = Post::new(reach, limit, trust(config.provider_roots.as_deref())?);
    let secret = config.provider_secret.clone();
    Ok(Some(Arc::new(HttpProvider::new(&config.provider_url, secret, reach, post)?)))
}

fn reach(private: bool) -> Reach {
    if private { Reach::Nearby } else { Reach::Public }
}

/// The built pages, and the demo's backend.
fn pages(config: &Config, address: SocketAddr) -> Result<Router, ServeError> {
    let mut pages = notify::page::styles();
    if let Some(folder) = &config.site {
        let https = config.public_url.as_str().starts_with("https:");
        pages = pages.merge(Site::open(folder, config.demo, https)?.routes());
    }
    if config.demo {
        let bank = Bank::open(&config.data.join("sandbox.json"), &here(address))?;
        pages = pages.merge(crate::demo::routes(bank));
    }
    Ok(pages)
}

/// How this machine reaches a server that listens at `address`.
fn here(address: SocketAddr) -> String {
    let host = match address.ip() {
        IpAddr::V4(any) if any.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(any) if any.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        one => one,
    };
    format!("http://{}", SocketAddr::new(host, address.port()))
}

/// Reads the operator's skills again at every SIGHUP.
async fn reload_on_hangup(app: Arc<App>, config: Config, mut hangup: Signal) {
    while hangup.recv().await.is_some() {
        let count = match app.catalogue.reload() {
            Ok(count) => count,
            Err(error) => {
                tracing::error!(%error, "the skills were not reloaded; the former ones stay in force");
                continue;
            }
        };
        let file = config.data.join("sandbox.json");
        let name = &config.sandbox_tenant;
        match sandbox::prepare(&file, name, &app.public_url, &*app.store, &app.catalogue, &*app.random).await
        {
            Ok(_) => tracing::info!(count, "the skills were reloaded"),
            Err(error) => tracing::error!(%error, "the skills were reloaded, but have no playbooks yet"),
        }
    }
}

/// Takes connections until SIGTERM or SIGINT, then lets those that are open finish.
async fn accept(listener: TcpListener, router: Router, mut terminate: Signal, mut interrupt: Signal) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_headers(MOST_HEADERS)
        .max_buf_size(MOST_HEADER_BYTES);
    let connections = GracefulShutdown::new();
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Too many open files, most likely: some will be closed soon.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
        };
        // Small answers are not to wait for more.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection went away");
            continue;
        }
        let service = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            request
        });
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
        });
    }
    drop(listener);
    tracing::info!("ending: open calls are finished");
    if tokio::time::timeout(FAREWELL, connections.shutdown()).await.is_err() {
        tracing::warn!("some calls did not finish in time");
    }
}

fn io(what: &str) -> impl FnOnce(std::io::Error) -> ServeError {
    let what = what.to_owned();
    move |error| ServeError::Io(what, error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use crate::digest::Digest;
    use crate::random::SystemRandom;
    use crate::store::Tenant;

    #[tokio::test]
    async fn a_clock_that_can_be_moved_is_refused_beside_real_data() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("vestibule.db")).await.unwrap();
        let live = Tenant {
            id: "0b57a6a9-6d0d-4c1c-8a5e-6f2d1f1c9b10".parse().unwrap(),
            name: "Bank".into(),
            sandbox: false,
            client_id: "0b57a6a9-6d0d-4c1c-8a5e-6f2d1f1c9b11".parse().unwrap(),
            app_key: Digest::of(b"app key"),
            client_secret: Digest::of(b"client secret"),
            secret_key: Digest::of(b"secret key"),
            api_key: Digest::of(b"api key"),
        };
        store.register(&live, &[]).await.unwrap();
        let flags = format!("listen = \"127.0.0.1:0\"\ndata = \"{}\"", folder.path().display());
        let config = Config::load(None, |_| None, flags.parse().unwrap()).unwrap();
        let world = World { clock: Arc::new(SystemClock), shifted: true, random: Arc::new(SystemRandom) };
        assert!(matches!(serve(config, world).await, Err(ServeError::ShiftedClock)));
    }

    #[test]
    fn a_server_on_every_address_is_reached_on_this_machine() {
        assert_eq!(here("0.0.0.0:80".parse().unwrap()), "http://127.0.0.1:80");
        assert_eq!(here("[::]:80".parse().unwrap()), "http://[::1]:80");
        assert_eq!(here("192.0.2.1:80".parse().unwrap()), "http://192.0.2.1:80");
    }
}
