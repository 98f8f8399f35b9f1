//! Flat things that are no documents: papers, books, screens, keyboards, envelopes.

use vestibule_vision::geometry::Point;

use crate::canvas::{Canvas, Colour, grey, lit, mix};
use crate::fonts::Fonts;
use crate::random::Random;

/// A flat thing.
pub(super) struct Thing {
    pub(super) print: Canvas,
    /// Width and height in millimetres.
    pub(super) size: [f32; 2],
    pub(super) radius: f32,
    /// How much of the frame it fills at least and at most.
    pub(super) reach: [f32; 2],
}

/// Any of them. None has the proportions of a card; a whole sheet has nearly those of a passport, but none
/// is as small.
pub(super) fn thing(fonts: &Fonts, random: &mut Random) -> Thing {
    match random.below(9) {
        0..=2 => sheet(fonts, random),
        3 => book(fonts, random),
        4 => screen(fonts, random),
        5 | 6 => keyboard(fonts, random),
        7 => envelope(fonts, random),
        _ => phone(random),
    }
}

/// Two pixels to a millimetre: things lie farther off than documents.
const FINE: f32 = 2.0;

fn blank(size: [f32; 2], colour: Colour) -> Canvas {
    Canvas::new((size[0] * FINE) as usize, (size[1] * FINE) as usize, colour)
}

/// A sheet of A4 with text, with lines, or empty.
fn sheet(fonts: &Fonts, random: &mut Random) -> Thing {
    let size = [210.0, 297.0];
    let paper = random.tone(205.0, 252.0, 0.15);
    let mut print = blank(size, paper);
    let ink = random.tone(10.0, 80.0, 0.3);
    let [width, height] = [print.width as f32, print.height as f32];
    match random.below(4) {
        0 => {}
        1 => {
            let step = random.between(5.0, 9.0) * FINE;
            let rule = mix(paper, [120.0, 150.0, 200.0], 0.6);
            for line in 1..(height / step) as usize {
                let y = line as f32 * step;
                print.rectangle([0.0, y, width, y + 1.0], 0.0, rule);
                if random.chance(0.3) {
                    print.rectangle([line as f32 * step, 0.0, line as f32 * step + 1.0, height], 0.0, rule);
                }
            }
        }
        _ => text(&mut print, [0.1, 0.06, 0.9, 0.94], fonts, ink, random),
    }
    Thing { print, size, radius: 0.0, reach: [0.9, 2.0] }
}

/// Lines of words within a part of a print.
fn text(print: &mut Canvas, part: [f32; 4], fonts: &Fonts, ink: Colour, random: &mut Random) {
    const WORDS: [&str; 12] = [
        "the account holder",
        "agrees that",
        "in accordance with",
        "section 4.2",
        "shall be",
        "payable on",
        "31 March",
        "interest",
        "EUR 1,250.00",
        "hereinafter",
        "and the bank",
        "without notice",
    ];
    let (width, height) = (print.width as f32, print.height as f32);
    let [left, top, right, bottom] = [part[0] * width, part[1] * height, part[2] * width, part[3] * height];
    let em = random.between(3.2, 5.5) * FINE;
    let font = if random.chance(0.5) { &fonts.serif } else { &fonts.plain };
    let mut base = top + em;
    while base < bottom {
        let end = if random.chance(0.15) { right * random.between(0.4, 0.9) } else { right };
        let mut x = left;
        while x < end && !random.chance(0.02) {
            let words = *random.pick(&WORDS);
            font.print(print, em, x, base, words, ink);
            x += font.width(em, words) + em * 0.3;
        }
        base += em * if random.chance(0.1) { 2.6 } else { 1.45 };
    }
}

/// The cover of a book or a magazine.
fn book(fonts: &Fonts, random: &mut Random) -> Thing {
    let size = [random.between(120.0, 210.0), random.between(200.0, 280.0)];
    let cover = random.tone(20.0, 220.0, 0.8);
    let mut print = blank(size, cover);
    let [width, height] = [print.width as f32, print.height as f32];
    let title = *random.pick(&["WINTER", "THE SEA", "ATLAS", "ALGEBRA", "HOME", "ECONOMY"]);
    let em = width / (0.85 * title.len() as f32);
    fonts.bold.print(&mut print, em, width * 0.08, height * 0.25, title, mix(cover, grey(250.0), 0.85));
    let picture = random.tone(30.0, 230.0, 0.8);
    print.rectangle([width * 0.1, height * 0.35, width * 0.9, height * 0.8], 0.0, picture);
    Thing { print, size, radius: 1.0, reach: [0.6, 1.5] }
}

