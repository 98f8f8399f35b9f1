//! Drawn barcodes are read back: plain ones, turned ones, damaged ones.

use vestibule_vision::frame::Plane;
use vestibule_vision::geometry::{Point, Projection, Quad};
use vestibule_vision::look::look;
use vestibule_vision::pdf417::{Barcode, read};
use vestibule_vision::report::{Expectation, Side, Subject};
use vestibule_vision_bench::pdf417::{Compaction, Symbol};
use vestibule_vision_bench::random::Random;
use vestibule_vision_bench::{Conditions, Kind, Seeds, Studio};

const TEXT: &str = "@\n\u{1e}\rANSI 636000100002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\n\
    DDFN\nDADJOHN\nDDGN\nDCUJR\nDCAD\nDBD06062019\nDBB06061986\nDBA12102034\nDBC1\nDAU068 in\nDAYBRO\n\
    DAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJVA\nDAK232690000  \nDCF2424244747474786102204\nDCGUSA\r";

/// A symbol on paper, as a flat picture with so many pixels to a module.
struct Print {
    symbol: Symbol,
    pixels: f32,
    /// The height of a row, in modules.
    row: f32,
    /// What hides it: left, top, right, bottom in modules of the symbol, and how bright that is.
    blot: Option<([f32; 4], f32)>,
}

/// Paper around the symbol, in modules.
const PAPER: f32 = 8.0;

impl Print {
    fn of(symbol: Symbol, pixels: f32) -> Self {
        Self { symbol, pixels, row: 3.0, blot: None }
    }

    fn card() -> Symbol {
        Symbol::for_card(TEXT.as_bytes(), Compaction::Mixed).expect("a short text")
    }

    /// The corners of the symbol in the picture.
    fn corners(&self) -> Quad {
        let (width, height) = (self.symbol.width() as f32, self.symbol.rows() as f32 * self.row);
        Quad::rectangle(PAPER, PAPER, PAPER + width, PAPER + height).scaled(self.pixels, self.pixels)
    }

    /// Brightness at a place, in modules.
    fn at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x - PAPER, y - PAPER);
        if let Some(([left, top, right, bottom], brightness)) = self.blot
            && (left..right).contains(&x)
            && (top..bottom).contains(&y)
        {
            return brightness;
        }
        let dark = x >= 0.0 && y >= 0.0 && self.symbol.is_dark(x as usize, (y / self.row) as usize);
        if dark { 40.0 } else { 210.0 }
    }

    /// The picture, each pixel the mean of what it covers, with noise.
    fn plane(&self) -> Plane {
        let mut random = Random::new(417);
        let [.., far, _] = self.corners().0;
        let margin = PAPER * self.pixels;
        Plane::of((far.x + margin) as usize, (far.y + margin) as usize, |x, y| {
            let mut sum = 0.0;
            for part in 0..16 {
                let (across, down) = ((part % 4) as f32, (part / 4) as f32);
                let place = |at: usize, part: f32| (at as f32 + (part + 0.5) / 4.0) / self.pixels;
                sum += self.at(place(x, across), place(y, down));
            }
            (sum / 16.0 + random.either(6.0)) as u8
        })
    }
}

fn turned(plane: &Plane, quarters: usize) -> Plane {
    let (width, height) = (plane.width(), plane.height());
    match quarters {
        0 => plane.clone(),
        1 => Plane::of(height, width, |x, y| plane.row(height - 1 - x)[y]),
        2 => Plane::of(width, height, |x, y| plane.row(height - 1 - y)[width - 1 - x]),
        _ => Plane::of(height, width, |x, y| plane.row(x)[width - 1 - y]),
    }
}

fn whole(plane: &Plane) -> Quad {
    Quad::rectangle(0.0, 0.0, plane.width() as f32, plane.height() as f32)
}

fn text(barcode: Option<Barcode>) -> Option<String> {
    barcode.map(|barcode| barcode.text)
}

#[test]
fn a_barcode_is_read_whichever_way_it_lies() {
    let print = Print::of(Print::card(), 3.0);
    let plane = print.plane();
    for quarters in 0..4 {
        let plane = turned(&plane, quarters);
        assert_eq!(text(read(&plane, None)).as_deref(), Some(TEXT), "{quarters} quarters, by itself");
        let found = read(&plane, Some(&whole(&plane))).expect("a barcode");
        assert_eq!((&*found.text, found.bytes.as_slice()), (TEXT, TEXT.as_bytes()), "{quarters} quarters");
        assert_eq!(found.corrected, 0);
        // Its first corner is where reading begins.
        let (width, height) = (plane.width() as f32, plane.height() as f32);
        let [first, second, third, fourth] = print.corners().0;
        let turn = |corner: Point| match quarters {
            0 => corner,
            1 => Point::new(width - corner.y, corner.x),
            2 => Point::new(width - corner.x, height - corner.y),
            _ => Point::new(corner.y, height - corner.x),
        };
        for (seen, drawn) in found.corners.0.into_iter().zip([first, second, third, fourth].map(turn)) {
            assert!(seen.distance(drawn) < 4.0, "{seen:?} is not {drawn:?}");
        }
    }
}

