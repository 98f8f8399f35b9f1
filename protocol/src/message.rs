//! Stable names of every text that a person can read. The words themselves are in `flow-ui/locales/`.
