//! `kind` `onboard`: a person is onboarded onto a playbook.

use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::onboarding::{Onboard, OnboardingStarted};
use vestibule_protocol::problem::Code;

use super::started;
use crate::api::begin::{Begin, Repeat, begin};
use crate::api::error::Failure;
use crate::api::redirect::{Plain, redirect};
use crate::app::App;
use crate::engine::session::{Remarks, Starter};
use crate::store::Tenant;

pub(super) async fn start(app: &App, tenant: &Tenant, wanted: Onboard) -> Result<OnboardingStarted, Failure> {
    if wanted.key.as_str().starts_with("pb_test_") != tenant.sandbox {
        return Err(Failure::field(Code::SandboxMismatch, "key", FieldProblem::NotAnOption));
    }
    let playbook = app.store.playbook(&tenant.id, &wanted.key).await?;
    let begun = begin(
        app,
        &Begin {
            tenant,
            starter: Starter::Backend,
            playbook: playbook.ok_or(Code::InvalidPlaybookKey)?,
            person: wanted.person.as_ref(),
            business: wanted.business.as_ref(),
            repeat: Repeat::Once(wanted.onboarding.as_ref()),
            sandbox_outcome: wanted.sandbox_outcome,
            redirect_url: wanted
                .redirect_url
                .map(|url| redirect(url, Plain::Here, "redirect_url"))
                .transpose()?,
            remarks: Remarks::default(),
            known: false,
            bootstrap: &wanted.bootstrap,
        },
    )
    .await?;
    Ok(started(app, begun))
}
