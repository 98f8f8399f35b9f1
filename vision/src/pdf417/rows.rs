//! Where the rows of a symbol are: they meet where brightness changes from line to line, all along a row.

use super::ends::Ends;
use crate::angle::{direction, sin_cos};
use crate::frame::Plane;
use crate::geometry::{Point, Projection, Quad};
use crate::rank::highest_first;

/// The rows between the ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    /// From where the first row begins to where the last one ends, from edge to edge.
    pub(super) around: Quad,
    /// How many there are.
    pub(super) count: usize,
    /// How far their middles hang below the straight line between their ends, in rows.
    pub(super) bow: f32,
}

/// The parts into which the symbol is cut, from left to right: rows that are not level are found by how they
/// go on from part to part.
const PARTS: usize = 9;
/// How far rows may go down or up from end to end, as a share of their length.
const LEAN: f32 = 0.07;
/// Rows are at least this high, in modules. The standard asks for three.
const LOWEST: f32 = 2.0;
const MOST: f32 = 90.0;
/// Places a line at which changes are kept.
const FINER: usize = 4;

/// The likeliest ways in which the symbol between these ends is cut into rows, the best first.
pub(super) fn find(plane: &Plane, ends: &Ends, modules: usize) -> Vec<Rows> {
    let seams = Seams::new(plane, ends, modules);
    let lean = seams.lean();
    seams.cut(lean)
}

/// How rows lie, in pixels.
#[derive(Clone, Copy, Debug, Default)]
struct Lean {
    /// How much lower they end than they begin, in the middle of the symbol.
    middle: f32,
    /// How much more so at its bottom than at its top.
    more: f32,
    /// How far their middles hang below the line between their ends.
    bow: f32,
}

/// One of the numbers of a lean.
type Part = fn(&mut Lean) -> &mut f32;

struct Seams<'a> {
    ends: &'a Ends,
    height: f32,
    /// The lines that the symbol covers in its middle.
    top: f32,
    bottom: f32,
    /// The width of a module.
    module: f32,
    /// The length of a row.
    length: f32,
    /// For each part, how much changes from each line to the next, about 0: [`FINER`] values a line.
    changes: Vec<Vec<f32>>,
}

impl<'a> Seams<'a> {
    fn new(plane: &Plane, ends: &'a Ends, modules: usize) -> Self {
        let (start, stop) = (&ends.start, &ends.stop);
        let height = plane.height() as f32;
        let middle = (start.top + start.bottom) / 2.0;
        // Ends that cross each other are none, but must not stop the search.
        let length = (stop.at(middle, height) - start.at(middle, height)).max(1.0);
        let (first, last) = (17.0 / modules as f32, 1.0 - 18.0 / modules as f32);
        let mut changes = vec![vec![0.0; plane.height() - 1]; PARTS];
        for y in 0..plane.height() - 1 {
            let (above, below) = (plane.row(y), plane.row(y + 1));
            let line = y as f32 + 1.0;
            let (left, right) = (start.at(line, height), stop.at(line, height));
            for (part, changes) in changes.iter_mut().enumerate() {
                let border = |part: usize| {
                    let share = first + (last - first) * part as f32 / PARTS as f32;
                    ((left + (right - left) * share).max(0.0) as usize).min(plane.width())
                };
                let (from, to) = (border(part), border(part + 1));
                if from < to {
                    let pairs = above[from..to].iter().zip(&below[from..to]);
                    let sum: u32 = pairs.map(|(&a, &b)| u32::from(a.abs_diff(b))).sum();
                    changes[y] = sum as f32 / (to - from) as f32;
                }
            }
        }
        let (top, bottom) = (start.top.min(stop.top), start.bottom.max(stop.bottom));
        let lines = top as usize..(bottom as usize).min(plane.height() - 1);
        for changes in &mut changes {
            let count = lines.len().max(1) as f32;
            let mean = changes[lines.clone()].iter().sum::<f32>() / count;
            let square = changes[lines.clone()].iter().map(|change| (change - mean).powi(2)).sum::<f32>();
            let spread = (square / count).sqrt().max(0.5);
            changes.iter_mut().for_each(|change| *change = ((*change - mean) / spread).clamp(-3.0, 3.0));
            *changes = finer(changes);
        }
        let module = (start.module * stop.module).sqrt();
        let lean = (stop.top + stop.bottom - start.top - start.bottom) / 2.0;
        let limit = LEAN * length;
        let lean = lean.max(-limit).min(limit);
        // Where one end is not seen whole, the other one is.
        let top = (start.top + lean / 2.0).min(stop.top - lean / 2.0);
        let bottom = (start.bottom + lean / 2.0).max(stop.bottom - lean / 2.0);
        Self { ends, height, top, bottom, module, length, changes }
    }

