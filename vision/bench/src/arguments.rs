//! The arguments of the command line: a command, then `--name value` pairs.

use std::error::Error;
use std::iter;

use crate::{Conditions, Kind, Seeds};

/// What was asked for.
pub struct Arguments {
    /// The first word.
    pub command: String,
    /// The word after it that is no option, where there is one.
    pub what: Option<String>,
    options: Vec<(String, String)>,
}

type Answer<T> = Result<T, Box<dyn Error>>;

impl Arguments {
    /// Reads those of this process, whose command is its name: options alone.
    pub fn of_tool() -> Self {
        Self::read(iter::once(String::new()).chain(std::env::args().skip(1)))
    }

    /// Reads the words of a command line.
    pub fn read(words: impl Iterator<Item = String>) -> Self {
        let mut words = words.peekable();
        let command = words.next().unwrap_or_default();
        let what = words.next_if(|word| !word.starts_with("--"));
        let mut options = Vec::new();
        while let Some(name) = words.next() {
            options.push((name.trim_start_matches("--").to_owned(), words.next().unwrap_or_default()));
        }
        Self { command, what, options }
    }

    /// Whether an option is `yes`.
    pub fn is_yes(&self, name: &str) -> bool {
        self.get(name) == Some("yes")
    }

    /// The value of an option.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(option, _)| option == name).map(|(_, value)| value.as_str())
    }

    /// The value of an option that has to be there.
    pub fn needed(&self, name: &str) -> Answer<&str> {
        self.get(name).ok_or_else(|| format!("--{name} is missing").into())
    }

    /// A number, or what it is without one.
    pub fn number<T: std::str::FromStr>(&self, name: &str, otherwise: T) -> Answer<T> {
        match self.get(name) {
            None => Ok(otherwise),
            Some(text) => text.parse().map_err(|_| format!("--{name} {text} is no number").into()),
        }
    }

    /// The conditions that are named.
    pub fn conditions(&self) -> Answer<Conditions> {
        let mut conditions = match self.get("conditions").unwrap_or("usual") {
            "usual" => Conditions::usual(),
            "hard" => Conditions::hard(),
            "good" => Conditions::good(),
            "empty" => Conditions::hard().empty(),
            other => return Err(format!("there are no conditions named {other}").into()),
        };
        if self.get("size") == Some("1080") {
            conditions = conditions.sized(1920, 1080);
        }
        if let Some(name) = self.get("kind") {
            let same = |kind: &Kind| format!("{kind:?}").eq_ignore_ascii_case(&name.replace('-', ""));
            let kind = Kind::ALL
                .into_iter()
                .find(same)
                .ok_or_else(|| format!("there is no {name}: {:?}", Kind::ALL))?;
            conditions = conditions.of(&[kind]);
        }
        conditions.turned |= self.is_yes("turned");
        Ok(conditions)
    }

    /// The seeds that are named.
    pub fn seeds(&self) -> Answer<Seeds> {
        match self.get("seeds").unwrap_or("tuning") {
            "train" => Ok(Seeds::Train),
            "tuning" => Ok(Seeds::Tuning),
            "held-out" => Ok(Seeds::HeldOut),
            other => Err(format!("there are no seeds named {other}").into()),
        }
    }
}
