//! Where in a picture bars stand side by side: the patches in which brightness changes far more in one
//! direction than across it.

use crate::angle::{direction, sin_cos};
use crate::frame::Plane;
use crate::geometry::{Point, Projection, Quad};
use crate::rank::{highest_first, nth};

/// A patch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patch {
    /// A rectangle around it, with room for what stands at its ends: its upper side runs across the bars, as
    /// near to the right as can be.
    pub(super) around: Quad,
    /// How much changes in it.
    energy: f32,
}

/// So many pixels are looked at, at most; of a larger picture, some.
const PIXELS: usize = 1 << 20;
/// The side of a tile, in samples.
const TILE: usize = 16;
/// The least share by which one direction outweighs the other.
const COHERENT: f32 = 0.22;
/// The least mean square of the difference between neighbours' neighbours.
const CONTRAST: f32 = 40.0;
/// So many groups of tiles are looked at, the largest ones.
const GROUPS: usize = 16;
/// So many tiles may be stronger than those of a symbol.
const STRONGEST: usize = 32;
/// The least share of the energy of a strong tile that one of a symbol has.
const FAINT: f32 = 0.12;
/// Fewer tiles than these are no symbol.
const TILES: usize = 8;

/// Sums of products of differences: along, down, mixed.
#[derive(Clone, Copy, Default)]
struct Tensor {
    xx: f32,
    yy: f32,
    xy: f32,
}

impl Tensor {
    fn add(&mut self, other: Self) {
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
    }

    fn energy(self) -> f32 {
        self.xx + self.yy
    }

    /// Twice the direction, as a vector: so that a direction and its opposite are one.
    fn doubled(self) -> (f32, f32) {
        (self.xx - self.yy, 2.0 * self.xy)
    }
}

/// The patches of a picture, or of the rectangle around a shape in it, that with the most in it first.
pub(super) fn patches(plane: &Plane, within: Option<&Quad>) -> Vec<Patch> {
    let tiles = Tiles::new(plane, within);
    let mut patches = tiles.patches();
    if let Some(document) = within {
        patches.iter_mut().for_each(|patch| patch.around = patch.along(document).unwrap_or(patch.around));
    }
    highest_first(&patches, |patch| patch.energy)
}

impl Patch {
    /// The same patch with the sides of the document that it lies on: those that its bars are nearer to.
    fn along(&self, document: &Quad) -> Option<Quad> {
        (0..2).find_map(|quarters| {
            let document = document.turned(quarters);
            let [upper, right, ..] = document.sides();
            let flat = Projection::onto(&document, upper, right)?;
            let corners = self.around.0.map(|corner| flat.back(corner));
            let (across, down) = (corners[1].x - corners[0].x, corners[1].y - corners[0].y);
            if down.abs() > across.abs() {
                return None;
            }
            let span = |place: fn(&Point) -> f32, end: f32| {
                let places = corners.iter().map(place);
                (places.clone().fold(end, f32::min).max(0.0), places.fold(0.0, f32::max).min(end))
            };
            let (left, right) = (span(|corner| corner.x, upper), span(|corner| corner.y, right));
            let around = Quad::rectangle(left.0, right.0, left.1, right.1);
            Some(Quad(around.0.map(|corner| flat.place(corner.x, corner.y))))
        })
    }
}

struct Tiles {
    /// The pixels from one sample to the next.
    stride: usize,
    left: usize,
    top: usize,
    across: usize,
    down: usize,
    tensors: Vec<Tensor>,
}

