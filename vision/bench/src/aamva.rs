//! What stands in the barcode of a made-up North American card (AAMVA DL/ID Card Design Standard, annex D),
//! for every issuer and version, as issuers print it.

use vestibule_vision::Sex;
use vestibule_vision::aamva::{Issuer, Kind, issuers};

use crate::person::Person;
use crate::random::Random;

/// The text of a barcode, and what a reader should understand of it.
#[derive(Clone)]
pub struct Payload {
    /// As the barcode holds it.
    pub text: String,
    /// The version of the standard, 1 to 10.
    pub version: u8,
    /// A licence or an identity card.
    pub kind: Kind,
    /// Who issued it.
    pub issuer: Issuer,
    /// The number of the card.
    pub number: String,
}

impl Payload {
    /// A card of somebody, from some issuer, of some version; new ones are more likely.
    pub fn new(random: &mut Random, person: &Person) -> Self {
        let all: Vec<_> = issuers().collect();
        let (issuer, _) = *random.pick(&all);
        let version = if random.chance(0.6) { random.whole(8, 10) } else { random.whole(1, 10) };
        let kind = if random.chance(0.8) { Kind::Licence } else { Kind::IdCard };
        Self::of(random, person, issuer, version as u8, kind)
    }

    /// A card of somebody, from this issuer (by number; an unknown one counts as American).
    pub fn of(random: &mut Random, person: &Person, issuer: &str, version: u8, kind: Kind) -> Self {
        let number = issuer;
        let issuer = vestibule_vision::aamva::issuer(number).unwrap_or(Issuer { country: "US", region: "" });
        let mut card = Elements { random, person, issuer, version, kind, lines: Vec::new() };
        let own = card.number();
        card.write(&own);
        let lines = std::mem::take(&mut card.lines);
        let text = assemble(random, number, issuer, version, kind, &lines);
        Self { text, version, kind, issuer, number: own }
    }
}

