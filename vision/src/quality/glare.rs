//! Where light outshines what stands on a document. White paper is no glare: it is as bright as the paper
//! around it. Nor is a white label: what is printed on it is dark, and a lamp makes ink bright too.

use crate::frame::Plane;
use crate::rank::nth;

/// The longer side in squares: each is about a millimetre of a card, as large as a letter. Print within a
/// square keeps its mean below white.
const SQUARES: usize = 80;

/// Brighter than the sensor tells apart, but for the rounding of JPEG.
const SATURATED: f32 = 249.0;

/// How much brighter than paper a saturated square is at least. Where paper itself is nearly white, whether a
/// lamp shines on it cannot be told, and little of the print is lost.
const ABOVE_PAPER: f32 = 16.0;

/// Nothing printed is so much brighter than most of a document: its ground reflects 60 % of the light and
/// more, and the whitest paper 90 %. What is, is a lamp, even where the picture as a whole is dark.
const BRIGHTER: f32 = 1.55;

/// And so many steps of brightness on top, for the noise of dark pictures.
const NOISE: f32 = 12.0;

/// The share of a flat document that is outshone.
pub(super) fn share(flat: &Plane) -> f32 {
    let length = flat.width().max(flat.height());
    let [width, height] = [flat.width(), flat.height()].map(|side| (side * SQUARES / length).max(1));
    let squares = flat.shrink(width, height);
    let darkest = darkest(flat, width, height);
    let means: Vec<f32> = squares.pixels().iter().map(|&mean| f32::from(mean)).collect();
    // Paper without print, but not its brightest part: a lamp may cover a fifth.
    let paper = nth(&means, means.len() * 3 / 5);
    let limit = SATURATED.max(paper + ABOVE_PAPER).min(paper * BRIGHTER + NOISE);
    let outshone = |(mean, darkest): (&u8, &u8)| f32::from(*mean) >= limit && f32::from(*darkest) > paper;
    let count = squares.pixels().iter().zip(&darkest).filter(|&square| outshone(square)).count();
    count as f32 / darkest.len() as f32
}

/// The darkest pixel of each square.
fn darkest(flat: &Plane, width: usize, height: usize) -> Vec<u8> {
    let mut darkest = vec![u8::MAX; width * height];
    for y in 0..flat.height() {
        let squares = &mut darkest[y * height / flat.height() * width..][..width];
        for (x, square) in squares.iter_mut().enumerate() {
            let [first, end] = [x, x + 1].map(|x| x * flat.width() / width);
            let row = &flat.row(y)[first..end.max(first + 1)];
            *square = row.iter().copied().fold(*square, u8::min);
        }
    }
    darkest
}
