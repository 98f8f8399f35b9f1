//! What happens in a film: where the document is at each second, and what is wrong with it then.

use super::Film;
use super::manner::Manner;

/// How long a document needs to come, in seconds.
const COMES: f32 = 0.8;
/// A card is held too far away at first: it fills so much of what it fills in the end.
const FAR: f32 = 0.55;
/// When that card begins to come, to be brought nearer, to be near, to be seen in a lamp's light, and to lie steady. Each
/// lasts until a person has read what is to be done about it, on a slow device too.
const BEGINS: f32 = 0.8;
const NEARS: f32 = 4.2;
const NEAR: f32 = 4.8;
const MIRRORS: f32 = 7.4;
const STEADY: f32 = 10.2;

/// What one picture of a film shows of a document.
pub(super) struct Moment {
    /// Its middle, as a share of the frame away from where it lies in the end.
    pub away: [f32; 2],
    pub fill: f32,
    pub roll: f32,
    pub tilt: f32,
    /// Out of focus by so many pixels.
    pub focus: f32,
    /// How far it moved while the shutter was open, in pixels.
    pub motion: [f32; 2],
    /// Where on the document a lamp is mirrored, as a share of its width.
    pub lamp: Option<f32>,
}

impl Film {
    /// How many seconds pass until it is steady.
    pub(super) fn arrival(self) -> f32 {
        match self {
            Self::CardArrives => STEADY,
            Self::Empty => 0.8,
            Self::Passport | Self::LicenceBack => 1.6,
        }
    }

    /// What is shown of the document at this second; nothing as long as it is not there yet.
    pub(super) fn moment(self, manner: &Manner, second: f32) -> Option<Moment> {
        match self {
            Self::CardArrives => Moment::of_card(manner, second),
            Self::Empty => None,
            Self::Passport | Self::LicenceBack => {
                let focus = if second < self.arrival() { 1.6 } else { 0.4 };
                Moment::coming(manner, second - 0.4, 1.0)
                    .map(|moment| Moment { focus: moment.focus.max(focus), ..moment })
            }
        }
    }
}

impl Moment {
    fn steady(manner: &Manner) -> Self {
        let &Manner { fill, roll, tilt, .. } = manner;
        Self { away: [0.0; 2], fill, roll, tilt, focus: 0.4, motion: [0.3, 0.2], lamp: None }
    }

    /// It comes from beside the frame to where it lies, and fills such a part of what it fills in the end.
    fn coming(manner: &Manner, since: f32, part: f32) -> Option<Self> {
        let left = 1.0 - since / COMES;
        if left > 1.0 {
            return None;
        }
        let steady = Self::steady(manner);
        let fill = steady.fill * part;
        if left <= 0.0 {
            return Some(Self { fill, ..steady });
        }
        let squared = left * left;
        Some(Self {
            away: manner.from.map(|from| from * squared),
            fill: fill * (1.0 - 0.4 * squared),
            roll: manner.roll + 16.0 * squared,
            tilt: manner.tilt + 16.0 * squared,
            focus: 1.2 + 2.0 * squared,
            motion: [30.0 * left + 2.0, 14.0 * left],
            lamp: None,
        })
    }

    /// A card comes, too far away; then nearer, where first the lens has to find it, and then a lamp wanders over it.
    fn of_card(manner: &Manner, second: f32) -> Option<Self> {
        let steady = Self::steady(manner);
        match second {
            ..NEARS => Self::coming(manner, second - BEGINS, FAR),
            ..NEAR => {
                let done = (second - NEARS) / (NEAR - NEARS);
                let fill = steady.fill * (FAR + (1.0 - FAR) * done);
                Some(Self { fill, focus: 3.0, motion: [4.0, 2.0], ..steady })
            }
            ..MIRRORS => Some(Self { focus: 4.5, ..steady }),
            ..STEADY => {
                let across = 0.15 + 0.7 * (second - MIRRORS) / (STEADY - MIRRORS);
                Some(Self { lamp: Some(across), ..steady })
            }
            _ => Some(steady),
        }
    }
}
