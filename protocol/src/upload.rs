//! Files: what is asked for, what may come, what became of it.

use serde::{Deserialize, Serialize};

use crate::id::{StepId, UploadId};
use crate::secret::Nonce;
use crate::step::StepView;

/// A closed set of words: its variants, their text on the wire, and the way back.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every word of the set.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The word as the wire writes it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)*
                }
            }

            /// The member of this text, if there is one.
            pub fn from_text(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// A document that proves who somebody is.
    DocumentKind {
        /// A passport book: its data page is photographed.
        Passport = "passport",
        /// A national identity card.
        IdCard = "id_card",
        /// A driver's licence.
        DriversLicense = "drivers_license",
        /// A residence permit.
        ResidencePermit = "residence_permit",
    }
}

impl DocumentKind {
    /// What is photographed of it: the data page, or both sides of a card.
    pub fn sides(self) -> &'static [UploadName] {
        match self {
            DocumentKind::Passport => &[UploadName::Front],
            _ => &[UploadName::Front, UploadName::Back],
        }
    }
}

words! {
    /// Which of a step's files an upload is.
    UploadName {
        /// A document's front, or a passport's data page.
        Front = "front",
        /// A document's back.
        Back = "back",
        /// The person's picture.
        Selfie = "selfie",
        /// Any other file.
        File = "file",
    }
}

words! {
    /// A type of file, found by content and never by name.
    MediaType {
        /// JPEG.
        Jpeg = "image/jpeg",
        /// PNG.
        Png = "image/png",
        /// WebP.
        WebP = "image/webp",
        /// PDF.
        Pdf = "application/pdf",
    }
}

/// Files of a submitted step that have not arrived. They come before the next step.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outstanding {
    /// The submission that they belong to.
    pub step_id: StepId,
    /// Its step, with what was given in it: it decides the screen that takes the files, and
    /// lets a person go back to it.
    pub step: StepView,
    /// The nonce that their uploads carry, as often as needed.
    pub nonce: Nonce,
    /// The files, in the order in which they are asked for.
    pub remaining: Vec<UploadSlot>,
}

/// One file that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UploadSlot {
    /// Its name within the step.
    pub name: UploadName,
    /// What a person is told to upload, where the skill says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The types taken.
    pub accept: Vec<MediaType>,
    /// The largest file taken, in bytes.
    pub max_bytes: u32,
    /// How many more uploads may be tried.
    pub attempts_left: u8,
    /// How many further, smaller pictures are to be taken in a row right after it: a burst, see [`crate::burst`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<u16>,
    /// How many milliseconds lie between two of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst_apart_ms: Option<u16>,
}

/// `POST /steps/{step_id}/upload`: the parts of its form. They are read as they come, and never as a whole.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct UploadForm {
    /// The nonce of the step that the file belongs to, as often as needed.
    pub nonce: Nonce,
    /// Which of the step's files it is.
    pub name: UploadName,
    /// The pictures of the burst that the slot asks for, in the order in which they were taken: JPEGs of at most 300 kB
    /// each, as many parts of this name, after `nonce` and `name` and before `file`. One that is no such picture is left
    /// out; without any the selfie is taken all the same.
    #[cfg_attr(
        feature = "schema",
        schemars(
            with = "Vec<String>",
            default,
            extend("items" = {"type": "string", "format": "binary"}, "maxItems" = 5)
        )
    )]
    pub burst: Vec<Vec<u8>>,
    /// The file itself. Best sent last, so that it is judged as it comes.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("format" = "binary")))]
    pub file: Vec<u8>,
}

/// What became of an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UploadAnswer {
    /// The upload.
    pub upload_id: UploadId,
    /// Taken or not.
    pub status: UploadStatus,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rejection: Option<Rejection>,
    /// The files of the step that are still asked for.
    pub remaining: Vec<UploadName>,
    /// How many more uploads of this name may be tried.
    pub attempts_left: u8,
}

/// Whether an upload was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum UploadStatus {
    /// It was.
    #[serde(rename = "UPLOAD_ACCEPTED")]
    Accepted,
    /// It was not: take it again.
    #[serde(rename = "UPLOAD_REJECTED")]
    Rejected,
}

/// Why an upload must be taken again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rejection {
    /// The reason, for machines.
    pub reason: RejectionReason,
    /// The reason, for engineers. What a person reads is the client's to say.
    pub message: String,
}

/// Why an upload must be taken again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// The file is empty.
    Empty,
    /// The file ends too early.
    Truncated,
    /// The file cannot be decoded.
    Unreadable,
    /// The picture has fewer pixels than can be judged.
    TooSmall,
    /// The picture has more pixels than are decoded.
    TooManyPixels,
    /// There is no document in the picture.
    DocumentNotFound,
    /// A part of the document is outside the picture.
    DocumentCut,
    /// The document is not sharp enough to be read.
    Blurred,
    /// Light is mirrored on the document and hides a part of it.
    Glare,
    /// There was too little light.
    TooDark,
    /// It is the other side of the document.
    WrongSide,
    /// It is another document than the one that was chosen.
    WrongDocument,
    /// The document has expired, and no expired one is taken.
    Expired,
    /// A reason that a newer server knows.
    #[serde(other)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    Other,
}

impl RejectionReason {
    /// The sentence that goes with it.
    pub fn message(self) -> &'static str {
        match self {
            RejectionReason::Empty => "The file is empty.",
            RejectionReason::Truncated => "The file ends before the picture does.",
            RejectionReason::Unreadable => "The file cannot be decoded.",
            RejectionReason::TooSmall => "The picture has too few pixels.",
            RejectionReason::TooManyPixels => "The picture has too many pixels.",
            RejectionReason::DocumentNotFound => "No document is found in the picture.",
            RejectionReason::DocumentCut => "A part of the document is outside the picture.",
            RejectionReason::Blurred => "The document is blurred.",
            RejectionReason::Glare => "A reflection hides a part of the document.",
            RejectionReason::TooDark => "The picture is too dark.",
            RejectionReason::WrongSide => "The picture shows the other side of the document.",
            RejectionReason::WrongDocument => "The picture shows another document than the chosen one.",
            RejectionReason::Expired => "The document has expired.",
            RejectionReason::Other => "The file was not accepted.",
        }
    }
}
