//! Writes cells of machine-readable zones as the made-up camera sees them, and of what is beside them, for
//! `vision/train/mrz_net.py`: `zone-cells FILE FROM COUNT` takes so many training seeds from one on.
//!
//! A cell is 386 bytes: its class (a place in the alphabet, or 37 where no character is in the middle), how much of the
//! character is hidden (255 is all of it), then 24 rows of 16 samples.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};

use vestibule_vision::frame::Plane;
use vestibule_vision::geometry::{Point, Projection};
use vestibule_vision_bench::random::Random;
use vestibule_vision_bench::{Conditions, Kind, Seeds, Studio, Truth};

const ALPHABET: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
const NOTHING: (u8, f32) = (37, 0.0);
/// Characters that are others, or nearly, when they stand on their head.
const SAME_UPSIDE_DOWN: &[u8] = b"0OIHNSXZ8MW69UA5Z2";
/// Characters that are taken for one another, as `mrz_cells.py` has them, and the share of cells that is taken of these.
const ALIKE: &[u8] = b"0OQD1I2Z5S8B6G";
const OF_ALIKE: f32 = 0.3;
/// Samples across and down, and how many distances of two characters they cover.
const SAMPLES: [usize; 2] = [16, 24];
const COVERS: [f32; 2] = [1.2, 1.8];
/// How tall a capital is in print, in millimetres, about: the size of the font is not part of the truth.
const CAPITAL: f32 = 2.75;
/// How wide characters are, of the distance of two.
const WIDE: f32 = 0.8;
/// What has less of its contrast than this is not seen, and what has less than this share of that of its surroundings.
const FAINT: f32 = 0.15;
const FAINT_BESIDE: f32 = 0.35;
/// The share of documents that fingers hold: more than elsewhere, for few of them lie on a zone.
const FINGERS: f32 = 0.75;
/// So many characters of a zone are taken.
const USUAL: usize = 80;
/// So many characters that are hidden in part are taken besides, at most.
const HALF_HIDDEN: usize = 14;
/// How tall a capital is where its cell is as tall as the standard has it, in distances of two characters.
const CAP: f32 = 0.98;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [path, from, count] = words.as_slice() else { return Err("zone-cells FILE FROM COUNT".into()) };
    let (from, count): (u64, u64) = (from.parse()?, count.parse()?);
    let mut file = BufWriter::new(File::create(path)?);
    let studio = Studio::open()?;
    for index in from..from + count {
        let conditions = if index % 3 == 0 { Conditions::hard() } else { Conditions::usual() };
        let conditions = Conditions { fingers: FINGERS, ..conditions.of(&Kind::WITH_ZONE) };
        let large = index % 5 == 0;
        let conditions = if large { conditions.sized(1920, 1080) } else { conditions };
        let seed = Seeds::Train.seed(index);
        let shot = studio.shot(seed, &conditions);
        if let Some(print) = shot.truth.as_ref().and_then(Print::of) {
            let mut random = Random::new(seed).part("cells");
            for cell in cells(&shot.picture.frame().luma(), &print, &mut random) {
                file.write_all(&cell)?;
            }
        }
    }
    Ok(file.flush()?)
}

/// A zone in a picture: measures are distances of two characters, from the upper left corner of its first one.
struct Print {
    truth: Truth,
    lines: Vec<Vec<u8>>,
    onto: Projection,
    /// How tall a capital is.
    cap: f32,
    /// From line to line.
    step: f32,
}

impl Print {
    /// `None` where there is none, or it was moved too far to be read.
    fn of(truth: &Truth) -> Option<Self> {
        let (zone, place) = (truth.zone.as_ref()?, truth.zone_place?);
        let lines: Vec<Vec<u8>> = zone.lines().map(|line| line.bytes().collect()).collect();
        let [width, height] = truth.kind.size();
        let page = truth.corners.turned(usize::from(truth.turn));
        let flat = Projection::onto(&page, width, height)?;
        let corners = place.0.map(|corner| flat.back(corner));
        let pitch = corners[0].distance(corners[1]) / lines[0].len() as f32;
        let (tall, cap) = (corners[0].distance(corners[3]) / pitch, CAPITAL / pitch);
        let moved = truth.motion[0].hypot(truth.motion[1]) / 1000.0 * page.sides()[0];
        let seen = moved < 0.4 * truth.pixels_per_character?;
        let step = (tall - cap) / (lines.len() - 1) as f32;
        let onto = Projection::onto(&place, lines[0].len() as f32, tall)?;
        seen.then(|| Self { truth: truth.clone(), lines, onto, cap, step })
    }

    /// The middle of a character.
    fn middle(&self, line: usize, column: usize) -> Point {
        Point::new(column as f32 + 0.5, line as f32 * self.step + self.cap / 2.0)
    }

