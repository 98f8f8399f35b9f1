//! What stands on the wire says what it is, in JSON Schema (draft 2020-12, which OpenAPI 3.1 uses).
//!
//! The server publishes it. The browser has no use for it: there the feature `schema` is off, and
//! everything counts as described.

#[cfg(feature = "schema")]
pub use schemars::JsonSchema as Described;

/// A type that says what it is on the wire.
#[cfg(not(feature = "schema"))]
pub trait Described {}

#[cfg(not(feature = "schema"))]
impl<T> Described for T {}

/// How the address of a page is described to which a browser is sent. What is taken, the server decides.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(inline, extend("format" = "uri", "pattern" = "^https?://", "maxLength" = 2_000))]
pub struct PageAddress(pub String);

/// How a text in people's own words is described: up to `MOST` characters that can be read, in lines.
#[cfg(feature = "schema")]
pub struct Prose<const MOST: u32>;

#[cfg(feature = "schema")]
impl<const MOST: u32> schemars::JsonSchema for Prose<MOST> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Prose".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (seen, readable) =
            (r"[^\s\u0000-\u001f\u007f-\u009f]", r"[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]");
        schemars::json_schema!({
            "type": "string",
            "minLength": 1,
            "maxLength": MOST,
            "pattern": format!("^{readable}*{seen}{readable}*$"),
        })
    }
}

#[cfg(feature = "schema")]
static WIRE: include_dir::Dir = include_dir::include_dir!("$CARGO_MANIFEST_DIR/wire");

/// The golden documents of a type, by the names of their files: examples of it.
#[cfg(feature = "schema")]
pub fn examples(type_name: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = WIRE.get_dir(snake(type_name)).into_iter().flat_map(include_dir::Dir::files);
    let json = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "json"));
    json.filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
}

/// `SubmitStep` is `submit_step`.
#[cfg(feature = "schema")]
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}
