//! The session: one person's run of one skill, from its beginning to its outcome.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use vestibule_protocol::burst::Burst;
use vestibule_protocol::date::{Date, Timestamp};
use vestibule_protocol::field::{FieldName, Raw, Value, parse};
use vestibule_protocol::id::{
    BusinessId, ConsentName, CredentialsId, InterviewId, OnboardingId, PlaybookKey, Prefixed, SessionId,
    StepId, StepName, UploadId, UserId,
};
use vestibule_protocol::login::{AuthMethod, PasskeySkip};
use vestibule_protocol::omni::{Countries, CustomFields, Language};
use vestibule_protocol::outcome::{Outcome, ProvidedCheck, SandboxOutcome};
use vestibule_protocol::secret::{Nonce, SecretForm, TempToken, ValidationToken};
use vestibule_protocol::session::ResultToken;
use vestibule_protocol::skill::{Skill, StepSpec};
use vestibule_protocol::submission::Data;
use vestibule_protocol::upload::{DocumentKind, MediaType, UploadName};

use super::decide::Known;
use super::given::beyond_whole;
use super::login::{FreshLogin, Login};
use super::nonce::{Issued, Nonces};
use super::provided::Provided;
use super::review::Review;
use super::sight::Sight;
use crate::digest::Digest;

/// What was given in a form, by field.
pub type Values = BTreeMap<FieldName, Value>;

/// One person's run of one skill.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its name.
    pub id: SessionId,
    /// The person.
    pub user: UserId,
    /// What is to be done, as it was defined when the session began: of a reviewer's request, its part.
    /// Of its branches, [`Session::steps`] are there.
    pub skill: Arc<Skill>,
    /// Its beginning.
    pub created_at: Timestamp,
    /// The end of its life.
    pub expires_at: Timestamp,
    /// Everything else: what is sealed at rest.
    pub state: State,
}

/// What a session holds besides its name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct State {
    /// Who started it.
    pub origin: Origin,
    /// How it ends, in the sandbox.
    pub sandbox_outcome: Option<SandboxOutcome>,
    /// Where the hosted page goes in the end.
    pub redirect_url: Option<String>,
    /// Which steps of the skill a reviewer asks for; all of them without such a request.
    #[serde(default)]
    pub only: Option<Vec<StepName>>,
    /// What the reviewer says to the person.
    #[serde(default)]
    pub note: Option<String>,
    /// What a backend of the omni family said at the start.
    #[serde(default)]
    pub remarks: Remarks,
    /// The burst that the provider wants of a selfie.
    #[serde(default)]
    pub burst: Option<Burst>,
    /// What the tenant knew already.
    pub prefilled: Values,
    /// What was submitted, at most once per step, in the order of the steps.
    pub submissions: Vec<Submission>,
    /// How often each file of each step was tried, whichever submission it was for.
    #[serde(default)]
    pub tries: BTreeMap<StepName, BTreeMap<UploadName, u16>>,
    /// The nonce chain.
    pub nonces: Nonces,
    /// Whether something is still to be given.
    pub stage: Stage,
    /// How the person logs in.
    #[serde(default)]
    pub login: Login,
}

/// Who started a session, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// It decides the name of the result token.
    pub starter: Starter,
    /// The tenant's name for the skill; `None` where a person changes how they log in.
    pub playbook: Option<PlaybookKey>,
    /// This onboarding.
    pub onboarding: OnboardingId,
    /// The business that it is about, or whose owner it checks.
    #[serde(default)]
    pub business: Option<BusinessId>,
    /// The reviewer's request that it answers, by its time.
    #[serde(default)]
    pub answers: Option<Timestamp>,
}

/// Who started a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Starter {
    /// A web page, with the client app key.
    Page,
    /// A tenant's backend, with the secret key.
    Backend,
    /// A tenant's backend or a static link, by the omni family.
    Omni,
}

/// What a backend of the omni family says of a session at the start, to be told it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks {
    /// The person's language.
    pub language: Option<Language>,
    /// From which countries documents come.
    pub countries: Option<Countries>,
    /// What else it wrote.
    pub custom: CustomFields,
}

/// Whether something is still to be given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Stage {
    /// The person is on the way.
    Walking,
    /// All is submitted and decided; the decision may wait for files, and then for a provider.
    Completed(Completion),
    /// Its life ended before that. Noted some time after, since nobody calls at that instant: whether a
    /// session has expired is for [`Session::is_expired`] to say.
    Expired,
}

/// What was decided, and how the tenant gets to know it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Completion {
    /// When the last step was submitted.
    pub at: Timestamp,
    /// What the checks decided, or that it waits. How it stands is [`Completion::standing`].
    pub outcome: Outcome,
    /// What the store knew then.
    #[serde(default)]
    pub known: Known,
    /// What a provider was asked, and answered.
    #[serde(default)]
    pub provided: Provided,
    /// What a reviewer decided after that.
    #[serde(default)]
    pub review: Option<Review>,
    /// The record that the tenant's backend reads.
    pub credentials: CredentialsId,
    /// The result token in force.
    pub result: Issued,
    /// Whether it was redeemed.
    pub redeemed: bool,
}

