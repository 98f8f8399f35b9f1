//! The server behind the flow.