#[test]
fn small_modules_are_read() {
    for pixels in [1.5, 1.75, 2.0, 2.5, 4.0, 6.0] {
        let plane = Print::of(Print::card(), pixels).plane();
        assert_eq!(text(read(&plane, None)).as_deref(), Some(TEXT), "{pixels} pixels to a module");
    }
}

#[test]
fn symbols_of_all_shapes_and_contents_are_read() {
    let bytes: Vec<u8> = (0..=255).collect();
    let contents: [(&[u8], &str); 4] = [
        (b"abc DEF; 123 {x}", "text"),
        (b"31415926535897932384626433832795028841971693993751058209749445923078", "numbers"),
        (&bytes, "bytes"),
        (b"A", "a letter"),
    ];
    for (bytes, what) in contents {
        for compaction in [Compaction::Mixed, Compaction::Bytes] {
            for (columns, level) in [(2, 2), (5, 3), (9, 5), (16, 4)] {
                let Some(symbol) = Symbol::new(bytes, compaction, columns, level) else { continue };
                let plane = Print::of(symbol, 3.0).plane();
                let found = read(&plane, Some(&whole(&plane)));
                let found = found.unwrap_or_else(|| panic!("{what} in {columns} columns, {compaction:?}"));
                assert_eq!(found.bytes, bytes, "{what} in {columns} columns, {compaction:?}");
            }
        }
    }
}

#[test]
fn what_is_hidden_is_corrected_as_far_as_the_symbol_allows() {
    let symbol = Print::card();
    let (columns, rows) = (symbol.columns(), symbol.rows());
    let spare = (2usize << symbol.level()) - 2;
    // Two rows and a bit; a column; light on a corner, on the start pattern too.
    let hidden = [
        ([40.0, 20.0, 160.0, 29.0], 230.0),
        ([85.0, 0.0, 102.0, 200.0], 120.0),
        ([0.0, 0.0, 60.0, 20.0], 250.0),
    ];
    for (place, brightness) in hidden {
        let print = Print { blot: Some((place, brightness)), ..Print::of(Print::card(), 3.0) };
        let plane = print.plane();
        let found = read(&plane, Some(&whole(&plane))).unwrap_or_else(|| panic!("with {place:?} hidden"));
        assert_eq!(found.text, TEXT, "with {place:?} hidden");
        assert!((1..=spare).contains(&found.corrected), "{} with {place:?} hidden", found.corrected);
    }
    // More than half of it: no reading, and no wrong one.
    let most = [51.0, 0.0, 51.0 + 17.0 * (columns / 2 + 1) as f32, 3.0 * rows as f32];
    let plane = Print { blot: Some((most, 200.0)), ..Print::of(Print::card(), 3.0) }.plane();
    assert_eq!(read(&plane, Some(&whole(&plane))), None);
}

#[test]
fn a_symbol_that_leans_away_is_read() {
    let print = Print::of(Print::card(), 4.0);
    let flat = print.plane();
    let seen = Quad(
        [(120.0, 100.0), (1130.0, 130.0), (1110.0, 430.0), (140.0, 440.0)].map(|(x, y)| Point::new(x, y)),
    );
    let onto = Projection::onto(&seen, flat.width() as f32, flat.height() as f32).expect("a proper shape");
    let plane = Plane::of(1280, 720, |x, y| {
        let place = onto.back(Point::new(x as f32 + 0.5, y as f32 + 0.5));
        let within = place.x >= 0.0
            && place.y >= 0.0
            && place.x < flat.width() as f32
            && place.y < flat.height() as f32;
        if within { flat.at(place.x, place.y) as u8 } else { 90 }
    });
    assert_eq!(text(read(&plane, Some(&seen))).as_deref(), Some(TEXT));
    assert_eq!(text(read(&plane, None)).as_deref(), Some(TEXT));
}

#[test]
fn a_barcode_is_read_of_a_card_whose_sides_are_beyond_the_frame() {
    let studio = Studio::open().expect("the fonts are there");
    let conditions = Conditions { fill: [1.1, 1.1], ..Conditions::good() }.of(&[Kind::CardBackBarcode]);
    let expectation = Expectation { subject: Subject::Card(Side::Back), zone: false, barcode: true };
    let mut read = 0;
    for index in 0..6 {
        let shot = studio.shot(Seeds::Tuning.seed(700 + index), &conditions);
        let truth = shot.truth.expect("a document").barcode.expect("with a barcode");
        let report = look(&shot.picture.frame(), &expectation);
        if let Some(barcode) = report.barcode.filter(|_| report.outline.is_none()) {
            assert_eq!(barcode.0, truth);
            assert_eq!(report.side, Some(Side::Back));
            read += 1;
        }
    }
    assert!(read >= 3, "{read} of 6");
}
