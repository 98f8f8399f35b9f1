//! How wide the sharpest edges are. An edge that is blurred keeps its contrast and loses its slope; the one
//! divided by the other is its width, whatever the contrast. (The Laplacian, which many use, tells contrast
//! and noise rather than blur.)

use crate::frame::Plane;
use crate::rank::nth;

/// An edge has at least this share of the document's contrast: less is the ground's pattern.
const CONTRAST: f32 = 0.25;

/// And at least so many steps of brightness: less are the squares of JPEG.
const LEAST: f32 = 12.0;

/// And so many deviations of the noise: of a hundred thousand places that are even, a few differ by so much.
const ABOVE_NOISE: f32 = 7.0;

/// An edge goes on while each pixel changes by an eighth of its contrast at least. A pixel of noise ends none
/// that matters.
const ENDS: i32 = 8;

/// From side to side of an edge, in pixels. What is wider is a shade.
const WIDEST: usize = 24;

/// So many edges are enough to say: fewer are a line or two.
const ENOUGH: usize = 40;

/// The width of the sharpest quarter's last edge, in thousandths of the longer side; the larger of rows and
/// columns, since motion blurs what lies across it only. `None` where there are too few edges.
pub(super) fn edge_width(flat: &Plane, contrast: f32) -> Option<f32> {
    // Smoothed rows are sums of four.
    let least = 4.0 * (CONTRAST * contrast).max(LEAST).max(ABOVE_NOISE * noise(flat));
    let least = least as i32;
    let (width, height) = (flat.width(), flat.height());
    let mut across = Vec::new();
    let mut row = vec![0; width];
    for y in (2..height.saturating_sub(2)).step_by(3) {
        let [above, here, below] = [y - 1, y, y + 1].map(|y| flat.row(y));
        for (x, value) in row.iter_mut().enumerate() {
            *value = i32::from(above[x]) + 2 * i32::from(here[x]) + i32::from(below[x]);
        }
        edges(&row, least, &mut across);
    }
    let mut down = Vec::new();
    let mut column = vec![0; height];
    for x in (2..width.saturating_sub(2)).step_by(3) {
        for (y, value) in column.iter_mut().enumerate() {
            let row = &flat.row(y)[x - 1..=x + 1];
            *value = i32::from(row[0]) + 2 * i32::from(row[1]) + i32::from(row[2]);
        }
        edges(&column, least, &mut down);
    }
    let per_thousand = 1000.0 / width.max(height) as f32;
    let [across, down] = [across, down].map(|widths| {
        let quarter = widths.len() / 4;
        let enough = widths.len() >= ENOUGH;
        enough.then(|| nth(&widths, quarter) * per_thousand)
    });
    match (across, down) {
        (Some(across), Some(down)) => Some(across.max(down)),
        (across, down) => across.or(down),
    }
}

/// The deviation of the noise: half of all pixels differ from the mean of their neighbours by 0.82 of it or
/// less, where there is no print, which is more than half of any document.
fn noise(flat: &Plane) -> f32 {
    let mut counts = [0u32; 256];
    for y in (0..flat.height()).step_by(4) {
        for three in flat.row(y).windows(3) {
            let mean = (u16::from(three[0]) + u16::from(three[2])).div_ceil(2);
            counts[usize::from(u16::from(three[1]).abs_diff(mean))] += 1;
        }
    }
    let whole: u32 = counts.iter().sum();
    let mut below = 0.0;
    for (differ, &count) in (0..=u8::MAX).zip(&counts) {
        let half = whole as f32 / 2.0 - below;
        if count as f32 > half {
            // Within the step of brightness, as if its pixels were spread evenly.
            return (f32::from(differ) - 0.5 + half / count as f32).max(0.0) / 0.82;
        }
        below += count as f32;
    }
    0.0
}

/// The widths of the edges in a line, in pixels.
fn edges(line: &[i32], least: i32, widths: &mut Vec<f32>) {
    let mut at = 1;
    while at + 2 < line.len() {
        let step = line[at + 1] - line[at];
        let steepest = step.abs() * ENDS >= least
            && step.abs() >= (line[at] - line[at - 1]).abs()
            && step.abs() > (line[at + 2] - line[at + 1]).abs();
        if !steepest {
            at += 1;
            continue;
        }
        let goes = |from: i32, to: i32| (to - from) * step.signum() * ENDS > step.abs();
        let (mut first, mut last) = (at, at + 1);
        while first > 0 && at - first < WIDEST / 2 && goes(line[first - 1], line[first]) {
            first -= 1;
        }
        while last + 1 < line.len() && last - at < WIDEST / 2 && goes(line[last], line[last + 1]) {
            last += 1;
        }
        let contrast = (line[last] - line[first]).abs();
        if contrast >= least {
            widths.push(contrast as f32 / step.abs() as f32);
        }
        at = last.max(at + 1);
    }
}
