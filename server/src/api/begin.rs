//! A session begins, whichever family starts it.

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{ExternalId, SessionId, StepName, UserId};
use vestibule_protocol::outcome::SandboxOutcome;
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::SessionToken;
use vestibule_protocol::session::SessionAnswer;
use vestibule_protocol::submission::Data;

use super::error::Failure;
use crate::app::{App, TRIES};
use crate::digest::Digest;
use crate::engine::open::Asker;
use crate::engine::session::{Beginning, Origin, Session, Starter, asked_of};
use crate::engine::user::User;
use crate::ledger::Fault;
use crate::random::{id, secret, uuid};
use crate::skills::Published;
use crate::store::{Change, Playbook, SessionChange, Tenant, UserRow};

/// What a session is begun with.
pub struct Begin<'a> {
    /// For whom.
    pub tenant: &'a Tenant,
    /// By whom.
    pub starter: Starter,
    /// The skill by the tenant's name for it.
    pub playbook: Playbook,
    /// A person who is known.
    pub user: Option<&'a UserId>,
    /// The tenant's own name for the person.
    pub called: Option<&'a ExternalId>,
    /// How it ends, in the sandbox.
    pub sandbox_outcome: Option<SandboxOutcome>,
    /// Where the hosted page goes in the end.
    pub redirect_url: Option<String>,
    /// Which steps of the skill a reviewer asks for; all of them without such a request.
    pub only: Option<Vec<StepName>>,
    /// What the reviewer says to the person.
    pub note: Option<String>,
    /// What the tenant knows already.
    pub bootstrap: &'a Data,
}

/// A session that has begun.
pub struct Begun {
    /// The session.
    pub session: Session,
    /// What opens it.
    pub token: SessionToken,
    /// Bootstrap values that were not taken.
    pub ignored: Vec<String>,
}

/// Begins a session, to be opened later.
///
/// # Errors
/// [`Failure`] when there is no such person, skill or step.
pub async fn begin(app: &App, begin: &Begin<'_>) -> Result<Begun, Failure> {
    for _ in 0..TRIES {
        let (begun, source, user) = prepare(app, begin).await?;
        if keep(app, begin.tenant, &begun.session, &begun.token, &source, user).await? {
            return Ok(begun);
        }
    }
    Err(Fault::Contention.into())
}

/// Begins a session and opens it at once.
///
/// # Errors
/// As [`begin`].
pub async fn begin_open(app: &App, begin: &Begin<'_>) -> Result<SessionAnswer, Failure> {
    let asker = Asker { tenant: &begin.tenant.name, sandbox: begin.tenant.sandbox };
    for _ in 0..TRIES {
        let (begun, source, user) = prepare(app, begin).await?;
        let token = begun.token.clone();
        let (session, answer) = begun.session.open(token, asker, app.lives, app.now(), &app.fresh())?;
        if keep(app, begin.tenant, &session, &begun.token, &source, user).await? {
            return Ok(answer);
        }
    }
    Err(Fault::Contention.into())
}

/// The session, the text of its skill, and the person's row where they are new or change.
async fn prepare(app: &App, begin: &Begin<'_>) -> Result<(Begun, String, Option<UserRow>), Failure> {
    if begin.sandbox_outcome.is_some() && !begin.tenant.sandbox {
        return Err(Failure::field(Code::SandboxMismatch, "sandbox_outcome", FieldProblem::Unknown));
    }
    let Published { skill, source } =
        app.catalogue.find(&begin.playbook.skill).ok_or(Code::InvalidSkillName)?;
    let skill = asked_of(skill, begin.only.as_deref()).ok_or(Code::InvalidStep)?;
    let (user, row) = person(app, begin).await?;
    let random = &*app.random;
    let beginning = Beginning {
        id: uuid(random).parse::<SessionId>().map_err(|_| Fault::Missing("a UUID"))?,
        user,
        skill,
        origin: Origin {
            starter: begin.starter,
            playbook: begin.playbook.key.clone(),
            onboarding: id(random),
        },
        sandbox_outcome: begin.sandbox_outcome,
        redirect_url: begin.redirect_url.clone(),
        only: begin.only.clone(),
        note: begin.note.clone(),
        bootstrap: begin.bootstrap,
    };
    let (session, ignored) = Session::begin(beginning, app.lives, app.now());
    Ok((Begun { session, token: secret(random), ignored }, source.to_string(), row))
}

/// Finds the person, or makes them: by id they must be there, by the tenant's name they may be.
async fn person(app: &App, begin: &Begin<'_>) -> Result<(UserId, Option<UserRow>), Failure> {
    let tenant = &begin.tenant.id;
    if let Some(user) = begin.user {
        let unknown = || Failure::field(Code::NotFound, "fp_id", FieldProblem::NotAnOption);
        let kept = app.ledger.user(tenant, user).await?.ok_or_else(unknown)?;
        return match (begin.called, &kept.content.external_id) {
            (Some(name), Some(other)) if name != other => {
                Err(Failure::field(Code::InvalidField, "user_external_id", FieldProblem::NotAnOption))
            }
            (Some(name), None) => {
                if app.ledger.user_called(tenant, name).await?.is_some() {
                    return Err(Failure::field(
                        Code::InvalidField,
                        "user_external_id",
                        FieldProblem::NotAnOption,
                    ));
                }
                let named = User { external_id: Some(name.clone()), ..kept.content.clone() };
                Ok((user.clone(), Some(app.ledger.seal_user(&kept, &named)?)))
            }
            _ => Ok((user.clone(), None)),
        };
    }
    if let Some(name) = begin.called
        && let Some(kept) = app.ledger.user_called(tenant, name).await?
    {
        return Ok((kept.content.id, None));
    }
    let user = User::new(id(&*app.random), begin.called.cloned());
    let row = app.ledger.new_user(&user)?;
    Ok((user.id, Some(row)))
}

async fn keep(
    app: &App,
    tenant: &Tenant,
    session: &Session,
    token: &SessionToken,
    source: &str,
    user: Option<UserRow>,
) -> Result<bool, Failure> {
    let mut change = SessionChange::of(app.ledger.new_session(session, source)?);
    change.interview = Some(session.interview());
    change.session_token = Some(Digest::of_secret(token));
    let change = Change { sessions: vec![change], users: Vec::from_iter(user), ..Change::default() };
    Ok(app.commit(&tenant.id, &change).await?)
}
