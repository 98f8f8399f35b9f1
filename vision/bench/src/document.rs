//! Documents: their kinds and sizes, and how one is printed, with the truth of what stands where on it.

mod back;
mod facing;
mod fields;
mod machine;
mod print;
mod security;

use vestibule_vision::geometry::{Point, Quad};
use vestibule_vision::mrz::Layout;
use vestibule_vision::report::{Side, Subject};

use crate::canvas::Canvas;
use crate::fonts::Fonts;
use crate::person::Person;
use crate::random::Random;

/// What lies before the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The front of a card, with a portrait.
    CardFront,
    /// The back of an identity card, with a TD1 zone.
    CardBackZone,
    /// The back of a North American card, with a PDF417 barcode.
    CardBackBarcode,
    /// The back of a card with nothing for machines.
    CardBackPlain,
    /// An ID-2 card, with portrait and TD2 zone.
    LargeCard,
    /// The French card of before 2021, with portrait and its own zone.
    FrenchCard,
    /// The page of a passport with the portrait, with a TD3 zone; mostly in its open booklet.
    Passport,
    /// A visa that fills a page, MRV-A.
    VisaA,
    /// A smaller visa, MRV-B.
    VisaB,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::CardFront,
        Self::CardBackZone,
        Self::CardBackBarcode,
        Self::CardBackPlain,
        Self::LargeCard,
        Self::FrenchCard,
        Self::Passport,
        Self::VisaA,
        Self::VisaB,
    ];

    /// Those that have a machine-readable zone.
    pub const WITH_ZONE: [Self; 6] =
        [Self::CardBackZone, Self::LargeCard, Self::FrenchCard, Self::Passport, Self::VisaA, Self::VisaB];

    /// Width and height in millimetres: ISO/IEC 7810 ID-1, ID-2 and ID-3, and Doc 9303-7 for visas.
    pub fn size(self) -> [f32; 2] {
        match self {
            Self::CardFront | Self::CardBackZone | Self::CardBackBarcode | Self::CardBackPlain => {
                [85.6, 53.98]
            }
            Self::LargeCard | Self::FrenchCard => [105.0, 74.0],
            Self::Passport => [125.0, 88.0],
            Self::VisaA => [120.0, 80.0],
            Self::VisaB => [105.0, 74.0],
        }
    }

    /// What somebody who shows this was asked for.
    pub fn subject(self) -> Subject {
        match self {
            Self::CardFront | Self::LargeCard | Self::FrenchCard => Subject::Card(Side::Front),
            Self::CardBackZone | Self::CardBackBarcode | Self::CardBackPlain => Subject::Card(Side::Back),
            Self::Passport | Self::VisaA | Self::VisaB => Subject::Passport,
        }
    }

    /// The side of a card that this is.
    pub fn side(self) -> Option<Side> {
        match self.subject() {
            Subject::Card(side) => Some(side),
            Subject::Passport | Subject::Face => None,
        }
    }

    /// How its zone is laid out.
    pub fn layout(self) -> Option<Layout> {
        match self {
            Self::CardBackZone => Some(Layout::Td1),
            Self::LargeCard => Some(Layout::Td2),
            Self::FrenchCard => Some(Layout::FrenchCard),
            Self::Passport => Some(Layout::Td3),
            Self::VisaA => Some(Layout::MrvA),
            Self::VisaB => Some(Layout::MrvB),
            Self::CardFront | Self::CardBackBarcode | Self::CardBackPlain => None,
        }
    }
}

/// A printed document, lying flat. Places are in millimetres from its upper left corner.
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Its print.
    pub print: Canvas,
    /// How many pixels of the print are a millimetre.
    pub density: f32,
    /// How round its corners are, in millimetres.
    pub radius: f32,
    /// Its machine-readable zone.
    pub zone: Option<PrintedZone>,
    /// Its barcode.
    pub barcode: Option<PrintedBarcode>,
    /// The portrait: its middle, and the side of the square from brow to chin, in millimetres.
    pub face: Option<(Point, f32)>,
    /// What it is bound to: the other pages of a passport. They lie beside it in the same plane.
    pub beside: Vec<Beside>,
}

/// Something flat that belongs to a document and lies beside it or below it.
pub struct Beside {
    /// Its corners in millimetres of the document, upper left first.
    pub place: Quad,
    /// Its print.
    pub print: Canvas,
    /// How many pixels of the print are a millimetre.
    pub density: f32,
}

/// A zone as it is printed.
#[derive(Clone, PartialEq)]
pub struct PrintedZone {
    /// Its lines, parted by line feeds.
    pub lines: String,
    /// From one character to the next, in millimetres.
    pub pitch: f32,
    /// From the first character's left to the last one's right, from the top of the first line to the base
    /// of the last, in millimetres.
    pub place: Quad,
}

/// A barcode as it is printed.
#[derive(Clone, PartialEq)]
pub struct PrintedBarcode {
    /// What it holds.
    pub text: String,
    /// The width of a module in millimetres.
    pub module: f32,
    /// From its start to its stop, from its first row to its last, in millimetres.
    pub place: Quad,
}

impl Document {
    /// Prints a document of this kind, with so many pixels to a millimetre.
    pub fn new(kind: Kind, density: f32, fonts: &Fonts, random: &Random) -> Self {
        let person = Person::new(&mut random.part("person"));
        let [width, height] = kind.size();
        let ground = security::ground(width, height, density, &mut random.part("ground"));
        let mut sheet = print::Sheet { canvas: ground, density, fonts };
        let print = print::print(&mut sheet, kind, &person, random);
        let mut document = Self {
            kind,
            print: sheet.canvas,
            density,
            radius: radius(kind, &mut random.part("corners")),
            zone: print.zone,
            barcode: print.barcode,
            face: print.face,
            beside: Vec::new(),
        };
        if kind == Kind::Passport {
            document.beside = facing::booklet(density, fonts, &mut random.part("booklet"));
        }
        security::finish(&mut document, &mut random.part("finish"));
        document
    }
}

/// Plastic cards have round corners of 3.18 mm (ISO/IEC 7810), pages of passports sometimes.
fn radius(kind: Kind, random: &mut Random) -> f32 {
    match kind {
        Kind::Passport if random.chance(0.5) => random.between(1.5, 3.2),
        Kind::Passport | Kind::VisaA | Kind::VisaB => 0.0,
        Kind::LargeCard | Kind::FrenchCard if random.chance(0.3) => random.between(0.0, 1.5),
        _ => random.between(2.88, 3.48),
    }
}
