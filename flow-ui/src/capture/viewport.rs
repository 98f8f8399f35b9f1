//! Where the guide stands on the stage, and which pixels of the video it shows.
//!
//! The *stage* is the box on the page, in CSS pixels, which the video covers as `object-fit: cover`
//! does: scaled evenly until no part of the box is empty, centred, the overhang cut off. The
//! *frame* is the video's own picture, in its own pixels.

/// A width and a height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// A rectangle; the origin is the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// What the guide outlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    /// A card of format ID-1 (ISO/IEC 7810): 85.6 × 54 mm.
    Card,
    /// The data page of a passport, format ID-3: 125 × 88 mm.
    Passport,
    /// A face: the bounding box of an oval, 3 : 4.
    Face,
}

/// What the guide leaves free on each side of the stage, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    /// Above.
    pub top: f64,
    /// To the right.
    pub right: f64,
    /// Below.
    pub bottom: f64,
    /// To the left.
    pub left: f64,
}

/// How much is kept around the guide, as a part of its width and of its height: nobody holds a
/// document exactly in the frame.
pub const CROP_MARGIN: f64 = 0.08;

impl Guide {
    /// Width divided by height.
    pub const fn aspect(self) -> f64 {
        match self {
            Self::Card => 85.6 / 54.0,
            Self::Passport => 125.0 / 88.0,
            Self::Face => 3.0 / 4.0,
        }
    }

    /// The largest guide that the margins leave room for, centred in that room.
    pub fn place(self, stage: Size, margins: Margins) -> Rect {
        let room = Size {
            width: (stage.width - margins.left - margins.right).max(0.0),
            height: (stage.height - margins.top - margins.bottom).max(0.0),
        };
        let width = room.width.min(room.height * self.aspect());
        let height = width / self.aspect();
        Rect {
            x: margins.left + (room.width - width) / 2.0,
            y: margins.top + (room.height - height) / 2.0,
            width,
            height,
        }
    }
}

impl Margins {
    /// The usual ones. Upright, the title is above and the sentence and the shutter are below;
    /// lying, the shutter is at the right, under the thumb, and as much is free at the left, so
    /// that the guide stays in the middle.
    pub fn usual(stage: Size) -> Self {
        if stage.height >= stage.width {
            let side = stage.width * 0.06;
            Self { top: stage.height * 0.12, right: side, bottom: stage.height * 0.28, left: side }
        } else {
            let side = (stage.width * 0.16).clamp(96.0, 160.0).min(stage.width * 0.25);
            Self { top: stage.height * 0.1, right: side, bottom: stage.height * 0.18, left: side }
        }
    }
}

/// A frame on a stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    frame: Size,
    mirrored: bool,
    scale: f64,
    overhang_x: f64,
    overhang_y: f64,
}

impl Viewport {
    /// `frame` covers `stage`; `mirrored` when the page shows it the other way round, as people
    /// expect of their own face. `None` while one of them has no size yet.
    pub fn cover(frame: Size, stage: Size, mirrored: bool) -> Option<Self> {
        if !(frame.width > 0.0 && frame.height > 0.0 && stage.width > 0.0 && stage.height > 0.0) {
            return None;
        }
        let scale = (stage.width / frame.width).max(stage.height / frame.height);
        Some(Self {
            frame,
            mirrored,
            scale,
            overhang_x: (frame.width * scale - stage.width) / 2.0,
            overhang_y: (frame.height * scale - stage.height) / 2.0,
        })
    }

    /// Where a part of the frame is seen on the stage.
    pub fn to_stage(&self, part: Rect) -> Rect {
        Rect {
            x: self.turned(part).x * self.scale - self.overhang_x,
            y: part.y * self.scale - self.overhang_y,
            width: part.width * self.scale,
            height: part.height * self.scale,
        }
    }