/// Header, designators, subfiles.
fn assemble(
    random: &mut Random,
    number: &str,
    issuer: Issuer,
    version: u8,
    kind: Kind,
    lines: &[String],
) -> String {
    let name = if kind == Kind::Licence { "DL" } else { "ID" };
    // Most part elements by a line feed alone; some add a carriage return.
    let parted = if random.chance(0.9) { "\n" } else { "\r\n" };
    let mut subfiles = vec![format!("{name}{}\r", lines.join(parted))];
    if random.chance(0.6) {
        // What the issuer says for itself: Z, its first letter, and elements that begin so.
        let own = format!("Z{}", issuer.region.chars().next().unwrap_or('S'));
        let elements: Vec<_> = (0..random.whole(1, 5))
            .map(|at| {
                let length = random.whole(0, 9);
                format!("{own}{}{}", char::from(b'A' + at as u8), digits(random, length))
            })
            .collect();
        subfiles.push(format!("{own}{}\r", elements.join("\n")));
    }
    let mark = if version == 1 && random.chance(0.5) { "AAMVA" } else { "ANSI " };
    let separator = if version == 1 { '\u{1c}' } else { '\u{1e}' };
    let mut text = format!("@\n{separator}\r{mark}{number}{version:02}");
    if version > 1 {
        text += &format!("{:02}", random.whole(0, 9));
    }
    text += &format!("{:02}", subfiles.len());
    // Not all issuers count right.
    let slip = *random.pick(&[0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
    let mut offset = text.len() + 10 * subfiles.len() - slip;
    for subfile in &subfiles {
        text += &format!("{}{offset:04}{:04}", &subfile[..2], subfile.len());
        offset += subfile.len();
    }
    text + &subfiles.concat()
}

fn digits(random: &mut Random, count: usize) -> String {
    (0..count).map(|_| char::from(b'0' + random.below(10) as u8)).collect()
}

/// The elements of a card, as they are written one after the other.
struct Elements<'a> {
    random: &'a mut Random,
    person: &'a Person,
    issuer: Issuer,
    version: u8,
    kind: Kind,
    lines: Vec<String>,
}

impl Elements<'_> {
    fn put(&mut self, code: &str, value: &str) {
        self.lines.push(format!("{code}{value}"));
    }

    fn maybe(&mut self, share: f32, code: &str, value: &str) {
        if self.random.chance(share) {
            self.put(code, value);
        }
    }

    /// Letters and digits as the region likes them.
    fn number(&mut self) -> String {
        let count = self.random.whole(6, 13);
        let numerals = digits(self.random, count);
        match self.random.below(3) {
            0 => numerals,
            1 => format!("{}{numerals}", char::from(b'A' + self.random.below(26) as u8)),
            _ => format!("{}-{}", &numerals[..3], &numerals[3..]),
        }
    }

    fn is_canadian(&self) -> bool {
        self.issuer.country == "CA"
    }

    /// Month first in the United States, year first in Canada and in version 1.
    fn day(&self, [year, month, day]: [u16; 3]) -> String {
        if self.version < 2 || self.is_canadian() {
            format!("{year:04}{month:02}{day:02}")
        } else {
            format!("{month:02}{day:02}{year:04}")
        }
    }

    fn write(&mut self, number: &str) {
        // The number stands first on most cards.
        if self.random.chance(0.7) {
            self.put("DAQ", number);
            self.class();
            self.names();
            self.days();
        } else {
            self.class();
            self.days();
            self.names();
            self.put("DAQ", number);
        }
        self.looks();
        self.address();
        self.papers();
    }

    fn class(&mut self) {
        if self.kind == Kind::IdCard && self.random.chance(0.5) {
            return;
        }
        let codes = if self.version < 2 { ["DAR", "DAS", "DAT"] } else { ["DCA", "DCB", "DCD"] };
        let class = *self.random.pick(&["D", "C", "5", "G", "A", "M"]);
        self.put(codes[0], class);
        let none = *self.random.pick(&["NONE", "B", ""]);
        self.put(codes[1], none);
        self.put(codes[2], "NONE");
    }

    fn names(&mut self) {
        let family = self.person.printed_family();
        let given = self.person.printed_given();
        let (first, others) = given.split_once(' ').unwrap_or((&given, ""));
        match self.version {
            1 if self.random.chance(0.5) => {
                self.put("DAA", &format!("{family},{}", given.replace(' ', ",")));
            }
            1 => {
                self.put("DAB", &family);
                self.put("DAC", first);
                self.put("DAD", others);
            }
            2 | 3 => {
                self.put("DCS", &family);
                self.put("DCT", &given.replace(' ', ","));
            }
            _ => {
                self.put("DCS", &family);
                self.put("DDE", "N");
                self.put("DAC", first);
                self.put("DDF", "N");
                self.put("DAD", if others.is_empty() { "NONE" } else { others });
                self.put("DDG", "N");
            }
        }
    }

    fn days(&mut self) {
        let (birth, expiry, issued) = (self.person.birth, self.person.expiry, self.person.issued);
        for (code, day) in [("DBA", expiry), ("DBB", birth), ("DBD", issued)] {
            let day = self.day(day);
            self.put(code, &day);
        }
    }

    fn looks(&mut self) {
        let sex = match (self.person.sex, self.version < 2) {
            (Sex::Male, true) => "M",
            (Sex::Female, true) => "F",
            (Sex::Male, false) => "1",
            (Sex::Female, false) => "2",
            (Sex::Unspecified, _) => "9",
        };
        self.put("DBC", sex);
        let eyes = *self.random.pick(&["BRO", "BLU", "GRN", "HAZ", "GRY"]);
        self.put("DAY", eyes);
        let inches = self.random.whole(58, 78);
        let metric = self.is_canadian();
        let height = match metric {
            true => format!("{:03} cm", inches * 254 / 100),
            false if self.version < 2 => format!("{}{:02}", inches / 12, inches % 12),
            false => format!("{inches:03} in"),
        };
        self.put("DAU", &height);
        let weight = self.random.whole(100, 260).to_string();
        self.maybe(0.4, "DAW", &weight);
        self.maybe(0.4, "DAZ", "BRO");
    }

    fn address(&mut self) {
        let house = self.random.whole(1, 9999);
        let street = *self.random.pick(&[
            "WEST BROAD STREET",
            "MAIN ST APT 4",
            "N 24TH AVE",
            "ELM RD",
            "RUE DE L'ORME",
        ]);
        self.put("DAG", &format!("{house} {street}"));
        let city =
            *self.random.pick(&["RICHMOND", "SPRINGFIELD", "SALEM", "FAIRVIEW", "CLINTON", "VAL-D'OR"]);
        self.put("DAI", city);
        self.put("DAJ", self.issuer.region);
        let postal = match self.is_canadian() {
            true => format!("{:<11}", "K1A0B1"),
            false => format!("{:<11}", digits(self.random, 9)),
        };
        self.put("DAK", &postal);
    }

    /// What is said about the card itself.
    fn papers(&mut self) {
        if self.version < 2 {
            return;
        }
        let length = self.random.whole(8, 25);
        let discriminator = digits(self.random, length);
        self.put("DCF", &discriminator);
        self.put("DCG", if self.is_canadian() { "CAN" } else { "USA" });
        self.maybe(0.3, "DCU", "");
        let length = self.random.whole(10, 25);
        let inventory = digits(self.random, length);
        self.maybe(0.4, "DCK", &inventory);
        if self.version >= 4 {
            let compliance = *self.random.pick(&["F", "N"]);
            self.maybe(0.7, "DDA", compliance);
            let revised = self.day([2013, 8, 30]);
            self.maybe(0.5, "DDB", &revised);
            self.maybe(0.3, "DDD", "1");
            self.maybe(0.2, "DDK", "1");
        }
    }
}

