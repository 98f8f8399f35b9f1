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
    /// Starts a session from a web page.
    CreateSession: Post "/sessions", session::CreateSession => session::SessionAnswer;
    /// Opens a session in a browser, or resumes it.
    OpenSession: Post "/sessions/open", session::OpenSession => session::SessionAnswer;
    /// Starts and opens a session by a tenant's static link.
    HostSession: Post "/sessions/hosted", session::HostSession => session::SessionAnswer;
    /// Submits a step.
    SubmitStep: Post "/sessions/{session_id}/steps", session::SubmitStep => session::StepAnswer;
    /// Uploads a file of a step, as `multipart/form-data`.
    UploadFile: Post "/steps/{step_id}/upload", upload::UploadForm => upload::UploadAnswer;
    /// Redeems a temp token.
    RedeemToken: Post "/token", session::RedeemToken => session::Redeemed;
    /// Redeems a temp token, under the name that some documents use.
    RedeemTokens: Post "/tokens", session::RedeemToken => session::Redeemed;
    /// Reads what was collected.
    ReadCredentials: Get "/credentials/{credentials_id}", () => session::Credentials;
    /// Erases what was collected.
    EraseCredentials: Delete "/credentials/{credentials_id}", () => ();
    /// Lists the published skills.
    ListSkills: Get "/skills", () => Vec<skill::Skill>;
    /// Reads a published skill.
    ReadSkill: Get "/skills/{name}", () => skill::Skill;
    /// Starts a session for a person.
    StartOnboarding: Post "/onboarding/session", onboarding::StartOnboarding => onboarding::OnboardingStarted;
    /// Redeems a validation token.
    ValidateOnboarding: Post "/onboarding/session/validate", onboarding::ValidateOnboarding => onboarding::Validated;
    /// Reads how a person stands.
    ReadUser: Get "/users/{fp_id}", () => onboarding::User;
    /// Lists businesses.
    ListBusinesses: Get "/businesses", () => onboarding::List<onboarding::Business>;
    /// Makes a business known.
    CreateBusiness: Post "/businesses", onboarding::CreateBusiness => onboarding::Business;
    /// Reads how a business stands.
    ReadBusiness: Get "/businesses/{fp_bid}", () => onboarding::Business;
    /// Lists who owns a business, and how each of them stands.
    ListOwners: Get "/businesses/{fp_bid}/owners", () => Vec<onboarding::BusinessOwner>;
    /// Marks a person as an owner of a business, or corrects their share.
    MarkOwner: Post "/businesses/{fp_bid}/owners", onboarding::MarkOwner => onboarding::BusinessOwner;
    /// Starts the session by which an owner is checked.
    ///
    /// Its link is theirs alone.
    InviteOwner: Post "/businesses/{fp_bid}/owners/{fp_id}/link", onboarding::InviteOwner => onboarding::OnboardingStarted;
    /// Starts a session, or asks for a fresh token of one.
    StartInterview: Post "/omni/start", omni::StartInterview => omni::InterviewStarted;
    /// Lists the sessions of one customer, the latest first.
    ListInterviews: Get "/omni/sessions", () => Vec<omni::ListedInterview>;
    /// Asks where to send the person.
    ReadOnboardingUrl: Get "/omni/onboarding-url", () => omni::OnboardingUrl;
    /// Asks how far a session has come.
    ReadInterviewStatus: Get "/omni/get/onboarding/status", () => omni::InterviewStatus;
    /// Asks how a session ended, and what to do.
    ReadFinishStatus: Get "/omni/finish-status", () => omni::FinishStatus;
    /// Asks how a session ended, by the other method.
    PostFinishStatus: Post "/omni/finish-status", omni::AskFinish => omni::FinishStatus;
    /// Asks what was found.
    ReadScore: Get "/omni/get/score", () => omni::Score;
    /// Asks what was given of the document, and of whom it is.
    ReadOcrData: Get "/omni/get/ocr-data", () => omni::OcrData;
    /// Reads pictures.
    ReadImages: Post "/omni/get/images", omni::ReadImages => omni::Images;
    /// Asks where to send the person, by the session's own token.
    ReadOwnOnboardingUrl: Get "/0/omni/onboarding-url", () => omni::OnboardingUrl;
    /// Asks how far the session has come, by its own token.
    ReadOwnInterviewStatus: Get "/0/omni/get/onboarding/status", () => omni::InterviewStatus;
    /// Asks how the session ended, by its own token.
    ReadOwnFinishStatus: Get "/0/omni/finish-status", () => omni::FinishStatus;
    /// Asks how the session ended, by its own token and the other method.
    PostOwnFinishStatus: Post "/0/omni/finish-status", omni::AskFinish => omni::FinishStatus;
    /// Asks what was found, by the session's own token.
    ReadOwnScore: Get "/0/omni/get/score", () => omni::Score;
    /// Asks what was given of the document, by the session's own token.
    ReadOwnOcrData: Get "/0/omni/get/ocr-data", () => omni::OcrData;
    /// Reads pictures, by the session's own token.
    ReadOwnImages: Post "/0/omni/get/images", omni::ReadImages => omni::Images;
    /// Lists people.
    ListUsers: Get "/users", () => onboarding::List<onboarding::User>;
    /// Makes a person known.
    CreateUser: Post "/users", onboarding::CreateUser => onboarding::User;
    /// Asks a person for more, as a reviewer.
    RequestInfo: Post "/users/{fp_id}/request_info", onboarding::RequestInfo => onboarding::User;
    /// Withdraws what a reviewer has asked for.
    WithdrawInfoRequest: Delete "/users/{fp_id}/request_info", () => ();
    /// Decides as a reviewer.
    ReviewUser: Post "/users/{fp_id}/review", onboarding::ReviewUser => onboarding::User;
    /// Asks which data of a person there are.
    ReadVault: Get "/users/{fp_id}/vault", () => onboarding::VaultPresence;
    /// Writes data of a person.
    UpdateVault: Patch "/users/{fp_id}/vault", onboarding::UpdateVault => ();
    /// Erases data of a person.
    EraseVault: Delete "/users/{fp_id}/vault", onboarding::EraseVault => ();
    /// Reads data of a person.
    DecryptVault: Post "/users/{fp_id}/vault/decrypt", onboarding::DecryptVault => onboarding::VaultValues;
    /// Reads a file of a person, which is the answer's body.
    DecryptFile: Post "/users/{fp_id}/vault/decrypt/file", onboarding::DecryptFile => ();
    /// Lets a web page write or read data of a person.
    CreateClientToken: Post "/users/{fp_id}/client_token", onboarding::CreateClientToken => onboarding::ClientTokenCreated;
    /// Writes data from a web page.
    UpdateVaultWithToken: Patch "/users/vault", onboarding::UpdateVault => ();
    /// Reads data in a web page.
    DecryptVaultWithToken: Post "/users/vault/decrypt", onboarding::DecryptWithToken => onboarding::VaultValues;
    /// Asks which data of a business there are.
    ReadBusinessVault: Get "/businesses/{fp_bid}/vault", () => onboarding::VaultPresence;
    /// Writes data of a business.
    ///
    /// What is written of its owners is kept, and makes nobody an owner.
    UpdateBusinessVault: Patch "/businesses/{fp_bid}/vault", onboarding::UpdateBusinessVault => ();
    /// Erases data of a business.
    EraseBusinessVault: Delete "/businesses/{fp_bid}/vault", onboarding::EraseVault => ();
    /// Reads data of a business.
    DecryptBusinessVault: Post "/businesses/{fp_bid}/vault/decrypt", onboarding::DecryptVault => onboarding::VaultValues;
    /// Lists who did what with whose data.
    ListAudit: Get "/audit_events", () => onboarding::List<onboarding::AuditEvent>;
    /// Reads what people of the sandbox were sent: the last hundred messages, the newest first.
    ///
    /// In the sandbox nothing is sent. What would have been waits here, in memory, for tests and for whoever
    /// tries the flow: a browser that is led here shows it as a page. A tenant that is real has no outbox.
    ReadOutbox: Get "/dev/outbox", () => Vec<onboarding::OutboxLetter>;
    /// Registers where to be told of what happens.
    CreateWebhook: Post "/webhooks", webhook::CreateWebhook => webhook::Webhook;
    /// Lists where the tenant is told.
    ListWebhooks: Get "/webhooks", () => webhook::Webhooks;
    /// Ends telling an endpoint.
    DeleteWebhook: Delete "/webhooks/{endpoint_id}", () => ();
    /// Changes the secret that signs; the former signs beside it for a day.
    RotateWebhookSecret: Post "/webhooks/{endpoint_id}/rotate", () => webhook::Webhook;
    /// Tries whether events arrive.
    TestWebhook: Post "/webhooks/{endpoint_id}/test", () => webhook::Delivery;
    /// Lists what has become of telling the tenant.
    ListDeliveries: Get "/webhooks/deliveries", () => webhook::Deliveries;
    /// Sends an event once more.
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