    /// What part of the frame is seen in a part of the stage.
    pub fn to_frame(&self, part: Rect) -> Rect {
        self.turned(Rect {
            x: (part.x + self.overhang_x) / self.scale,
            y: (part.y + self.overhang_y) / self.scale,
            width: part.width / self.scale,
            height: part.height / self.scale,
        })
    }

    /// The pixels of the frame that belong to a picture of what is in `guide`: with
    /// [`CROP_MARGIN`] around it, on whole pixels, never beyond the frame.
    pub fn crop(&self, guide: Rect) -> Rect {
        let (more_x, more_y) = (guide.width * CROP_MARGIN, guide.height * CROP_MARGIN);
        let wanted = self.to_frame(Rect {
            x: guide.x - more_x,
            y: guide.y - more_y,
            width: guide.width + 2.0 * more_x,
            height: guide.height + 2.0 * more_y,
        });
        let (x, width) = within(wanted.x, wanted.width, self.frame.width);
        let (y, height) = within(wanted.y, wanted.height, self.frame.height);
        Rect { x, y, width, height }
    }

    /// The same part of the frame, counted from the other side where the page mirrors it.
    fn turned(&self, part: Rect) -> Rect {
        let x = if self.mirrored { self.frame.width - part.x - part.width } else { part.x };
        Rect { x, ..part }
    }
}

/// Start and length of a stretch on whole pixels within `0..end`; all of it when nothing is left.
fn within(start: f64, length: f64, end: f64) -> (f64, f64) {
    let first = start.floor().max(0.0);
    let last = (start + length).ceil().min(end);
    if last > first { (first, last - first) } else { (0.0, end) }
}

