//! What lens and sensor make of a picture: blur, noise, and the squares of JPEG.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use zune_core::bytestream::ZCursor;
use zune_jpeg::JpegDecoder;

use crate::canvas::{Canvas, Picture};
use crate::noise::Grain;
use crate::random::Random;

/// How a picture is blurred.
#[derive(Clone, Copy, Debug, Default)]
pub struct Blur {
    /// By the lens: the deviation of a Gaussian, in pixels.
    pub focus: f32,
    /// By motion while the shutter was open, in pixels: across and down.
    pub motion: [f32; 2],
}

impl Blur {
    /// Blurs a picture.
    pub fn apply(&self, canvas: &mut Canvas) {
        let [across, down] = self.motion;
        if across.hypot(down) > 0.3 {
            smear(canvas, across, down);
        }
        if self.focus > 0.05 {
            soften(canvas, self.focus);
        }
    }
}

fn smear(canvas: &mut Canvas, across: f32, down: f32) {
    let taps = (across.hypot(down).ceil() as usize + 1).clamp(2, 48);
    let source = canvas.clone();
    for (y, row) in canvas.pixels.chunks_exact_mut(source.width).enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            let mut sum = [0.0; 3];
            for tap in 0..taps {
                let share = tap as f32 / (taps - 1) as f32 - 0.5;
                let colour = source.at(x as f32 + 0.5 + across * share, y as f32 + 0.5 + down * share);
                sum = [0, 1, 2].map(|channel| sum[channel] + colour[channel]);
            }
            *pixel = sum.map(|value| value / taps as f32);
        }
    }
}

/// A Gaussian in both directions.
fn soften(canvas: &mut Canvas, sigma: f32) {
    let reach = (sigma * 3.0).ceil().max(1.0) as usize;
    let weights: Vec<f32> =
        (0..=2 * reach).map(|at| (-0.5 * ((at as f32 - reach as f32) / sigma).powi(2)).exp()).collect();
    let whole: f32 = weights.iter().sum();
    let weights: Vec<f32> = weights.iter().map(|weight| weight / whole).collect();
    let width = canvas.width;
    let mut wide = vec![[0.0; 3]; width + 2 * reach];
    for row in canvas.pixels.chunks_exact_mut(width) {
        let (first, last) = (row[0], row[width - 1]);
        wide[..reach].fill(first);
        wide[reach..reach + width].copy_from_slice(row);
        wide[reach + width..].fill(last);
        for (x, pixel) in row.iter_mut().enumerate() {
            let mut sum = [0.0; 3];
            for (weight, colour) in weights.iter().zip(&wide[x..]) {
                sum = [0, 1, 2].map(|channel| sum[channel] + weight * colour[channel]);
            }
            *pixel = sum;
        }
    }
    let source = std::mem::take(&mut canvas.pixels);
    let rows: Vec<&[[f32; 3]]> = source.chunks_exact(width).collect();
    canvas.pixels = Vec::with_capacity(source.len());
    for y in 0..rows.len() {
        let mut sums = vec![[0.0; 3]; width];
        for (at, weight) in weights.iter().enumerate() {
            let row = rows[(y + at).saturating_sub(reach).min(rows.len() - 1)];
            for (sum, colour) in sums.iter_mut().zip(row) {
                *sum = [0, 1, 2].map(|channel| sum[channel] + weight * colour[channel]);
            }
        }
        canvas.pixels.extend(sums);
    }
}

/// What the sensor stores: with noise, cut to bytes, and with the losses of JPEG where a quality is given.
pub fn store(mut canvas: Canvas, noise: f32, quality: Option<u8>, random: &mut Random) -> Picture {
    let mut grain = Grain::new(random);
    for pixel in &mut canvas.pixels {
        let [all, red, green, blue] = grain.next();
        // Bright pixels have more noise than dark ones, but it hides better there.
        let strength = noise * (0.7 + 0.3 * (pixel[1] / 255.0).clamp(0.0, 1.0));
        let own = [red, green, blue];
        *pixel = [0, 1, 2].map(|channel| pixel[channel] + strength * (0.8 * all + 0.6 * own[channel]));
    }
    let picture = canvas.picture();
    match quality {
        Some(quality) => squeezed(&picture, quality).unwrap_or(picture),
        None => picture,
    }
}

/// A picture as JPEG; `None` where it is too large for one.
pub fn jpeg(picture: &Picture, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let (width, height) = (u16::try_from(picture.width).ok()?, u16::try_from(picture.height).ok()?);
    encoder.encode(&picture.rgba, width, height, ColorType::Rgba).ok()?;
    Some(bytes)
}

fn squeezed(picture: &Picture, quality: u8) -> Option<Picture> {
    let bytes = jpeg(picture, quality)?;
    let rgb = JpegDecoder::new(ZCursor::new(bytes)).decode().ok()?;
    let (pixels, _) = rgb.as_chunks::<3>();
    let rgba = pixels.iter().flat_map(|&[red, green, blue]| [red, green, blue, u8::MAX]).collect();
    Some(Picture { width: picture.width, height: picture.height, rgba })
}
