//! Held-out pictures for readers that are not written in Rust: one after the other, each as a line of JSON
//! with its truth, and then its pixels (RGBA8, as many bytes as the line says).

use std::io::{self, Write};

use serde_json::{Value, json};
use vestibule_vision::geometry::Quad;
use vestibule_vision_bench::{Studio, Truth};

use super::Set;

/// Writes the first pictures of a set.
pub fn stream(studio: &Studio, set: &Set, count: u64, to: &mut impl Write) -> io::Result<()> {
    for index in 0..count {
        let shot = set.shot(studio, index, 0);
        let picture = &shot.picture;
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
