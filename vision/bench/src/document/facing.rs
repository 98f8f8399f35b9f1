//! The rest of an open passport: the page above the one with the portrait, and the cover below both.

use vestibule_vision::geometry::Quad;

use super::{Beside, Kind};
use crate::canvas::{Canvas, lit};
use crate::fonts::Fonts;
use crate::random::Random;

/// The page beyond the fold and the cover, in the order in which they lie; in some cases neither, as when
/// the page is all that is shown.
pub(super) fn booklet(density: f32, fonts: &Fonts, random: &mut Random) -> Vec<Beside> {
    let [width, height] = Kind::Passport.size();
    if random.chance(0.15) {
        return Vec::new();
    }
    // The page beyond bends up from the fold, so it seems shorter.
    let seen = height * random.between(0.8, 1.0);
    let mut layers = Vec::new();
    if random.chance(0.5) {
        let rim = random.between(0.3, 1.3);
        let leather =
            *random.pick(&[[30.0, 34.0, 62.0], [84.0, 22.0, 30.0], [24.0, 52.0, 40.0], [30.0, 28.0, 28.0]]);
        layers.push(Beside {
            place: Quad::rectangle(-rim, -seen - rim, width + rim, height + rim),
            print: Canvas::new(8, 8, leather),
            density: 8.0 / width,
        });
    }
    layers.push(Beside {
        place: Quad::rectangle(random.either(0.8), -seen, width + random.either(0.8), 0.0),
        print: page(width, height, density * 0.6, fonts, random),
        density: density * 0.6,
    });
    layers
}

fn page(width: f32, height: f32, density: f32, fonts: &Fonts, random: &mut Random) -> Canvas {
    let mut page = super::security::ground(width, height, density, random);
    let ink = random.colour(30.0, 110.0);
    let em = random.between(2.4, 3.6) * density;
    let words = ["OBSERVATIONS", "SIGNATURE OF BEARER", "The bearer may pass freely", "VISAS", "28"];
    if random.chance(0.7) {
        for line in 0..random.whole(2, 12) {
            let base = (10.0 + 5.6 * line as f32) * density;
            let left = random.between(6.0, 12.0) * density;
            fonts.serif.print(&mut page, em, left, base, random.pick::<&str>(&words), ink);
        }
    }
    // It is darker toward the fold.
    let (depth, reach) = (random.between(0.1, 0.4), random.between(4.0, 14.0) * density);
    let end = page.height as f32;
    let columns = page.width;
    for (y, row) in page.pixels.chunks_exact_mut(columns).enumerate() {
        let shade = 1.0 - depth * (-(end - y as f32) / reach).exp();
        for pixel in row {
            *pixel = lit(*pixel, shade);
        }
    }
    page
}
