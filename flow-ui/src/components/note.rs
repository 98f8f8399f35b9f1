//! What a reviewer asks the person for: to be read on the first screen, and at hand on those after it.

use vestibule_protocol::message::Message;

use crate::flow::Flow;
use crate::view::{View, el};

/// The id by which the first heading leads to it.
pub const ID: &str = "note";

/// A note of more characters, or of more lines, is folded from the beginning.
const LONG: (usize, usize) = (280, 6);

/// How many characters of a folded note are shown, about.
const BEGINNING: usize = 140;

/// Draws the note, where there is one. It is plain text, whatever stands in it.
pub fn note(flow: Flow) -> Option<View> {
    let (tenant, words) = flow.note()?;
    let first = flow.is_first_screen();
    let long = words.chars().count() > LONG.0 || words.lines().count() > LONG.1;
    let mut summary = el("summary").text(flow.filled(Message::NoteFrom, &[("tenant", &tenant)]));
    if first && long {
        summary = summary.child(el("span").class("beginning").set("dir", "auto").text(beginning(&words)));
    }
    let mut details = el("details").class("note").set("id", ID);
    if first && !long {
        details = details.set("open", "");
    }
    Some(details.child(summary).child(el("p").set("dir", "auto").text(words)).draw())
}

/// Whole words from the beginning, and a sign that there are more.
fn beginning(words: &str) -> String {
    let mut shown = String::new();
    for word in words.split_whitespace() {
        if shown.len() + word.len() > BEGINNING {
            break;
        }
        shown.push_str(word);
        shown.push(' ');
    }
    [shown.trim(), "…"].concat()
}