/// What a person gave in one step.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Submission {
    /// This submission.
    pub id: StepId,
    /// Its step.
    pub step: StepName,
    /// When it came.
    pub at: Timestamp,
    /// Who gave it.
    pub giver: Giver,
    /// What was given.
    pub given: Given,
    /// The nonce that its uploads carry: the one that the submission used, until the session was opened
    /// again.
    pub upload_nonce: Option<Issued>,
    /// Another one, issued when a later answer asked for its files.
    #[serde(default)]
    pub further_nonce: Option<Issued>,
    /// The files that were accepted.
    pub uploads: Vec<Upload>,
    /// How often each file was tried.
    pub tries: BTreeMap<UploadName, u8>,
}

/// Who gave what a submission holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Giver {
    /// The person.
    Person,
    /// The tenant, which knew the whole step already.
    Tenant,
}

/// What was given in a step, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// Fields.
    Form(Values),
    /// The version of each text that was agreed to.
    Consent(BTreeMap<ConsentName, String>),
    /// The document that was chosen.
    Document(DocumentKind),
    /// That a picture follows.
    Selfie,
    /// That all is right.
    Review,
    /// Who they are, by this method.
    LoggedIn(AuthMethod),
    /// A passkey, which is kept with the person; or why none.
    Passkey(Option<PasskeySkip>),
    /// That they have changed all that they wanted of how they log in.
    LoginMethods,
}

/// An accepted file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its name in the blob store.
    pub id: UploadId,
    /// Which of the step's files it is.
    pub name: UploadName,
    /// Its type, by content.
    pub media_type: MediaType,
    /// Its size, in bytes.
    pub bytes: u64,
    /// What was seen in it, where somebody looked.
    #[serde(default)]
    pub sight: Option<Sight>,
    /// Of a selfie with which a burst was asked for: the pictures that came. They are a part of it, and go where it
    /// goes.
    #[serde(default)]
    pub burst: Option<Vec<Frame>>,
}

/// A picture of a burst.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Its name in the blob store.
    pub id: UploadId,
    /// Its type, by content.
    pub media_type: MediaType,
    /// Its size, in bytes.
    pub bytes: u64,
}

impl Upload {
    /// The names of all that is kept of it in the blob store.
    pub fn blobs(&self) -> impl Iterator<Item = &UploadId> {
        std::iter::once(&self.id).chain(self.burst.iter().flatten().map(|frame| &frame.id))
    }
}

impl Submission {
    /// What was just given, before any file has come.
    pub(super) fn new(id: StepId, step: &StepSpec, at: Timestamp, giver: Giver, given: Given) -> Self {
        Self {
            id,
            step: step.name.clone(),
            at,
            giver,
            given,
            upload_nonce: None,
            further_nonce: None,
            uploads: Vec::new(),
            tries: BTreeMap::new(),
        }
    }
}

/// How long what a session issues lives, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Lives {
    /// A session.
    pub session: i64,
    /// A nonce.
    pub nonce: i64,
    /// A result token.
    pub result: i64,
}

/// Fresh names and secrets, enough for any one transition.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// Of a submission.
    pub step_id: StepId,
    /// Of the next submission.
    pub nonce: Nonce,
    /// Of the uploads of an earlier submission.
    pub upload_nonce: Nonce,
    /// The tail of a result token.
    pub result_tail: String,
    /// Of what was collected.
    pub credentials: CredentialsId,
    /// What a log-in takes.
    pub login: FreshLogin,
}

/// What a session is begun with.
pub struct Beginning<'a> {
    /// Its name.
    pub id: SessionId,
    /// The person.
    pub user: UserId,
    /// What is to be done: [`asked_of`] the published skill.
    pub skill: Arc<Skill>,
    /// Who starts it.
    pub origin: Origin,
    /// How it ends, in the sandbox.
    pub sandbox_outcome: Option<SandboxOutcome>,
    /// Where the hosted page goes in the end.
    pub redirect_url: Option<String>,
    /// Which steps of the skill a reviewer asks for; all of them without such a request.
    pub only: Option<Vec<StepName>>,
    /// What the reviewer says to the person.
    pub note: Option<String>,
    /// What a backend of the omni family says.
    pub remarks: Remarks,
    /// The burst that the provider wants where it is asked whether a selfie is of somebody who was there.
    pub burst: Option<Burst>,
    /// What was given or is known already. It is parsed anew, and where it fits no more, asked for.
    pub known: Values,
    /// What the tenant says it knows; it stands above `known`.
    pub bootstrap: &'a Data,
    /// Whether whoever starts it says who the person is: nobody else may log in.
    pub named: bool,
}

