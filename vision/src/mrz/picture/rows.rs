//! Where long rows of print may be in a picture: bands in which brightness changes often from left to right,
//! with bands above and below in which it does not.

use crate::frame::Plane;
use crate::geometry::Point;
use crate::rank::{highest_first, nth};

/// A row goes through this share of the parts of a picture at least.
const SHORTEST: f32 = 0.25;
/// Changes up to here are noise, and above `MOST` count no more.
const NOISE: u8 = 6;
const MOST: u8 = 64;
/// A picture whose mean is lower is taken as so many times as bright that it comes close, but no more times than this:
/// print on it is as much fainter.
const BRIGHT: u32 = 120;
const MOST_GAIN: u32 = 4;
/// How much change a band has at least, for each pixel.
const FAINTEST: f32 = 3.0;
/// So many bands of a part are looked at.
const MOST_BANDS: usize = 40;

/// A row of what may be print.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The middle of its left end.
    pub(super) from: Point,
    /// The middle of its right end.
    pub(super) to: Point,
    /// How tall its print is, about.
    pub(super) height: f32,
    /// How much there is to see of it.
    pub(super) strength: f32,
}

/// A part of a row within one part of the picture.
#[derive(Clone, Copy)]
struct Band {
    middle: f32,
    height: f32,
    strength: f32,
}

/// Rows that rise or fall by about these shares of their length, the most visible ones first. Twice the same
/// row is left out. The picture is looked at in so many upright parts, of which a row goes through several: in
/// each it must be straight enough.
pub(super) fn rows(plane: &Plane, slants: &[f32], parts: usize, most: usize) -> Vec<Row> {
    let changes = changes(plane);
    let found: Vec<Row> = slants.iter().flat_map(|slant| slanted(&changes, *slant, parts)).collect();
    let mut kept: Vec<Row> = Vec::new();
    for row in highest_first(&found, |row| row.strength) {
        if kept.len() == most {
            break;
        }
        if !kept.iter().any(|other| same(other, &row)) {
            kept.push(row);
        }
    }
    kept
}

/// How much brightness changes from each pixel to the next but one, as if the picture were not dark.
fn changes(plane: &Plane) -> Plane {
    let width = plane.width();
    let sum: u32 = plane.pixels().iter().map(|&value| u32::from(value)).sum();
    let gain = (BRIGHT * plane.pixels().len() as u32 / sum.max(1)).clamp(1, MOST_GAIN) as u8;
    let mut pixels = vec![0; width * plane.height()];
    for (y, out) in pixels.chunks_exact_mut(width).enumerate() {
        let row = plane.row(y);
        for (out, three) in out.iter_mut().skip(1).zip(row.windows(3)) {
            *out = three[0].abs_diff(three[2]).saturating_mul(gain).min(MOST).saturating_sub(NOISE);
        }
    }
    Plane::new(width, plane.height(), pixels).unwrap_or_else(|| plane.clone())
}

fn same(a: &Row, b: &Row) -> bool {
    let near = 0.6 * a.height.max(b.height);
    let off = |at: f32| (a.y(at) - b.y(at)).abs();
    let (left, right) = (a.from.x.max(b.from.x), a.to.x.min(b.to.x));
    left < right && off(left) < near && off(right) < near
}

impl Row {
    /// Where its middle is in a column.
    fn y(&self, x: f32) -> f32 {
        let slope = (self.to.y - self.from.y) / (self.to.x - self.from.x).max(1.0);
        self.from.y + slope * (x - self.from.x)
    }
}

fn slanted(changes: &Plane, slant: f32, count: usize) -> Vec<Row> {
    let wide = changes.width() as f32 / count as f32;
    let fewest = (SHORTEST * count as f32).ceil() as usize;
    let parts: Vec<Vec<Band>> = (0..count).map(|part| bands(&profile(changes, part, count, slant))).collect();
    let mut taken: Vec<Vec<bool>> = parts.iter().map(|bands| vec![false; bands.len()]).collect();
    let mut rows = Vec::new();
    for start in 0..=count - fewest {
        for first in 0..parts[start].len() {
            if taken[start][first] {
                continue;
            }
            let mut chain = vec![(start, parts[start][first])];
            let mut drift = 0.0;
            let mut part = start + 1;
            while part < count {
                let (last_part, last) = chain[chain.len() - 1];
                let next = nearest(&parts[part], &last, drift * (part - last_part) as f32);
                if let Some(next) = next {
                    taken[part][next] = true;
                    drift = (parts[part][next].middle - last.middle) / (part - last_part) as f32;
                    chain.push((part, parts[part][next]));
                } else if part > last_part + 1 {
                    break;
                }
                part += 1;
            }
            if chain.len() >= fewest {
                rows.push(row(&chain, wide, slant));
            }
        }
    }
    rows
}

