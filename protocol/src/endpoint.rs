//! The calls: one unit type each, which the server's router and the browser's client both use.

use crate::schema::Described;
use crate::{omni, onboarding, session, skill, upload, webhook};

/// The HTTP method of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Does.
    Post,
    /// Changes.
    Patch,
    /// Erases.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// One call: where it goes, what it takes, what it gives.
pub trait Endpoint {
    /// Its name.
    const NAME: &'static str;
    /// What it does, in a sentence; what more there is to say stands in the lines after it.
    const ABOUT: &'static str;
    /// Its method.
    const METHOD: Method;
    /// Its path; parameters stand in braces.
    const PATH: &'static str;
    /// The body that it takes; `()` for none.
    type Request: Described;
    /// The body that it answers; `()` for none.
    type Response: Described;

    /// The path with its parameters filled in, in order.
    fn path(parameters: &[&str]) -> String {
        let mut rest = Self::PATH;
        let mut path = String::new();
        for parameter in parameters {
            let Some((before, after)) = rest.split_once('{') else { break };
            path.push_str(before);
            path.push_str(parameter);
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        path.push_str(rest);
        path
    }
}

macro_rules! endpoints {
    ($($(#[doc = $about:literal])* $name:ident: $method:ident $path:literal, $request:ty => $response:ty;)*) => {
        /// Every call, by its name.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        $(
            $(#[doc = $about])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;

            impl Endpoint for $name {
                const NAME: &'static str = stringify!($name);
                const ABOUT: &'static str = concat!($($about, "\n"),*);
                const METHOD: Method = Method::$method;
                const PATH: &'static str = $path;
                type Request = $request;
                type Response = $response;
            }
        )*
    };
}

endpoints! {
    /// A web page starts a session of its own.
    CreateSession: Post "/sessions", session::CreateSession => session::SessionAnswer;
    /// A browser opens or resumes a session.
    OpenSession: Post "/sessions/open", session::OpenSession => session::SessionAnswer;
    /// A browser starts and opens a session by a tenant's static link.
    HostSession: Post "/sessions/hosted", session::HostSession => session::SessionAnswer;
    /// A person submits a step.
    SubmitStep: Post "/sessions/{session_id}/steps", session::SubmitStep => session::StepAnswer;
    /// A browser uploads a file of a step, as `multipart/form-data`.
    UploadFile: Post "/steps/{step_id}/upload", upload::UploadForm => upload::UploadAnswer;
    /// A backend redeems a temp token.
    RedeemToken: Post "/token", session::RedeemToken => session::Redeemed;
    /// The same under the name that some documents use.
    RedeemTokens: Post "/tokens", session::RedeemToken => session::Redeemed;
    /// A backend reads what was collected.
    ReadCredentials: Get "/credentials/{credentials_id}", () => session::Credentials;
    /// A backend erases what was collected.
    EraseCredentials: Delete "/credentials/{credentials_id}", () => ();
    /// Anybody reads the published skills.
    ListSkills: Get "/skills", () => Vec<skill::Skill>;
    /// Anybody reads one.
    ReadSkill: Get "/skills/{name}", () => skill::Skill;
    /// A backend starts a session for a person.
    StartOnboarding: Post "/onboarding/session", onboarding::StartOnboarding => onboarding::OnboardingStarted;
    /// A backend redeems a validation token.
    ValidateOnboarding: Post "/onboarding/session/validate", onboarding::ValidateOnboarding => onboarding::Validated;
    /// A backend reads how a person stands.
    ReadUser: Get "/users/{fp_id}", () => onboarding::User;
    /// A backend reads how a business stands.
    ReadBusiness: Get "/businesses/{fp_bid}", () => onboarding::Business;
    /// A backend reads who owns a business, and how each of them stands.
    ListOwners: Get "/businesses/{fp_bid}/owners", () => Vec<onboarding::BusinessOwner>;
    /// A backend marks a person as an owner of a business, or corrects their share.
    MarkOwner: Post "/businesses/{fp_bid}/owners", onboarding::MarkOwner => onboarding::BusinessOwner;
    /// A backend starts the session by which an owner is checked. Its link is theirs alone.
    InviteOwner: Post "/businesses/{fp_bid}/owners/{fp_id}/link", onboarding::InviteOwner => onboarding::OnboardingStarted;
    /// A backend of the omni family starts a session, or asks for a fresh token of one.
    StartInterview: Post "/omni/start", omni::StartInterview => omni::InterviewStarted;
    /// A backend lists the sessions of one customer, the latest first.
    ListInterviews: Get "/omni/sessions", () => Vec<omni::ListedInterview>;
    /// A backend asks where to send the person.
    ReadOnboardingUrl: Get "/omni/onboarding-url", () => omni::OnboardingUrl;
    /// A backend asks how far a session has come.
    ReadInterviewStatus: Get "/omni/get/onboarding/status", () => omni::InterviewStatus;
    /// A backend asks how a session ended, and what to do.
    ReadFinishStatus: Get "/omni/finish-status", () => omni::FinishStatus;
    /// The same by the other method.
    PostFinishStatus: Post "/omni/finish-status", omni::AskFinish => omni::FinishStatus;
    /// A backend asks what was found.
    ReadScore: Get "/omni/get/score", () => omni::Score;
    /// A backend asks what was given of the document, and of whom it is.
    ReadOcrData: Get "/omni/get/ocr-data", () => omni::OcrData;
    /// A backend reads pictures.
    ReadImages: Post "/omni/get/images", omni::ReadImages => omni::Images;
    /// By the session's own token: where to send the person.
    ReadOwnOnboardingUrl: Get "/0/omni/onboarding-url", () => omni::OnboardingUrl;
    /// By the session's own token: how far it has come.
    ReadOwnInterviewStatus: Get "/0/omni/get/onboarding/status", () => omni::InterviewStatus;
    /// By the session's own token: how it ended, and what to do.
    ReadOwnFinishStatus: Get "/0/omni/finish-status", () => omni::FinishStatus;
    /// The same by the other method.
    PostOwnFinishStatus: Post "/0/omni/finish-status", omni::AskFinish => omni::FinishStatus;
    /// By the session's own token: what was found.
    ReadOwnScore: Get "/0/omni/get/score", () => omni::Score;
    /// By the session's own token: what was given of the document, and of whom it is.
    ReadOwnOcrData: Get "/0/omni/get/ocr-data", () => omni::OcrData;
    /// By the session's own token: pictures.
    ReadOwnImages: Post "/0/omni/get/images", omni::ReadImages => omni::Images;
    /// A backend lists people.
    ListUsers: Get "/users", () => onboarding::List<onboarding::User>;
    /// A backend makes a person known.
    CreateUser: Post "/users", onboarding::CreateUser => onboarding::User;
    /// A reviewer asks a person for more.
    RequestInfo: Post "/users/{fp_id}/request_info", onboarding::RequestInfo => onboarding::User;
    /// A reviewer withdraws that.
    WithdrawInfoRequest: Delete "/users/{fp_id}/request_info", () => ();
    /// A reviewer decides.
    ReviewUser: Post "/users/{fp_id}/review", onboarding::ReviewUser => onboarding::User;
    /// A backend asks which data of a person there are.
    ReadVault: Get "/users/{fp_id}/vault", () => onboarding::VaultPresence;
    /// A backend writes data.
    UpdateVault: Patch "/users/{fp_id}/vault", onboarding::UpdateVault => ();
    /// A backend erases data.
    EraseVault: Delete "/users/{fp_id}/vault", onboarding::EraseVault => ();
    /// A backend reads values.
    DecryptVault: Post "/users/{fp_id}/vault/decrypt", onboarding::DecryptVault => onboarding::VaultValues;
    /// A backend reads a file, which is the answer's body.
    DecryptFile: Post "/users/{fp_id}/vault/decrypt/file", onboarding::DecryptFile => ();
    /// A backend lets a web page write or read data.
    CreateClientToken: Post "/users/{fp_id}/client_token", onboarding::CreateClientToken => onboarding::ClientTokenCreated;
    /// A web page writes data.
    UpdateVaultWithToken: Patch "/users/vault", onboarding::UpdateVault => ();
    /// A web page reads values.
    DecryptVaultWithToken: Post "/users/vault/decrypt", onboarding::DecryptWithToken => onboarding::VaultValues;
    /// A backend reads who did what with whose data.
    ListAudit: Get "/audit_events", () => onboarding::List<onboarding::AuditEvent>;
    /// A backend says where it wants to be told of what happens.
    CreateWebhook: Post "/webhooks", webhook::CreateWebhook => webhook::Webhook;
    /// A backend reads where it is told.
    ListWebhooks: Get "/webhooks", () => webhook::Webhooks;
    /// A backend wants to be told no more.
    DeleteWebhook: Delete "/webhooks/{endpoint_id}", () => ();
    /// A backend changes the secret that signs; the former signs beside it for a day.
    RotateWebhookSecret: Post "/webhooks/{endpoint_id}/rotate", () => webhook::Webhook;
    /// A backend tries whether events arrive.
    TestWebhook: Post "/webhooks/{endpoint_id}/test", () => webhook::Delivery;
    /// A backend reads what has become of telling it.
    ListDeliveries: Get "/webhooks/deliveries", () => webhook::Deliveries;
    /// A backend asks for an event once more.
    ResendDelivery: Post "/webhooks/deliveries/{delivery_id}/resend", () => webhook::Delivery;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_filled_in_order() {
        assert_eq!(SubmitStep::path(&["7489fe74"]), "/sessions/7489fe74/steps");
        assert_eq!(OpenSession::path(&[]), "/sessions/open");
    }
}
