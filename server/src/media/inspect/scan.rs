//! Whether a JPEG's picture is there to its last block.
//!
//! Decoders paint what is missing grey and say nothing, as browsers want it; but a document of
//! which the lower half is grey must be photographed again. So the blocks are counted: ITU-T T.81,
//! annexes B, C, F and G. Of a progressive picture the first scans are, which cover all of it; one
//! that ends in a later scan is coarser, not shorter.

/// `true` if a scan ends before its last block. What is not a picture in Huffman codes, or breaks
/// another rule, is for the decoder to judge.
pub(super) fn ends_early(file: &[u8]) -> bool {
    walk(file).is_some_and(|outcome| outcome == Outcome::Short)
}

#[derive(PartialEq)]
enum Outcome {
    Whole,
    Short,
}

#[derive(Default)]
struct Picture {
    width: usize,
    height: usize,
    components: Vec<Component>,
    progressive: bool,
    /// Blocks between restart markers; 0 for none.
    restart: usize,
    /// By class (DC, AC) and number.
    tables: [[Option<Table>; 4]; 2],
}

struct Component {
    id: u8,
    across: usize,
    down: usize,
}

/// Goes from segment to segment. `None` when it meets what it does not know.
fn walk(file: &[u8]) -> Option<Outcome> {
    let mut picture = Picture::default();
    let mut at = 2;
    loop {
        at += file.get(at..)?.iter().position(|&byte| byte == 0xff)?;
        at += file.get(at..)?.iter().position(|&byte| byte != 0xff)?;
        let marker = file[at];
        at += 1;
        match marker {
            0xd9 => return Some(Outcome::Whole),
            // Markers without a segment; and bytes that nobody reads.
            0x00 | 0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(file.get(at..at + 2)?.try_into().ok()?));
        let content = file.get(at + 2..at.checked_add(length)?)?;
        at += length;
        match marker {
            0xc0..=0xc2 => {
                picture.frame(content)?;
                picture.progressive = marker == 0xc2;
            }
            0xc4 => picture.define_tables(content)?,
            // Lossless, hierarchical, arithmetic.
            0xc3..=0xcf => return None,
            0xdd => picture.restart = usize::from(u16::from_be_bytes(content.try_into().ok()?)),
            0xda => match picture.scan(content, file.get(at..)?)? {
                Some(end) => at += end,
                None => return Some(Outcome::Short),
            },
            _ => {}
        }
    }
}

impl Picture {
    fn frame(&mut self, content: &[u8]) -> Option<()> {
        let [8, h1, h0, w1, w0, _, components @ ..] = content else { return None };
        self.height = usize::from(u16::from_be_bytes([*h1, *h0]));
        self.width = usize::from(u16::from_be_bytes([*w1, *w0]));
        self.components = components
            .chunks_exact(3)
            .map(|part| Component {
                id: part[0],
                across: usize::from(part[1] >> 4),
                down: usize::from(part[1] & 15),
            })
            .collect();
        let sane =
            |component: &Component| (1..=4).contains(&component.across) && (1..=4).contains(&component.down);
        self.components.iter().all(sane).then_some(())
    }

    fn define_tables(&mut self, mut content: &[u8]) -> Option<()> {
        while let [which, rest @ ..] = content {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let symbols = counts.iter().map(|count| usize::from(*count)).sum();
            let (symbols, rest) = rest.split_at_checked(symbols)?;
            let class = self.tables.get_mut(usize::from(which >> 4))?;
            *class.get_mut(usize::from(which & 15))? = Some(Table::new(counts, symbols)?);
            content = rest;
        }
        Some(())
    }

    /// Counts the blocks of a scan. Gives where its data end; `Some(None)` if they end too early.
    fn scan(&self, header: &[u8], data: &[u8]) -> Option<Option<usize>> {
        let (count, rest) = header.split_first()?;
        let (parts_of_header, [first, _, precision]) = rest.split_at_checked(2 * usize::from(*count))? else {
            return None;
        };
        if self.progressive && (*first != 0 || precision >> 4 != 0) {
            // Refines what is there. Where it ends is found by the next marker.
            return Some(Some(0));
        }
        let mut parts = Vec::new();
        for part in parts_of_header.chunks_exact(2) {
            let component = self.components.iter().find(|component| component.id == part[0])?;
            let dc = self.tables[0].get(usize::from(part[1] >> 4))?.as_ref()?;
            let ac = self.tables[1].get(usize::from(part[1] & 15))?.as_ref();
            if ac.is_none() && !self.progressive {
                return None;
            }
            parts.push((component, dc, ac.filter(|_| !self.progressive)));
        }
        let most = |side: fn(&Component) -> usize| self.components.iter().map(side).max();
        let (across, down) = (most(|component| component.across)?, most(|component| component.down)?);
        // One component alone is stored block by block, without what would pad it to the others.
        let (units, alone) = match &*parts {
            [(component, ..)] => {
                let wide = (self.width * component.across).div_ceil(8 * across);
                let high = (self.height * component.down).div_ceil(8 * down);
                (wide * high, true)
            }
            _ => (self.width.div_ceil(8 * across) * self.height.div_ceil(8 * down), false),
        };
        let mut bits = Bits { data, at: 0, held: 0, count: 0 };
        for unit in 0..units {
            if self.restart > 0 && unit > 0 && unit % self.restart == 0 && !bits.restart() {
                return Some(None);
            }
            for (component, dc, ac) in &parts {
                let blocks = if alone { 1 } else { component.across * component.down };
                for _ in 0..blocks {
                    match bits.block(dc, *ac) {
                        Block::Read => {}
                        Block::Missing => return Some(None),
                        Block::Broken => return None,
                    }
                }
            }
        }
        bits.go_to_marker();
        Some(Some(bits.at))
    }
}

