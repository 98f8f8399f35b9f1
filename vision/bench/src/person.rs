//! People who do not exist, as documents name them.

use vestibule_vision::Sex;
use vestibule_vision::country;

use crate::random::Random;

const FAMILY: &str = "ERIKSSON MUELLER SMITH OCONNOR GARCIA NOVAK KOWALSKI VAN<DER<BERG ROSSI TANAKA OKAFOR BJOERK \
    DUPONT QUISPE XHAKA ZIELINSKI NGUYEN DE<LA<CRUZ SILVA<SANTOS KIM LI OZTUERK PAPADOPOULOS IVANOVA HADJ<ALI \
    WOJCIECHOWSKI FITZGERALD JOVANOVIC MBEKI ABUBAKAR HASEGAWA KUZNETSOV VIRTANEN KRISTJANSDOTTIR ANDERSEN \
    YILMAZ BEKELE CHAUDHRY FERREIRA GUTIERREZ<LOPEZ LEFEBVRE<MARTIN ZHANG QADIR JIMENEZ WU UKWU HAYES BOX";
const GIVEN: &str = "ANNA<MARIA JOHN ZOE PIERRE<YVES KATARZYNA LUCAS QIANG FATIMA OLIVIA<GRACE BJOERN JIRI XAVIER \
    HUGO WILLIAM<KEVIN AMINATA GIOVANNI<BATTISTA YUKI OSCAR SVEN MEHMET ELENI JOSE<LUIS SOFIA VIKTOR NGOZI \
    THABO MIN<JUN INGRID DMITRI CHLOE PAVEL HANNELORE IDRIS JAQUELINE BO WALTER<FRIEDRICH<KARL ALEXANDRA";
const CAPITALS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Someone who does not exist, and the numbers of a document of theirs.
#[derive(Clone)]
pub struct Person {
    /// The family name in capitals, its words parted by `<`.
    pub family: String,
    /// The given names, likewise.
    pub given: String,
    /// Their sex, or what a document says of it.
    pub sex: Sex,
    /// The day of birth: year, month, day.
    pub birth: [u16; 3],
    /// The day on which the document was issued.
    pub issued: [u16; 3],
    /// The day on which it expires.
    pub expiry: [u16; 3],
    /// The country that issued it, as documents name it.
    pub issuer: &'static str,
    /// Theirs.
    pub nationality: &'static str,
    /// The number of the document, up to nine characters.
    pub number: String,
}

impl Person {
    /// Somebody.
    pub fn new(random: &mut Random) -> Self {
        let day = |random: &mut Random, from, to| {
            [random.whole(from, to) as u16, random.whole(1, 12) as u16, random.whole(1, 28) as u16]
        };
        let birth = day(random, 1938, 2009);
        let issued = day(random, 2016, 2026);
        let lasts = *random.pick(&[5, 10, 10, 10]);
        let issuer = country_of(random);
        Self {
            family: name(random, FAMILY),
            given: name(random, GIVEN),
            sex: *random.pick(&[
                Sex::Female,
                Sex::Female,
                Sex::Female,
                Sex::Male,
                Sex::Male,
                Sex::Male,
                Sex::Unspecified,
            ]),
            birth,
            issued,
            expiry: [issued[0] + lasts, issued[1], issued[2]],
            issuer,
            nationality: if random.chance(0.85) { issuer } else { country_of(random) },
            number: number(random),
        }
    }

    /// The family name as it is printed for people.
    pub fn printed_family(&self) -> String {
        self.family.replace('<', " ")
    }

    /// The given names as they are printed for people.
    pub fn printed_given(&self) -> String {
        self.given.replace('<', " ")
    }
}

/// A day as people of some country write it.
pub fn written([year, month, day]: [u16; 3], style: usize) -> String {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    match style % 4 {
        0 => format!("{day:02}.{month:02}.{year}"),
        1 => format!("{day:02} {} {year}", MONTHS[usize::from(month) - 1]),
        2 => format!("{month:02}/{day:02}/{year}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    }
}

/// A name from the list; in some cases one that no list has, so that no reader learns the list.
fn name(random: &mut Random, list: &str) -> String {
    if random.chance(0.35) {
        let letters = random.whole(2, 12);
        return (0..letters).map(|_| char::from(*random.pick(CAPITALS))).collect();
    }
    let names: Vec<&str> = list.split_ascii_whitespace().collect();
    (*random.pick(&names)).to_owned()
}

fn country_of(random: &mut Random) -> &'static str {
    let usual =
        ["UTO", "D", "FRA", "GBR", "USA", "ITA", "ESP", "NLD", "CZE", "POL", "CHE", "BRA", "IND", "RKS"];
    if random.chance(0.5) {
        return *random.pick::<&str>(&usual);
    }
    let all: Vec<&str> = country::all().map(|(long, _)| long).collect();
    let at = random.below(all.len());
    all[at]
}

fn number(random: &mut Random) -> String {
    let letters = *random.pick(&[0.0, 0.15, 0.5]);
    let length = if random.chance(0.8) { 9 } else { random.whole(6, 9) };
    let digits = b"0123456789";
    (0..length)
        .map(|at| {
            let letter = random.chance(letters) || (at == 0 && random.chance(0.4));
            char::from(*random.pick(if letter { CAPITALS } else { digits }))
        })
        .collect()
}
