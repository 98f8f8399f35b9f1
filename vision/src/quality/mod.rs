//! How well a document can be seen, once it is laid flat: what a person could change by holding still, turning
//! away from a lamp, or making light.

mod glare;
mod sharpness;

use crate::frame::Plane;
use crate::report::Quality;

/// The longer side of a flat document that is judged, in pixels. A card of 85.6 mm has 7.5 of them to a
/// millimetre: its finest print, of 0.25 mm, is two pixels wide.
pub const LENGTH: usize = 640;

/// Judges a flat document: see [`crate::rectify`]. Meant for one of which the longer side is [`LENGTH`];
/// others are judged as well, less surely.
pub fn assess(flat: &Plane) -> Quality {
    let mut counts = [0u32; 256];
    for &value in flat.pixels() {
        counts[usize::from(value)] += 1;
    }
    let sum: u64 = counts.iter().zip(0u64..).map(|(&count, value)| u64::from(count) * value).sum();
    let dark = hundredth(&counts, 5);
    let bright = hundredth(&counts, 95);
    Quality {
        edge_width: sharpness::edge_width(flat, bright - dark),
        glare: glare::share(flat),
        brightness: sum as f32 / flat.pixels().len() as f32,
        contrast: bright - dark,
    }
}

/// The value below which so many hundredths are.
fn hundredth(counts: &[u32; 256], hundredths: u64) -> f32 {
    let whole: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    let mut below = 0;
    let value = counts.iter().position(|&count| {
        below += u64::from(count);
        below * 100 > whole * hundredths
    });
    value.unwrap_or(255) as f32
}

#[cfg(test)]
mod tests;
