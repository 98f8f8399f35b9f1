//! Writes cells of machine-readable zones as the made-up camera sees them, and of what is beside them, for
//! `vision/train/mrz_net.py`: `zone-cells FILE FROM COUNT` takes so many training seeds from one on.
//!
//! A cell is 385 bytes: its class (a place in the alphabet, or 37 where no character is in the middle), then
//! 24 rows of 16 samples.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};

use vestibule_vision::frame::Plane;
use vestibule_vision::geometry::{Point, Projection};
use vestibule_vision_bench::random::Random;
use vestibule_vision_bench::{Conditions, Kind, Seeds, Studio, Truth};

const ALPHABET: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
const NOTHING: u8 = 37;
/// Characters that are others, or nearly, when they stand on their head.
const SAME_UPSIDE_DOWN: &[u8] = b"0OIHNSXZ8MW69UA5Z2";
/// Samples across and down, and how many distances of two characters they cover.
const SAMPLES: [usize; 2] = [16, 24];
const COVERS: [f32; 2] = [1.2, 1.8];
/// How tall a capital is in print, in millimetres, about: the size of the font is not part of the truth.
const CAPITAL: f32 = 2.75;
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
        let conditions = conditions.of(&Kind::WITH_ZONE);
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
        seen.then_some(Self { lines, onto, cap, step })
    }
}

fn cells(plane: &Plane, print: &Print, random: &mut Random) -> Vec<Vec<u8>> {
    let mut cells = Vec::new();
    let (count, width) = (print.lines.len(), print.lines[0].len());
    for _ in 0..70 {
        let (line, column) = (random.below(count), random.below(width));
        let letter = print.lines[line][column];
        let class = ALPHABET.iter().position(|&other| other == letter).unwrap_or_default() as u8;
        let middle = |right: f32, down: f32| {
            Point::new(column as f32 + 0.5 + right, line as f32 * print.step + print.cap / 2.0 + down)
        };
        let wide = random.chance(0.3);
        let far = if wide {
            [random.either(0.3), random.either(0.27)]
        } else {
            [0.05 * random.normal(), 0.05 * random.normal()]
        };
        cells.push(cell(plane, print, class, middle(far[0], far[1]), 1.0, random));
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
fn cell(plane: &Plane, print: &Print, class: u8, middle: Point, way: f32, random: &mut Random) -> Vec<u8> {
    let wide = COVERS[0] * (1.0 + 0.03 * random.normal());
    let tall = COVERS[1] * print.cap / CAP * (1.0 + 0.06 * random.normal());
    let mut cell = vec![class];
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
