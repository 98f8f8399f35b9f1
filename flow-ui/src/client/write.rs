//! Writes what is sent as JSON: a serde serializer that knows what the protocol's requests are made of and no
//! more. One for everything weighs a kilobyte and a half of the first download.

use std::fmt;

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};

/// The value has a part that no request has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Unwritable;

/// A request's body as JSON.
///
/// # Errors
/// [`Unwritable`] when it is none of the protocol's.
pub fn write<T: Serialize>(body: &T) -> Result<String, Unwritable> {
    let mut text = String::new();
    body.serialize(Json(&mut text))?;
    Ok(text)
}

struct Json<'a>(&'a mut String);

/// A list or an object that is being written.
struct Open<'a> {
    text: &'a mut String,
    empty: bool,
    end: char,
}

impl<'a> Json<'a> {
    fn word(self, word: &str) -> Result<(), Unwritable> {
        self.0.push_str(word);
        Ok(())
    }

    fn open(self, begin: char, end: char) -> Result<Open<'a>, Unwritable> {
        self.0.push(begin);
        Ok(Open { text: self.0, empty: true, end })
    }
}

/// RFC 8259, section 7: quotes, backslashes and control characters are escaped.
fn quote(text: &mut String, value: &str) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\0'..='\x1f' => {
                let digit = |value: u32| char::from_digit(value, 16).unwrap_or('0');
                text.push_str("\\u00");
                text.extend([digit(c as u32 >> 4), digit(c as u32 & 15)]);
            }
            _ => text.push(c),
        }
    }
    text.push('"');
}

impl Open<'_> {
    fn next(&mut self) {
        if !std::mem::replace(&mut self.empty, false) {
            self.text.push(',');
        }
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Unwritable> {
        self.next();
        quote(self.text, name);
        self.text.push(':');
        value.serialize(Json(self.text))
    }

    fn close(self) -> Result<(), Unwritable> {
        self.text.push(self.end);
        Ok(())
    }
}

/// The kinds that no request has.
macro_rules! unwritable {
    ($($method:ident($($type:ty),*) -> $output:ty,)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$output, Unwritable> {
            Err(Unwritable)
        })*
    };
}

impl<'a> Serializer for Json<'a> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeTuple = Impossible<(), Unwritable>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    fn serialize_bool(self, value: bool) -> Result<(), Unwritable> {
        self.word(if value { "true" } else { "false" })
    }

    fn serialize_i64(self, value: i64) -> Result<(), Unwritable> {
        self.word(&value.to_string())
    }

    fn serialize_str(self, value: &str) -> Result<(), Unwritable> {
        quote(self.0, value);
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), Unwritable> {
        self.word("null")
    }

    fn serialize_none(self) -> Result<(), Unwritable> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Unwritable> {
        self.open('[', ']')
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Unwritable> {
        self.open('{', '}')
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Unwritable> {
        self.open('{', '}')
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unwritable> {
        Err(Unwritable)
    }

    unwritable! {
        serialize_i8(i8) -> (),
        serialize_i16(i16) -> (),
        serialize_i32(i32) -> (),
        serialize_u8(u8) -> (),
        serialize_u16(u16) -> (),
        serialize_u32(u32) -> (),
        serialize_u64(u64) -> (),
        serialize_f32(f32) -> (),
        serialize_f64(f64) -> (),
        serialize_char(char) -> (),
        serialize_bytes(&[u8]) -> (),
        serialize_unit_struct(&'static str) -> (),
        serialize_unit_variant(&'static str, u32, &'static str) -> (),
        serialize_tuple(usize) -> Self::SerializeTuple,
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant,
    }
}

impl ser::SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.next();
        value.serialize(Json(self.text))
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close()
    }
}

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        self.next();
        key.serialize(Json(self.text))?;
        self.text.push(':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        value.serialize(Json(self.text))
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close()
    }
}

impl ser::SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close()
    }
}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl std::error::Error for Unwritable {}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unwritable")
    }
}

impl fmt::Debug for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unwritable")
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use vestibule_protocol::field::Raw;
    use vestibule_protocol::secret::{Nonce, SecretForm};
    use vestibule_protocol::session::{OpenSession, SubmitStep};
    use vestibule_protocol::submission::Data;

    use super::*;

    fn submission(data: Data) -> SubmitStep {
        SubmitStep {
            client_id: None,
            nonce: Nonce::from_text("n0nce"),
            skill: None,
            step: "details".parse().unwrap(),
            data,
        }
    }

    fn raw() -> impl Strategy<Value = Raw> {
        let leaf = prop_oneof![
            any::<String>().prop_map(Raw::Text),
            any::<bool>().prop_map(Raw::Bool),
            any::<i64>().prop_map(Raw::Integer),
            Just(Raw::Null),
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Raw::List),
                prop::collection::vec((any::<String>(), inner), 0..4).prop_map(Raw::Record),
            ]
        })
    }

    #[test]
    fn an_empty_request_is_an_empty_object() {
        assert_eq!(write(&OpenSession::default()), Ok("{}".into()));
    }

    proptest! {
        #[test]
        fn whatever_is_submitted_is_read_as_it_was(values in prop::collection::vec(("[a-z]{1,9}", raw()), 0..6)) {
            let mut data = Data::default();
            for (name, value) in &values {
                data.push(name, value.clone());
            }
            let body = submission(data);
            let written: serde_json::Value = serde_json::from_str(&write(&body).unwrap()).unwrap();
            prop_assert_eq!(written, serde_json::to_value(&body).unwrap());
        }
    }
}
