//! Angles, to a millionth: sine, cosine, and the direction of a step. Those of the standard library are exact to
//! the last bit for numbers of any size, and what they need for that would weigh as much as a network.

use std::f32::consts::{FRAC_2_PI, FRAC_PI_2, FRAC_PI_4, PI};

/// Sine and cosine of an angle in radians. Both are right to a millionth up to a thousand turns.
pub(crate) fn sin_cos(angle: f32) -> (f32, f32) {
    let quarters = (angle * FRAC_2_PI).round();
    // At most an eighth of a turn: Taylor's series are short there.
    let left = (f64::from(angle) - f64::from(quarters) * std::f64::consts::FRAC_PI_2) as f32;
    let square = left * left;
    let sine = left * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0)));
    let cosine = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    match quarters as i32 & 3 {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

/// The direction of a step in radians, from −π to π, counted from `x` towards `y`. Right to a millionth; 0 where
/// nothing is stepped.
pub(crate) fn direction(y: f32, x: f32) -> f32 {
    let (across, down) = (x.abs(), y.abs());
    let (longer, shorter) = if down > across { (down, across) } else { (across, down) };
    let slope = shorter / longer.max(f32::MIN_POSITIVE);
    // The angle from an eighth of a turn on, where that is nearer.
    let (from, slope) =
        if slope > 0.414_213_57 { (FRAC_PI_4, (slope - 1.0) / (slope + 1.0)) } else { (0.0, slope) };
    let square = slope * slope;
    let series =
        [13.0, -11.0, 9.0, -7.0, 5.0, -3.0f32].into_iter().fold(0.0, |sum, odd| (sum + 1.0 / odd) * square);
    let angle = from + slope + slope * series;
    let angle = if down > across { FRAC_PI_2 - angle } else { angle };
    let angle = if x < 0.0 { PI - angle } else { angle };
    if y < 0.0 { -angle } else { angle }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_and_cosine_are_right_to_a_millionth() {
        for step in -40_000..40_000 {
            let angle = step as f32 * 0.1571;
            let (sine, cosine) = sin_cos(angle);
            let (true_sine, true_cosine) = f64::from(angle).sin_cos();
            assert!((f64::from(sine) - true_sine).abs() < 1e-6, "{angle}");
            assert!((f64::from(cosine) - true_cosine).abs() < 1e-6, "{angle}");
        }
    }

    #[test]
    fn a_direction_is_right_to_a_millionth() {
        for step in 0..10_000 {
            let (y, x) = (f64::from(step) * 0.002).sin_cos();
            for length in [1e-3, 1.0, 4e4] {
                let (y, x) = ((y * length) as f32, (x * length) as f32);
                let truth = f64::from(y).atan2(f64::from(x));
                assert!((f64::from(direction(y, x)) - truth).abs() < 1e-6, "{y} {x}");
            }
        }
        assert_eq!(direction(0.0, 0.0), 0.0);
    }
}
