//! Stable ids of the texts that a person can read. The words are in `flow-ui/locales/`.
//!
//! Labels of data identifiers and of their options have ids that are put together:
//! `field.<name>`, `hint.<name>`, `required.<name>` and `option.<name>.<option>`. So have the words of the
//! camera, `guide.<hint>`, and those for what it reads, `reading.<word>`.

use crate::field::FieldProblem;
use crate::upload::{DocumentKind, RejectionReason, UploadName};

macro_rules! messages {
    ($($variant:ident = $id:literal,)*) => {
        /// A text, by its stable id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the id says what the text is; the locale says it in words")]
        pub enum Message {
            $($variant,)*
        }

        impl Message {
            /// Every text of the flow.
            pub const ALL: &[Message] = &[$(Message::$variant),*];

            /// The id under which locales keep it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Message::$variant => $id,)*
                }
            }
        }
    };
}

messages! {
    ActionContinue = "action.continue",
    ActionBack = "action.back",
    ActionRetry = "action.retry",
    ActionClose = "action.close",
    ActionChange = "action.change",
    ActionConfirm = "action.confirm",
    ActionUsePhoto = "action.use_photo",
    ActionRetake = "action.retake",
    ActionOpenCamera = "action.open_camera",
    ActionUploadPhoto = "action.upload_photo",
    ActionChooseFile = "action.choose_file",
    ActionSendFile = "action.send_file",
    ActionTakePhoto = "action.take_photo",
    ActionSwitchCamera = "action.switch_camera",
    ActionTorchOn = "action.torch_on",
    ActionTorchOff = "action.torch_off",
    ActionOtherDocument = "action.other_document",
    ActionEndWithout = "action.end_without",
    StepOf = "step.of",
    NoteFrom = "note.from",
    FormTitle = "form.title",
    FormLead = "form.lead",
    FormOptional = "form.optional",
    FormSelect = "form.select",
    FormDay = "form.day",
    FormMonth = "form.month",
    FormYear = "form.year",
    FormKept = "form.kept",
    FormProblems = "form.problems",
    FormPercent = "form.percent",
    OwnersOwner = "owners.owner",
    OwnersAdd = "owners.add",
    OwnersRemove = "owners.remove",
    OwnersAdded = "owners.added",
    OwnersRemoved = "owners.removed",
    OwnersTotal = "owners.total",
    OwnersNone = "owners.none",
    OwnersLine = "owners.line",
    ConsentTitle = "consent.title",
    ConsentLead = "consent.lead",
    ConsentRead = "consent.read",
    ConsentNewTab = "consent.new_tab",
    DocumentTitle = "document.title",
    DocumentLead = "document.lead",
    DocumentPassport = "document.passport",
    DocumentIdCard = "document.id_card",
    DocumentDriversLicense = "document.drivers_license",
    DocumentResidencePermit = "document.residence_permit",
    DocumentChoose = "document.choose",
    PhotoPassport = "photo.passport",
    PhotoFront = "photo.front",
    PhotoBack = "photo.back",
    PhotoSelfie = "photo.selfie",
    PhotoLeadPassport = "photo.lead_passport",
    PhotoLeadFront = "photo.lead_front",
    PhotoLeadBack = "photo.lead_back",
    PhotoLeadSelfie = "photo.lead_selfie",
    PhotoGuidePassport = "photo.guide_passport",
    PhotoGuideFront = "photo.guide_front",
    PhotoGuideBack = "photo.guide_back",
    PhotoGuideSelfie = "photo.guide_selfie",
    PhotoCheckTitle = "photo.check_title",
    PhotoCheckDocument = "photo.check_document",
    PhotoCheckSelfie = "photo.check_selfie",
    PhotoPreview = "photo.preview",
    PhotoStarting = "photo.starting",
    ReadingTitle = "reading.title",
    ReadingLead = "reading.lead",
    ReadingRight = "reading.right",
    ReadingWrong = "reading.wrong",
    ReadingOffered = "reading.offered",
    SideFront = "side.front",
    SideBack = "side.back",
    SideSelfie = "side.selfie",
    SideFile = "side.file",
    FileTitle = "file.title",
    FileLead = "file.lead",
    FileTypes = "file.types",
    FileUnreadable = "file.unreadable",
    FileTooLarge = "file.too_large",
    CameraDeniedTitle = "camera.denied_title",
    CameraDenied = "camera.denied",
    CameraDismissed = "camera.dismissed",
    CameraSystem = "camera.system",
    CameraBlockedTitle = "camera.blocked_title",
    CameraBlocked = "camera.blocked",
    CameraMissingTitle = "camera.missing_title",
    CameraMissing = "camera.missing",
    CameraBusyTitle = "camera.busy_title",
    CameraBusy = "camera.busy",
    CameraInsecureTitle = "camera.insecure_title",
    CameraInsecure = "camera.insecure",
    CameraDarkTitle = "camera.dark_title",
    CameraDark = "camera.dark",
    CameraEndedTitle = "camera.ended_title",
    CameraEnded = "camera.ended",
    RejectedTitle = "rejected.title",
    RejectedEmpty = "rejected.empty",
    RejectedTruncated = "rejected.truncated",
    RejectedUnreadable = "rejected.unreadable",
    RejectedTooSmall = "rejected.too_small",
    RejectedTooManyPixels = "rejected.too_many_pixels",
    RejectedDocumentNotFound = "rejected.document_not_found",
    RejectedDocumentCut = "rejected.document_cut",
    RejectedBlurred = "rejected.blurred",
    RejectedGlare = "rejected.glare",
    RejectedTooDark = "rejected.too_dark",
    RejectedWrongSide = "rejected.wrong_side",
    RejectedWrongDocument = "rejected.wrong_document",
    RejectedExpired = "rejected.expired",
    RejectedOther = "rejected.other",
    ReviewTitle = "review.title",
    ReviewLead = "review.lead",
    ReviewDocument = "review.document",
    ReviewKind = "review.kind",
    ReviewNothing = "review.nothing",
    ReviewAgreed = "review.agreed",
    ReviewDeclined = "review.declined",
    ReviewYes = "review.yes",
    ReviewNo = "review.no",
    ReviewPhotoTaken = "review.photo_taken",
    ReviewFileSent = "review.file_sent",
    WaitSendingPhoto = "wait.sending_photo",
    WaitSendingFile = "wait.sending_file",
    WaitSlow = "wait.slow",
    WaitOffline = "wait.offline",
    WaitPercent = "wait.percent",
    TroubleNoAnswer = "trouble.no_answer",
    TroubleServer = "trouble.server",
    TroubleSupport = "trouble.support",
    DoneTitle = "done.title",
    DoneLead = "done.lead",
    DoneLeave = "done.leave",
    DoneGo = "done.go",
    DoneReturn = "done.return",
    StoppedTitle = "stopped.title",
    StoppedExpired = "stopped.expired",
    StoppedInvalid = "stopped.invalid",
    StoppedAttempts = "stopped.attempts",
    StoppedOther = "stopped.other",
    ProblemRequired = "problem.required",
    ProblemWrongType = "problem.wrong_type",
    ProblemTooLong = "problem.too_long",
    ProblemTooShort = "problem.too_short",
    ProblemInvalidCharacters = "problem.invalid_characters",
    ProblemInvalidDate = "problem.invalid_date",
    ProblemDateInFuture = "problem.date_in_future",
    ProblemDateInPast = "problem.date_in_past",
    ProblemDateTooEarly = "problem.date_too_early",
    ProblemInvalidEmail = "problem.invalid_email",
    ProblemInvalidPhone = "problem.invalid_phone",
    ProblemInvalidCountry = "problem.invalid_country",
    ProblemInvalidState = "problem.invalid_state",
    ProblemInvalidPostalCode = "problem.invalid_postal_code",
    ProblemInvalidSsn = "problem.invalid_ssn",
    ProblemInvalidTaxId = "problem.invalid_tax_id",
    ProblemInvalidUrl = "problem.invalid_url",
    ProblemInvalidNumber = "problem.invalid_number",
    ProblemTooSmall = "problem.too_small",
    ProblemTooLarge = "problem.too_large",
    ProblemNotAnOption = "problem.not_an_option",
    ProblemStakesExceed = "problem.stakes_exceed",
    ProblemNotAccepted = "problem.not_accepted",
    ProblemWrongCode = "problem.wrong_code",
    ProblemCodeExpired = "problem.code_expired",
    ProblemTooManyCodes = "problem.too_many_codes",
    ProblemAddressTaken = "problem.address_taken",
    ProblemPasskeyRefused = "problem.passkey_refused",
    ProblemOther = "problem.other",
}