impl Tiles {
    fn new(plane: &Plane, within: Option<&Quad>) -> Self {
        let (mut left, mut top, mut right, mut bottom) = (0, 0, plane.width(), plane.height());
        if let Some(shape) = within {
            let span = |place: fn(&Point) -> f32, end: usize| {
                let places = shape.0.iter().map(place);
                let low = places.clone().fold(f32::MAX, f32::min).max(0.0) as usize;
                (low.min(end), (places.fold(0.0, f32::max) as usize).min(end))
            };
            (left, right) = span(|corner| corner.x, right);
            (top, bottom) = span(|corner| corner.y, bottom);
        }
        let (width, height) = (right.saturating_sub(left), bottom.saturating_sub(top));
        let mut stride = 1;
        while width * height / (stride * stride) > PIXELS {
            stride += 1;
        }
        let (across, down) = (width / (TILE * stride), height / (TILE * stride));
        let mut tiles =
            Self { stride, left, top, across, down, tensors: vec![Tensor::default(); across * down] };
        tiles.measure(plane);
        tiles
    }

    fn measure(&mut self, plane: &Plane) {
        let (width, height) = (plane.width(), plane.height());
        for row in 0..self.down {
            // Every other row tells enough.
            for line in (0..TILE).step_by(2) {
                let y = self.top + (row * TILE + line) * self.stride;
                let (above, below) = (plane.row(y.saturating_sub(1)), plane.row((y + 1).min(height - 1)));
                let here = plane.row(y);
                for column in 0..self.across {
                    let from = self.left + column * TILE * self.stride;
                    let (mut xx, mut yy, mut xy) = (0, 0, 0);
                    if self.stride == 1 && from > 0 && from + TILE < width {
                        let sides = here[from - 1..].iter().zip(&here[from + 1..]);
                        let heights = above[from..].iter().zip(&below[from..]);
                        for ((left, right), (up, down)) in sides.zip(heights).take(TILE) {
                            let across = i32::from(*right) - i32::from(*left);
                            let along = i32::from(*down) - i32::from(*up);
                            xx += across * across;
                            yy += along * along;
                            xy += across * along;
                        }
                    } else {
                        for sample in 0..TILE {
                            let x = from + sample * self.stride;
                            let (left, right) = (here[x.saturating_sub(1)], here[(x + 1).min(width - 1)]);
                            let across = i32::from(right) - i32::from(left);
                            let along = i32::from(below[x]) - i32::from(above[x]);
                            xx += across * across;
                            yy += along * along;
                            xy += across * along;
                        }
                    }
                    let samples = (TILE * TILE / 2) as f32;
                    let [xx, yy, xy] = [xx, yy, xy].map(|sum| sum as f32 / samples);
                    self.tensors[row * self.across + column].add(Tensor { xx, yy, xy });
                }
            }
        }
    }

    /// What a tile has with the eight around it.
    fn around(&self, column: usize, row: usize) -> Tensor {
        let mut sum = Tensor::default();
        for y in row.saturating_sub(1)..=(row + 1).min(self.down - 1) {
            for x in column.saturating_sub(1)..=(column + 1).min(self.across - 1) {
                sum.add(self.tensors[y * self.across + x]);
            }
        }
        sum
    }

    fn patches(&self) -> Vec<Patch> {
        let mut bars: Vec<Option<(f32, f32)>> = (0..self.tensors.len())
            .map(|tile| {
                let around = self.around(tile % self.across, tile / self.across);
                let (x, y) = around.doubled();
                let length = (x * x + y * y).sqrt();
                let is_bars = self.tensors[tile].energy() > CONTRAST && length > COHERENT * around.energy();
                is_bars.then_some((x / length, y / length))
            })
            .collect();
        // A symbol stands out against fine lines and letters around it.
        let mut energies: Vec<f32> = self.tensors.iter().map(|tensor| tensor.energy()).collect();
        energies.retain(|&energy| energy > CONTRAST);
        let above = STRONGEST.min(energies.len() / 4) + 1;
        let strong = nth(&energies, energies.len().saturating_sub(above));
        for (bars, tensor) in bars.iter_mut().zip(&self.tensors) {
            *bars = bars.filter(|_| tensor.energy() > FAINT * strong);
        }
        let mut seen = vec![false; bars.len()];
        let mut patches = Vec::new();
        for first in 0..bars.len() {
            if bars[first].is_none() || seen[first] {
                continue;
            }
            seen[first] = true;
            let mut members = vec![first];
            let mut next = 0;
            while let Some(&tile) = members.get(next) {
                next += 1;
                let (column, row) = (tile % self.across, tile / self.across);
                for y in row.saturating_sub(1)..=(row + 1).min(self.down - 1) {
                    for x in column.saturating_sub(1)..=(column + 1).min(self.across - 1) {
                        let other = y * self.across + x;
                        let (Some(a), Some(b)) = (bars[tile], bars[other]) else { continue };
                        // Within 15° of each other.
                        if !seen[other] && a.0 * b.0 + a.1 * b.1 > 0.866 {
                            seen[other] = true;
                            members.push(other);
                        }
                    }
                }
            }
            if members.len() >= TILES {
                patches.push(members);
            }
        }
        self.joined(patches)
    }

