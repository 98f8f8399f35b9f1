//! When the text of a barcode is believed: two frames must give it. Its codewords correct errors, and where
//! there are too many of them they may make another text. Two frames do not err in the same way. Of
//! machine-readable zones more can be said: [`crate::mrz::picture::Agreement`].

/// What frames read so far.
#[derive(Clone, Default)]
pub struct Agreement {
    /// What was read once, the latest last.
    once: Vec<String>,
    agreed: Option<String>,
}

/// So many different texts are remembered: a reading goes wrong in few ways.
const REMEMBERED: usize = 4;

impl Agreement {
    /// Takes what a frame read, and says whether it is the second one that says so. What was agreed on
    /// stands, whatever is read later.
    pub fn see(&mut self, text: &str) -> bool {
        if self.agreed.is_some() {
            return false;
        }
        if self.once.iter().any(|seen| seen == text) {
            self.agreed = Some(text.into());
            self.once.clear();
            return true;
        }
        if self.once.len() == REMEMBERED {
            self.once.remove(0);
        }
        self.once.push(text.into());
        false
    }

    /// What two frames agree on.
    pub fn agreed(&self) -> Option<&str> {
        self.agreed.as_deref()
    }
}
