//! What a small network sees of a flat document: how bright each part is, and how much print stands there.

use crate::frame::Plane;

/// Parts across: each is a letter or two.
pub const WIDTH: usize = 64;

/// Parts down.
pub const HEIGHT: usize = 40;

/// What is seen of each part: its brightness, how much that changes across, and how much it changes down. Bars
/// change across alone, lines of print change both ways, and faces change little.
pub struct Texture {
    /// Row by row, [`WIDTH`] of them in each.
    pub parts: Vec<[f32; 3]>,
    /// Whether it was turned counter-clockwise by a quarter, so that its longer sides are above and below.
    pub turned: bool,
}

impl Texture {
    /// The texture of a flat document.
    pub fn of(flat: &Plane) -> Self {
        let turned = flat.height() > flat.width();
        let [width, height] = if turned { [HEIGHT, WIDTH] } else { [WIDTH, HEIGHT] };
        let mut sums = vec![[0u32; 4]; width * height];
        for y in 1..flat.height().saturating_sub(1) {
            let [above, here, below] = [y - 1, y, y + 1].map(|y| flat.row(y));
            let row = y * height / flat.height() * width;
            for x in 1..flat.width().saturating_sub(1) {
                let sum = &mut sums[row + x * width / flat.width()];
                let across = here[x + 1].abs_diff(here[x - 1]);
                let down = below[x].abs_diff(above[x]);
                let [across, down] = if turned { [down, across] } else { [across, down] };
                let seen = [here[x], across, down, 1].map(u32::from);
                *sum = [0, 1, 2, 3].map(|at| sum[at] + seen[at]);
            }
        }
        let part = |x: usize, y: usize| {
            let [brightness, across, down, count] =
                if turned { sums[x * width + HEIGHT - 1 - y] } else { sums[y * width + x] };
            [brightness, across, down].map(|sum| sum as f32 / count.max(1) as f32)
        };
        let parts = (0..WIDTH * HEIGHT).map(|at| part(at % WIDTH, at / WIDTH)).collect();
        Self { parts: standard(parts), turned }
    }
}

/// The same by how far it is from the mean, whatever the light: brightness in units of how far it usually is,
/// changes in units of their mean.
fn standard(parts: Vec<[f32; 3]>) -> Vec<[f32; 3]> {
    let mean = |value: fn(&[f32; 3]) -> f32| parts.iter().map(value).sum::<f32>() / parts.len() as f32;
    let brightness = mean(|part| part[0]);
    let spread = (mean(|part| part[0] * part[0]) - brightness * brightness).max(0.0).sqrt();
    // Noise of a sensor alone makes no texture.
    let changes = (mean(|part| part[1]) + mean(|part| part[2])) / 2.0 + 2.0;
    parts
        .into_iter()
        .map(|[bright, across, down]| {
            [(bright - brightness) / (spread + 4.0), across / changes - 1.0, down / changes - 1.0]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_stands_is_laid_down() {
        // Dark above, with bars; print reads from the left when it lies.
        let lying = Plane::of(320, 200, |x, y| if y < 60 { (x % 4 * 40) as u8 } else { 200 });
        // The same with its print turned clockwise by a quarter.
        let standing = Plane::of(200, 320, |x, y| lying.row(199 - x)[y]);
        let [lying, standing] = [&lying, &standing].map(Texture::of);
        assert!(!lying.turned && standing.turned);
        let differ =
            lying.parts.iter().zip(&standing.parts).filter(|(a, b)| (a[0] - b[0]).abs() > 0.05).count();
        assert!(differ < 10, "{differ}");
        let [_, across, down] = lying.parts[5 * WIDTH + 30];
        assert!(across > 1.0 && down < 0.0);
    }

    #[test]
    fn any_size_has_a_texture() {
        for (width, height) in [(1, 1), (1, 900), (65, 2)] {
            let texture = Texture::of(&Plane::of(width, height, |x, y| (x * y) as u8));
            assert!(texture.parts.iter().flatten().all(|value| value.is_finite()));
        }
    }
}
