//! What else is written when a session has just been completed, or decided after that.

use vestibule_protocol::date::Date;
use vestibule_protocol::id::{BusinessId, TenantId};

use crate::app::App;
use crate::engine::business::Business;
use crate::engine::decide::{Known, document_numbers};
use crate::engine::session::Session;
use crate::engine::user::User;
use crate::ledger::Fault;
use crate::random::id;
use crate::store::{BusinessRow, SeenDocument, UserRow};

/// What people and businesses learn of a session, and what is noted beside.
#[derive(Default)]
pub struct Learned {
    /// The person, and people who are known since.
    pub users: Vec<UserRow>,
    /// The business.
    pub businesses: Vec<BusinessRow>,
    /// The documents whose numbers were given in it.
    pub documents: Vec<SeenDocument>,
}

/// Decides with what the store knows. Gives what the person's record and the business's learn of a complete
/// session. If another session of the same onboarding was completed before this one, its result stands: this
/// one takes it over, and nothing else changes. `former` is what was given before, if the session answers a
/// reviewer's request.
///
/// # Errors
/// [`Fault`].
pub async fn complete(
    app: &App,
    tenant: &TenantId,
    session: &mut Session,
    former: Option<&Session>,
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
    let today = app.now().date();
    let documents = seen(app, tenant, &session.whole(former), today).await?;
    let known = Known { document_of_another: documents.iter().any(|document| document.of_another) };
    if session.completion().is_some_and(|completion| completion.known != known) {
        session.decide_knowing(known, former, today);
    }
    let mut user = kept.content.clone();
    user.learn(session);
    let users = vec![app.ledger.seal_user(&kept, &user)?];
    let mut learned = Learned { users, businesses: Vec::new(), documents };
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
    let mut whole: Option<Session> = None;
    for id in [&onboarding.session].into_iter().chain(&onboarding.supplements) {
        let part = app.ledger.session(tenant, id).await?;
        let part = part.ok_or(Fault::Missing("the session of an onboarding"))?.content;
        whole = Some(match whole {
            None => part,
            Some(whole) => whole.supplemented(&part),
        });
    }
    Ok(whole)
}