impl From<FieldProblem> for Message {
    fn from(problem: FieldProblem) -> Self {
        match problem {
            FieldProblem::Required => Message::ProblemRequired,
            FieldProblem::WrongType => Message::ProblemWrongType,
            FieldProblem::TooLong => Message::ProblemTooLong,
            FieldProblem::TooShort => Message::ProblemTooShort,
            FieldProblem::InvalidCharacters => Message::ProblemInvalidCharacters,
            FieldProblem::InvalidDate => Message::ProblemInvalidDate,
            FieldProblem::DateInFuture => Message::ProblemDateInFuture,
            FieldProblem::DateInPast => Message::ProblemDateInPast,
            FieldProblem::DateTooEarly => Message::ProblemDateTooEarly,
            FieldProblem::InvalidEmail => Message::ProblemInvalidEmail,
            FieldProblem::InvalidPhone => Message::ProblemInvalidPhone,
            FieldProblem::InvalidCountry => Message::ProblemInvalidCountry,
            FieldProblem::InvalidState => Message::ProblemInvalidState,
            FieldProblem::InvalidPostalCode => Message::ProblemInvalidPostalCode,
            FieldProblem::InvalidSsn => Message::ProblemInvalidSsn,
            FieldProblem::InvalidTaxId => Message::ProblemInvalidTaxId,
            FieldProblem::InvalidUrl => Message::ProblemInvalidUrl,
            FieldProblem::InvalidNumber => Message::ProblemInvalidNumber,
            FieldProblem::TooSmall => Message::ProblemTooSmall,
            FieldProblem::TooLarge => Message::ProblemTooLarge,
            FieldProblem::NotAnOption => Message::ProblemNotAnOption,
            FieldProblem::StakesExceed => Message::ProblemStakesExceed,
            FieldProblem::NotAccepted | FieldProblem::OutdatedVersion => Message::ProblemNotAccepted,
            FieldProblem::WrongCode => Message::ProblemWrongCode,
            FieldProblem::CodeExpired => Message::ProblemCodeExpired,
            FieldProblem::TooManyCodes => Message::ProblemTooManyCodes,
            FieldProblem::AddressTaken => Message::ProblemAddressTaken,
            FieldProblem::PasskeyRefused => Message::ProblemPasskeyRefused,
            FieldProblem::Unknown | FieldProblem::NotUploaded | FieldProblem::Other => Message::ProblemOther,
        }
    }
}

