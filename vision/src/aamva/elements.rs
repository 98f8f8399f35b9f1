//! The elements of a subfile: three letters and a value each.

/// The elements, in their order.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Elements(Vec<(String, String)>);

impl Elements {
    /// Reads a subfile from behind its type on. The standard parts elements by line feeds and ends the
    /// subfile by a carriage return; issuers use any control characters for either. Elements of a
    /// subfile that follows are not a card's, and fall away by their letters.
    pub(super) fn read(subfile: &str) -> Self {
        let lines = subfile.split(|c: char| c.is_control()).map(str::trim_ascii);
        let elements = lines.filter(|line| is_code(line)).map(|line| {
            let (code, value) = line.split_at(3);
            (code.to_owned(), value.trim_ascii().to_owned())
        });
        Self(elements.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, value)| is_blank(value))
    }

    /// The first element of this code in which something stands.
    pub(super) fn get(&self, code: &str) -> Option<&str> {
        let named = self.0.iter().filter(|(name, _)| name == code);
        named.map(|(_, value)| value.as_str()).find(|value| !is_blank(value))
    }
}

/// Whether a line begins with the code of an element that a card can have: `D` and two capitals.
pub(super) fn is_code(line: &str) -> bool {
    let Some(code) = line.as_bytes().first_chunk::<3>() else { return false };
    code[0] == b'D' && code.iter().all(u8::is_ascii_uppercase)
}

/// The words by which issuers say that there is nothing to say.
fn is_blank(value: &str) -> bool {
    matches!(value.to_ascii_uppercase().as_str(), "" | "NONE" | "NONAME" | "NMN" | "UNAVL" | "UNAVAIL")
}