    /// Joins patches that lie in one line: light or a finger may hide what is between them.
    fn joined(&self, groups: Vec<Vec<usize>>) -> Vec<Patch> {
        let mut groups = highest_first(&groups, |members| members.len() as f32);
        groups.truncate(GROUPS);
        let mut patches = Vec::new();
        while !groups.is_empty() {
            let mut members = groups.remove(0);
            let mut next = 0;
            while next < groups.len() {
                if self.in_line(&members, &groups[next]) {
                    members.extend(groups.remove(next));
                    next = 0;
                } else {
                    next += 1;
                }
            }
            patches.push(self.patch(&members));
        }
        patches
    }

    /// Whether a smaller patch goes on where a larger one has ended: as high or less, and not far from it.
    fn in_line(&self, larger: &[usize], smaller: &[usize]) -> bool {
        let direction = self.direction(larger);
        let other = self.direction(smaller);
        if (direction.0 * other.0 + direction.1 * other.1).abs() < 0.966 {
            return false;
        }
        let (low, high) = self.extent(larger, direction);
        let (from, to) = self.extent(smaller, direction);
        let gap = (from.0 - high.0).max(low.0 - to.0);
        let common = high.1.min(to.1) - low.1.max(from.1);
        gap < 0.4 * (high.0 - low.0) && common >= 0.6 * (to.1 - from.1).max(0.5 * (high.1 - low.1))
    }

    /// Across the bars of a patch.
    fn direction(&self, members: &[usize]) -> (f32, f32) {
        let mut sum = Tensor::default();
        members.iter().for_each(|&tile| sum.add(self.tensors[tile]));
        let (x, y) = sum.doubled();
        let (down, across) = sin_cos(direction(y, x) / 2.0);
        (across, down)
    }

    /// The least and the most along a direction and aside of it, of the middles of tiles.
    fn extent(&self, members: &[usize], (across, down): (f32, f32)) -> ((f32, f32), (f32, f32)) {
        let size = (TILE * self.stride) as f32;
        let (mut low, mut high) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
        for &tile in members {
            let (column, row) = (tile % self.across, tile / self.across);
            let x = self.left as f32 + (column as f32 + 0.5) * size;
            let y = self.top as f32 + (row as f32 + 0.5) * size;
            let (along, aside) = (x * across + y * down, y * across - x * down);
            low = (low.0.min(along), low.1.min(aside));
            high = (high.0.max(along), high.1.max(aside));
        }
        (low, high)
    }

    fn patch(&self, members: &[usize]) -> Patch {
        let (across, down) = self.direction(members);
        let (low, high) = self.extent(members, (across, down));
        let size = (TILE * self.stride) as f32;
        // The outermost bar is broad, and nothing changes in it.
        let (room, above) = (2.0 * size + 0.06 * (high.0 - low.0), 1.2 * size);
        let corner =
            |along: f32, aside: f32| Point::new(along * across - aside * down, along * down + aside * across);
        let around = Quad([
            corner(low.0 - room, low.1 - above),
            corner(high.0 + room, low.1 - above),
            corner(high.0 + room, high.1 + above),
            corner(low.0 - room, high.1 + above),
        ]);
        let energy = members.iter().map(|&tile| self.tensors[tile].energy()).sum();
        Patch { around, energy }
    }
}
