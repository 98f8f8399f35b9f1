//! The patterns at which all rows start and stop. They stand one above the other, so that the mean of many
//! lines shows them sharper than any line does.

use std::ops::Range;

use super::pattern::{START, STOP};
use crate::frame::Plane;
use crate::rank::nth;

/// A line of start or stop patterns.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// Where the outer edge of the outermost bar is, at half the height of the picture.
    pub(super) x: f32,
    /// How far it goes to the right with each line.
    pub(super) slope: f32,
    /// The width of a module, in pixels.
    pub(super) module: f32,
    /// How alike it is: 1 is the same.
    pub(super) likeness: f32,
    /// The lines in which it is seen.
    pub(super) top: f32,
    pub(super) bottom: f32,
}

impl End {
    /// Where it is in a line.
    pub(super) fn at(&self, y: f32, height: f32) -> f32 {
        self.x + self.slope * (y - height / 2.0)
    }

    /// The same end when the picture is turned by half.
    fn turned(self, width: f32, height: f32) -> Self {
        Self { x: width - self.x, top: height - self.bottom, bottom: height - self.top, ..self }
    }
}

/// Both ends of a symbol.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) start: End,
    pub(super) stop: End,
    /// Whether the symbol stands on its head; the ends are as seen when it is turned.
    pub(super) turned: bool,
}

/// The least likeness at which an end is believed.
const ALIKE: f32 = 0.6;
/// The likeness at which none is looked for elsewhere.
const SURE: f32 = 0.75;
/// How far the ends are from the edges of the picture, mostly, in pixels.
const NEAR: f32 = 110.0;
/// As alike as this is much by chance.
const CHANCE: f32 = 0.3;
/// How far the ends may lean: pixels to the side for each line.
const SLOPES: i32 = 8;
const SLOPE: f32 = 0.015;
/// From one width of module to the next that is tried.
const GROWTH: f32 = 1.09;

/// Dark parts of a pattern with what always stands beside it, in modules.
struct Pattern {
    dark: [(f32, f32); 5],
    length: f32,
    /// Where its outer edge is.
    edge: f32,
}

impl Pattern {
    /// The start pattern between the quiet zone and the bar of the first codeword.
    fn start() -> Self {
        let (dark, end) = Self::bars(&START, 2.0);
        Self { dark: [dark[0], dark[1], dark[2], dark[3], (end, end + 1.0)], length: end + 1.0, edge: 2.0 }
    }

    /// The stop pattern between the space of the last codeword and the quiet zone.
    fn stop() -> Self {
        let (dark, end) = Self::bars(&STOP, 1.0);
        Self { dark, length: end + 2.0, edge: end }
    }

    /// The bars of a pattern, and where it ends.
    fn bars(widths: &[u8], from: f32) -> ([(f32, f32); 5], f32) {
        let mut dark = [(0.0, 0.0); 5];
        let mut at = from;
        for (part, &width) in widths.iter().enumerate() {
            let end = at + f32::from(width);
            if part % 2 == 0 {
                dark[part / 2] = (at, end);
            }
            at = end;
        }
        (dark, at)
    }

    fn mirrored(&self) -> Self {
        let dark = self.dark.map(|(from, to)| (self.length - to, self.length - from));
        Self { dark, length: self.length, edge: self.length - self.edge }
    }
}

/// Running sums over a mean of lines, and over its squares.
struct Band {
    /// The first column.
    left: f32,
    sums: Vec<f32>,
    squares: Vec<f32>,
    /// Its middle line.
    y: f32,
}

impl Band {
    fn new(plane: &Plane, columns: Range<usize>, lines: Range<usize>) -> Self {
        let mut means = vec![0u32; columns.len()];
        for y in lines.clone() {
            let row = &plane.row(y)[columns.clone()];
            means.iter_mut().zip(row).for_each(|(sum, &value)| *sum += u32::from(value));
        }
        let (mut sums, mut squares) =
            (Vec::with_capacity(means.len() + 1), Vec::with_capacity(means.len() + 1));
        // About the middle, so that sums stay small and exact.
        let (mut sum, mut square) = (0.0f32, 0.0f32);
        for mean in means {
            sums.push(sum);
            squares.push(square);
            let value = mean as f32 / lines.len() as f32 - 128.0;
            sum += value;
            square += value * value;
        }
        sums.push(sum);
        squares.push(square);
        let y = (lines.start + lines.end) as f32 / 2.0;
        Self { left: columns.start as f32, sums, squares, y }
    }

