//! The golden documents of `wire/`: one folder for each type, one file for each variant.
//!
//! Every file is read and written again, byte for byte. Requests refuse a member that they do not
//! know, answers ignore it, so that an older client gets on with a newer server.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use vestibule_protocol::{
    field, login, omni, onboarding, outcome, problem, provider, session, skill, step, upload, webhook,
};

/// Reads the text as one type and writes it again.
type Rewrite = fn(&str) -> Result<String, String>;

fn rewrite<T: DeserializeOwned + Serialize>(json: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    Ok(serde_json::to_string_pretty(&value).unwrap() + "\n")
}

/// What a client says.
const REQUESTS: &[(&str, Rewrite)] = &[
    ("create_session", rewrite::<session::CreateSession>),
    ("open_session", rewrite::<session::OpenSession>),
    ("host_session", rewrite::<session::HostSession>),
    ("submit_step", rewrite::<session::SubmitStep>),
    ("redeem_token", rewrite::<session::RedeemToken>),
    ("start_onboarding", rewrite::<onboarding::StartOnboarding>),
    ("create_business", rewrite::<onboarding::CreateBusiness>),
    ("list_businesses", rewrite::<onboarding::ListBusinesses>),
    ("mark_owner", rewrite::<onboarding::MarkOwner>),
    ("invite_owner", rewrite::<onboarding::InviteOwner>),
    ("validate_onboarding", rewrite::<onboarding::ValidateOnboarding>),
    ("start_interview", rewrite::<omni::StartInterview>),
    ("ask_finish", rewrite::<omni::AskFinish>),
    ("read_images", rewrite::<omni::ReadImages>),
    ("create_user", rewrite::<onboarding::CreateUser>),
    ("list_users", rewrite::<onboarding::ListUsers>),
    ("request_info", rewrite::<onboarding::RequestInfo>),
    ("review_user", rewrite::<onboarding::ReviewUser>),
    ("read_vault", rewrite::<onboarding::ReadVault>),
    ("decrypt_vault", rewrite::<onboarding::DecryptVault>),
    ("decrypt_with_token", rewrite::<onboarding::DecryptWithToken>),
    ("decrypt_file", rewrite::<onboarding::DecryptFile>),
    ("erase_vault", rewrite::<onboarding::EraseVault>),
    ("create_client_token", rewrite::<onboarding::CreateClientToken>),
    ("list_audit", rewrite::<onboarding::ListAudit>),
    ("create_webhook", rewrite::<webhook::CreateWebhook>),
    ("provider_request", rewrite::<provider::ProviderRequest>),
];

