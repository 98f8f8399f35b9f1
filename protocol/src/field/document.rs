//! What machines read of documents: kept as it was read, and understood by the checks.

use super::FieldProblem;

/// The characters of all lines together, and the length of one, of each layout of Doc 9303.
const LAYOUTS: [(usize, usize); 3] = [(72, 36), (88, 44), (90, 30)];

/// Capitals, digits and `<`. Lines may be parted by line breaks or by nothing; they are kept parted.
pub(super) fn mrz(text: &str) -> Result<String, FieldProblem> {
    let zone: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if !zone.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'<') {
        return Err(FieldProblem::InvalidCharacters);
    }
    let zone = zone.to_ascii_uppercase();
    let layout = LAYOUTS.iter().find(|(whole, _)| *whole == zone.len());
    let Some((_, line)) = layout else {
        let longest = LAYOUTS[LAYOUTS.len() - 1].0;
        return Err(if zone.len() > longest { FieldProblem::TooLong } else { FieldProblem::TooShort });
    };
    let lines: Vec<_> = (0..zone.len()).step_by(*line).map(|start| &zone[start..start + line]).collect();
    Ok(lines.join("\n"))
}

/// A PDF417 holds 1,850 characters at most. Control characters part its elements, so they are kept.
pub(super) fn barcode(text: &str) -> Result<String, FieldProblem> {
    if text.contains('\0') {
        Err(FieldProblem::InvalidCharacters)
    } else if text.chars().count() > 2_000 {
        Err(FieldProblem::TooLong)
    } else {
        Ok(text.into())
    }
}
