//! What was typed or read of a document and of whom it is, in the names of the omni family.

mod known;

use vestibule_protocol::date::Date;
use vestibule_protocol::omni::{AddressFields, OcrData, OcrName, TypeOfId};
use vestibule_protocol::upload::DocumentKind;

use self::known::Known;
use crate::engine::session::Session;

/// What there is, on the day `today`, which resolves two-digit years. What was read of the document by a
/// machine goes before what was typed of it (`document.<kind>.<what>`), and that before what the person
/// says of themselves (`id.<what>`); but a name goes as it was typed, since a zone has it in capitals
/// without accents, and beside it as the machine read it. Numbers of social security and of taxes are of
/// no document, and are left to the vault.
pub fn ocr_data(session: &Session, today: Date) -> OcrData {
    let known = Known::of(session, today);
    let issuer = known.read(|reading| reading.issuer.as_ref());
    OcrData {
        name: name(&known),
        address: address_lines(&known),
        address_fields: address(&known),
        type_of_id: known.kind.as_deref().and_then(DocumentKind::from_text).map(type_of_id),
        birth_date: known
            .read(|reading| reading.birth?.day())
            .or_else(|| known.day("id.dob"))
            .map(Date::millis),
        document_number: known.read(|reading| reading.number.clone()),
        issued_at: known.day_of_document("issued_at").map(Date::millis),
        expire_at: known.read(|reading| reading.expiry).map(Date::millis),
        issuing_country: issuer.map(|issuer| issuer.country.clone()),
        issuing_state: issuer.and_then(|issuer| issuer.region.clone()),
        nationality: known.text_of_document("nationality").or_else(|| known.text("id.nationality")),
    }
}

fn name(known: &Known) -> Option<OcrName> {
    let part = |of_document, of_person| known.text_of_document(of_document).or_else(|| known.text(of_person));
    let first_name = part("first_name", "id.first_name");
    let middle_name = known.text("id.middle_name");
    let paternal_last_name = part("last_name", "id.last_name");
    let full_name = known
        .text_of_document("full_name")
        .or_else(|| joined([&first_name, &middle_name, &paternal_last_name], " "));
    let name = OcrName {
        full_name,
        machine_readable_full_name: known.machine_read_name(),
        first_name,
        middle_name,
        paternal_last_name,
    };
    (name != OcrName::default()).then_some(name)
}

fn address(known: &Known) -> Option<AddressFields> {
    let address = AddressFields {
        street: joined([&known.text("id.address_line1"), &known.text("id.address_line2")], ", "),
        city: known.text("id.city"),
        state: known.text("id.state"),
        postal_code: known.text("id.zip"),
        country: known.text("id.country"),
    };
    (address != AddressFields::default()).then_some(address)
}

fn address_lines(known: &Known) -> Option<String> {
    let text = |name| known.text(name);
    let town = joined([&text("id.zip"), &text("id.city"), &text("id.state")], " ");
    let lines = [&text("id.address_line1"), &text("id.address_line2"), &town, &text("id.country")];
    known.text_of_document("address").or_else(|| joined(lines, "\n"))
}

/// The parts that there are; `None` when there is none.
fn joined<const N: usize>(parts: [&Option<String>; N], with: &str) -> Option<String> {
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(with))
}

fn type_of_id(kind: DocumentKind) -> TypeOfId {
    match kind {
        DocumentKind::Passport => TypeOfId::Passport,
        DocumentKind::IdCard => TypeOfId::IdentificationCard,
        DocumentKind::DriversLicense => TypeOfId::DriversLicense,
        DocumentKind::ResidencePermit => TypeOfId::ResidenceDocument,
    }
}
