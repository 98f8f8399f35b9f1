//! The `vestibule` command.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use toml::{Table, Value};
use tracing_subscriber::EnvFilter;
use vestibule_server::clock::{Clock, ShiftedClock, SystemClock};
use vestibule_server::config::{Config, DEFAULTS};
use vestibule_server::random::SystemRandom;
use vestibule_server::serve::{World, serve};

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
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(flags: Flags) -> Result<(), Box<dyn std::error::Error>> {
    let environment = |name: &str| std::env::var(name).ok();
    let file = flags.config.clone().or_else(|| environment("VESTIBULE_CONFIG").map(PathBuf::from));
    let config = Config::load(file.as_deref(), environment, flags.settings());
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
