//! The sets of held-out pictures that are measured: the same for every reader.

use vestibule_vision_bench::{Conditions, Kind, Seeds, Shot, Studio};

/// A set of pictures.
#[derive(Clone)]
pub struct Set {
    /// Its name in the report.
    pub name: String,
    /// Where its seeds begin: no two sets have one in common.
    first: u64,
    conditions: Conditions,
    /// How many pixels a module of the barcode has, where that is what the set is about.
    module: Option<f32>,
}

/// The kinds that show a portrait.
const WITH_FACE: [Kind; 6] =
    [Kind::CardFront, Kind::LargeCard, Kind::FrenchCard, Kind::Passport, Kind::VisaA, Kind::VisaB];
/// Pixels to a module of the barcode.
pub const MODULES: [f32; 5] = [1.5, 2.0, 2.5, 3.0, 4.0];
/// So many seeds belong to a set.
const ROOM: u64 = 1 << 20;

impl Set {
    /// The set of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|set| set.name == name)
    }

    /// All sets.
    pub fn all() -> Vec<Self> {
        let usual = || Conditions { turned: true, ..Conditions::usual() };
        let still = || Conditions { defocus: 0.0, motion: 0.0, ..Conditions::usual() };
        let calm = || Conditions { dark: 0.0, glare: 0.0, ..still() };
        let zone = || Conditions { fill: [0.6, 0.95], ..usual() }.of(&Kind::WITH_ZONE);
        let mut sets = vec![
            ("outline 720p", usual()),
            ("outline 1080p", usual().sized(1920, 1080)),
            ("outline, hard, 720p", Conditions::hard()),
            ("empty 720p", Conditions::hard().empty()),
            ("empty 1080p", Conditions::hard().empty().sized(1920, 1080)),
            ("sharp", still()),
            ("out of focus", Conditions { defocus: 1.0, ..still() }),
            ("moved", Conditions { motion: 1.0, ..still() }),
            ("no glare", calm()),
            ("glare", Conditions { glare: 1.0, ..calm() }),
            ("zone 720p", zone()),
            ("zone 1080p", zone().sized(1920, 1080)),
            ("faces", usual().of(&WITH_FACE)),
        ]
        .into_iter()
        .map(|(name, conditions)| (name.to_owned(), conditions, None))
        .collect::<Vec<_>>();
        sets.extend(MODULES.map(|module| {
            let conditions = Conditions { tilt: 15.0, turned: true, ..Conditions::good() };
            (format!("barcode {module}"), conditions.of(&[Kind::CardBackBarcode]), Some(module))
        }));
        let numbered = sets.into_iter().zip(0..);
        numbered
            .map(|((name, conditions, module), at)| Self { name, first: at * ROOM, conditions, module })
            .collect()
    }

    /// A picture of the set. Take 0 is the first of this document; the others are a moment later.
    pub fn shot(&self, studio: &Studio, index: u64, take: u32) -> Shot {
        let seed = Seeds::HeldOut.seed(self.first + index);
        let conditions = match self.module {
            Some(module) => self.with_modules(studio, seed, module),
            None => self.conditions.clone(),
        };
        studio.take(seed, take, &conditions)
    }

    /// Conditions under which a module is so many pixels wide: how large it is in a small picture tells how
    /// far the camera has to be, and how large the picture.
    fn with_modules(&self, studio: &Studio, seed: u64, module: f32) -> Conditions {
        let small = Conditions { fill: [0.8, 0.8], noise: 0.0, jpeg: false, ..self.conditions.clone() }
            .sized(320, 180);
        let shown = studio.shot(seed, &small).truth.and_then(|truth| truth.pixels_per_module);
        let Some(shown) = shown else { return self.conditions.clone() };
        let sizes = [(1280, 720), (1920, 1080), (2560, 1440), (3840, 2160)];
        let fills =
            sizes.map(|(width, height)| (width, height, 0.8 * module / (shown * width as f32 / 320.0)));
        let (width, height, fill) =
            fills.into_iter().find(|(.., fill)| *fill <= 0.95).unwrap_or((3840, 2160, 0.95));
        Conditions { fill: [fill, fill], ..self.conditions.clone() }.sized(width, height)
    }
}
