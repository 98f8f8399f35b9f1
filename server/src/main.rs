//! The `vestibule` command.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use toml::{Table, Value};
use tracing_subscriber::EnvFilter;
use vestibule_server::clock::{Clock, ShiftedClock, SystemClock};
use vestibule_server::config::{Config, ConfigError, DEFAULTS};
use vestibule_server::notify::{Address, Letter, Notifier, Words};
use vestibule_server::random::{SystemRandom, id};
use vestibule_server::serve::{World, serve};
use vestibule_server::skills::Catalogue;
use vestibule_server::store::sqlite::SqliteStore;
use vestibule_server::tenants;

type Failed = Box<dyn std::error::Error>;

/// The open identity-onboarding kit that a business can run itself.
#[derive(Parser)]
#[command(name = "vestibule", version)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Serves the APIs and the pages
    Serve(Box<Flags>),
    /// Prints every setting with its default and what it means: a file of settings to begin with
    Defaults,
    /// Sends somebody a message as people get them, to see whether it arrives
    TryMessage(TryMessage),
    /// Registers and lists the businesses that integrate; the server may be running
    #[command(subcommand)]
    Tenant(TenantAction),
}

#[derive(Subcommand)]
enum TenantAction {
    /// Registers a business and prints its keys, once: they are kept as hashes alone
    Add {
        /// What people are told it is called
        #[arg(long)]
        name: String,
        /// Its data are real; without this, all of it is a sandbox
        #[arg(long)]
        live: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Lists them
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Prints a business's playbook keys and configuration ids, and makes those of new skills
    Playbooks {
        /// Its public client
        #[arg(long, value_name = "UUID")]
        client_id: String,
        #[command(flatten)]
        place: Place,
    },
}

/// To whom a message is sent that tries the settings, and in which words.
#[derive(Args)]
struct TryMessage {
    /// An e-mail address, or a phone number such as +14155550132
    #[arg(long, value_name = "ADDRESS")]
    to: String,
    /// In which language, as in de-AT
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// In whose name
    #[arg(long, default_value = "Vestibule")]
    name: String,
    /// A file of settings [VESTIBULE_CONFIG]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// Where the data and the skills are.
#[derive(Args)]
struct Place {
    /// A file of settings [VESTIBULE_CONFIG]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of all that is kept [VESTIBULE_DATA]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// A folder of skills of your own [VESTIBULE_SKILLS]
    #[arg(long, value_name = "DIR")]
    skills: Option<String>,
}

#[derive(Args)]
struct Flags {
    /// A file of settings [VESTIBULE_CONFIG]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address and port to listen on [VESTIBULE_LISTEN]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// The folder of all that is kept [VESTIBULE_DATA]
    #[arg(long, value_name = "DIR")]
    data: Option<String>,
    /// The origin under which browsers reach the server [VESTIBULE_PUBLIC_URL]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// A folder of skills of your own; SIGHUP reads it again [VESTIBULE_SKILLS]
    #[arg(long, value_name = "DIR")]
    skills: Option<String>,
    /// The folder of the built pages [VESTIBULE_SITE]
    #[arg(long, value_name = "DIR")]
    site: Option<String>,
    /// Serve the demo host page and its backend [VESTIBULE_DEMO]
    #[arg(long)]
    demo: bool,
    /// For tests, in the sandbox only: move the clock by the seconds that stand in a file
    #[arg(long, value_name = "FILE")]
    clock_file: Option<PathBuf>,
}

impl Flags {
    /// Those that were given, as settings.
    fn settings(&self) -> Table {
        let texts = [
            ("listen", &self.listen),
            ("data", &self.data),
            ("public_url", &self.public_url),
            ("skills", &self.skills),
            ("site", &self.site),
        ];
        let given = texts.into_iter().filter_map(|(key, text)| Some((key, Value::String(text.clone()?))));
        let demo = self.demo.then_some(("demo", Value::Boolean(true)));
        given.chain(demo).map(|(key, value)| (key.into(), value)).collect()
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Command::parse().action {
        Action::Serve(flags) => run(*flags).await,
        Action::Defaults => std::io::stdout().write_all(DEFAULTS.as_bytes()).map_err(Into::into),
        Action::TryMessage(asked) => try_message(asked).await,
        Action::Tenant(action) => tenant(action).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The server has a log by now, if it got so far; a command speaks to whoever typed it.
            if tracing::dispatcher::has_been_set() {
                tracing::error!("{error}");
            } else {
                writeln!(std::io::stderr(), "vestibule: {error}").ok();
            }
            ExitCode::FAILURE
        }
    }
}

/// The code is none of anybody's.
async fn try_message(asked: TryMessage) -> Result<(), Failed> {
    let notifier = Notifier::new(&settings(asked.config, Table::new())?)?;
    let now = SystemClock.now();
    let to = if asked.to.starts_with('+') { Address::Phone(asked.to) } else { Address::Email(asked.to) };
    let words = Words::Code { code: "000000".into(), minutes: 10, page: None };
    let letter = Letter { to, language: asked.language, words, valid_until: now.plus_seconds(600) };
    notifier.carry(&asked.name, &id(&SystemRandom), &letter, now).await?;
    Ok(writeln!(std::io::stdout(), "It was taken.")?)
}

async fn tenant(action: TenantAction) -> Result<(), Failed> {
    let random = SystemRandom;
    let printed = match action {
        TenantAction::Add { name, live, place } => {
            let (store, catalogue) = place.open().await?;
            serde_json::to_string_pretty(&tenants::add(&store, &catalogue, &random, &name, !live).await?)
        }
        TenantAction::List { place } => {
            let (store, _) = place.open().await?;
            serde_json::to_string_pretty(&tenants::list(&store).await?)
        }
        TenantAction::Playbooks { client_id, place } => {
            let client = client_id.parse()?;
            let (store, catalogue) = place.open().await?;
            let names = tenants::playbooks(&store, &catalogue, &random, &client).await?;
            serde_json::to_string_pretty(&names.ok_or("there is no tenant with this client id")?)
        }
    };
    Ok(writeln!(std::io::stdout(), "{}", printed?)?)
}

impl Place {
    /// The store and the skills of a data folder that a server has made.
    async fn open(self) -> Result<(SqliteStore, Catalogue), Failed> {
        let given = [("data", self.data), ("skills", self.skills)].into_iter();
        let flags = given.filter_map(|(key, text)| Some((key.into(), Value::String(text?)))).collect();
        let config = settings(self.config, flags)?;
        let file = config.data.join("vestibule.db");
        if !file.is_file() {
            return Err(format!("{} is not there: start the server once", file.display()).into());
        }
        Ok((SqliteStore::open(&file).await?, Catalogue::load(config.skills)?))
    }
}

fn settings(file: Option<PathBuf>, flags: Table) -> Result<Config, ConfigError> {
    let environment = |name: &str| std::env::var(name).ok();
    let file = file.or_else(|| environment("VESTIBULE_CONFIG").map(PathBuf::from));
    Config::load(file.as_deref(), environment, flags)
}

async fn run(flags: Flags) -> Result<(), Failed> {
    let config = settings(flags.config.clone(), flags.settings());
    let filter = config.as_ref().map_or("info", |config| &config.log);
    let stderr = std::io::stderr;
    tracing_subscriber::fmt()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .with_env_filter(EnvFilter::new(filter))
        .init();
    let shifted = flags.clock_file.is_some();
    let clock: Arc<dyn Clock> = match flags.clock_file {
        Some(file) => {
            tracing::warn!(file = %file.display(), "the clock follows a file");
            Arc::new(ShiftedClock::new(file))
        }
        None => Arc::new(SystemClock),
    };
    Ok(serve(config?, World { clock, shifted, random: Arc::new(SystemRandom) }).await?)
}
