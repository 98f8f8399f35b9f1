//! `kind` `inherit`: a person gives what a reviewer has asked for.

use vestibule_protocol::id::UserId;
use vestibule_protocol::onboarding::{OnboardingStarted, Reference};
use vestibule_protocol::outcome::SandboxOutcome;

use super::started;
use crate::api::begin::{Answer, begin_answer};
use crate::api::error::Failure;
use crate::api::redirect::{Plain, redirect};
use crate::app::App;
use crate::store::Tenant;

pub(super) async fn start(
    app: &App,
    tenant: &Tenant,
    person: &Reference<UserId>,
    redirect_url: Option<String>,
    sandbox_outcome: Option<SandboxOutcome>,
) -> Result<OnboardingStarted, Failure> {
    let redirect_url = redirect_url.map(|url| redirect(url, Plain::Here, "redirect_url")).transpose()?;
    let begun = begin_answer(app, &Answer { tenant, person, sandbox_outcome, redirect_url }).await?;
    Ok(started(app, begun))
}
