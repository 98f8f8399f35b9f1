//! One picture of one document, and the truth about it.

use vestibule_vision::geometry::{Point, Projection, Quad};
use vestibule_vision::report::{Face, Side};

use crate::camera::{Blur, Lighting, Shade, Spot, lay_document, store};
use crate::canvas::Picture;
use crate::conditions::Conditions;
use crate::document::{Document, Kind};
use crate::fonts::{FontMissing, Fonts};
use crate::pose::{Pose, bounds};
use crate::random::Random;
use crate::scene::{Finger, SKINS, scene, tempting};

/// A picture, and what it shows.
pub struct Shot {
    /// The picture.
    pub picture: Picture,
    /// The truth about its document; `None` when there is none in it.
    pub truth: Option<Truth>,
}

/// What is true of the document in a picture. Places are in pixels of the picture.
#[derive(Clone)]
pub struct Truth {
    /// What it is.
    pub kind: Kind,
    /// Its corners, in the order of [`Quad`]: as it lies in the picture. Round corners are drawn to a point.
    pub corners: Quad,
    /// Whether the edge of the frame cuts it off.
    pub cut: bool,
    /// The side of a card.
    pub side: Option<Side>,
    /// By how many quarters its print is turned clockwise.
    pub turn: u8,
    /// By how many degrees it leans.
    pub tilt: f32,
    /// The lines of its zone, parted by line feeds.
    pub zone: Option<String>,
    /// Where its zone is: its corners in the order of reading.
    pub zone_place: Option<Quad>,
    /// How many of its characters fingers hide or light outshines, in part at least.
    pub zone_covered: usize,
    /// The width of a character of the zone, in pixels.
    pub pixels_per_character: Option<f32>,
    /// The text of its barcode.
    pub barcode: Option<String>,
    /// Where its barcode is: its corners in the order of reading.
    pub barcode_place: Option<Quad>,
    /// The width of a module of the barcode, in pixels.
    pub pixels_per_module: Option<f32>,
    /// How the lens blurs it: the deviation, in thousandths of the document's length.
    pub blur: f32,
    /// How far it moved while the shutter was open, in thousandths of its length: across and down.
    pub motion: [f32; 2],
    /// The share of it in which light outshines the print.
    pub glare: f32,
    /// The light on it: its strength is 1 as usual, and below about 0.45 it is too dark.
    pub lighting: Lighting,
    /// The share of its border that fingers hide.
    pub hidden: f32,
    /// The fingers on it.
    pub fingers: Vec<Finger>,
    /// The faces on it.
    pub faces: Vec<Face>,
}

/// Beyond these a zone cannot be read in one frame: strokes of its print, 2.5 thousandths of a passport wide, melt
/// together. In thousandths of the document's length: the lens's blur, and how far it moved.
const LEGIBLE: [f32; 2] = [2.5, 8.0];

impl Truth {
    /// Whether there is all of a zone that can be read in this picture alone: nothing covers it, and it is neither out
    /// of focus nor moved so far that its print is lost.
    pub fn is_zone_legible(&self) -> bool {
        let [blur, moved] = LEGIBLE;
        let far = self.motion[0].hypot(self.motion[1]);
        self.zone.is_some() && self.zone_covered == 0 && self.blur < blur && far < moved
    }

    /// How much of the contrast of print is left in a place, from 0 to 1: lamps outshine it, and fingers hide it.
    pub fn contrast(&self, place: Point) -> f32 {
        if self.hides(place) { 0.0 } else { self.lighting.contrast(place) }
    }

    /// Whether a finger hides what is in a place.
    fn hides(&self, place: Point) -> bool {
        self.fingers.iter().any(|finger| finger.outside(place) < 0.0)
    }
}

/// Where pictures are made.
pub struct Studio {
    fonts: Fonts,
}

impl Studio {
    /// Opens it.
    ///
    /// # Errors
    /// [`FontMissing`] where the system lacks a font.
    pub fn open() -> Result<Self, FontMissing> {
        Ok(Self { fonts: Fonts::load()? })
    }

    /// The fonts.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Takes a picture. The same seed and conditions give the same picture.
    pub fn shot(&self, seed: u64, conditions: &Conditions) -> Shot {
        self.take(seed, 0, conditions)
    }