    /// How far below the middle of a row its part at this share of its length is.
    fn below(&self, lean: Lean, line: f32, share: f32) -> f32 {
        let middle = (self.top + self.bottom) / 2.0;
        let span = (self.bottom - self.top).max(1.0);
        let aside = share - 0.5;
        (lean.middle + lean.more * (line - middle) / span) * aside - 4.0 * lean.bow * aside * aside
    }

    /// What changes at a line in the middle of the symbol, all along the row.
    fn change(&self, lean: Lean, line: f32) -> f32 {
        let parts = self.changes.iter().enumerate().map(|(part, changes)| {
            let share = (part as f32 + 0.5) / PARTS as f32;
            let at = (line + self.below(lean, line, share)) * FINER as f32;
            changes[(at.max(0.0) as usize).min(changes.len() - 1)]
        });
        parts.sum::<f32>() / PARTS as f32
    }

    /// How sharply rows part from each other: what changes at once, squared.
    fn sharpness(&self, lean: Lean) -> f32 {
        let (top, bottom) = (self.top as usize, self.bottom as usize);
        (top..=bottom).map(|line| self.change(lean, line as f32).powi(2)).sum()
    }

    fn lean(&self) -> Lean {
        let limit = LEAN * self.length;
        let steps = (limit / 1.5) as i32;
        let likelier = |lean: Lean, best: &mut (f32, Lean)| {
            let sharpness = self.sharpness(lean);
            if sharpness > best.0 {
                *best = (sharpness, lean);
            }
        };
        let (start, stop) = (&self.ends.start, &self.ends.stop);
        let more = (stop.bottom - stop.top) - (start.bottom - start.top);
        let mut best = (f32::MIN, Lean::default());
        for more in [0.0, more.max(-limit).min(limit)] {
            for step in -steps..=steps {
                likelier(Lean { middle: step as f32 * 1.5, more, bow: 0.0 }, &mut best);
            }
        }
        let [middle, more, bow]: [Part; 3] =
            [|lean| &mut lean.middle, |lean| &mut lean.more, |lean| &mut lean.bow];
        for (scan, step) in [(bow, 0.0018), (more, 0.0036), (bow, 0.0018)] {
            let from = best.1;
            for steps in -8..=8 {
                let mut lean = from;
                *scan(&mut lean) += steps as f32 * step * self.length;
                likelier(lean, &mut best);
            }
        }
        for size in [1.0, 0.5, 0.5, 0.25] {
            for part in [middle, more, bow] {
                for step in [-size, size] {
                    let mut lean = best.1;
                    *part(&mut lean) += step;
                    likelier(lean, &mut best);
                }
            }
        }
        best.1
    }

    /// The end of a row on the left or on the right, where it crosses the middle at a line.
    fn corner(&self, lean: Lean, line: f32, right: bool) -> Point {
        let y = line + self.below(lean, line, if right { 1.0 } else { 0.0 });
        let end = if right { &self.ends.stop } else { &self.ends.start };
        Point::new(end.at(y, self.height), y)
    }

