//! A session begins, whichever family starts it.

mod answer;
pub mod locate;
mod ownership;
mod update;

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{BusinessId, ExternalId, UserId};
use vestibule_protocol::onboarding::Reference;
use vestibule_protocol::outcome::{SandboxOutcome, Status};
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::SessionToken;
use vestibule_protocol::session::SessionAnswer;
use vestibule_protocol::submission::Data;

pub use self::answer::{Answer, begin_answer};
use self::locate::Person;
pub use self::update::begin_update;
use super::error::Failure;
use super::login::{self, Page};
use crate::app::{App, TRIES};
use crate::digest::Digest;
use crate::engine::onboarding::{Again, Onboarding};
use crate::engine::open::{Asker, Opening};
use crate::engine::session::{Beginning, Origin, Remarks, Session, Starter, Values};
use crate::engine::user::User;
use crate::ledger::Fault;
use crate::random::{id, secret, uuid};
use crate::skills::Published;
use crate::store::{BusinessRow, Change, Playbook, SessionChange, Tenant, UserRow};

/// What a session is begun with.
pub struct Begin<'a> {
    /// For whom.
    pub tenant: &'a Tenant,
    /// By whom.
    pub starter: Starter,
    /// The skill by the tenant's name for it.
    pub playbook: Playbook,
    /// The person; somebody new without it.
    pub person: Option<&'a Reference<UserId>>,
    /// The business of which the person is an owner.
    pub business: Option<&'a Reference<BusinessId>>,
    /// What becomes of it if the person was onboarded onto the playbook before.
    pub repeat: Repeat<'a>,
    /// How it ends, in the sandbox.
    pub sandbox_outcome: Option<SandboxOutcome>,
    /// Where the hosted page goes in the end.
    pub redirect_url: Option<String>,
    /// What a backend of the omni family says.
    pub remarks: Remarks,
    /// Whether what is known of the person is filled in.
    pub known: bool,
    /// What the tenant knows already; it stands above that.
    pub bootstrap: &'a Data,
}

