//! Held-out pictures for readers that are not written in Rust: one after the other, each as a line of JSON
//! with its truth, and then its pixels (RGBA8, as many bytes as the line says). Either the frame, or a part of
//! it that the truth cuts out and lays flat, for readers that find nothing by themselves.

use std::io::{self, Write};

use serde_json::{Value, json};
use vestibule_vision::geometry::{Projection, Quad};
use vestibule_vision::rectify::rectify_colours;
use vestibule_vision_bench::{Picture, Shot, Studio, Truth};

use super::Set;

/// How wide a character of a zone that is cut out is, in pixels.
const CHARACTER: f32 = 28.0;

/// What of a picture is written.
#[derive(Clone, Copy)]
pub enum Part {
    /// All.
    Frame,
    /// The zone laid flat, upright, with a margin, a character 28 pixels wide.
    Zone,
}

/// Writes the first pictures of a set.
pub fn stream(studio: &Studio, set: &Set, part: Part, count: u64, to: &mut impl Write) -> io::Result<()> {
    for index in 0..count {
        let shot = set.shot(studio, index, 0);
        let cut = match part {
            Part::Frame => None,
            Part::Zone => zone(&shot),
        };
        let picture = cut.as_ref().unwrap_or(&shot.picture);
        let line = json!({
            "width": picture.width,
            "height": picture.height,
            "bytes": picture.rgba.len(),
            "truth": shot.truth.as_ref().map(truth),
        });
        writeln!(to, "{line}")?;
        to.write_all(&picture.rgba)?;
    }
    to.flush()
}

/// The zone of a picture.
fn zone(shot: &Shot) -> Option<Picture> {
    let truth = shot.truth.as_ref()?;
    let (place, lines) = (truth.zone_place?, truth.zone.as_ref()?.lines());
    let wide = lines.clone().next()?.len() as f32 * CHARACTER;
    let high = lines.count() as f32 * CHARACTER * 2.0;
    let onto = Projection::onto(&place, wide, high)?;
    let margin = CHARACTER * 1.2;
    let around = Quad::rectangle(-margin, -margin, wide + margin, high + margin);
    let around = Quad(around.0.map(|corner| onto.place(corner.x, corner.y)));
    let (width, height) = ((wide + 2.0 * margin) as usize, (high + 2.0 * margin) as usize);
    let rgba = rectify_colours(&shot.picture.frame(), &around, width, height)?;
    Some(Picture { width, height, rgba })
}

fn truth(truth: &Truth) -> Value {
    json!({
        "kind": format!("{:?}", truth.kind),
        "turn": truth.turn,
        "corners": corners(&truth.corners),
        "zone": truth.zone,
        "zone_place": truth.zone_place.as_ref().map(corners),
        "barcode": truth.barcode,
    })
}

fn corners(quad: &Quad) -> Value {
    Value::from_iter(quad.0.map(|corner| json!([corner.x, corner.y])))
}
