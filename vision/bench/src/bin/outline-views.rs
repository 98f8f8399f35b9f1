//! What the network of `vestibule_vision::outline` learns from: small views of made-up frames, and where
//! the document is. `cargo run --release -p vestibule-vision-bench --bin outline-views -- FILE COUNT [FROM]`
//! writes a record for each: width and height as little-endian `u16`, a byte that says what it is (0: no
//! document, 1: a document, 2: one that is cut off), then the corners as eight `f32` from 0 to 1 of the view,
//! then its pixels.

use std::error::Error;

use vestibule_vision::outline::View;
use vestibule_vision_bench::{Conditions, Seeds, Studio, asked};

/// The shapes of frames: wide ones of web cameras, and tall ones of phones. The network knows no shape, and what it
/// learns from must have one.
const SIZES: [(usize, usize); 3] = [(480, 270), (480, 270), (270, 480)];

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(path), Some(count)) = (words.next(), words.next()) else {
        return Err("outline-views FILE COUNT [FROM]".into());
    };
    let from: u64 = words.next().map_or(Ok(0), |from| from.parse())?;
    let end = from + count.parse::<u64>()?;
    asked::write(&path, from..end, record)
}

fn record(studio: &Studio, index: u64) -> Vec<u8> {
    let (width, height) = SIZES[(index % 3) as usize];
    let wide = Conditions { roll: 30.0, fill: [0.3, 0.98], ..Conditions::hard() };
    let conditions = match index % 10 {
        0..=3 => wide,
        4..=6 => Conditions::usual(),
        7 => Conditions { cut: 1.0, ..wide },
        _ => wide.empty(),
    };
    let shot = studio.shot(Seeds::Train.seed(index), &conditions.sized(width, height));
    let view = View::of(&shot.picture.frame());
    let mut record = Vec::with_capacity(40 + view.pixels.len() * 3);
    record.extend((view.width as u16).to_le_bytes());
    record.extend((view.height as u16).to_le_bytes());
    record.push(shot.truth.as_ref().map_or(0, |truth| 1 + u8::from(truth.cut)));
    let corners = shot.truth.map(|truth| truth.corners.scaled(1.0 / width as f32, 1.0 / height as f32));
    for corner in corners.map_or([Default::default(); 4], |corners| corners.0) {
        record.extend(corner.x.to_le_bytes());
        record.extend(corner.y.to_le_bytes());
    }
    record.extend(view.pixels.as_flattened());
    record
}
