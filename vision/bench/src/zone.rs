//! The lines of machine-readable zones, written after ICAO Doc 9303, parts 4 to 7.

use vestibule_vision::Sex;
use vestibule_vision::mrz::{Layout, check_digit};

use crate::person::Person;
use crate::random::Random;

/// The lines of a zone of this layout about a person, parted by line feeds.
pub fn lines(layout: Layout, person: &Person, random: &mut Random) -> String {
    match layout {
        Layout::Td1 => card(person, random),
        Layout::FrenchCard => french_card(person, random),
        Layout::Td2 | Layout::Td3 | Layout::MrvA | Layout::MrvB => two_lines(layout, person, random),
    }
}

/// How many lines a layout has, and how many characters each.
pub fn shape(layout: Layout) -> (usize, usize) {
    match layout {
        Layout::Td1 => (3, 30),
        Layout::Td3 | Layout::MrvA => (2, 44),
        Layout::Td2 | Layout::MrvB | Layout::FrenchCard => (2, 36),
    }
}

fn card(person: &Person, random: &mut Random) -> String {
    let code = random.pick(&["I<", "I<", "ID", "IR", "AC", "C<"]);
    let (number, optional) = if random.chance(0.12) {
        // A number longer than its place goes on among the optional characters.
        let more = noise(random, 1, 6);
        let whole = filled(&person.number, 9).replace('<', "7") + &more;
        (format!("{}<", &whole[..9]), format!("{more}{}<", check_digit(&whole)))
    } else {
        let optional = if random.chance(0.55) { String::new() } else { noise(random, 1, 15) };
        (guarded(&filled(&person.number, 9)), optional)
    };
    let first = format!("{code}{}{number}{}", filled(person.issuer, 3), filled(&optional, 15));
    let further = if random.chance(0.75) { String::new() } else { noise(random, 1, 11) };
    let (birth, expiry) = (guarded(&short(person.birth)), guarded(&short(person.expiry)));
    let second =
        format!("{birth}{}{expiry}{}{}", sex(person), filled(person.nationality, 3), filled(&further, 11));
    let composite = check_digit(&[&first[5..30], &second[0..7], &second[8..15], &second[18..29]].concat());
    format!("{first}\n{second}{composite}\n{}", name(person, 30))
}

fn two_lines(layout: Layout, person: &Person, random: &mut Random) -> String {
    let (_, width) = shape(layout);
    let visa = matches!(layout, Layout::MrvA | Layout::MrvB);
    let code = match layout {
        Layout::Td3 => *random.pick(&["P<", "P<", "P<", "PD", "PO", "PP"]),
        Layout::Td2 => *random.pick(&["I<", "I<", "ID", "AR"]),
        _ => *random.pick(&["V<", "V<", "VA", "VC"]),
    };
    let first = format!("{code}{}{}", filled(person.issuer, 3), name(person, width - 5));
    let room = match layout {
        Layout::Td3 => 14,
        Layout::Td2 => 7,
        Layout::MrvA => 16,
        _ => 8,
    };
    let empty = random.chance(0.5);
    let optional = filled(&if empty { String::new() } else { noise(random, 1, room) }, room);
    let mut second = format!(
        "{}{}{}{}{}{optional}",
        guarded(&filled(&person.number, 9)),
        filled(person.nationality, 3),
        guarded(&short(person.birth)),
        sex(person),
        guarded(&short(person.expiry)),
    );
    if layout == Layout::Td3 {
        let digit = if empty && random.chance(0.6) { '<' } else { digit(&optional) };
        second.push(digit);
    }
    if !visa {
        let covered = [&second[0..10], &second[13..20], &second[21..]].concat();
        second.push(digit(&covered));
    }
    format!("{first}\n{second}")
}

fn french_card(person: &Person, random: &mut Random) -> String {
    let office = format!("{:03}{}", random.below(1000), random.pick(&["<<<", "001", "075"]));
    let first = format!("IDFRA{}{office}", filled(&person.family, 25));
    let [year, month, _] = person.issued;
    let number = format!("{:02}{month:02}{:03}{:05}", year % 100, random.below(1000), random.below(100_000));
    let sex = if person.sex == Sex::Female { 'F' } else { 'M' };
    let given = filled(&person.given.replace('<', "<<"), 14);
    let second = format!("{}{given}{}{sex}", guarded(&number), guarded(&short(person.birth)));
    let composite = check_digit(&[first.as_str(), &second].concat());
    format!("{first}\n{second}{composite}")
}

/// The family name, two fillers, the given names, cut where there is no more room.
fn name(person: &Person, width: usize) -> String {
    filled(&format!("{}<<{}", person.family, person.given), width)
}

fn filled(text: &str, width: usize) -> String {
    format!("{text:<<width$}")[..width].to_owned()
}

fn guarded(text: &str) -> String {
    format!("{text}{}", digit(text))
}

fn digit(text: &str) -> char {
    char::from(b'0' + check_digit(text))
}

fn short([year, month, day]: [u16; 3]) -> String {
    format!("{:02}{month:02}{day:02}", year % 100)
}

fn sex(person: &Person) -> char {
    match person.sex {
        Sex::Female => 'F',
        Sex::Male => 'M',
        Sex::Unspecified => '<',
    }
}

/// Characters as issuers add them.
fn noise(random: &mut Random, least: usize, most: usize) -> String {
    let length = random.whole(least, most);
    let digits = random.chance(0.5);
    let from: &[u8] = if digits { b"0123456789" } else { b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" };
    (0..length).map(|_| char::from(*random.pick(from))).collect()
}
