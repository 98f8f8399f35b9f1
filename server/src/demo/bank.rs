//! The calls that the bank makes to the API.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fmt, io};

use reqwest::{Method, RequestBuilder, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

/// How long the bank waits for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The bank: its keys, and a connection to the API.
#[derive(Clone)]
pub struct Bank {
    http: reqwest::Client,
    api: String,
    keys: Keys,
}

impl fmt::Debug for Bank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bank").field("api", &self.api).finish_non_exhaustive()
    }
}

/// What the server wrote down for its sandbox tenant, as far as a bank needs it.
#[derive(Clone, Deserialize)]
struct Keys {
    secret_key: String,
    client_id: String,
    client_app_key: String,
    client_secret: String,
    skill: String,
    public_url: String,
    playbooks: BTreeMap<String, String>,
}

/// The keys cannot be read.
#[derive(Debug, Error)]
#[error("the keys of the sandbox tenant cannot be read from {}", file.display())]
pub struct KeysMissing {
    file: PathBuf,
    source: io::Error,
}

/// Why a call gave no result.
#[derive(Debug, Error)]
pub enum BankError {
    /// The page asked for a skill that the bank has no playbook of.
    #[error("there is no such skill")]
    UnknownSkill,
    /// The API refused, with its code.
    #[error("the API answered {status} {code}")]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// The API's code.
        code: String,
    },
    /// The API could not be reached, or gave another answer than it promises.
    #[error("the API cannot be reached")]
    Unreachable(#[from] reqwest::Error),
}

/// How the page wants its session. The bank lets it choose for the sake of the demo.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wishes {
    skill: Option<String>,
    redirect: bool,
    sandbox_outcome: Option<String>,
}

/// A session that was started.
#[derive(Debug, Serialize, Deserialize)]
pub struct Started {
    token: String,
    link: String,
}

/// What lets a page start a session by itself. None of it is secret.
#[derive(Debug, Serialize)]
pub struct PublicClient {
    client_id: String,
    client_app_key: String,
    skill: String,
}

/// What the bank learns in the end.
#[derive(Debug, Serialize)]
pub struct Customer {
    user: User,
    collected: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct User {
    fp_id: String,
    status: String,
    requires_manual_review: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    onboarding_id: Option<String>,
}

impl Bank {
    /// A bank with the keys in this file, at the API with this address.
    ///
    /// # Errors
    /// [`KeysMissing`] when the file is not there or not such a file.
    pub fn open(file: &Path, api: &str) -> Result<Self, KeysMissing> {
        let missing = |source| KeysMissing { file: file.into(), source };
        let text = std::fs::read(file).map_err(missing)?;
        let keys = serde_json::from_slice(&text).map_err(|error| missing(error.into()))?;
        // The API is on this machine: a proxy of the environment's would only be in the way.
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE);
        let http = http.build().expect("a client without TLS needs nothing that could be missing");
        Ok(Self { http, api: api.trim_end_matches('/').into(), keys })
    }

    /// Starts a session for a new customer.
    pub async fn start(&self, wishes: Wishes) -> Result<Started, BankError> {
        let skill = wishes.skill.as_ref().unwrap_or(&self.keys.skill);
        let playbook = self.keys.playbooks.get(skill).ok_or(BankError::UnknownSkill)?;
        let mut session = json!({ "kind": "onboard", "key": playbook });
        if wishes.redirect {
            session["redirect_url"] = json!(format!("{}/", self.keys.public_url.trim_end_matches('/')));
        }
        if let Some(outcome) = wishes.sandbox_outcome {
            session["sandbox_outcome"] = json!(outcome);
        }
        call(self.as_tenant(Method::POST, "/onboarding/session").json(&session)).await
    }

    /// Exchanges what the flow gave to the page for the result.
    pub async fn result(&self, validation_token: &str) -> Result<Customer, BankError> {
        #[derive(Deserialize)]
        struct Validated {
            user: User,
        }
        #[derive(Deserialize)]
        struct Standing {
            status: String,
            requires_manual_review: bool,
        }
        let token = json!({ "validation_token": validation_token });
        let Validated { user } =
            call(self.as_tenant(Method::POST, "/onboarding/session/validate").json(&token)).await?;
        // The token tells how this onboarding ended; the user, how the person stands now.
        let path = format!("/users/{}", user.fp_id);
        let now: Standing = call(self.as_tenant(Method::GET, &path)).await?;
        let vault: BTreeMap<String, bool> =
            call(self.as_tenant(Method::GET, &format!("{path}/vault"))).await?;
        let collected = vault.into_iter().filter(|(_, present)| *present).map(|(name, _)| name).collect();
        let user = User { status: now.status, requires_manual_review: now.requires_manual_review, ..user };
        Ok(Customer { user, collected })
    }

    /// What the page needs to start a session by itself.
    pub fn public_client(&self) -> PublicClient {
        PublicClient {
            client_id: self.keys.client_id.clone(),
            client_app_key: self.keys.client_app_key.clone(),
            skill: self.keys.skill.clone(),
        }
    }

    /// Exchanges what such a session gave to the page for the result.
    pub async fn redeem(&self, temp_token: &str) -> Result<Customer, BankError> {
        #[derive(Deserialize)]
        struct Redeemed {
            access_token: String,
            credentials_id: String,
        }
        #[derive(Deserialize)]
        struct Credentials {
            fp_id: String,
            outcome: Outcome,
            steps: Vec<Step>,
        }
        #[derive(Deserialize)]
        struct Outcome {
            status: String,
            requires_manual_review: bool,
        }
        #[derive(Deserialize)]
        struct Step {
            data: BTreeMap<String, Value>,
            uploads: Vec<Upload>,
        }
        #[derive(Deserialize)]
        struct Upload {
            name: String,
        }
        let exchange = json!({
            "client_id": self.keys.client_id,
            "client_secret": self.keys.client_secret,
            "temp_token": temp_token,
        });
        let redeemed: Redeemed = call(self.request(Method::POST, "/token").json(&exchange)).await?;
        let path = format!("/credentials/{}", redeemed.credentials_id);
        let credentials: Credentials =
            call(self.request(Method::GET, &path).bearer_auth(redeemed.access_token)).await?;
        // What a person is asked besides, such as a consent, has no identifier with a dot.
        let collected = credentials.steps.into_iter().flat_map(|Step { data, uploads }| {
            let identifiers = data.into_keys().filter(|name| name.contains('.'));
            identifiers.chain(uploads.into_iter().map(|upload| upload.name))
        });
        Ok(Customer {
            user: User {
                fp_id: credentials.fp_id,
                status: credentials.outcome.status,
                requires_manual_review: credentials.outcome.requires_manual_review,
                onboarding_id: None,
            },
            collected: collected.collect(),
        })
    }

    fn as_tenant(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).basic_auth(&self.keys.secret_key, Some(""))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.api))
    }
}

async fn call<T: for<'de> Deserialize<'de>>(request: RequestBuilder) -> Result<T, BankError> {
    let response = request.send().await?;
    let status = response.status();
    if status.is_success() {
        return Ok(response.json().await?);
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Refusal {
        code: String,
    }
    let Refusal { code } = response.json().await.unwrap_or_default();
    Err(BankError::Refused { status, code })
}