    /// Which share of a character is hidden, by a finger or by light. A stroke that is as faint beside the others is taken
    /// for none.
    fn hidden(&self, line: usize, column: usize) -> f32 {
        const PARTS: usize = 9;
        let middle = self.middle(line, column);
        let part = |at: usize| (at as f32 + 0.5) / PARTS as f32 - 0.5;
        let contrast = |at: usize| {
            let (right, down) = (WIDE * part(at % PARTS), self.cap * part(at / PARTS));
            self.truth.contrast(self.onto.place(middle.x + right, middle.y + down))
        };
        let contrasts: Vec<f32> = (0..PARTS * PARTS).map(contrast).collect();
        let most = contrasts.iter().copied().fold(0.0, f32::max);
        let hidden = contrasts.iter().filter(|&&contrast| contrast < (FAINT_BESIDE * most).max(FAINT));
        hidden.count() as f32 / contrasts.len() as f32
    }

    /// The lines and columns of its characters of some kind.
    fn all(&self, which: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
        let all =
            (0..self.lines.len()).flat_map(|line| (0..self.lines[line].len()).map(move |at| (line, at)));
        all.filter(|&(line, column)| which(line, column)).collect()
    }
}

fn cells(plane: &Plane, print: &Print, random: &mut Random) -> Vec<Vec<u8>> {
    let mut cells = Vec::new();
    let (count, width) = (print.lines.len(), print.lines[0].len());
    let all = print.all(|_, _| true);
    let alike = print.all(|line, column| ALIKE.contains(&print.lines[line][column]));
    let half_hidden = print.all(|line, column| (0.04..0.9).contains(&print.hidden(line, column)));
    let also = if half_hidden.is_empty() { 0 } else { HALF_HIDDEN };
    for at in 0..USUAL + also {
        let among = if at >= USUAL {
            &half_hidden
        } else if random.chance(OF_ALIKE) && !alike.is_empty() {
            &alike
        } else {
            &all
        };
        let (line, column) = *random.pick(among);
        let letter = print.lines[line][column];
        let class = ALPHABET.iter().position(|&other| other == letter).unwrap_or_default() as u8;
        let seen = (class, print.hidden(line, column));
        let of_print = print.middle(line, column);
        let middle = |right: f32, down: f32| Point::new(of_print.x + right, of_print.y + down);
        let wide = random.chance(0.3);
        let far = if wide {
            [random.either(0.3), random.either(0.27)]
        } else {
            [0.05 * random.normal(), 0.05 * random.normal()]
        };
        cells.push(cell(plane, print, seen, middle(far[0], far[1]), 1.0, random));
        if random.chance(0.12) && !SAME_UPSIDE_DOWN.contains(&letter) {
            let place = middle(0.05 * random.normal(), 0.05 * random.normal());
            cells.push(cell(plane, print, NOTHING, place, -1.0, random));
        }
        if random.chance(0.12) {
            let side = if random.chance(0.5) { 0.5 } else { -0.5 };
            let place = middle(side + random.either(0.1), random.either(0.15));
            cells.push(cell(plane, print, NOTHING, place, 1.0, random));
        }
    }
    for _ in 0..14 {
        // Beside the lines, and between and around them.
        let beyond = random.between(0.8, 6.0);
        let column = if random.chance(0.5) { -beyond } else { width as f32 + beyond };
        let line = random.below(count) as f32 * print.step + print.cap / 2.0;
        cells.push(cell(plane, print, NOTHING, Point::new(column, line + random.either(0.3)), 1.0, random));
        let above = -print.cap * random.between(0.7, 8.0);
        let between = print.step * random.below(count - 1) as f32 + (print.step + print.cap) / 2.0;
        let down = if random.chance(0.7) { above } else { between + random.either(0.12) };
        let column = random.between(-2.0, width as f32 + 2.0);
        let way = if random.chance(0.5) { 1.0 } else { -1.0 };
        cells.push(cell(plane, print, NOTHING, Point::new(column, down), way, random));
    }
    cells
}

/// The cell around a place, upright, or on its head where `way` is -1.
fn cell(
    plane: &Plane,
    print: &Print,
    (class, hidden): (u8, f32),
    middle: Point,
    way: f32,
    random: &mut Random,
) -> Vec<u8> {
    let wide = COVERS[0] * (1.0 + 0.03 * random.normal());
    let tall = COVERS[1] * print.cap / CAP * (1.0 + 0.06 * random.normal());
    let mut cell = vec![class, (hidden * 255.0).round() as u8];
    for y in 0..SAMPLES[1] {
        for x in 0..SAMPLES[0] {
            let across = ((x as f32 + 0.5) / SAMPLES[0] as f32 - 0.5) * wide * way;
            let down = ((y as f32 + 0.5) / SAMPLES[1] as f32 - 0.5) * tall * way;
            let place = print.onto.place(middle.x + across, middle.y + down);
            cell.push((plane.at(place.x, place.y) + 0.5) as u8);
        }
    }
    cell
}