/// The size of a picture whose longer side is at most `longest` pixels: scaled down evenly, never
/// up, and never to nothing.
pub fn fit(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= longest {
        return (width, height);
    }
    let scaled = |side: u32| {
        // Rounded to the nearest; the product of two `u32` has room in a `u64`.
        let side = (u64::from(side) * u64::from(longest) + u64::from(long) / 2) / u64::from(long);
        (side as u32).max(1)
    };
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HD: Size = Size { width: 1920.0, height: 1080.0 };
    const PHONE: Size = Size { width: 390.0, height: 844.0 };
    const LYING_PHONE: Size = Size { width: 844.0, height: 390.0 };
    const DESKTOP: Size = Size { width: 640.0, height: 480.0 };
    const NO_MARGINS: Margins = Margins { top: 0.0, right: 0.0, bottom: 0.0, left: 0.0 };

    fn near(left: Rect, right: Rect) -> bool {
        [left.x - right.x, left.y - right.y, left.width - right.width, left.height - right.height]
            .iter()
            .all(|difference| difference.abs() < 1e-6)
    }

    #[test]
    fn a_guide_keeps_its_aspect_and_its_margins_on_every_stage() {
        for stage in [PHONE, LYING_PHONE, DESKTOP, Size { width: 320.0, height: 320.0 }] {
            let margins = Margins::usual(stage);
            for guide in [Guide::Card, Guide::Passport, Guide::Face] {
                let rect = guide.place(stage, margins);
                assert!((rect.width / rect.height - guide.aspect()).abs() < 1e-9);
                assert!(rect.width > 100.0 && rect.height > 100.0);
                assert!(rect.x >= margins.left - 1e-9 && rect.y >= margins.top - 1e-9);
                assert!(rect.x + rect.width <= stage.width - margins.right + 1e-9);
                assert!(rect.y + rect.height <= stage.height - margins.bottom + 1e-9);
            }
        }
    }

    #[test]
    fn a_card_uses_the_width_of_an_upright_phone() {
        let rect = Guide::Card.place(PHONE, Margins::usual(PHONE));
        assert!(rect.width > 0.85 * PHONE.width);
        assert!((rect.x * 2.0 + rect.width - PHONE.width).abs() < 1e-9, "it stands in the middle");
    }

    #[test]
    fn a_stage_smaller_than_its_margins_has_an_empty_guide() {
        let margins = Margins { top: 50.0, right: 50.0, bottom: 50.0, left: 50.0 };
        let rect = Guide::Face.place(Size { width: 80.0, height: 200.0 }, margins);
        assert_eq!((rect.width, rect.height), (0.0, 0.0));
    }

    #[test]
    fn a_wide_frame_overhangs_an_upright_stage_on_both_sides() {
        let view = Viewport::cover(HD, PHONE, false).expect("both have a size");
        let seen = view.to_frame(Rect { x: 0.0, y: 0.0, width: 390.0, height: 844.0 });
        let width = 390.0 * 1080.0 / 844.0;
        assert!(near(seen, Rect { x: (1920.0 - width) / 2.0, y: 0.0, width, height: 1080.0 }));
    }

    #[test]
    fn there_and_back_is_the_same_part() {
        let part = Rect { x: 700.0, y: 200.0, width: 240.0, height: 130.0 };
        for stage in [PHONE, LYING_PHONE, DESKTOP] {
            for mirrored in [false, true] {
                let view = Viewport::cover(HD, stage, mirrored).expect("both have a size");
                assert!(near(view.to_frame(view.to_stage(part)), part));
            }
        }
    }

    #[test]
    fn a_mirrored_stage_shows_the_left_of_the_frame_at_its_right() {
        let stage = Size { width: 960.0, height: 540.0 };
        let view = Viewport::cover(HD, stage, true).expect("both have a size");
        let part = Rect { x: 0.0, y: 0.0, width: 200.0, height: 100.0 };
        assert!(near(view.to_stage(part), Rect { x: 860.0, y: 0.0, width: 100.0, height: 50.0 }));
    }

    #[test]
    fn a_crop_is_the_guide_and_a_margin_on_whole_pixels() {
        let stage = Size { width: 960.0, height: 540.0 };
        let view = Viewport::cover(HD, stage, false).expect("both have a size");
        let crop = view.crop(Rect { x: 280.0, y: 145.0, width: 400.0, height: 250.0 });
        assert_eq!(crop, Rect { x: 496.0, y: 250.0, width: 928.0, height: 580.0 });
    }

    #[test]
    fn a_crop_ends_where_the_frame_ends() {
        let stage = Size { width: 1920.0, height: 1080.0 };
        let view = Viewport::cover(HD, stage, true).expect("both have a size");
        let guide = Guide::Card.place(stage, NO_MARGINS);
        let crop = view.crop(guide);
        assert!(crop.x >= 0.0 && crop.x + crop.width <= 1920.0);
        assert_eq!((crop.y, crop.height), (0.0, 1080.0));
    }

    #[test]
    fn a_guide_without_a_size_gives_the_whole_frame() {
        let view = Viewport::cover(HD, DESKTOP, false).expect("both have a size");
        let crop = view.crop(Rect { x: -900.0, y: -900.0, width: 0.0, height: 0.0 });
        assert_eq!(crop, Rect { x: 0.0, y: 0.0, width: 1920.0, height: 1080.0 });
    }

    #[test]
    fn nothing_covers_nothing() {
        let nothing = Size { width: 0.0, height: 0.0 };
        assert_eq!(Viewport::cover(nothing, PHONE, false), None);
        assert_eq!(Viewport::cover(HD, nothing, false), None);
        assert_eq!(Viewport::cover(HD, Size { width: f64::NAN, height: 1.0 }, false), None);
    }

    #[test]
    fn pictures_are_scaled_down_and_never_up() {
        assert_eq!(fit(4000, 3000, 2560), (2560, 1920));
        assert_eq!(fit(3000, 4000, 2560), (1920, 2560));
        assert_eq!(fit(640, 480, 2560), (640, 480));
        assert_eq!(fit(9000, 1, 1000), (1000, 1));
        assert_eq!(fit(u32::MAX, u32::MAX, 2560), (2560, 2560));
    }
}
