//! What the network of `vestibule_vision::lie` learns from: textures of made-up documents that were laid flat
//! by about their corners. `cargo run --release -p vestibule-vision-bench --bin lie-views -- FILE COUNT`
//! writes a record for each: a byte for the side (0 front or a page with a portrait, 1 back), one for whether
//! the print is upside down once the longer sides are above and below, then the texture as `f32`.

use std::error::Error;

use vestibule_vision::geometry::Point;
use vestibule_vision::geometry::Quad;
use vestibule_vision::lie::Texture;
use vestibule_vision::look;
use vestibule_vision::report::Side;
use vestibule_vision_bench::random::Random;
use vestibule_vision_bench::{Conditions, Seeds, Studio, asked};

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(path), Some(count)) = (words.next(), words.next()) else {
        return Err("lie-views FILE COUNT".into());
    };
    let count: u64 = count.parse()?;
    asked::write(&path, 0..count, record)
}

fn record(studio: &Studio, index: u64) -> Vec<u8> {
    // Other seeds than those of the outlines, and frames in which documents are about as large as in 720p.
    let seed = Seeds::Train.seed(1_000_000 + index);
    let large = Conditions { fill: [0.75, 0.98], ..Conditions::hard() };
    let shot = studio.shot(seed, &large.sized(720, 540));
    let truth = shot.truth.expect("there is always a document");
    let mut random = Random::new(seed).part("corners");
    // As far off as outlines are.
    let off = 0.008 * truth.corners.sides()[0];
    let corners = truth
        .corners
        .0
        .map(|corner| Point::new(corner.x + random.either(off), corner.y + random.either(off)));
    let flat = look::flat(&shot.picture.frame().luma(), &Quad(corners)).expect("a proper shape");
    let texture = Texture::of(&flat);
    let back = truth.side == Some(Side::Back);
    let down = truth.turn >= 2;
    let mut record = vec![u8::from(back), u8::from(down)];
    record.extend(texture.parts.as_flattened().iter().flat_map(|value| value.to_le_bytes()));
    record
}
