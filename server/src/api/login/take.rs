//! A person submits a step about log-in.

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::OnboardingId;
use vestibule_protocol::problem::Code;
use vestibule_protocol::session::SubmitStep;
use vestibule_protocol::skill::StepKind;

use super::write::{Turned, write};
use super::{Page, passkeys, person, ready};
use crate::api::complete::former;
use crate::api::error::{Failure, gravest};
use crate::api::{answered, begin};
use crate::app::App;
use crate::digest::Digest;
use crate::engine::login::{Asked, Key, Outside, Taken, asked};
use crate::engine::onboarding::{Again, Onboarding};
use crate::engine::session::{Session, Starter};
use crate::engine::submit::Submit;
use crate::engine::user::User;
use crate::ledger::{Fault, KeptSession, KeptUser};
use crate::limits::Network;
use crate::store::logins::{CodeLimit, CodeRow};
use crate::store::{SessionChange, Tenant};

/// How many codes are sent to one address, whoever asks for them.
pub(super) const LIMITS: &[CodeLimit] =
    &[CodeLimit { most: 5, within: 3_600 }, CodeLimit { most: 12, within: 86_400 }];

/// What is submitted, by whom.
pub struct Submission<'a> {
    /// For whom.
    pub tenant: &'a Tenant,
    /// The request.
    pub request: &'a SubmitStep,
    /// It in canonical form.
    pub canonical: Digest,
    /// Where it was made.
    pub page: &'a Page,
    /// Whence it came.
    pub network: Network,
}

/// Takes it, for the session as it was read. `None` when somebody else wrote first.
///
/// # Errors
/// [`Failure`]
pub async fn take(
    app: &App,
    submission: &Submission<'_>,
    kept: &KeptSession,
) -> Result<Option<Vec<u8>>, Failure> {
    let Submission { tenant, request, canonical, page, network } = submission;
    let own = person(app, tenant, &kept.content).await?;
    let (session, fresh) = ready(app, tenant, kept.content.clone(), &own.content, page)?;
    let step = session.skill.step(&request.step).ok_or(Code::InvalidStep)?;
    let asked = asked(&step.kind, &request.data, app.now().date());
    let holder = holder(app, tenant, &session, asked.as_ref().ok()).await?;
    let known = holder.as_ref().map(|holder| &holder.content);
    let passkey = match (&asked, &step.kind) {
        (Ok(Asked::Passkey(response)), StepKind::Identify { .. }) => {
            passkeys::proved(app, &session, known, page, response)?
        }
        (Ok(Asked::Passkey(response)), _) => passkeys::made(app, &session, page, response)?,
        _ => None,
    };
    let code = match &asked {
        Ok(Asked::Code(digits)) => Some(app.ledger.code_digest(&session.id, digits)),
        _ => None,
    };
    let former = former(app, &tenant.id, &session).await?;
    let submit = Submit {
        nonce: &request.nonce,
        request: *canonical,
        step: &request.step,
        data: &request.data,
        former: former.as_ref(),
    };
    let decided = match &asked {
        Ok(Asked::Code(_) | Asked::Passkey(_)) => decided(app, tenant, &session, &own.content, known).await?,
        _ => None,
    };
    let decided = decided.as_ref().and_then(|(id, session)| Some((id, session.completion()?)));
    let outside = Outside {
        person: &own.content,
        holder: known,
        code,
        passkey: passkey.as_ref(),
        may_send: may_send(app, tenant, &own.content, asked.as_ref().ok()).await?,
        reaches: &app.reaches(tenant),
        decided,
    };
    let digits = fresh.login.digits.clone();
    match session.submit_login(submit, asked, outside, app.lives, app.now(), fresh)? {
        Taken::Replayed(sealed) => Ok(Some(answered::again(&request.nonce, &session.id, &sealed)?)),
        Taken::Refused(session, fields) => {
            // What is guessed at counts as a refused credential does.
            if fields.iter().any(|field| is_guess(field.problem)) {
                app.refusals.count(*network, app.now());
            }
            let change = SessionChange::of(app.ledger.seal_session(kept, &session)?);
            let noted = app.commit(&tenant.id, &change.into()).await?;
            let refused = Failure::Refused { code: gravest(&fields), fields };
            if noted { Err(refused) } else { Ok(None) }
        }
        Taken::Advanced { mut session, answer, doings } => {
            if doings.send.is_some() {
                app.codes.take(*network, app.now()).map_err(Failure::TooMany)?;
            }
            let body = answered::remembered(app, &mut session, submit, &answer)?;
            let done = session.submission_of(&answer.step_id).is_some();
            let turned = Turned {
                tenant,
                kept,
                session: *session,
                step: done.then_some(answer.step_id),
                own: &own,
                holder: holder.as_ref(),
                former: former.as_ref(),
                doings: *doings,
                digits,
                page,
            };
            Ok(write(app, turned).await?.then_some(body))
        }
    }
}