/// What becomes of a session for a person who was onboarded onto its playbook before.
#[derive(Clone, Copy, Debug)]
pub enum Repeat<'a> {
    /// A new onboarding.
    Anew,
    /// The onboarding of this name if there is one, or without a name the last: its result is used
    /// again, or it is gone on with.
    Once(Option<&'a ExternalId>),
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

/// A session that is about to begin, with all that is written then.
struct Prepared {
    begun: Begun,
    skill_source: String,
    users: Vec<UserRow>,
    businesses: Vec<BusinessRow>,
    person: User,
}

/// Begins a session, to be opened later.
///
/// # Errors
/// [`Failure`] when there is no such person or skill.
pub async fn begin(app: &App, begin: &Begin<'_>) -> Result<Begun, Failure> {
    kept(app, begin.tenant, || prepare(app, begin)).await
}

/// Prepares a session and keeps it, anew when somebody else wrote first.
async fn kept<P: Future<Output = Result<Prepared, Failure>>>(
    app: &App,
    tenant: &Tenant,
    prepare: impl Fn() -> P,
) -> Result<Begun, Failure> {
    for _ in 0..TRIES {
        let prepared = prepare().await?;
        if keep(app, tenant, &prepared).await? {
            return Ok(prepared.begun);
        }
    }
    Err(Fault::Contention.into())
}

/// Begins a session and opens it at once.
///
/// # Errors
/// As [`begin`].
pub async fn begin_open(app: &App, begin: &Begin<'_>, page: &Page) -> Result<SessionAnswer, Failure> {
    let asker = Asker { tenant: &begin.tenant.name, sandbox: begin.tenant.sandbox };
    for _ in 0..TRIES {
        let mut prepared = prepare(app, begin).await?;
        let opening = Opening { token: prepared.begun.token.clone(), login: None };
        let begun = prepared.begun.session.clone();
        let person = &prepared.person;
        let (begun, fresh) = login::ready(app, begin.tenant, begun, person, page)?;
        let (session, answer) = begun.open(opening, asker, app.lives, app.now(), &fresh)?;
        prepared.begun.session = session;
        if keep(app, begin.tenant, &prepared).await? {
            return Ok(answer);
        }
    }
    Err(Fault::Contention.into())
}

async fn prepare(app: &App, begin: &Begin<'_>) -> Result<Prepared, Failure> {
    check_sandbox(begin.tenant, begin.sandbox_outcome)?;
    let Published { skill, source } =
        app.catalogue.find(&begin.playbook.skill).ok_or(Code::InvalidSkillName)?;
    login::check(app, begin.tenant, &skill)?;
    let about_business = skill.business.is_some();
    let mut person = find_or_make(app, begin).await?;
    let mut firm = ownership::find_or_make(app, begin, &person, about_business).await?;
    let business = firm.as_ref().map(|firm| firm.record.id.clone());
    let judged = skill.is_judged();
    let again = match begin.repeat {
        Repeat::Once(name) if judged => {
            let about = business.as_ref().filter(|_| about_business);
            person.record.again(&begin.playbook.key, name, about)
        }
        _ => Again::Anew,
    };
    // Who has to log in gets nothing before, not even a result.
    let logs_in = skill.identify().is_some();
    let (onboarding, name, former) = match again {
        Again::Anew => (id(&*app.random), begin.repeat.name(), None),
        Again::GoOn(one) | Again::Reuse(one) => {
            (one.id.clone(), one.external_id.clone(), former(app, begin.tenant, one).await?)
        }
    };
    let settled = former.as_ref().filter(|former| !former.is_pending()).and_then(Session::completion);
    let decided = settled.filter(|_| !logs_in);
    let mut known = if begin.known { person.record.state.vault.known() } else { Values::new() };
    known.extend(former.as_ref().map_or_else(Values::new, Session::values));
    let beginning = Beginning {
        id: uuid(&*app.random),
        user: person.record.id.clone(),
        skill,
        origin: Origin {
            starter: begin.starter,
            playbook: Some(begin.playbook.key.clone()),
            onboarding,
            business,
            answers: None,
        },
        sandbox_outcome: begin.sandbox_outcome,
        redirect_url: begin.redirect_url.clone(),
        only: None,
        note: None,
        remarks: begin.remarks.clone(),
        burst: app.providers.burst(begin.tenant.sandbox),
        known,
        bootstrap: begin.bootstrap,
        named: begin.person.is_some(),
    };
    let (session, ignored) = match decided {
        Some(decided) => {
            let fresh = app.fresh(&beginning.id);
            (Session::reuse(beginning, decided, app.lives, app.now(), &fresh), Vec::new())
        }
        None => {
            let begun = Session::begin(beginning, app.lives, app.now());
            if judged && settled.is_none() {
                person.record.embark(&begun.0, name);
            }
            if !judged && person.is_new() {
                person.record.state.status = Status::None;
            }
            begun
        }
    };
    if let Some(firm) = &mut firm {
        match decided {
            Some(_) => firm.record.hear(&session),
            None if about_business => firm.record.begin(),
            None => {}
        }
    }
    Ok(Prepared {
        begun: Begun { token: token_of(app, &session), session, ignored },
        skill_source: source.to_string(),
        users: vec![person.row(&app.ledger)?],
        person: person.record,
        businesses: firm.iter().map(|firm| firm.row(&app.ledger)).collect::<Result<_, _>>()?,
    })
}

/// The person, who is somebody new if nobody is named, or nobody has the tenant's name.
async fn find_or_make(app: &App, begin: &Begin<'_>) -> Result<Person, Failure> {
    let found = match begin.person {
        Some(reference) => locate::person(app, &begin.tenant.id, reference).await?,
        None => None,
    };
    let name = begin.person.and_then(|reference| reference.names().1).cloned();
    Ok(found.unwrap_or_else(|| Person::new(User::new(id(&*app.random), name))))
}

impl Repeat<'_> {
    fn name(&self) -> Option<ExternalId> {
        match self {
            Repeat::Anew => None,
            Repeat::Once(name) => name.cloned(),
        }
    }
}

/// What opens a session that is about to begin, in the form of the family that starts it.
fn token_of(app: &App, session: &Session) -> SessionToken {
    match session.state.origin.starter {
        Starter::Page | Starter::Backend => secret(&*app.random),
        Starter::Omni => app.issue_token(session),
    }
}

/// Outcomes are fixed in the sandbox alone.
fn check_sandbox(tenant: &Tenant, fixed: Option<SandboxOutcome>) -> Result<(), Failure> {
    if fixed.is_some() && !tenant.sandbox {
        return Err(Failure::field(Code::SandboxMismatch, "sandbox_outcome", FieldProblem::Unknown));
    }
    Ok(())
}

/// The session in which an onboarding was walked last, as it stands.
pub(super) async fn former(
    app: &App,
    tenant: &Tenant,
    onboarding: &Onboarding,
) -> Result<Option<Session>, Fault> {
    let latest = onboarding.deciding();
    Ok(app.ledger.session(&tenant.id, latest).await?.map(|kept| kept.content))
}

async fn keep(app: &App, tenant: &Tenant, prepared: &Prepared) -> Result<bool, Failure> {
    let Begun { session, token, .. } = &prepared.begun;
    let mut change = SessionChange::of(app.ledger.new_session(session, &prepared.skill_source)?);
    change.interview = Some(session.interview());
    change.session_token = match session.state.origin.starter {
        Starter::Page | Starter::Backend => Some(Digest::of_secret(token)),
        // It says itself whose it is.
        Starter::Omni => None,
    };
    change.credentials = session.completion().map(|completion| completion.credentials.clone());
    let change = Change {
        sessions: vec![change],
        users: prepared.users.clone(),
        businesses: prepared.businesses.clone(),
        ..Change::default()
    };
    Ok(app.commit(&tenant.id, &change).await?)
}
