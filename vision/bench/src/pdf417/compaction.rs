//! Text and bytes as codewords (ISO/IEC 15438:2015, 5.4).

/// How text becomes codewords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compaction {
    /// Long runs of digits as numbers, other printable characters as text, the rest as bytes: short.
    Mixed,
    /// All as bytes, as some issuers do.
    Bytes,
}

/// So many digits in a row are shorter as a number.
const LONG_NUMBER: usize = 13;

pub(super) fn compact(bytes: &[u8], compaction: Compaction) -> Vec<u16> {
    let mut words = Vec::new();
    if compaction == Compaction::Bytes {
        write_bytes(bytes, &mut words);
        return words;
    }
    let mut text = Text { table: Table::Upper, values: Vec::new() };
    let mut rest = bytes;
    // A symbol begins in text.
    let mut in_text = true;
    while let Some(&first) = rest.first() {
        let digits = run(rest, |byte| byte.is_ascii_digit());
        if digits >= LONG_NUMBER {
            text.end(&mut words);
            write_number(&rest[..digits], &mut words);
            in_text = false;
            rest = &rest[digits..];
        } else if Table::of(first).is_some() {
            if !in_text {
                words.push(900);
                (text.table, in_text) = (Table::Upper, true);
            }
            text.write(first, rest.get(1).copied());
            rest = &rest[1..];
        } else {
            let others = run(rest, |byte| Table::of(byte).is_none());
            text.end(&mut words);
            if others == 1 && in_text {
                words.extend([913, u16::from(first)]);
            } else {
                write_bytes(&rest[..others], &mut words);
                in_text = false;
            }
            rest = &rest[others..];
        }
    }
    text.end(&mut words);
    words
}

fn run(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|&&byte| belongs(byte)).count()
}

/// Six bytes are five numbers to the base 900; what remains, one each.
fn write_bytes(bytes: &[u8], words: &mut Vec<u16>) {
    let (groups, rest) = bytes.as_chunks::<6>();
    words.push(if rest.is_empty() { 924 } else { 901 });
    for group in groups {
        let number = group.iter().fold(0u64, |number, &byte| number << 8 | u64::from(byte));
        words.extend((0..5).rev().map(|place| (number / 900u64.pow(place) % 900) as u16));
    }
    words.extend(rest.iter().map(|&byte| u16::from(byte)));
}

/// Up to 44 digits, with a 1 before them, are a number to the base 900.
fn write_number(digits: &[u8], words: &mut Vec<u16>) {
    words.push(902);
    for digits in digits.chunks(44) {
        let mut number: Vec<u16> =
            [1].into_iter().chain(digits.iter().map(|&digit| u16::from(digit - b'0'))).collect();
        let mut group = Vec::new();
        while !number.is_empty() {
            let mut rest = 0;
            for digit in &mut number {
                let value = rest * 10 + *digit;
                (*digit, rest) = (value / 900, value % 900);
            }
            group.push(rest);
            let zeros = number.iter().take_while(|&&digit| digit == 0).count();
            number.drain(..zeros);
        }
        words.extend(group.into_iter().rev());
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    Upper,
    Lower,
    Mixed,
    Marks,
}

const MIXED: &[u8] = b"0123456789&\r\t,:#-.$/+%*=^";
const MARKS: &[u8] = b";<>@[\\]_`~!\r\t,:\n-.$/\"|*()?{}'";
/// What leads from any table but that of marks to one of them, for a character.
const ONE_MARK: u8 = 29;

impl Table {
    /// The table to be in for a character; a space is in all but that of marks.
    fn of(byte: u8) -> Option<Self> {
        match byte {
            b'A'..=b'Z' | b' ' => Some(Self::Upper),
            b'a'..=b'z' => Some(Self::Lower),
            _ if MIXED.contains(&byte) => Some(Self::Mixed),
            _ if MARKS.contains(&byte) => Some(Self::Marks),
            _ => None,
        }
    }

    fn place(self, byte: u8) -> Option<u8> {
        let among = |table: &[u8]| table.iter().position(|&mark| mark == byte).map(|at| at as u8);
        match (self, byte) {
            (Self::Upper | Self::Lower | Self::Mixed, b' ') => Some(26),
            (Self::Upper, b'A'..=b'Z') => Some(byte - b'A'),
            (Self::Lower, b'a'..=b'z') => Some(byte - b'a'),
            (Self::Mixed, _) => among(MIXED),
            (Self::Marks, _) => among(MARKS),
            _ => None,
        }
    }
}

/// Values from 0 to 29, of which two make a codeword.
struct Text {
    table: Table,
    values: Vec<u8>,
}

impl Text {
    fn write(&mut self, byte: u8, next: Option<u8>) {
        let place = self.table.place(byte);
        let wanted = Table::of(byte);
        let lasts = next.and_then(Table::of) == wanted;
        match (place, wanted) {
            (Some(place), _) => self.values.push(place),
            (None, Some(Table::Marks)) if !lasts => {
                self.values.extend([ONE_MARK, Table::Marks.place(byte).unwrap_or(0)]);
            }
            (None, Some(Table::Upper)) if self.table == Table::Lower && !lasts => {
                self.values.extend([27, Table::Upper.place(byte).unwrap_or(0)]);
            }
            (None, Some(table)) => {
                self.latch(table);
                self.values.extend(table.place(byte));
            }
            (None, None) => {}
        }
    }

    fn latch(&mut self, table: Table) {
        let way: &[u8] = match (self.table, table) {
            (Table::Upper, Table::Lower) | (Table::Mixed, Table::Lower) => &[27],
            (Table::Upper | Table::Lower, Table::Mixed) => &[28],
            (Table::Upper | Table::Lower, Table::Marks) => &[28, 25],
            (Table::Lower, Table::Upper) => &[28, 28],
            (Table::Mixed, Table::Upper) => &[28],
            (Table::Mixed, Table::Marks) => &[25],
            (Table::Marks, Table::Upper) => &[29],
            (Table::Marks, Table::Lower) => &[29, 27],
            (Table::Marks, Table::Mixed) => &[29, 28],
            _ => &[],
        };
        self.values.extend(way);
        self.table = table;
    }

    /// Writes what there is, and one more value where there is half a codeword.
    fn end(&mut self, words: &mut Vec<u16>) {
        if self.values.len() % 2 == 1 {
            self.values.push(29);
            if self.table == Table::Marks {
                self.table = Table::Upper;
            }
        }
        let pairs = self.values.drain(..).collect::<Vec<_>>();
        words.extend(pairs.chunks_exact(2).map(|pair| u16::from(pair[0]) * 30 + u16::from(pair[1])));
    }
}
