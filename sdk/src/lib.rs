//! What a web page imports.
