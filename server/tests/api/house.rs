//! A server process with a data folder and a clock of its own.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A running server. It ends with the test.
pub struct House {
    folder: TempDir,
    flags: Vec<String>,
    clock: Clock,
    process: Child,
    address: SocketAddr,
}

/// Whether the server's clock can be moved. One that can is refused at a start beside real data.
#[derive(Clone, Copy, PartialEq)]
enum Clock {
    Shifted,
    Plain,
}

impl House {
    /// A server on an empty data folder.
    pub fn open() -> Self {
        Self::open_with(&[])
    }

    /// The same, with further flags.
    pub fn open_with(flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let flags: Vec<String> = flags.iter().map(|flag| (*flag).into()).collect();
        let clock = Clock::Shifted;
        let (process, address) = start(folder.path(), &flags, clock);
        Self { folder, flags, clock, process, address }
    }

    /// The same, with settings of its own.
    pub fn open_set(settings: &str) -> Self {
        Self::set(settings, Clock::Shifted)
    }

    /// The same, with a clock that nobody moves: one that starts again although it has real data.
    pub fn open_real(settings: &str) -> Self {
        Self::set(settings, Clock::Plain)
    }

    fn set(settings: &str, clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vestibule.toml");
        std::fs::write(&file, settings).unwrap();
        let flags = vec!["--config".into(), file.to_str().unwrap().into()];
        let (process, address) = start(folder.path(), &flags, clock);
        Self { folder, flags, clock, process, address }
    }

    /// Kills the process, and starts it again with other settings.
    pub fn crash_set(&mut self, settings: &str) {
        std::fs::write(self.folder.path().join("vestibule.toml"), settings).unwrap();
        self.crash();
    }

    /// Kills the process as a power failure would, and starts another on the same folder.
    pub fn crash(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        (self.process, self.address) = start(self.folder.path(), &self.flags, self.clock);
    }

    /// Asks the process to end, and gives whether it did so in peace.
    pub fn end(&mut self) -> bool {
        self.signal("TERM");
        self.process.wait().unwrap().success()
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.process.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Lets time pass for the server.
    pub fn pass(&self, seconds: i64) {
        std::fs::write(self.folder.path().join("clock"), seconds.to_string()).unwrap();
    }

    /// The folder of all that is kept.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// How many files are kept of what people uploaded.
    pub fn blobs(&self) -> usize {
        std::fs::read_dir(self.data().join("blobs")).unwrap().count()
    }

    /// A folder beside it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the first start left for tools and tests.
    pub fn sandbox(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.data().join("sandbox.json")).unwrap()).unwrap()
    }

    /// A connection to it, for what no client sends.
    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).unwrap()
    }

    /// The address of a call.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // It may have ended already.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Starts the server on a free port and waits until it says which.
fn start(folder: &Path, flags: &[String], clock: Clock) -> (Child, SocketAddr) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    command
        .arg("serve")
        .args(["--listen", "127.0.0.1:0", "--public-url", "https://id.example"])
        .arg("--data")
        .arg(folder.join("data"))
        .args(flags);
    if clock == Clock::Shifted {
        command.arg("--clock-file").arg(folder.join("clock"));
    }
    let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(process.stderr.take().unwrap()).lines().map_while(Result::ok);
    let mut log = File::create(folder.join("log")).unwrap();
    let address = said.find_map(|line| {
        writeln!(log, "{line}").unwrap();
        line.split_once("listening address=")?.1.split(' ').next()?.parse().ok()
    });
    // A process that nobody listens to would stop at a full pipe.
    std::thread::spawn(move || said.for_each(|line| writeln!(log, "{line}").unwrap()));
    (process, address.expect("a server that listens"))
}