/// What the server says.
const ANSWERS: &[(&str, Rewrite)] = &[
    ("session_answer", rewrite::<session::SessionAnswer>),
    ("step_answer", rewrite::<session::StepAnswer>),
    ("upload_answer", rewrite::<upload::UploadAnswer>),
    ("redeemed", rewrite::<session::Redeemed>),
    ("credentials", rewrite::<session::Credentials>),
    ("outcome", rewrite::<outcome::Outcome>),
    ("onboarding_started", rewrite::<onboarding::OnboardingStarted>),
    ("validated", rewrite::<onboarding::Validated>),
    ("user", rewrite::<onboarding::User>),
    ("business", rewrite::<onboarding::Business>),
    ("business_list", rewrite::<onboarding::List<onboarding::Business>>),
    ("business_owner", rewrite::<onboarding::BusinessOwner>),
    ("outbox_letter", rewrite::<onboarding::OutboxLetter>),
    ("interview_started", rewrite::<omni::InterviewStarted>),
    ("onboarding_url", rewrite::<omni::OnboardingUrl>),
    ("interview_status", rewrite::<omni::InterviewStatus>),
    ("listed_interview", rewrite::<omni::ListedInterview>),
    ("finish_status", rewrite::<omni::FinishStatus>),
    ("score", rewrite::<omni::Score>),
    ("ocr_data", rewrite::<omni::OcrData>),
    ("user_list", rewrite::<onboarding::List<onboarding::User>>),
    ("audit_event_list", rewrite::<onboarding::List<onboarding::AuditEvent>>),
    ("client_token_created", rewrite::<onboarding::ClientTokenCreated>),
    ("audit_event", rewrite::<onboarding::AuditEvent>),
    ("steps_error", rewrite::<problem::StepsError>),
    ("webhook", rewrite::<webhook::Webhook>),
    ("webhooks", rewrite::<webhook::Webhooks>),
    ("delivery", rewrite::<webhook::Delivery>),
    ("deliveries", rewrite::<webhook::Deliveries>),
    ("provider_answer", rewrite::<provider::ProviderAnswer>),
    ("event_onboarding_completed", rewrite::<webhook::OnboardingCompleted>),
    ("event_business_completed", rewrite::<webhook::BusinessCompleted>),
    ("event_manual_review", rewrite::<webhook::ManualReview>),
    ("event_info_requested", rewrite::<webhook::InfoRequested>),
    ("event_vault_updated", rewrite::<webhook::VaultUpdated>),
    ("event_business_vault_updated", rewrite::<webhook::BusinessVaultUpdated>),
    ("event_omni", rewrite::<webhook::OmniEvent>),
    ("event_steps", rewrite::<webhook::StepsEvent>),
    ("event_test", rewrite::<webhook::Test>),
    ("onboarding_error", rewrite::<problem::OnboardingError>),
    ("omni_error", rewrite::<problem::OmniError>),
];

/// Enums whose variants carry something: one file for each variant, named after it; a second file
/// of the same variant says after a dash what is particular about it.
const VARIANTS: &[(&str, Rewrite)] = &[
    ("format", rewrite::<field::Format>),
    ("value", rewrite::<field::Value>),
    ("screen", rewrite::<step::Screen>),
];

/// Maps whose names are the tenant's, or of a closed set: there is no room for an unknown one.
const MAPS: &[(&str, Rewrite)] = &[
    ("vault_presence", rewrite::<onboarding::VaultPresence>),
    ("update_vault", rewrite::<onboarding::UpdateVault>),
    ("update_business_vault", rewrite::<onboarding::UpdateBusinessVault>),
    ("vault_values", rewrite::<onboarding::VaultValues>),
    ("images", rewrite::<omni::Images>),
];

/// Closed sets of words: one file with all of them.
const WORDS: &[(&str, Rewrite, Rewrite)] = &[
    words::<upload::DocumentKind>("document_kind"),
    words::<upload::UploadName>("upload_name"),
    words::<upload::MediaType>("media_type"),
    words::<upload::UploadStatus>("upload_status"),
    words::<session::SessionStatus>("session_status"),
    words::<outcome::Status>("status"),
    words::<outcome::SandboxOutcome>("sandbox_outcome"),
    words::<outcome::ReviewDecision>("review_decision"),
    words::<outcome::Check>("check"),
    words::<outcome::ProvidedCheck>("provided_check"),
    words::<onboarding::AuditAction>("audit_action"),
    words::<onboarding::LetterKind>("letter_kind"),
    words::<onboarding::ActorKind>("actor_kind"),
    words::<onboarding::Scope>("scope"),
    words::<outcome::Verdict>("verdict"),
    words::<onboarding::OnboardingKind>("onboarding_kind"),
    words::<login::AuthMethod>("auth_method"),
    words::<login::AuthEventKind>("auth_event_kind"),
    words::<login::PasskeySkip>("passkey_skip"),
    words::<onboarding::OwnerKind>("owner_kind"),
    words::<problem::Kind>("error_kind"),
    words::<omni::FlowType>("flow_type"),
    words::<omni::Environment>("environment"),
    words::<omni::OnboardingStatus>("onboarding_status"),
    words::<omni::ScoreStatus>("score_status"),
    words::<omni::FinishAction>("finish_action"),
    words::<omni::TypeOfId>("type_of_id"),
    words::<omni::ImageName>("image_name"),
    words::<webhook::WebhookFamily>("webhook_family"),
    words::<webhook::DeliveryState>("delivery_state"),
    words::<webhook::DeliveryProblem>("delivery_problem"),
    words::<webhook::OnboardingEvent>("onboarding_event"),
    words::<webhook::StepsEventKind>("steps_event"),
    words::<webhook::TestEvent>("test_event"),
];

