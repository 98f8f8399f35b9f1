//! What else is written when a session has just been completed, or decided after that.

use vestibule_protocol::date::Date;
use vestibule_protocol::id::{BusinessId, SessionId, TenantId};

use crate::app::App;
use crate::engine::business::Business;
use crate::engine::decide::{Known, document_numbers};
use crate::engine::onboarding::Onboarding;
use crate::engine::provided::Answer;
use crate::engine::session::Session;
use crate::engine::user::User;
use crate::ledger::{Fault, KeptSession};
use crate::random::id;
use crate::store::questions::QuestionRow;
use crate::store::{BusinessRow, Change, SeenDocument, SessionChange, UserRow};

/// What people and businesses learn of a session, and what is noted beside.
#[derive(Default)]
pub struct Learned {
    /// The person, and people who are known since.
    pub users: Vec<UserRow>,
    /// The business.
    pub businesses: Vec<BusinessRow>,
    /// The documents whose numbers were given in it.
    pub documents: Vec<SeenDocument>,
    /// What a provider is asked from now on.
    pub questions: Vec<QuestionRow>,
}

impl Learned {
    /// A change of the session from which it was learned, and of all who learn.
    pub fn with(self, mut session: SessionChange) -> Change {
        let Self { users, businesses, documents, questions } = self;
        (session.documents, session.questions) = (documents, questions);
        Change { sessions: vec![session], users, businesses, ..Change::default() }
    }
}

/// Decides with what the store knows. Gives what the person's record and the business's learn of a complete
/// session. If another session of the same onboarding was completed before this one, its result stands: this
/// one takes it over, and nothing else changes. `former` is what was given before, if the session answers a
/// reviewer's request. What a provider is to be asked goes with the commit; where there is none, nobody waits.
/// `person` is the session's person as they are by now, if the same change has changed them.
///
/// # Errors
/// [`Fault`].
pub async fn complete(
    app: &App,
    tenant: &TenantId,
    session: &mut Session,
    former: Option<&Session>,
    person: Option<&User>,
) -> Result<Learned, Fault> {
    let kept = app.ledger.user(tenant, &session.user).await?;
    let kept = kept.ok_or(Fault::Missing("the person of a session"))?;
    if let Some(elsewhere) = kept.content.decided_elsewhere(session) {
        let other = app.ledger.session(tenant, &elsewhere.session).await?;
        if let Some(completion) = other.as_ref().and_then(|other| other.content.completion()) {
            session.adopt(completion);
            return Ok(Learned::default());
        }
    }
    let now = app.now();
    let today = now.date();
    let mut questions = session.questions();
    if !questions.is_empty() && app.providers.of(app.tenant(tenant).await?.sandbox).is_none() {
        for question in questions.drain(..) {
            session.take_answer(question, Answer::Missing, former, today);
        }
    }
    let documents = seen(app, tenant, &session.whole(former), today).await?;
    let known = Known { document_of_another: documents.iter().any(|document| document.of_another) };
    if session.completion().is_some_and(|completion| completion.known != known) {
        session.decide_knowing(known, former, today);
    }
    let mut user = person.unwrap_or(&kept.content).clone();
    user.learn(session);
    let users = vec![app.ledger.seal_user(&kept, &user)?];
    let asked = |question| {
        let session = session.id.clone();
        QuestionRow { session, question, asked_at: now, due_at: now, attempts: 0 }
    };
    let questions = questions.into_iter().map(asked).collect();
    let mut learned = Learned { users, businesses: Vec::new(), documents, questions };
    if let Some(business) = session.state.origin.business.clone() {
        tell(app, tenant, &business, session, former, &mut learned).await?;
    }
    Ok(learned)
}