impl Session {
    /// A new session, and the bootstrap values that were not taken: those that the skill does not
    /// collect, and those that no person could have typed either.
    pub fn begin(beginning: Beginning<'_>, lives: Lives, now: Timestamp) -> (Self, Vec<String>) {
        let (prefilled, ignored) = prefill(&beginning, now.date());
        let asks = beginning.skill.rules.provider_checks.contains(&ProvidedCheck::Liveness);
        let mut session = Self {
            id: beginning.id,
            user: beginning.user,
            skill: beginning.skill,
            created_at: now,
            expires_at: now.plus_seconds(lives.session),
            state: State {
                origin: beginning.origin,
                sandbox_outcome: beginning.sandbox_outcome,
                redirect_url: beginning.redirect_url,
                only: beginning.only,
                note: beginning.note,
                remarks: beginning.remarks,
                burst: beginning.burst.filter(|_| asks),
                prefilled,
                submissions: Vec::new(),
                tries: BTreeMap::new(),
                nonces: Nonces::default(),
                stage: Stage::Walking,
                login: Login { named: beginning.named, ..Login::default() },
            },
        };
        session.settle(now);
        (session, ignored)
    }

    /// Its name in the omni family: it follows from the id, and does not give it away.
    pub fn interview(&self) -> InterviewId {
        self.named_after("interview", 12).parse().unwrap_or_else(|_| unreachable!("24 hexadecimal digits"))
    }

    /// The name of what the tenant gives in a step, which it gives once.
    pub(super) fn step_id(&self, step: &StepSpec) -> StepId {
        let tail = self.named_after(&["step ", step.name.as_str()].concat(), StepId::TAIL / 2);
        StepId::from_tail(&tail).unwrap_or_else(|_| unreachable!("hexadecimal digits are of base 62"))
    }

    /// Hexadecimal digits of so many bytes that follow from its id and do not give it away.
    fn named_after(&self, what: &str, bytes: usize) -> String {
        let digest = Digest::of([what, " ", self.id.as_str()].concat().as_bytes());
        digest.as_bytes()[..bytes].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether its life is over.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }

    /// Notes that its life is over, if it is and nothing was decided.
    pub fn expire(mut self, now: Timestamp) -> Self {
        if self.is_expired(now) && matches!(self.state.stage, Stage::Walking) {
            self.state.stage = Stage::Expired;
        }
        self
    }

    /// The submission of a step.
    pub fn submission(&self, step: &StepSpec) -> Option<&Submission> {
        self.state.submissions.iter().find(|submission| submission.step == step.name)
    }

    /// The submission of this id, and its step.
    pub fn submission_of(&self, id: &StepId) -> Option<(&Submission, &StepSpec)> {
        let submission = self.state.submissions.iter().find(|submission| submission.id == *id)?;
        Some((submission, self.skill.step(&submission.step)?))
    }

    /// What was decided, once all was submitted.
    pub fn completion(&self) -> Option<&Completion> {
        match &self.state.stage {
            Stage::Completed(completion) => Some(completion),
            Stage::Walking | Stage::Expired => None,
        }
    }

    /// The submissions in the order of the steps.
    pub fn submissions_in_order(&self) -> impl Iterator<Item = (&StepSpec, &Submission)> {
        self.steps().into_iter().filter_map(|step| Some((step, self.submission(step)?)))
    }

    /// A result token with this tail, in the form of the family that started the session.
    pub(super) fn result_token(&self, tail: &str) -> ResultToken {
        match self.state.origin.starter {
            Starter::Page => ResultToken::Temp(TempToken::from_text(&[TempToken::PREFIX, tail].concat())),
            Starter::Backend | Starter::Omni => {
                ResultToken::Validation(ValidationToken::from_text(&[ValidationToken::PREFIX, tail].concat()))
            }
        }
    }
}

/// What a session has to do of a skill: a reviewer's request asks for some steps alone. `None` when it
/// asks for steps that the skill does not have.
pub fn asked_of(skill: Arc<Skill>, only: Option<&[StepName]>) -> Option<Arc<Skill>> {
    match only {
        None => Some(skill),
        Some(steps) => skill.only(steps).map(Arc::new),
    }
}

/// `nonce`, alive from `now` on for as long as nonces are.
pub(super) fn issue(nonce: &Nonce, lives: Lives, now: Timestamp) -> Issued {
    Issued { digest: Digest::of_secret(nonce), expires_at: now.plus_seconds(lives.nonce) }
}

fn prefill(beginning: &Beginning<'_>, today: Date) -> (Values, Vec<String>) {
    let read = |name: &str, raw: &Raw| {
        let field = beginning.skill.fields().find(|field| field.name.as_str() == name)?;
        Some((field.name.clone(), parse(&field.format, raw, today).ok()?))
    };
    let known = beginning.known.iter();
    let mut prefilled: Values =
        known.filter_map(|(name, value)| read(name.as_str(), &value.to_raw())).collect();
    let mut ignored = Vec::new();
    for (name, raw) in beginning.bootstrap.iter() {
        match read(name, raw) {
            Some((name, value)) => {
                prefilled.insert(name, value);
            }
            None => ignored.push(name.into()),
        }
    }
    if let Some(owners) = beyond_whole(&prefilled).map(|(name, _)| name.clone()) {
        prefilled.remove(&owners);
        ignored.push(owners.to_string());
    }
    (prefilled, ignored)
}