#[cfg(test)]
mod tests {
    use vestibule_vision::aamva::Card;
    use vestibule_vision::day::Day;

    use super::*;

    fn day([year, month, day]: [u16; 3]) -> Option<Day> {
        Day::new(year, month as u8, day as u8)
    }

    #[test]
    fn every_version_of_every_issuer_is_understood() {
        let mut random = Random::new(417);
        for (number, issuer) in issuers() {
            for version in 1..=10 {
                for kind in [Kind::Licence, Kind::IdCard] {
                    let person = Person::new(&mut random);
                    let payload = Payload::of(&mut random, &person, number, version, kind);
                    let card = Card::read(&payload.text).expect("a card");
                    let which = format!("{number} version {version}: {:?}", payload.text);
                    assert_eq!((card.version, card.kind), (version, kind), "{which}");
                    assert_eq!(card.issuer, Some(issuer), "{which}");
                    assert_eq!(card.number.as_deref(), Some(&*payload.number), "{which}");
                    assert_eq!(card.name.family, person.printed_family(), "{which}");
                    assert_eq!(card.name.given, person.printed_given(), "{which}");
                    assert_eq!(card.birth, day(person.birth), "{which}");
                    assert_eq!(card.expiry, day(person.expiry), "{which}");
                    assert_eq!(card.issued, day(person.issued), "{which}");
                    assert_eq!(card.sex, person.sex, "{which}");
                }
            }
        }
    }

    #[test]
    fn what_is_printed_fits_a_symbol() {
        let mut random = Random::new(1);
        for _ in 0..200 {
            let person = Person::new(&mut random);
            let text = Payload::new(&mut random, &person).text;
            for compaction in [crate::pdf417::Compaction::Mixed, crate::pdf417::Compaction::Bytes] {
                let symbol = crate::pdf417::Symbol::for_card(text.as_bytes(), compaction);
                let symbol = symbol.expect("fewer than 928 codewords");
                assert!((3..=5).contains(&symbol.level()) && symbol.rows() <= 90, "{text:?}");
            }
        }
    }
}