/// What the business learns, and who is known by that.
async fn tell(
    app: &App,
    tenant: &TenantId,
    business: &BusinessId,
    session: &Session,
    former: Option<&Session>,
    learned: &mut Learned,
) -> Result<(), Fault> {
    let kept = app.ledger.business(tenant, business).await?;
    let kept = kept.ok_or(Fault::Missing("the business of a session"))?;
    let mut business = kept.content.clone();
    if session.skill.business.is_some() {
        let mut given = former.map(Session::values).unwrap_or_default();
        given.extend(session.values());
        let people = owners(app, tenant, &business).await?;
        for user in business.describe(session, &given, &people, || id(&*app.random)) {
            learned.users.push(app.ledger.new_user(&user)?);
        }
    } else {
        business.hear(session);
    }
    learned.businesses.push(app.ledger.seal_business(&kept, &business)?);
    Ok(())
}

async fn owners(app: &App, tenant: &TenantId, business: &Business) -> Result<Vec<User>, Fault> {
    let mut people = Vec::new();
    for owner in &business.state.owners {
        people.extend(app.ledger.user(tenant, &owner.user).await?.map(|kept| kept.content));
    }
    Ok(people)
}

/// The documents of a session, and whether somebody else has given one of the same number.
///
/// # Errors
/// [`Failure`] when the store fails.
pub async fn seen(
    app: &App,
    tenant: &TenantId,
    session: &Session,
    today: Date,
) -> Result<Vec<SeenDocument>, Fault> {
    let mut documents = Vec::new();
    for number in document_numbers(session, today) {
        let digest = app.ledger.document_digest(tenant, &number);
        let of_another = app.store.document_of_another(tenant, &digest, &session.user).await?;
        documents.push(SeenDocument { digest, of_another });
    }
    Ok(documents)
}

/// In a session that answers a reviewer's request: what was given of the onboarding before. `None` when
/// the request is no longer outstanding.
///
/// # Errors
/// [`Fault`].
pub async fn former(app: &App, tenant: &TenantId, session: &Session) -> Result<Option<Session>, Fault> {
    if session.state.origin.answers.is_none() {
        return Ok(None);
    }
    let user = app.ledger.user(tenant, &session.user).await?;
    let user = user.ok_or(Fault::Missing("the person of a session"))?.content;
    let Some(onboarding) = user.request_of(session).and_then(|request| user.onboarding(&request.onboarding))
    else {
        return Ok(None);
    };
    Ok(merged(&parts(app, tenant, onboarding, &session.id).await?))
}

/// In a complete session that has answered a reviewer's request: the sessions in which the rest of the
/// onboarding was given before, in order. None of any other session.
///
/// # Errors
/// [`Fault`].
pub async fn parts_before(
    app: &App,
    tenant: &TenantId,
    session: &Session,
) -> Result<Vec<KeptSession>, Fault> {
    if session.state.origin.answers.is_none() {
        return Ok(Vec::new());
    }
    let user = app.ledger.user(tenant, &session.user).await?;
    let user = user.ok_or(Fault::Missing("the person of a session"))?.content;
    match user.onboarding(&session.state.origin.onboarding) {
        Some(onboarding) => parts(app, tenant, onboarding, &session.id).await,
        None => Ok(Vec::new()),
    }
}

/// What was given in these sessions, as a whole.
pub fn merged(parts: &[KeptSession]) -> Option<Session> {
    let (first, later) = parts.split_first()?;
    Some(later.iter().fold(first.content.clone(), |whole, part| whole.supplemented(&part.content)))
}

/// The sessions of an onboarding that were complete before `session`.
async fn parts(
    app: &App,
    tenant: &TenantId,
    onboarding: &Onboarding,
    session: &SessionId,
) -> Result<Vec<KeptSession>, Fault> {
    let mut parts = Vec::new();
    let before = [&onboarding.session].into_iter().chain(&onboarding.supplements);
    for id in before.take_while(|id| *id != session) {
        let part = app.ledger.session(tenant, id).await?;
        parts.push(part.ok_or(Fault::Missing("the session of an onboarding"))?);
    }
    Ok(parts)
}