/// A Huffman table, for codes of up to 16 bits.
struct Table {
    /// For each length from 1: the first code beyond those of this length, aligned to 16 bits, and
    /// what takes a code to its symbol's place.
    lengths: [(u32, i32); 16],
    symbols: Box<[u8]>,
}

impl Table {
    fn new(counts: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut lengths = [(0, 0); 16];
        let (mut code, mut place) = (0u32, 0i32);
        for (length, count) in (1u32..).zip(counts) {
            let offset = place - code as i32;
            code += u32::from(*count);
            place += i32::from(*count);
            if code > 1 << length {
                return None;
            }
            lengths[length as usize - 1] = (code << (16 - length), offset);
            code <<= 1;
        }
        Some(Self { lengths, symbols: symbols.into() })
    }

    /// The length and symbol of the code at the front of 16 bits.
    fn find(&self, bits: u32) -> Option<(u32, u8)> {
        let (length, (_, offset)) = (1u32..).zip(self.lengths).find(|(_, (beyond, _))| bits < *beyond)?;
        let place = (bits >> (16 - length)) as i32 + offset;
        Some((length, *self.symbols.get(usize::try_from(place).ok()?)?))
    }
}

enum Block {
    Read,
    /// The data end before the block does.
    Missing,
    /// No table has such a code.
    Broken,
}

/// The bits of a scan, up to the next marker.
struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    /// The next bits, at the top.
    held: u64,
    count: u32,
}

impl Bits<'_> {
    fn fill(&mut self) {
        while self.count <= 56 {
            let (byte, length) = match self.data.get(self.at..) {
                Some([0xff, 0x00, ..]) => (0xff, 2),
                Some([0xff, ..] | []) | None => return,
                Some([byte, ..]) => (*byte, 1),
            };
            self.held |= u64::from(byte) << (56 - self.count);
            self.count += 8;
            self.at += length;
        }
    }

    fn skip(&mut self, bits: u32) -> bool {
        if bits > self.count {
            return false;
        }
        self.held <<= bits;
        self.count -= bits;
        true
    }

    /// Reads a code and skips the value that follows it, whose length is in the code's symbol.
    fn symbol(&mut self, table: &Table) -> Result<u8, Block> {
        self.fill();
        let Some((length, symbol)) = table.find((self.held >> 48) as u32) else {
            return Err(if self.count < 16 { Block::Missing } else { Block::Broken });
        };
        let value = u32::from(symbol & 15);
        if self.skip(length + value) { Ok(symbol) } else { Err(Block::Missing) }
    }

    /// Reads a block: its mean, and where there is a table for them its other coefficients.
    fn block(&mut self, dc: &Table, ac: Option<&Table>) -> Block {
        if let Err(block) = self.symbol(dc) {
            return block;
        }
        let Some(ac) = ac else { return Block::Read };
        let mut coefficient = 1;
        while coefficient < 64 {
            match self.symbol(ac) {
                Err(block) => return block,
                // The rest of the block is zero.
                Ok(0x00) => break,
                Ok(symbol) => coefficient += usize::from(symbol >> 4) + 1,
            }
        }
        Block::Read
    }

    /// Goes over a restart marker, if one comes now.
    fn restart(&mut self) -> bool {
        (self.held, self.count) = (0, 0);
        self.go_to_marker();
        let found = matches!(self.data.get(self.at..), Some([0xff, 0xd0..=0xd7, ..]));
        self.at += 2 * usize::from(found);
        found
    }

    /// Goes over what is left of the data: padding, and what nobody reads.
    fn go_to_marker(&mut self) {
        let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xff);
        let left = self.data.get(self.at..).unwrap_or_default();
        self.at += left.windows(2).position(is_marker).unwrap_or(left.len());
    }
}
