//! What is drawn on: colours as numbers, with edges that are exact to a part of a pixel.

use vestibule_vision::frame::Frame;
use vestibule_vision::geometry::Point;

/// Red, green and blue, 0 to 255 each; what is brighter is cut when the picture is taken.
pub type Colour = [f32; 3];

/// A colour of one brightness.
pub const fn grey(value: f32) -> Colour {
    [value; 3]
}

/// One colour mixed with a share of another.
#[inline]
pub fn mix(one: Colour, other: Colour, share: f32) -> Colour {
    [0, 1, 2].map(|channel| one[channel] + (other[channel] - one[channel]) * share)
}

/// A colour made brighter or darker.
pub fn lit(colour: Colour, factor: f32) -> Colour {
    colour.map(|value| value * factor)
}

/// A surface of `width × height`, row-major.
#[derive(Clone)]
pub struct Canvas {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Row by row.
    pub pixels: Vec<Colour>,
}

/// A picture as a camera gives it.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// Row-major RGBA8; alpha is whole.
    pub rgba: Vec<u8>,
}

impl Picture {
    /// As the readers take it.
    pub fn frame(&self) -> Frame<'_> {
        Frame::new(self.width, self.height, &self.rgba).expect("a picture has as many bytes as it says")
    }
}

impl Canvas {
    /// A surface of one colour.
    pub fn new(width: usize, height: usize, colour: Colour) -> Self {
        Self { width, height, pixels: vec![colour; width * height] }
    }

    /// A surface of which each pixel is computed from its middle.
    pub fn of(width: usize, height: usize, mut colour: impl FnMut(f32, f32) -> Colour) -> Self {
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            pixels.extend((0..width).map(|x| colour(x as f32 + 0.5, y as f32 + 0.5)));
        }
        Self { width, height, pixels }
    }

    /// Lays a colour over one pixel, which may be outside.
    #[inline]
    pub fn cover(&mut self, x: i64, y: i64, colour: Colour, share: f32) {
        if x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height {
            let pixel = &mut self.pixels[y as usize * self.width + x as usize];
            *pixel = mix(*pixel, colour, share.clamp(0.0, 1.0));
        }
    }

    /// Draws a shape that is given by how far a place is outside of it, in pixels, within a box
    /// `[left, top, right, bottom]` that holds it whole. The colour may differ from place to place.
    pub fn shape(
        &mut self,
        within: [f32; 4],
        outside: impl Fn(f32, f32) -> f32,
        colour: impl Fn(f32, f32) -> Colour,
    ) {
        self.shade(within, |x, y| (colour(x, y), 0.5 - outside(x, y)));
    }

    /// Lays colours over a part of the surface, each with the share that it covers.
    pub fn shade(&mut self, within: [f32; 4], colour: impl Fn(f32, f32) -> (Colour, f32)) {
        let [left, top, right, bottom] = within;
        let span = |low: f32, high: f32, end: usize| {
            (low - 1.0).floor().clamp(0.0, end as f32) as usize
                ..(high + 2.0).ceil().clamp(0.0, end as f32) as usize
        };
        for y in span(top, bottom, self.height) {
            for x in span(left, right, self.width) {
                let (colour, share) = colour(x as f32 + 0.5, y as f32 + 0.5);
                if share > 0.0 {
                    let pixel = &mut self.pixels[y * self.width + x];
                    *pixel = mix(*pixel, colour, share.min(1.0));
                }
            }
        }
    }

    /// A rectangle `[left, top, right, bottom]`, its corners rounded.
    pub fn rectangle(&mut self, [left, top, right, bottom]: [f32; 4], radius: f32, colour: Colour) {
        let outside = |x: f32, y: f32| rounded(x, y, [left, top, right, bottom], radius);
        self.shape([left, top, right, bottom], outside, |_, _| colour);
    }

    /// An ellipse around a middle.
    pub fn ellipse(&mut self, middle: Point, across: f32, down: f32, colour: Colour) {
        let within = [middle.x - across, middle.y - down, middle.x + across, middle.y + down];
        let outside = |x: f32, y: f32| {
            (((x - middle.x) / across).hypot((y - middle.y) / down) - 1.0) * across.min(down)
        };
        self.shape(within, outside, |_, _| colour);
    }

    /// A line with round ends.
    pub fn line(&mut self, from: Point, to: Point, width: f32, colour: Colour) {
        let half = width / 2.0;
        let within = [
            from.x.min(to.x) - half,
            from.y.min(to.y) - half,
            from.x.max(to.x) + half,
            from.y.max(to.y) + half,
        ];
        self.shape(within, |x, y| beside(Point::new(x, y), from, to) - half, |_, _| colour);
    }

    /// A shape with straight sides, convex, its corners clockwise.
    pub fn polygon(&mut self, corners: &[Point], colour: impl Fn(f32, f32) -> Colour) {
        let fold = |pick: fn(&Point) -> f32, choose: fn(f32, f32) -> f32, from: f32| {
            corners.iter().map(pick).fold(from, choose)
        };
        let within = [
            fold(|c| c.x, f32::min, f32::MAX),
            fold(|c| c.y, f32::min, f32::MAX),
            fold(|c| c.x, f32::max, f32::MIN),
            fold(|c| c.y, f32::max, f32::MIN),
        ];
        self.shape(within, |x, y| outside_of(corners, x, y), colour);
    }

    /// As a camera stores it: each channel 0 to 255, whole.
    pub fn picture(&self) -> Picture {
        let byte = |value: f32| (value + 0.5).clamp(0.0, 255.0) as u8;
        let rgba = self.pixels.iter().flat_map(|&[r, g, b]| [byte(r), byte(g), byte(b), u8::MAX]).collect();
        Picture { width: self.width, height: self.height, rgba }
    }

    /// The colour at a place, between the four pixels around it. Beyond the edge the outermost go on.
    #[inline]
    pub fn at(&self, x: f32, y: f32) -> Colour {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (column, row) = (x as usize, y as usize);
        let (across, down) = (x - column as f32, y - row as f32);
        let right = (column + 1).min(self.width - 1);
        let upper = &self.pixels[row * self.width..];
        let lower = &self.pixels[(row + 1).min(self.height - 1) * self.width..];
        mix(mix(upper[column], upper[right], across), mix(lower[column], lower[right], across), down)
    }
}

/// How far a place is outside a rectangle `[left, top, right, bottom]` with rounded corners; negative inside.
pub fn rounded(x: f32, y: f32, [left, top, right, bottom]: [f32; 4], radius: f32) -> f32 {
    let dx = (left + radius - x).max(x - right + radius);
    let dy = (top + radius - y).max(y - bottom + radius);
    if dx > 0.0 && dy > 0.0 { (dx * dx + dy * dy).sqrt() - radius } else { dx.max(dy) - radius }
}

/// How far a place is outside a convex shape with clockwise corners; negative inside.
pub fn outside_of(corners: &[Point], x: f32, y: f32) -> f32 {
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).fold(f32::MIN, |far, (&a, &b)| {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        far.max(((x - a.x) * dy - (y - a.y) * dx) / dx.hypot(dy).max(1e-6))
    })
}

/// How far a place is from a straight line between two others.
pub fn beside(place: Point, from: Point, to: Point) -> f32 {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let along = ((place.x - from.x) * dx + (place.y - from.y) * dy) / (dx * dx + dy * dy).max(1e-6);
    place.distance(from.toward(to, along.clamp(0.0, 1.0)))
}