/// Sets of words that may grow: what a client does not know reads as the last one. The number is
/// how many there are.
const GROWING: &[(&str, Rewrite, usize)] = &[
    ("code", rewrite::<Vec<problem::Code>>, problem::Code::Unknown as usize + 1),
    ("field_problem", rewrite::<Vec<field::FieldProblem>>, field::FieldProblem::Other as usize + 1),
    (
        "rejection_reason",
        rewrite::<Vec<upload::RejectionReason>>,
        upload::RejectionReason::Other as usize + 1,
    ),
    ("step_word", rewrite::<Vec<session::StepWord>>, session::StepWord::Other as usize + 1),
];

const fn words<T: DeserializeOwned + Serialize>(folder: &'static str) -> (&'static str, Rewrite, Rewrite) {
    (folder, rewrite::<Vec<T>>, rewrite::<T>)
}

fn wire() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("wire")
}

/// The documents of a folder, by the stem of their names. There is at least one.
fn documents(folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(wire().join(folder)).unwrap_or_else(|error| panic!("wire/{folder}: {error}"));
    let paths = entries.map(|entry| entry.unwrap().path());
    let found: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    assert!(!found.is_empty(), "wire/{folder} has no document");
    found
}

fn document(folder: &str, stem: &str) -> String {
    fs::read_to_string(wire().join(folder).join(stem).with_extension("json")).unwrap()
}

