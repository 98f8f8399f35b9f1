//! How a document lies: which side of a card is up, and which way its print is turned. A small network looks
//! at where there is print, where bars, where a portrait: `vision/train/lie_net.py`. Where documents of both kinds look
//! alike, nothing is said.

mod texture;

pub use self::texture::Texture;

use crate::convolution::{Map, judged};
use crate::frame::Plane;
use crate::report::Side;

static WEIGHTS: &[u8] = include_bytes!("net.bin");
const LAYERS: [usize; 3] = [8, 12, 16];

/// What is less sure is not said.
const SURE: f32 = 0.9;

/// How a document lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lie {
    /// The side with a portrait, or the other one, where that can be told.
    pub side: Option<Side>,
    /// By how many quarters its print is turned clockwise, where that can be told.
    pub turn: Option<u8>,
}

/// How a flat document lies: see [`crate::rectify`]. Best where its longer side has 640 pixels.
pub fn of(flat: &Plane) -> Lie {
    let texture = Texture::of(flat);
    let [front, front_down, back, _] = shares(&texture);
    let sure = |share: f32| share > SURE;
    let side = match front + front_down {
        share if sure(share) => Some(Side::Front),
        share if sure(1.0 - share) => Some(Side::Back),
        _ => None,
    };
    let turned = u8::from(texture.turned);
    let turn = match front + back {
        share if sure(share) => Some(turned),
        share if sure(1.0 - share) => Some(turned + 2),
        _ => None,
    };
    Lie { side, turn }
}

/// How likely it is: a front that is upright, a front upside down, a back that is upright, one upside down.
pub fn shares(texture: &Texture) -> [f32; 4] {
    let values = texture.parts.as_flattened().to_vec();
    let picture = Map { width: texture::WIDTH, height: texture::HEIGHT, values };
    let odds = judged(WEIGHTS, LAYERS, 4, picture);
    let most = odds.iter().copied().fold(f32::MIN, f32::max);
    let shares = [0, 1, 2, 3].map(|at| (odds[at] - most).exp());
    let sum: f32 = shares.iter().sum();
    shares.map(|share| share / sum)
}