    /// How alike the band is to a pattern whose edge is at `x`: from −1 to 1, and 0 where nothing is seen.
    fn likeness(&self, pattern: &Pattern, x: f32, module: f32) -> f32 {
        let from = x - pattern.edge * module - self.left;
        let end = from + pattern.length * module;
        if from < 0.0 || end > (self.sums.len() - 1) as f32 {
            return 0.0;
        }
        let at = |sums: &[f32], place: f32| {
            let whole = (place as usize).min(sums.len() - 2);
            sums[whole] + (sums[whole + 1] - sums[whole]) * (place - whole as f32)
        };
        let sum = at(&self.sums, end) - at(&self.sums, from);
        let square = at(&self.squares, end) - at(&self.squares, from);
        let length = pattern.length * module;
        let spread = square - sum * sum / length;
        // Less contrast than this is noise.
        if spread < 60.0 * length {
            return 0.0;
        }
        let (mut dark, mut covered) = (0.0, 0.0);
        for (first, last) in pattern.dark {
            dark += at(&self.sums, from + last * module) - at(&self.sums, from + first * module);
            covered += last - first;
        }
        let share = covered / pattern.length;
        (sum * share - dark) / (spread * covered * (1.0 - share) * module).sqrt()
    }
}

/// Finds the ends of the symbol that fills a picture but for its margins, its rows nearly level.
pub(super) fn find(plane: &Plane) -> Option<Ends> {
    let (width, height) = (plane.width() as f32, plane.height() as f32);
    let modules = modules(plane)?;
    let count = (plane.height() / 12).clamp(2, 8);
    let bands = bands(plane, count);
    let (start, stop) = (Pattern::start(), Pattern::stop());
    let pairs = [(false, start, stop), (true, Pattern::stop().mirrored(), Pattern::start().mirrored())];
    let fine = self::bands(plane, (plane.height() / 5).clamp(2, 24));
    // Mostly they are near the edges; where print goes on beside the symbol, they are not.
    let (near, far, turned) = [(NEAR, SURE), (width, ALIKE)].into_iter().find_map(|(reach, alike)| {
        let reach = reach.min(0.45 * width);
        let found = pairs.each_ref().map(|(turned, left, right)| {
            let near = search(&bands, left, (0.0, reach), modules)?;
            let far = search(&bands, right, (width - reach, width), modules)?;
            Some((near, far, *turned))
        });
        let likeness = |(near, far, _): &(End, End, bool)| near.likeness + far.likeness;
        let best = found.into_iter().flatten().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        let (_, left, right) = &pairs[usize::from(best.2)];
        let near = refine(&fine, left, best.0, height);
        let far = refine(&fine, right, best.1, height);
        let ratio = near.module / far.module;
        let fits = near.likeness.min(far.likeness) > alike && (0.7..1.43).contains(&ratio);
        fits.then_some((near, far, best.2))
    })?;
    let (_, left, right) = &pairs[usize::from(turned)];
    let (near, far) = (extent(plane, left, near)?, extent(plane, right, far)?);
    let (start, stop) =
        if turned { (far.turned(width, height), near.turned(width, height)) } else { (near, far) };
    Some(Ends { start, stop, turned })
}

fn bands(plane: &Plane, count: usize) -> Vec<Band> {
    let line = |band: usize| band * plane.height() / count;
    (0..count).map(|band| Band::new(plane, 0..plane.width(), line(band)..line(band + 1))).collect()
}

/// Between which widths a module should be, in pixels, by how often a line crosses its own mean.
fn modules(plane: &Plane) -> Option<(f32, f32)> {
    let mut spacings = Vec::new();
    for line in 1..16 {
        let row = plane.row(line * plane.height() / 16);
        let reach = 12;
        let mut sum: u32 = row.iter().take(reach).map(|&value| u32::from(value)).sum();
        let mut count = row.len().min(reach) as u32;
        let (mut crossings, mut first, mut last, mut dark) = (0u32, 0, 0, false);
        for (x, &value) in row.iter().enumerate() {
            if let Some(&value) = row.get(x + reach) {
                (sum, count) = (sum + u32::from(value), count + 1);
            }
            if x > reach {
                (sum, count) = (sum - u32::from(row[x - reach - 1]), count - 1);
            }
            // Only what is clearly on the other side counts.
            let (mean, value) = (sum / count, u32::from(value));
            if (dark && value > mean + 8) || (!dark && value + 8 < mean) {
                dark = !dark;
                crossings += 1;
                first = if crossings == 1 { x } else { first };
                last = x;
            }
        }
        if crossings > 30 {
            spacings.push((last - first) as f32 / crossings as f32);
        }
    }
    if spacings.is_empty() {
        return None;
    }
    let spacing = nth(&spacings, spacings.len() / 2);
    // 17 modules have eight edges; of blurred ones, some are lost.
    let module = spacing / 2.125;
    Some(((module * 0.6).max(1.0), module * 1.35))
}