/// The band that goes on where one ends.
fn nearest(bands: &[Band], last: &Band, drift: f32) -> Option<usize> {
    let off = |band: &Band| (band.middle - last.middle - drift).abs();
    let alike = |a: f32, b: f32, times: f32| a < b * times && b < a * times;
    (0..bands.len())
        .filter(|&at| {
            let band = &bands[at];
            off(band) < 0.4 * last.height.max(band.height)
                && alike(band.height, last.height, 1.8)
                && alike(band.strength, last.strength, 4.0)
        })
        .min_by(|&a, &b| off(&bands[a]).total_cmp(&off(&bands[b])))
}

/// The straight row through bands.
fn row(chain: &[(usize, Band)], wide: f32, slant: f32) -> Row {
    let count = chain.len() as f32;
    let x = |part: usize| (part as f32 + 0.5) * wide;
    let middle_x = chain.iter().map(|(part, _)| x(*part)).sum::<f32>() / count;
    let middle_y = chain.iter().map(|(_, band)| band.middle).sum::<f32>() / count;
    let (mut both, mut across) = (0.0, 0.0);
    for (part, band) in chain {
        both += (x(*part) - middle_x) * (band.middle - middle_y);
        across += (x(*part) - middle_x) * (x(*part) - middle_x);
    }
    // The profiles were made along the slant, around the middle of each part: `middle` is there.
    let slope = if across > 0.0 { both / across } else { slant };
    let place = |x: f32| Point::new(x, middle_y + slope * (x - middle_x));
    let heights: Vec<f32> = chain.iter().map(|(_, band)| band.height).collect();
    Row {
        from: place(chain[0].0 as f32 * wide),
        to: place((chain[chain.len() - 1].0 + 1) as f32 * wide),
        height: nth(&heights, heights.len() / 2),
        strength: chain.iter().map(|(_, band)| band.strength).sum(),
    }
}

/// How much changes in each row of a part, along the slant, with its neighbours.
fn profile(changes: &Plane, part: usize, count: usize, slant: f32) -> Vec<f32> {
    let (width, height) = (changes.width(), changes.height());
    let (left, right) = (part * width / count, (part + 1) * width / count);
    let middle = (left + right) as f32 / 2.0;
    let mut sums = vec![0u32; height];
    // Columns that are shifted by as many pixels are summed together, row by row.
    let shift = |x: usize| ((x as f32 + 0.5 - middle) * slant).round() as isize;
    let mut start = left;
    while start < right {
        let by = shift(start);
        let end = (start..right).find(|&x| shift(x) != by).unwrap_or(right);
        for (y, sum) in sums.iter_mut().enumerate() {
            if let Some(y) = y.checked_add_signed(by).filter(|&y| y < height) {
                *sum += changes.row(y)[start..end].iter().map(|&value| u32::from(value)).sum::<u32>();
            }
        }
        start = end;
    }
    let wide = (right - left).max(1) as f32;
    let at = |y: usize| sums[y.min(height - 1)] as f32;
    (0..height).map(|y| (at(y.saturating_sub(1)) + 2.0 * at(y) + at(y + 1)) / (4.0 * wide)).collect()
}

/// The bands of a profile: where it stands out from what lies under the print.
fn bands(profile: &[f32]) -> Vec<Band> {
    let ground = nth(profile, profile.len() / 4);
    let mut bands: Vec<Band> = Vec::new();
    for y in 2..profile.len().saturating_sub(2) {
        let peak = profile[y];
        let highest = profile[y - 2..=y + 2].iter().all(|&value| value <= peak);
        if !highest
            || peak < FAINTEST
            || bands.last().is_some_and(|band| y as f32 <= band.middle + band.height / 2.0)
        {
            continue;
        }
        let level = ground + 0.55 * (peak - ground);
        let up = profile[..y].iter().rev().take_while(|&&value| value > level).count();
        let below = profile[y..].iter().take_while(|&&value| value > level).count();
        let height = (up + below) as f32;
        if (4.0..=60.0).contains(&height) {
            let middle = (y - up) as f32 + height / 2.0;
            bands.push(Band { middle, height, strength: peak });
        }
    }
    let mut bands = highest_first(&bands, |band| band.strength);
    bands.truncate(MOST_BANDS);
    bands
}