/// The variants of an enum, as serde lists them when it is given another one.
fn variants(one: Rewrite) -> BTreeSet<String> {
    let refusal = one(r#""no such variant""#).unwrap_err();
    refusal.split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_document_is_written_as_it_was_read() {
    for (folder, rewrite) in [REQUESTS, ANSWERS, VARIANTS, MAPS].concat() {
        for (stem, text) in documents(folder) {
            assert_eq!(rewrite(&text).as_ref(), Ok(&text), "wire/{folder}/{stem}.json");
        }
    }
}

#[test]
fn every_variant_has_its_document() {
    for (folder, rewrite) in VARIANTS {
        let stems = documents(folder).into_iter();
        let named: BTreeSet<_> = stems.map(|(stem, _)| stem.split('-').next().unwrap().to_owned()).collect();
        assert_eq!(named, variants(*rewrite), "wire/{folder}");
        for (stem, text) in documents(folder) {
            let variant = stem.split('-').next().unwrap();
            assert!(
                text.contains(&format!("\"{variant}\"")),
                "wire/{folder}/{stem}.json is of another variant"
            );
        }
    }
}

#[test]
fn every_word_of_a_closed_set_is_listed() {
    for (folder, all, one) in WORDS {
        let text = document(folder, "all");
        assert_eq!(all(&text).as_ref(), Ok(&text), "wire/{folder}");
        let listed: BTreeSet<String> = serde_json::from_str(&text).unwrap();
        assert_eq!(listed, variants(*one), "wire/{folder}");
    }
}

#[test]
fn a_word_of_a_newer_server_reads_as_the_last_of_a_growing_set() {
    for (folder, all, count) in GROWING {
        let text = document(folder, "all");
        assert_eq!(all(&text).as_ref(), Ok(&text), "wire/{folder}");
        let listed: Vec<String> = serde_json::from_str(&text).unwrap();
        let distinct: BTreeSet<_> = listed.iter().collect();
        assert_eq!((listed.len(), distinct.len()), (*count, *count), "wire/{folder}");
        let tomorrow = serde_json::to_string_pretty(&[listed.last().unwrap()]).unwrap() + "\n";
        assert_eq!(all(r#"["word_of_tomorrow"]"#), Ok(tomorrow), "wire/{folder}");
    }
}

#[test]
fn every_folder_is_of_a_type() {
    let listed = [REQUESTS, ANSWERS, VARIANTS, MAPS].concat().into_iter().map(|(folder, _)| folder);
    let listed = listed.chain(WORDS.iter().map(|(folder, ..)| *folder));
    let listed = listed.chain(GROWING.iter().map(|(folder, ..)| *folder)).chain(["skill"]);
    let listed: BTreeSet<_> = listed.map(str::to_owned).collect();
    let entries = fs::read_dir(wire()).unwrap().map(|entry| entry.unwrap().file_name());
    let folders: BTreeSet<_> = entries.map(|name| name.to_str().unwrap().to_owned()).collect();
    assert_eq!(folders, listed);
}

/// Members without room for an unknown one: maps of the tenant's own names, where none is unknown,
/// and formats, which are refused whole.
const FULL: &[&str] = &["data", "bootstrap_data", "customFields", "format"];

/// Members written `{variant: …}`: no second variant fits, but what stands within has room.
const VARIANT: &[&str] = &["screen"];

/// Every copy of the document that has one unknown member more, each in another object.
fn with_unknown_members(document: &Json) -> Vec<Json> {
    let mut copies = Vec::new();
    match document {
        Json::Object(members) => {
            let mut more = document.clone();
            more["member_of_tomorrow"] = json!({ "a": [1] });
            copies.push(more);
            for (name, value) in members.iter().filter(|(name, _)| !FULL.contains(&name.as_str())) {
                let inner = with_unknown_members(value);
                let skip = usize::from(VARIANT.contains(&name.as_str()));
                copies.extend(inner.into_iter().skip(skip).map(|value| {
                    let mut copy = document.clone();
                    copy[name] = value;
                    copy
                }));
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                copies.extend(with_unknown_members(item).into_iter().map(|item| {
                    let mut copy = document.clone();
                    copy[index] = item;
                    copy
                }));
            }
        }
        _ => {}
    }
    copies
}

#[test]
fn requests_refuse_members_that_they_do_not_know() {
    for (folder, rewrite) in REQUESTS {
        for (stem, text) in documents(folder) {
            let copies = with_unknown_members(&serde_json::from_str(&text).unwrap());
            assert!(!copies.is_empty(), "wire/{folder}/{stem}.json");
            for copy in copies {
                let refusal = rewrite(&copy.to_string()).expect_err(&copy.to_string());
                assert!(refusal.contains("unknown field `member_of_tomorrow`"), "{folder}/{stem}: {refusal}");
            }
        }
    }
}

#[test]
fn answers_ignore_members_that_they_do_not_know() {
    for (folder, rewrite) in ANSWERS {
        for (stem, text) in documents(folder) {
            let document: Json = serde_json::from_str(&text).unwrap();
            for copy in with_unknown_members(&document) {
                let rewritten =
                    rewrite(&copy.to_string()).unwrap_or_else(|refusal| panic!("{refusal}: {copy}"));
                assert_eq!(
                    serde_json::from_str::<Json>(&rewritten).unwrap(),
                    document,
                    "wire/{folder}/{stem}.json"
                );
            }
        }
    }
}

/// A format is a rule: whoever knew only half of it would take what the server refuses.
#[test]
fn a_format_with_an_unknown_member_is_refused_whole() {
    let refusal = rewrite::<field::Format>(r#"{"line":{"max":5,"member_of_tomorrow":1}}"#).unwrap_err();
    assert!(refusal.contains("unknown field"), "{refusal}");
}

#[test]
fn a_skill_is_published_without_what_is_the_operators_alone() {
    let file = fs::read_to_string(wire().join("skill/everything.toml")).unwrap();
    let skill = skill::Skill::check(toml::from_str(&file).unwrap()).unwrap();
    let published = serde_json::to_string_pretty(&skill).unwrap() + "\n";
    assert_eq!(published, document("skill", "everything"));
    assert!(!published.contains("minimum_age"));
}
