//! Under which conditions a picture is taken.

use crate::document::Kind;

/// How large the picture is, what is before the camera, and what may go wrong. Shares are from 0 to 1: in
/// how many of the pictures it happens.
#[derive(Clone, Debug)]
pub struct Conditions {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// The kinds of documents of which one is shown; none for a scene without a document.
    pub kinds: Vec<Kind>,
    /// The least and the most that the document fills of the frame: see
    /// `vestibule_vision::report::Outline::fill`.
    pub fill: [f32; 2],
    /// How far it is rotated at most, in degrees to either side.
    pub roll: f32,
    /// How far it leans at most, in degrees.
    pub tilt: f32,
    /// Whether it may be turned by a quarter or lie upside down.
    pub turned: bool,
    /// The share that the edge of the frame cuts off.
    pub cut: f32,
    /// The share in which fingers hold it.
    pub fingers: f32,
    /// The share in which a shadow lies over it.
    pub shadow: f32,
    /// The share taken in poor light.
    pub dark: f32,
    /// The share in which a light is mirrored.
    pub glare: f32,
    /// The share in which it was moved.
    pub motion: f32,
    /// The share out of focus.
    pub defocus: f32,
    /// How strong the noise of the sensor is, 1 as usual.
    pub noise: f32,
    /// How the light differs across the picture, 1 as usual.
    pub unevenness: f32,
    /// Whether it lies before something busy: 0 never, 1 as often as not.
    pub clutter: f32,
    /// Whether pictures are stored as JPEG in between, as many cameras do.
    pub jpeg: bool,
}

impl Conditions {
    /// What people do at a web camera or a phone: a share of everything.
    pub fn usual() -> Self {
        Self {
            width: 1280,
            height: 720,
            kinds: Kind::ALL.to_vec(),
            fill: [0.45, 0.95],
            roll: 10.0,
            tilt: 25.0,
            turned: false,
            cut: 0.0,
            fingers: 0.25,
            shadow: 0.3,
            dark: 0.1,
            glare: 0.2,
            motion: 0.1,
            defocus: 0.1,
            noise: 1.0,
            unevenness: 1.0,
            clutter: 1.0,
            jpeg: true,
        }
    }

    /// Everything that may go wrong, more often and at once.
    pub fn hard() -> Self {
        Self {
            fill: [0.4, 0.95],
            roll: 15.0,
            tilt: 35.0,
            turned: true,
            fingers: 0.45,
            shadow: 0.5,
            dark: 0.25,
            glare: 0.4,
            motion: 0.2,
            defocus: 0.2,
            noise: 1.6,
            unevenness: 1.5,
            ..Self::usual()
        }
    }

    /// As usual, with documents that lie any way up; every third picture is hard.
    pub fn some_hard(index: u64) -> Self {
        if index % 3 == 2 { Self::hard() } else { Self { turned: true, ..Self::usual() } }
    }

    /// Somebody took care: the document is large, flat, sharp and well lit.
    pub fn good() -> Self {
        Self {
            fill: [0.75, 0.92],
            roll: 4.0,
            tilt: 10.0,
            fingers: 0.1,
            shadow: 0.1,
            dark: 0.0,
            glare: 0.0,
            motion: 0.0,
            defocus: 0.0,
            noise: 0.7,
            unevenness: 0.5,
            ..Self::usual()
        }
    }

    /// The same with documents of these kinds.
    pub fn of(self, kinds: &[Kind]) -> Self {
        Self { kinds: kinds.to_vec(), ..self }
    }

    /// The same at another size of picture.
    pub fn sized(self, width: usize, height: usize) -> Self {
        Self { width, height, ..self }
    }

    /// The same without a document.
    pub fn empty(self) -> Self {
        Self { kinds: Vec::new(), ..self }
    }
}