    /// Takes another picture of the same document in the same light, as the next frames of a camera are: it
    /// has moved a little, and blur and noise are others. Take 0 is [`Studio::shot`].
    pub fn take(&self, seed: u64, take: u32, conditions: &Conditions) -> Shot {
        let random = Random::new(seed);
        let moment = if take == 0 { Random::new(seed) } else { random.part(&format!("take {take}")) };
        let mut choice = random.part("choice");
        let (width, height) = (conditions.width, conditions.height);
        let mut ground = random.part("scene");
        let mut canvas = match conditions.kinds.is_empty() {
            true => tempting(width, height, &self.fonts, &mut ground),
            false => scene(width, height, conditions.clutter, &self.fonts, &mut ground),
        };
        let shown = (!conditions.kinds.is_empty()).then(|| {
            let kind = *choice.pick(&conditions.kinds);
            let mut pose = Pose::new(kind.size(), conditions, &mut random.part("pose"));
            if take > 0 {
                pose.corners = moved(&pose.corners, &mut moment.part("move"));
            }
            let document = Document::new(kind, density(kind, &pose.corners), &self.fonts, &random);
            lay_document(&mut canvas, &document, &pose.corners, &Shade::new(&mut random.part("shade")));
            let fingers = fingers(&pose, conditions, &mut random.part("fingers"));
            for (finger, nail) in &fingers {
                finger.draw(&mut canvas, *nail);
            }
            (document, pose, fingers)
        });
        let whole = Quad::rectangle(0.0, 0.0, conditions.width as f32, conditions.height as f32);
        let corners = shown.as_ref().map_or(whole, |(_, pose, _)| pose.corners);
        let lighting = lighting(conditions, &corners, &mut random.part("light"));
        lighting.apply(&mut canvas);
        let length = corners.sides()[0].max(corners.sides()[2]);
        let blur = blur(conditions, length, &mut moment.part("blur"));
        blur.apply(&mut canvas);
        let mut sensor = moment.part("sensor");
        let gain = if lighting.strength < 0.45 { 2.2 } else { 1.0 };
        let noise = conditions.noise * gain * sensor.between(0.8, 3.5);
        let quality = conditions.jpeg.then(|| sensor.whole(72, 95) as u8);
        let picture = store(canvas, noise, quality, &mut sensor);
        let truth = shown.map(|(document, pose, fingers)| {
            let truth = truth(&document, &pose, (&lighting, &blur), length);
            let fingers = fingers.into_iter().map(|(finger, _)| finger).collect();
            let mut truth = Truth { fingers, ..truth };
            truth.hidden = hidden(&pose.corners, &truth);
            let covers = |place: Point| truth.hides(place) || truth.lighting.outshines(place);
            let covered = truth.zone.as_ref().zip(truth.zone_place.as_ref());
            truth.zone_covered = covered.map_or(0, |(lines, place)| covered_characters(lines, place, covers));
            truth
        });
        Shot { picture, truth }
    }
}

/// What is held before a camera, a moment later: moved, and leaning a little otherwise.
fn moved(corners: &Quad, random: &mut Random) -> Quad {
    let far = corners.sides()[0] * 0.01;
    let all = Point::new(far * random.normal(), far * random.normal());
    Quad(corners.0.map(|corner| {
        let own = Point::new(0.25 * far * random.normal(), 0.25 * far * random.normal());
        Point::new(corner.x + all.x + own.x, corner.y + all.y + own.y)
    }))
}

/// Fingers that hold a document: a thumb over its border or over a corner, or one at each side. Each with
/// whether its nail shows.
fn fingers(pose: &Pose, conditions: &Conditions, random: &mut Random) -> Vec<(Finger, bool)> {
    if !random.chance(conditions.fingers) {
        return Vec::new();
    }
    let skin = *random.pick(&SKINS);
    let corners = pose.corners.0;
    let middle = corners[0].toward(corners[2], 0.5);
    // A thumb is about 19 mm wide, most fingers 15.
    let half = pose.corners.sides()[0] / pose.size[0] * random.between(6.5, 10.0);
    let nail = random.chance(0.7);
    let side = random.below(4);
    let both = random.chance(0.35);
    let sides = if both { vec![side, (side + 2) % 4] } else { vec![side] };
    let holds = |side: usize, random: &mut Random| {
        let share = if random.chance(0.3) { random.between(0.0, 0.08) } else { random.between(0.1, 0.9) };
        let border = corners[side].toward(corners[(side + 1) % 4], share);
        let outward = Point::new(border.x - middle.x, border.y - middle.y);
        let angle = outward.y.atan2(outward.x) + random.either(0.6);
        let away = |far: f32| Point::new(border.x + angle.cos() * far, border.y + angle.sin() * far);
        let tip = away(half * random.between(-0.9, 0.5));
        Finger { tip, root: away(half * 14.0), half, skin }
    };
    sides.into_iter().map(|side| (holds(side, random), nail)).collect()
}

/// The share of a document's border that fingers hide.
fn hidden(corners: &Quad, truth: &Truth) -> f32 {
    const STEPS: usize = 50;
    let places = (0..4 * STEPS).map(|at| {
        let side = at / STEPS;
        corners.0[side].toward(corners.0[(side + 1) % 4], (at % STEPS) as f32 / STEPS as f32)
    });
    places.filter(|place| truth.hides(*place)).count() as f32 / (4 * STEPS) as f32
}

