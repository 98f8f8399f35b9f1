//! `POST /onboarding/session`: a backend starts a session for a person.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use url::{Host, Url};
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::onboarding::{OnboardingKind, OnboardingStarted, StartOnboarding};
use vestibule_protocol::problem::Code;
use vestibule_protocol::secret::Reveal;

use crate::api::auth::Backend;
use crate::api::begin::{Begin, begin};
use crate::api::body::Body;
use crate::api::error::Failure;
use crate::app::App;
use crate::engine::session::Starter;

pub(super) async fn start(
    State(app): State<Arc<App>>,
    Backend(tenant): Backend,
    Body(request): Body<StartOnboarding>,
) -> Result<Json<OnboardingStarted>, Failure> {
    let OnboardingKind::Onboard = request.kind;
    if request.key.as_str().starts_with("pb_test_") != tenant.sandbox {
        return Err(Failure::field(Code::SandboxMismatch, "key", FieldProblem::NotAnOption));
    }
    let playbook = app.store.playbook(&tenant.id, &request.key).await?;
    let begun = begin(
        &app,
        &Begin {
            tenant: &tenant,
            starter: Starter::Backend,
            playbook: playbook.ok_or(Code::InvalidPlaybookKey)?,
            user: request.fp_id.as_ref(),
            called: request.user_external_id.as_ref(),
            sandbox_outcome: request.sandbox_outcome,
            redirect_url: request.redirect_url.map(redirect).transpose()?,
            only: None,
            note: None,
            bootstrap: &request.bootstrap_data.unwrap_or_default(),
        },
    )
    .await?;
    let link = [&app.public_url, "/verify?type=user#", begun.token.reveal()].concat();
    Ok(Json(OnboardingStarted {
        token: begun.token,
        link,
        expires_at: begun.session.expires_at,
        ignored_bootstrap_fields: begun.ignored,
    }))
}

/// Where a browser may be sent in the end, kept as it was written: `https`, or `http` on this machine.
fn redirect(text: String) -> Result<String, Failure> {
    let refused = || Failure::field(Code::InvalidField, "redirect_url", FieldProblem::InvalidUrl);
    if text.len() > 2_000 || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(refused());
    }
    let url = Url::parse(&text).map_err(|_| refused())?;
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let taken = url.scheme() == "https" || (url.scheme() == "http" && here);
    if taken { Ok(text) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_sent_to_https_or_this_machine() {
        for taken in [
            "https://bank.example/done?x=1#y",
            "http://localhost:3000/",
            "http://127.0.0.1/x",
            "http://[::1]/",
        ] {
            assert_eq!(redirect(taken.into()).unwrap(), taken);
        }
        for refused in
            ["http://bank.example", "javascript:alert(1)", "/done", "https://a b", "data:text/html,x", ""]
        {
            assert!(redirect(refused.into()).is_err(), "{refused}");
        }
    }
}