/// A monitor with windows, in a dark frame.
fn screen(fonts: &Fonts, random: &mut Random) -> Thing {
    let size = [480.0, 280.0];
    let mut print = blank(size, random.tone(15.0, 60.0, 0.1));
    let [width, height] = [print.width as f32, print.height as f32];
    let rim = random.between(8.0, 18.0);
    let wall = random.tone(30.0, 200.0, 0.8);
    print.rectangle([rim, rim, width - rim, height - rim * 1.6], 0.0, wall);
    for _ in 0..random.whole(1, 3) {
        let (left, top) = (width * random.between(0.05, 0.5), height * random.between(0.08, 0.4));
        let (right, bottom) =
            (left + width * random.between(0.3, 0.45), top + height * random.between(0.3, 0.5));
        let light = random.chance(0.6);
        let (window, ink) = if light { (grey(244.0), grey(50.0)) } else { (grey(34.0), grey(205.0)) };
        print.rectangle([left, top, right, bottom], 6.0, window);
        print.rectangle([left, top, right, top + 26.0], 6.0, lit(window, 0.85));
        let part =
            [(left + 14.0) / width, (top + 40.0) / height, (right - 60.0) / width, (bottom - 14.0) / height];
        text(&mut print, part, fonts, ink, random);
    }
    Thing { print, size, radius: 4.0, reach: [0.7, 2.0] }
}

fn keyboard(fonts: &Fonts, random: &mut Random) -> Thing {
    let size = [300.0, 110.0];
    let body = random.tone(20.0, 215.0, 0.1);
    let key = if random.chance(0.5) { lit(body, 0.45) } else { mix(body, grey(250.0), 0.5) };
    let ink = if key[1] > 120.0 { grey(30.0) } else { grey(230.0) };
    let mut print = blank(size, body);
    let step = 19.0 * FINE;
    for row in 0..5 {
        let rows = ["1234567890-=", "QWERTYUIOP[]", "ASDFGHJKL;'", "ZXCVBNM,./", ""];
        let shift = [0.0, 0.5, 0.75, 1.25, 0.0][row] * step;
        let y = (row as f32 * 19.0 + 8.0) * FINE;
        let letters: Vec<char> = rows[row].chars().collect();
        for column in 0..14 {
            let x = column as f32 * step + 12.0 + shift;
            let wide = if row == 4 && column == 3 { step * 6.0 } else { step };
            if row == 4 && (4..9).contains(&column) || x + wide > print.width as f32 {
                continue;
            }
            print.rectangle([x + 2.0, y + 2.0, x + wide - 2.0, y + step - 2.0], 4.0, key);
            if let Some(&letter) = letters.get(column) {
                fonts.plain.letter(&mut print, 11.0, x + step * 0.35, y + step * 0.5, letter, ink);
            }
        }
    }
    Thing { print, size, radius: 5.0, reach: [0.9, 2.2] }
}

/// A long envelope with a window and a stamp.
fn envelope(fonts: &Fonts, random: &mut Random) -> Thing {
    let size = [220.0, 110.0];
    let paper = random.tone(190.0, 250.0, 0.3);
    let mut print = blank(size, paper);
    let [width, height] = [print.width as f32, print.height as f32];
    print.rectangle([width * 0.1, height * 0.45, width * 0.48, height * 0.8], 6.0, lit(paper, 0.92));
    text(&mut print, [0.12, 0.5, 0.4, 0.75], fonts, grey(40.0), random);
    let stamp = random.tone(60.0, 200.0, 0.9);
    print.rectangle([width * 0.84, height * 0.08, width * 0.96, height * 0.34], 0.0, stamp);
    Thing { print, size, radius: 0.0, reach: [0.5, 1.4] }
}

/// A phone that lies there, its screen on or off.
fn phone(random: &mut Random) -> Thing {
    let size = [71.0, 147.0];
    let mut print = blank(size, grey(18.0));
    let [width, height] = [print.width as f32, print.height as f32];
    let lit_up = random.chance(0.5);
    let screen = if lit_up { random.tone(60.0, 230.0, 0.7) } else { grey(30.0) };
    print.rectangle([5.0, 6.0, width - 5.0, height - 6.0], 14.0, screen);
    if lit_up {
        for place in 0..24 {
            let (column, row) = ((place % 4) as f32, (place / 4) as f32);
            let (x, y) = (width * (0.14 + 0.2 * column), height * (0.14 + 0.13 * row));
            let icon = random.tone(60.0, 240.0, 0.9);
            print.rectangle([x, y, x + width * 0.13, y + width * 0.13], 5.0, icon);
        }
    }
    print.ellipse(Point::new(width / 2.0, 14.0), 3.0, 3.0, grey(5.0));
    Thing { print, size, radius: 9.0, reach: [0.4, 0.9] }
}