/// How many characters of a zone are covered in one of nine places of their cells.
fn covered_characters(lines: &str, place: &Quad, covers: impl Fn(Point) -> bool) -> usize {
    let (rows, columns) = (lines.lines().count(), lines.find('\n').unwrap_or(lines.len()));
    let Some(onto) = Projection::onto(place, 3.0 * columns as f32, 3.0 * rows as f32) else { return 0 };
    let is_covered = |at: usize| {
        let (row, column) = (3 * (at / columns), 3 * (at % columns));
        let part = |part: usize| onto.place((column + part % 3) as f32 + 0.5, (row + part / 3) as f32 + 0.5);
        (0..9).map(part).any(&covers)
    };
    (0..rows * columns).filter(|&at| is_covered(at)).count()
}

/// As many pixels to a millimetre that the print is a little finer than the picture of it.
fn density(kind: Kind, corners: &Quad) -> f32 {
    let [width, height] = kind.size();
    let [upper, right, lower, left] = corners.sides();
    (1.25 * (upper.max(lower) / width).max(left.max(right) / height)).clamp(3.0, 24.0)
}

fn lighting(conditions: &Conditions, corners: &Quad, random: &mut Random) -> Lighting {
    let dark = random.chance(conditions.dark);
    let slope = 0.25 * conditions.unevenness;
    let [left, top, right, bottom] = bounds(corners);
    let shadow = random.chance(conditions.shadow).then(|| {
        let on = Point::new(random.between(left, right), random.between(top, bottom));
        let (sin, cos) = random.either(std::f32::consts::PI).sin_cos();
        let softness = (right - left) * random.between(0.004, 0.05);
        (on, Point::new(cos, sin), softness, random.between(0.15, 0.5))
    });
    let warm = random.either(0.06);
    let lamps = if random.chance(conditions.glare) { random.whole(1, 2) } else { 0 };
    Lighting {
        strength: if dark { random.between(0.12, 0.4) } else { random.between(0.65, 1.08) },
        slope: [random.either(slope), random.either(slope)],
        tint: [1.0 + warm, 1.0, 1.0 - warm],
        shadow,
        spots: (0..lamps).flat_map(|_| Spot::some(corners, random)).collect(),
    }
}

/// The blur of a document of this length in pixels.
fn blur(conditions: &Conditions, length: f32, random: &mut Random) -> Blur {
    let lens = random.between(0.35, 0.65);
    let focus = if random.chance(conditions.defocus) {
        length * random.between(0.0016, 0.005)
    } else {
        length * random.between(0.0, 0.0005)
    };
    let far = if random.chance(conditions.motion) {
        length * random.between(0.005, 0.02)
    } else {
        length * random.between(0.0, 0.0008)
    };
    let (sin, cos) = random.either(std::f32::consts::PI).sin_cos();
    Blur { focus: focus.hypot(lens), motion: [cos * far, sin * far] }
}

fn truth(document: &Document, pose: &Pose, (lighting, blur): (&Lighting, &Blur), length: f32) -> Truth {
    let [width, height] = document.kind.size();
    let onto = Projection::onto(&pose.corners, width, height).expect("a pose is a proper shape");
    let seen = |quad: &Quad| Quad(quad.0.map(|corner| onto.place(corner.x, corner.y)));
    let zone = document.zone.as_ref();
    let barcode = document.barcode.as_ref();
    // The shorter of both ends: what leans away is smaller.
    let wide = |place: &Quad| place.sides()[0].min(place.sides()[2]);
    let zone_place = zone.map(|zone| seen(&zone.place));
    let barcode_place = barcode.map(|barcode| seen(&barcode.place));
    let faces = document.face.map(|(middle, size)| {
        let half = size / 2.0;
        let square = Quad::rectangle(middle.x - half, middle.y - half, middle.x + half, middle.y + half);
        let size = seen(&square).area().sqrt();
        Face { middle: onto.place(middle.x, middle.y), size, brightness: 0.0 }
    });
    Truth {
        kind: document.kind,
        corners: pose.seen(),
        cut: pose.cut,
        side: document.kind.side(),
        turn: pose.turn,
        tilt: pose.tilt,
        zone: zone.map(|zone| zone.lines.clone()),
        pixels_per_character: zone
            .zip(zone_place.as_ref())
            .map(|(zone, place)| wide(place) / (wide(&zone.place) / zone.pitch)),
        zone_place,
        barcode: barcode.map(|barcode| barcode.text.clone()),
        pixels_per_module: barcode
            .zip(barcode_place.as_ref())
            .map(|(barcode, place)| wide(place) / (wide(&barcode.place) / barcode.module)),
        barcode_place,
        blur: blur.focus / length * 1000.0,
        motion: blur.motion.map(|far| far / length * 1000.0),
        glare: lighting.glare(&pose.corners),
        lighting: lighting.clone(),
        hidden: 0.0,
        fingers: Vec::new(),
        zone_covered: 0,
        faces: faces.into_iter().collect(),
    }
}