fn is_guess(problem: FieldProblem) -> bool {
    matches!(problem, FieldProblem::WrongCode | FieldProblem::CodeExpired | FieldProblem::PasskeyRefused)
}

/// Who logs in by what is proved now.
async fn holder(
    app: &App,
    tenant: &Tenant,
    session: &Session,
    asked: Option<&Asked>,
) -> Result<Option<KeptUser>, Failure> {
    let key = match asked {
        Some(Asked::Code(_)) => {
            session.state.login.sent.as_ref().map(|sent| Key::Contact(sent.contact.clone()))
        }
        Some(Asked::Passkey(response)) => passkeys::key(response),
        _ => None,
    };
    let Some(key) = key else { return Ok(None) };
    let found = app.store.person_of_login(&tenant.id, &app.ledger.login_digest(&tenant.id, &key)).await?;
    match found {
        Some(user) => Ok(app.ledger.user(&tenant.id, &user).await?),
        None => Ok(None),
    }
}

/// Whether a code may be sent to the address that is asked for, by how many were. Nobody is looked up for it:
/// an address of nobody is answered as any other.
async fn may_send(app: &App, tenant: &Tenant, own: &User, asked: Option<&Asked>) -> Result<bool, Fault> {
    let contact = match asked {
        Some(Asked::CodeTo(contact)) => Some(contact.clone()),
        Some(Asked::CodeBy(method)) => own.contact(*method),
        _ => None,
    };
    let Some(contact) = contact else { return Ok(false) };
    let address = app.ledger.login_digest(&tenant.id, &Key::Contact(contact));
    for limit in LIMITS {
        let since = app.now().plus_seconds(-limit.within);
        if app.store.codes_sent(&tenant.id, &address, since).await? >= limit.most {
            return Ok(false);
        }
    }
    Ok(true)
}

/// That a code is sent to an address.
pub(super) fn sending(app: &App, tenant: &Tenant, key: &Key) -> CodeRow {
    CodeRow { address: app.ledger.login_digest(&tenant.id, key), at: app.now(), limits: LIMITS }
}

/// The session in which that was decided which whoever logs in gets without further steps, as a backend that
/// starts a session for somebody gets it.
async fn decided(
    app: &App,
    tenant: &Tenant,
    session: &Session,
    own: &User,
    holder: Option<&User>,
) -> Result<Option<(OnboardingId, Session)>, Fault> {
    let origin = &session.state.origin;
    let (Starter::Backend, None, Some(playbook)) = (origin.starter, origin.answers, &origin.playbook) else {
        return Ok(None);
    };
    let found: Option<&Onboarding> = match holder.filter(|holder| holder.id != own.id) {
        Some(holder) if !session.state.login.named => match holder.again(playbook, None, None) {
            Again::Reuse(one) => Some(one),
            Again::GoOn(_) | Again::Anew => None,
        },
        _ => own.onboarding(&origin.onboarding).filter(|one| one.result.is_some()),
    };
    let Some(onboarding) = found else { return Ok(None) };
    let settled = begin::former(app, tenant, onboarding).await?.filter(|former| !former.is_pending());
    Ok(settled.map(|former| (onboarding.id.clone(), former)))
}