    fn cut(&self, lean: Lean) -> Vec<Rows> {
        let whole = Quad([
            self.corner(lean, self.top, false),
            self.corner(lean, self.top, true),
            self.corner(lean, self.bottom, true),
            self.corner(lean, self.bottom, false),
        ]);
        let Some(projection) = Projection::onto(&whole, 1.0, 1.0) else { return Vec::new() };
        let span = self.bottom - self.top;
        // Rows are equally high in the symbol, and so along `down`; in the picture they need not be.
        let samples = (span * 2.0) as usize + 1;
        let changes: Vec<f32> = (0..samples)
            .map(|sample| {
                let place = projection.place(0.5, (sample as f32 + 0.5) / samples as f32);
                let (left, right) =
                    (self.ends.start.at(place.y, self.height), self.ends.stop.at(place.y, self.height));
                let share = (place.x - left) / (right - left);
                self.change(lean, place.y - self.below(Lean { bow: 0.0, ..lean }, place.y, share) + lean.bow)
            })
            .collect();
        let most = (span / self.module / LOWEST).min(MOST);
        let mut waves = Vec::new();
        let mut rate = 2.5;
        while rate <= most + 0.5 {
            waves.push(wave(&changes, rate));
            rate += 0.25;
        }
        let peaks: Vec<Wave> = (0..waves.len())
            .filter(|&at| {
                let near = &waves[at.saturating_sub(4)..(at + 5).min(waves.len())];
                near.iter().all(|other| other.strength <= waves[at].strength)
            })
            .map(|at| waves[at])
            .collect();
        let peaks = highest_first(&peaks, |peak| peak.strength);
        let rows = peaks.into_iter().take(3).filter_map(|peak| {
            let fine = (-5..=5).map(|step| wave(&changes, peak.rate + step as f32 * 0.05));
            let peak = fine.max_by(|a, b| a.strength.total_cmp(&b.strength))?;
            // Where the first row begins, at or within half a row of the top, and the last one ends.
            let (height, margin) = (1.0 / peak.rate, 0.5 / peak.rate);
            let first = ((-margin - peak.phase) / height).ceil() * height + peak.phase;
            let count = ((1.0 + margin - first) / height).floor();
            let last = first + count * height;
            let corners = [(0.0, first), (1.0, first), (1.0, last), (0.0, last)];
            let around = Quad(corners.map(|(x, y)| projection.place(x, y)));
            let bow = lean.bow / span * peak.rate;
            (count >= 1.0).then_some(Rows { around, count: count as usize, bow })
        });
        rows.collect()
    }
}

/// Values at [`FINER`] places a line, from 0 on, of values where lines meet, from where the first two do on. All
/// are equally smooth: interpolation that is sharper at some places than at others favours rows that lie so.
fn finer(values: &[f32]) -> Vec<f32> {
    let value = |at: isize| values[at.clamp(0, values.len() as isize - 1) as usize];
    // The cubic B-spline.
    let weight = |distance: f32| match distance.abs() {
        near @ 0.0..1.0 => (4.0 - 6.0 * near * near + 3.0 * near.powi(3)) / 6.0,
        far @ 1.0..2.0 => (2.0 - far).powi(3) / 6.0,
        _ => 0.0,
    };
    (0..(values.len() + 1) * FINER)
        .map(|place| {
            let at = (place as f32 + 0.5) / FINER as f32 - 1.0;
            let whole = at.floor() as isize;
            (whole - 1..=whole + 2).map(|near| value(near) * weight(at - near as f32)).sum()
        })
        .collect()
}

/// A wave in what changes.
#[derive(Clone, Copy)]
struct Wave {
    /// Waves from top to bottom.
    rate: f32,
    /// Where one of its crests is, as a share.
    phase: f32,
    strength: f32,
}

fn wave(changes: &[f32], rate: f32) -> Wave {
    let step = std::f32::consts::TAU * rate / changes.len() as f32;
    let (turn_down, turn_across) = sin_cos(step);
    let (mut sine, mut cosine) = sin_cos(step / 2.0);
    let (mut down, mut across) = (0.0, 0.0);
    for change in changes {
        across += change * cosine;
        down += change * sine;
        (cosine, sine) = (cosine * turn_across - sine * turn_down, sine * turn_across + cosine * turn_down);
    }
    let phase = direction(down, across) / (std::f32::consts::TAU * rate);
    Wave { rate, phase, strength: (across * across + down * down).sqrt() }
}