/// The likeliest place of a pattern, all bands together.
fn search(bands: &[Band], pattern: &Pattern, range: (f32, f32), modules: (f32, f32)) -> Option<End> {
    let step = (modules.0 * 0.7).clamp(0.6, 3.0);
    let places = ((range.1 - range.0) / step) as usize;
    let middle = bands.iter().map(|band| band.y).sum::<f32>() / bands.len() as f32;
    let mut best: Option<End> = None;
    let mut module = modules.0;
    let mut likeness = vec![0.0f32; places * bands.len()];
    let mut sums = vec![0.0f32; places];
    while module <= modules.1 {
        for (band, row) in bands.iter().zip(likeness.chunks_exact_mut(places)) {
            for (place, value) in row.iter_mut().enumerate() {
                *value = band.likeness(pattern, range.0 + place as f32 * step, module);
                // What is hardly alike is no sign at all.
                *value = (*value - CHANCE).max(0.0);
            }
        }
        for slope in -SLOPES..=SLOPES {
            let slope = slope as f32 * SLOPE;
            sums.fill(0.0);
            for (band, row) in bands.iter().zip(likeness.chunks_exact(places)) {
                let shift = ((band.y - middle) * slope / step).round() as i32;
                for (place, sum) in sums.iter_mut().enumerate() {
                    *sum += row.get((place as i32 + shift) as usize).copied().unwrap_or(0.0);
                }
            }
            for (place, &sum) in sums.iter().enumerate() {
                let likeness = sum / bands.len() as f32;
                if best.is_none_or(|best| likeness > best.likeness) {
                    let x = range.0 + place as f32 * step;
                    best = Some(End { x, slope, module, likeness, top: 0.0, bottom: 0.0 });
                }
            }
        }
        module *= GROWTH;
    }
    best
}

/// Moves, leans and widens an end to where it is the most alike.
fn refine(bands: &[Band], pattern: &Pattern, end: End, height: f32) -> End {
    let value = |end: &End| {
        let likeness = |band: &Band| band.likeness(pattern, end.at(band.y, height), end.module);
        bands.iter().map(|band| (likeness(band) - CHANCE).max(0.0)).sum::<f32>()
    };
    let mut best = end;
    best.likeness = value(&best);
    let mut step = 1.0;
    for _ in 0..7 {
        for _ in 0..2 {
            let moves = [
                (0.4 * best.module, 0.0, 0.0),
                (0.0, 0.8 * best.module / height, 0.0),
                (0.0, 0.0, 0.025 * best.module),
            ];
            for (x, slope, module) in moves {
                for sign in [-step, step] {
                    let mut other = best;
                    other.x += x * sign;
                    other.slope += slope * sign;
                    other.module += module * sign;
                    other.likeness = value(&other);
                    if other.likeness > best.likeness {
                        best = other;
                    }
                }
            }
        }
        step *= 0.6;
    }
    // How alike the bands are in which it is seen.
    let likeness = |band: &Band| band.likeness(pattern, best.at(band.y, height), best.module).max(0.0);
    let likeness: Vec<f32> = bands.iter().map(likeness).collect();
    best.likeness = nth(&likeness, likeness.len() - 1 - likeness.len() / 8);
    best
}

/// The lines in which an end is seen.
fn extent(plane: &Plane, pattern: &Pattern, end: End) -> Option<End> {
    let height = plane.height();
    let enough = 0.6 * end.likeness;
    let reach = (pattern.length * end.module) as usize + 3;
    let seen: Vec<bool> = (0..height)
        .map(|y| {
            // Three lines, so that noise in one does not count.
            let x = end.at(y as f32 + 0.5, height as f32);
            let from = ((x - pattern.edge * end.module).max(0.0) as usize).min(plane.width() - 1);
            let columns = from..(from + reach).min(plane.width());
            let band = Band::new(plane, columns, y.saturating_sub(1)..(y + 2).min(height));
            band.likeness(pattern, x, end.module) > enough
        })
        .collect();
    // Where most of the next lines show it too.
    let mostly = |lines: &[bool]| lines.iter().filter(|&&seen| seen).count() * 4 >= lines.len() * 3;
    let run = 8.min(height);
    let top = seen.windows(run).position(|lines| lines[0] && mostly(lines))?;
    let bottom = seen.windows(run).rposition(|lines| lines[run - 1] && mostly(lines))? + run;
    (top < bottom).then_some(End { top: top as f32, bottom: bottom as f32, ..end })
}