impl From<RejectionReason> for Message {
    fn from(reason: RejectionReason) -> Self {
        match reason {
            RejectionReason::Empty => Message::RejectedEmpty,
            RejectionReason::Truncated => Message::RejectedTruncated,
            RejectionReason::Unreadable => Message::RejectedUnreadable,
            RejectionReason::TooSmall => Message::RejectedTooSmall,
            RejectionReason::TooManyPixels => Message::RejectedTooManyPixels,
            RejectionReason::DocumentNotFound => Message::RejectedDocumentNotFound,
            RejectionReason::DocumentCut => Message::RejectedDocumentCut,
            RejectionReason::Blurred => Message::RejectedBlurred,
            RejectionReason::Glare => Message::RejectedGlare,
            RejectionReason::TooDark => Message::RejectedTooDark,
            RejectionReason::WrongSide => Message::RejectedWrongSide,
            RejectionReason::WrongDocument => Message::RejectedWrongDocument,
            RejectionReason::Expired => Message::RejectedExpired,
            RejectionReason::Other => Message::RejectedOther,
        }
    }
}

impl From<DocumentKind> for Message {
    fn from(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Passport => Message::DocumentPassport,
            DocumentKind::IdCard => Message::DocumentIdCard,
            DocumentKind::DriversLicense => Message::DocumentDriversLicense,
            DocumentKind::ResidencePermit => Message::DocumentResidencePermit,
        }
    }
}

impl From<UploadName> for Message {
    fn from(name: UploadName) -> Self {
        match name {
            UploadName::Front => Message::SideFront,
            UploadName::Back => Message::SideBack,
            UploadName::Selfie => Message::SideSelfie,
            UploadName::File => Message::SideFile,
        }
    }
}
