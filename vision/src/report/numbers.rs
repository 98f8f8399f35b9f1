//! A report as a row of numbers, in which it crosses from the worker to the page without JSON: both are
//! this crate, of one build. The texts travel beside them.

use super::{Face, Outline, Quality, Report, Side};
use crate::geometry::{Point, Quad};

/// What is not there.
const NONE: f32 = -1.0;

impl Report {
    /// All but the two texts.
    pub fn to_numbers(&self) -> Vec<f32> {
        let mut numbers = vec![self.width as f32, self.height as f32, self.brightness];
        let outline = self.outline.map(|Outline { corners: Quad([a, b, c, d]), confidence, cut }| {
            [confidence, f32::from(u8::from(cut)), a.x, a.y, b.x, b.y, c.x, c.y, d.x, d.y]
        });
        numbers.extend(outline.unwrap_or([NONE; 10]));
        let quality = self.quality.map(|Quality { edge_width, glare, brightness, contrast }| {
            [glare, brightness, contrast, edge_width.unwrap_or(NONE)]
        });
        numbers.extend(quality.unwrap_or([NONE; 4]));
        numbers.push(match self.side {
            None => NONE,
            Some(Side::Front) => 0.0,
            Some(Side::Back) => 1.0,
        });
        numbers.push(self.turn.map_or(NONE, f32::from));
        numbers.extend(
            self.faces.iter().flat_map(|face| [face.middle.x, face.middle.y, face.size, face.brightness]),
        );
        numbers
    }

    /// The report of which these are the numbers; `None` when they are no report's.
    pub fn from_numbers(numbers: &[f32]) -> Option<Self> {
        let ([width, height, brightness], rest) = numbers.split_first_chunk()?;
        let ([confidence, cut, corners @ ..], rest) = rest.split_first_chunk::<10>()?;
        let (&[glare, document_brightness, contrast, edge_width], rest) = rest.split_first_chunk()?;
        let (&[side, turn], faces) = rest.split_first_chunk()?;
        let there = |number: f32| (number >= 0.0).then_some(number);
        let corner = |index: usize| Point::new(corners[2 * index], corners[2 * index + 1]);
        Some(Self {
            width: *width as u32,
            height: *height as u32,
            brightness: *brightness,
            outline: there(*confidence).map(|confidence| Outline {
                corners: Quad([0, 1, 2, 3].map(corner)),
                confidence,
                cut: *cut > 0.0,
            }),
            quality: there(glare).map(|glare| Quality {
                edge_width: there(edge_width),
                glare,
                brightness: document_brightness,
                contrast,
            }),
            side: there(side).map(|side| if side > 0.0 { Side::Back } else { Side::Front }),
            turn: there(turn).map(|turn| turn as u8),
            zone: None,
            barcode: None,
            faces: faces
                .as_chunks()
                .0
                .iter()
                .map(|&[x, y, size, brightness]| Face { middle: Point::new(x, y), size, brightness })
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_survives_the_way_as_numbers() {
        let empty = Report { width: 1280, height: 720, brightness: 12.5, ..Report::default() };
        let full = Report {
            outline: Some(Outline {
                corners: Quad::rectangle(0.0, 1.0, 2.0, 3.0),
                confidence: 0.5,
                cut: true,
            }),
            quality: Some(Quality { edge_width: None, glare: 0.0, brightness: 100.0, contrast: 90.0 }),
            side: Some(Side::Back),
            turn: Some(0),
            faces: vec![Face { middle: Point::new(1.0, 2.0), size: 3.0, brightness: 4.0 }; 2],
            ..empty.clone()
        };
        for report in [empty, full] {
            assert_eq!(Report::from_numbers(&report.to_numbers()), Some(report));
        }
        assert_eq!(Report::from_numbers(&[1.0; 18]), None);
    }
}
