//! What is written when a step about log-in has gone on.

use vestibule_protocol::id::StepId;
use vestibule_protocol::login::AuthMethod;

use super::Page;
use super::take::sending;
use crate::api::answered;
use crate::api::complete::{Learned, complete};
use crate::app::App;
use crate::engine::login::{CODE_LIFE, Doings, Key};
use crate::engine::session::Session;
use crate::engine::user::User;
use crate::ledger::{Fault, KeptSession, KeptUser};
use crate::notify::{Address, Letter, Words};
use crate::store::letters::LetterRow;
use crate::store::logins::LoginChange;
use crate::store::{BusinessRow, SessionChange, Tenant};

/// A step that has gone on.
pub(super) struct Turned<'a> {
    pub tenant: &'a Tenant,
    pub kept: &'a KeptSession,
    pub session: Session,
    /// The submission, if the step is done.
    pub step: Option<StepId>,
    pub own: &'a KeptUser,
    pub holder: Option<&'a KeptUser>,
    pub former: Option<&'a Session>,
    pub doings: Doings,
    /// The code that is sent, if one is.
    pub digits: String,
    pub page: &'a Page,
}

/// Writes it. `false` when somebody else wrote first.
///
/// # Errors
/// [`Fault`].
pub(super) async fn write(app: &App, turned: Turned<'_>) -> Result<bool, Fault> {
    let Turned { tenant, kept, mut session, step, own, holder, former, doings, digits, page } = turned;
    let person: Option<(&KeptUser, &User)> = match (&doings.person, holder) {
        (Some(user), Some(holder)) if user.id == holder.content.id => Some((holder, user)),
        (Some(user), _) => Some((own, user)),
        (None, _) => None,
    };
    let mut learned = Learned::default();
    if session.is_decided_here() {
        learned = complete(app, &tenant.id, &mut session, former, person.map(|(_, user)| user)).await?;
    } else if let Some((kept, user)) = person {
        learned.users.push(app.ledger.seal_user(kept, user)?);
    }
    let mut row = SessionChange::of(app.ledger.seal_session(kept, &session)?);
    row.steps.extend(step);
    answered::note_completion(&mut row, &session);
    let mut change = learned.with(row);
    if doings.recognised {
        change.nobody = Some(app.ledger.seal_user(own, &own.content)?);
        change.businesses.extend(passed_on(app, tenant, &session, own).await?);
    }
    change.logins = logins(app, tenant, &session, &doings);
    change.code = doings.send.clone().map(|contact| sending(app, tenant, &Key::Contact(contact)));
    change.letters = letters(app, tenant, &session, &doings, digits, page)?;
    app.commit(&tenant.id, &change).await
}

fn logins(app: &App, tenant: &Tenant, session: &Session, doings: &Doings) -> Vec<LoginChange> {
    let change = |key: &Key, gained| LoginChange {
        key: app.ledger.login_digest(&tenant.id, key),
        user: session.user.clone(),
        gained,
    };
    let lost = doings.lost.iter().map(|key| change(key, false));
    lost.chain(doings.gained.iter().map(|key| change(key, true))).collect()
}

/// How long it is worth telling somebody that a log-in method was changed, in seconds.
const NEWS: i64 = 3 * 86_400;

fn letters(
    app: &App,
    tenant: &Tenant,
    session: &Session,
    doings: &Doings,
    code: String,
    page: &Page,
) -> Result<Vec<LetterRow>, Fault> {
    let now = app.now();
    let of_session = session.state.remarks.language.as_ref().map(ToString::to_string);
    let language = of_session.or_else(|| page.language.clone());
    let code = doings.send.iter().map(|contact| {
        let minutes = u32::try_from(CODE_LIFE / 60).unwrap_or(u32::MAX);
        (contact, Words::Code { code: code.clone(), minutes, page: page.host.clone() }, CODE_LIFE)
    });
    let news =
        doings.told.iter().map(|(contact, method)| (contact, Words::LoginChanged { method: *method }, NEWS));
    let letters = code.chain(news).map(|(contact, words, life)| {
        let to = match contact.method {
            AuthMethod::Phone => Address::Phone(contact.address.clone()),
            _ => Address::Email(contact.address.clone()),
        };
        let letter = Letter { to, language: language.clone(), words, valid_until: now.plus_seconds(life) };
        app.ledger.letter(&tenant.id, &letter, now)
    });
    letters.collect()
}

/// The business that was made for a session is of whoever turned out to be its person.
async fn passed_on(
    app: &App,
    tenant: &Tenant,
    session: &Session,
    own: &KeptUser,
) -> Result<Option<BusinessRow>, Fault> {
    let Some(business) = &session.state.origin.business else { return Ok(None) };
    let kept = app.ledger.business(&tenant.id, business).await?;
    let kept = kept.ok_or(Fault::Missing("the business of a session"))?;
    let mut business = kept.content.clone();
    business.pass_on(&own.content.id, &session.user);
    app.ledger.seal_business(&kept, &business).map(Some)
}
