//! The letters that documents are printed in: OCR-B for what machines read, DejaVu for the rest.

use std::fmt;
use std::path::{Path, PathBuf};

use ab_glyph::{Font as _, FontVec, Glyph, PxScale, ScaleFont as _, point};

use crate::canvas::{Canvas, Colour};

/// Where systems keep their fonts.
const FOLDER: &str = "/usr/share/fonts";

/// The fonts.
pub struct Fonts {
    /// OCR-B as it is printed by most.
    pub ocr: Font,
    /// OCR-B with blunt ends, as other printers show it.
    pub ocr_sharp: Font,
    /// The plain hand of documents.
    pub plain: Font,
    /// Headings.
    pub bold: Font,
    /// A font with serifs.
    pub serif: Font,
    /// A font of which each letter is as wide as the other.
    pub mono: Font,
}

/// One font.
pub struct Font(FontVec);

/// A font that is not there.
#[derive(Debug)]
pub struct FontMissing(pub &'static str);

impl fmt::Display for FontMissing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the font {} is not below {FOLDER}: install Debian's packages fonts-ocr-b and fonts-dejavu-core",
            self.0
        )
    }
}

impl std::error::Error for FontMissing {}

impl Fonts {
    /// Reads the fonts from where the system keeps them.
    ///
    /// # Errors
    /// [`FontMissing`] with the name of the first that is not there.
    pub fn load() -> Result<Self, FontMissing> {
        Ok(Self {
            ocr: Font::load("OCRB.otf")?,
            ocr_sharp: Font::load("OCRBS.otf")?,
            plain: Font::load("DejaVuSans.ttf")?,
            bold: Font::load("DejaVuSans-Bold.ttf")?,
            serif: Font::load("DejaVuSerif.ttf")?,
            mono: Font::load("DejaVuSansMono.ttf")?,
        })
    }
}

impl Font {
    fn load(name: &'static str) -> Result<Self, FontMissing> {
        let path = find(Path::new(FOLDER), name).ok_or(FontMissing(name))?;
        let bytes = std::fs::read(path).map_err(|_| FontMissing(name))?;
        FontVec::try_from_vec(bytes).map(Self).map_err(|_| FontMissing(name))
    }

    fn scale(&self, em: f32) -> PxScale {
        let units = self.0.units_per_em().unwrap_or(1000.0);
        PxScale::from(em * self.0.height_unscaled() / units)
    }

    /// How wide a text is at this size.
    pub fn width(&self, em: f32, text: &str) -> f32 {
        let font = self.0.as_scaled(self.scale(em));
        text.chars().map(|letter| font.h_advance(font.glyph_id(letter))).sum()
    }

    /// Prints a text from the left end of its base line; `em` is the size of the font in pixels.
    pub fn print(&self, on: &mut Canvas, em: f32, left: f32, base: f32, text: &str, ink: Colour) {
        let font = self.0.as_scaled(self.scale(em));
        let mut x = left;
        for letter in text.chars() {
            let id = font.glyph_id(letter);
            self.draw(on, id.with_scale_and_position(self.scale(em), point(x, base)), ink);
            x += font.h_advance(id);
        }
    }

    /// Prints one letter with its middle at a place.
    pub fn letter(&self, on: &mut Canvas, em: f32, middle: f32, base: f32, letter: char, ink: Colour) {
        let font = self.0.as_scaled(self.scale(em));
        let id = font.glyph_id(letter);
        let left = middle - font.h_advance(id) / 2.0;
        self.draw(on, id.with_scale_and_position(self.scale(em), point(left, base)), ink);
    }

    fn draw(&self, on: &mut Canvas, glyph: Glyph, ink: Colour) {
        let Some(outline) = self.0.outline_glyph(glyph) else { return };
        let start = outline.px_bounds().min;
        outline.draw(|x, y, share| {
            on.cover(start.x as i64 + i64::from(x), start.y as i64 + i64::from(y), ink, share);
        });
    }
}

/// A file of this name anywhere below a folder.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut inside: Vec<PathBuf> =
        std::fs::read_dir(folder).ok()?.filter_map(|file| Some(file.ok()?.path())).collect();
    inside.sort();
    inside
        .iter()
        .find(|path| path.file_name().is_some_and(|found| found == name))
        .cloned()
        .or_else(|| inside.iter().filter(|path| path.is_dir()).find_map(|path| find(path, name)))
}
