//! What a tenant knows already is parsed as if the person had typed it: each identifier of the list, with a
//! value that is taken, how it is shown then, and one that no person could have typed either.

use serde_json::{Map, Value, json};

use crate::actors::{Answer, Tenant, open};
use crate::house::House;

/// What a value becomes.
enum Shown {
    /// It is shown again so.
    As(&'static str),
    /// Its last characters are.
    Masked(&'static str),
}

use Shown::{As, Masked};

/// Identifier, a value that is taken, how it is shown, and a value that is not taken.
fn table() -> Vec<(&'static str, Value, Shown, Value)> {
    let owner = json!({
        "first_name": "Bob", "last_name": "Doe", "email": "bob@example.com", "ownership_stake": 20,
    });
    vec![
        ("id.first_name", json!(" Jane  Ann "), As("Jane Ann"), json!("R2D2")),
        ("id.middle_name", json!("Marple"), As("Marple"), json!(5)),
        ("id.last_name", json!("O'Brien-Doe"), As("O'Brien-Doe"), json!("<script>")),
        ("id.dob", json!("1990-05-17"), As("1990-05-17"), json!("17.05.1990")),
        ("id.email", json!("Jane@EXAMPLE.com"), As("Jane@example.com"), json!("jane")),
        ("id.phone_number", json!("+1 (415) 555-0132"), As("+14155550132"), json!("555-0132")),
        ("id.address_line1", json!("1 Long Street"), As("1 Long Street"), json!("1\nLong Street")),
        ("id.address_line2", json!("Apt. 3/B"), As("Apt. 3/B"), json!("x".repeat(101))),
        ("id.city", json!("Zenith"), As("Zenith"), json!("")),
        ("id.state", json!("CA"), As("CA"), json!(true)),
        ("id.zip", json!("sw1a 1aa"), As("SW1A 1AA"), json!("§")),
        ("id.country", json!("us"), As("US"), json!("XX")),
        ("id.nationality", json!("DE"), As("DE"), json!("Germany")),
        ("id.ssn9", json!("123-45-6789"), Masked("••••6789"), json!("666-45-6789")),
        ("id.ssn4", json!("6789"), Masked("••••"), json!("0000")),
        ("id.us_tax_id", json!("912-70-1234"), Masked("••••1234"), json!("912-66-1234")),
        ("id.us_legal_status", json!("visa"), As("visa"), json!("alien")),
        ("id.visa_kind", json!("h1b"), As("h1b"), json!("z9")),
        ("id.visa_expiration_date", json!("2999-01-31"), As("2999-01-31"), json!("2001-01-31")),
        ("id.drivers_license_number", json!("d123-4567"), Masked("••••4567"), json!("D/123")),
        ("id.drivers_license_state", json!("ca"), As("CA"), json!("California")),
        ("business.name", json!("Smith & Sons, 2nd Ltd."), As("Smith & Sons, 2nd Ltd."), json!(["x"])),
        ("business.dba", json!("Smith's"), As("Smith's"), json!("x".repeat(201))),
        ("business.tin", json!("12-3456789"), Masked("••••6789"), json!("00-3456789")),
        ("business.website", json!("example.com"), As("https://example.com"), json!("ftp://example.com")),
        ("business.phone_number", json!("0044 20 7946 0958"), As("+442079460958"), json!("+0")),
        ("business.address_line1", json!("1 Quay"), As("1 Quay"), json!(null)),
        ("business.address_line2", json!("Dock 2"), As("Dock 2"), json!({"x": 1})),
        ("business.city", json!("Zenith"), As("Zenith"), json!(1.5)),
        ("business.state", json!("Île-de-France"), As("Île-de-France"), json!("x".repeat(101))),
        ("business.zip", json!("110-0001"), As("110-0001"), json!("1")),
        ("business.country", json!("FR"), As("FR"), json!("UK")),
        ("business.corporation_type", json!("llp"), As("llp"), json!("gmbh")),
        ("business.primary_owner_stake", json!("+40"), As("40"), json!(101)),
        ("business.secondary_owners", json!([owner]), As(""), json!([{"first_name": "Bob"}])),
        ("investor_profile.occupation", json!("Plumber"), As("Plumber"), json!("x".repeat(501))),
        ("document.passport.document_number", json!("l898902c3"), Masked("••••02C3"), json!("***")),
        ("document.id_card.expires_at", json!("2012-04-15"), As("2012-04-15"), json!("2012-02-30")),
        ("custom.shoe_size", json!(43), As("43"), json!(99)),
    ]
}

/// A skill that collects all of them, and something that nobody knows beforehand.
fn skill() -> String {
    let format = |name: &str| match name {
        "custom.shoe_size" => ", format = { integer = { min = 1, max = 60 } }",
        _ => "",
    };
    let field = |name: &str| format!("{{ name = \"{name}\"{}, required = false }}", format(name));
    let mut fields: Vec<String> = table().iter().map(|(name, ..)| field(name)).collect();
    fields.push("{ name = \"answer\", format = { line = { max = 9 } } }".into());
    format!(
        "name = \"all_#1.0\"\ntitle = \"All\"\n[[steps]]\nname = \"all\"\nkind = \"form\"\nfields = [{}]\n",
        fields.join(",\n")
    )
}

async fn start(house: &House, tenant: &Tenant, known: Map<String, Value>) -> Answer {
    let started =
        tenant.start(house, &json!({"key": tenant.playbook("all_#1.0"), "bootstrap_data": known})).await;
    assert_eq!(started.status, 200, "{}", started.text);
    started
}

/// The fields of the form that the person is shown.
async fn shown(house: &House, started: &Answer) -> Vec<Value> {
    let opened = open(house, &started.text("/token")).await;
    opened.body()["next"]["screen"]["form"]["fields"].as_array().unwrap().clone()
}

fn ignored(started: &Answer) -> Vec<String> {
    let mut names: Vec<String> =
        serde_json::from_value(started.body()["ignored_bootstrap_fields"].clone()).unwrap_or_default();
    names.sort();
    names
}

fn house_with_skill(folder: &tempfile::TempDir) -> House {
    std::fs::write(folder.path().join("all.toml"), skill()).unwrap();
    House::open_with(&["--skills", folder.path().to_str().unwrap()])
}

#[tokio::test]
async fn each_identifier_is_taken_in_its_format() {
    let folder = tempfile::tempdir().unwrap();
    let house = house_with_skill(&folder);
    let tenant = Tenant::of(&house);
    let known = table().into_iter().map(|(name, value, ..)| (name.to_owned(), value)).collect();
    let started = start(&house, &tenant, known).await;
    assert_eq!(ignored(&started), [""; 0]);
    let fields = shown(&house, &started).await;
    for ((name, _, expected, _), field) in table().into_iter().zip(&fields) {
        assert_eq!(field["name"], name);
        match expected {
            As("") => assert_eq!(field["owners"][0]["first_name"], "Bob"),
            As(text) => {
                assert_eq!((&field["value"], &field["masked"]), (&json!(text), &Value::Null), "{name}")
            }
            Masked(text) => {
                assert_eq!((&field["value"], &field["masked"]), (&Value::Null, &json!(text)), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn what_nobody_could_have_typed_is_ignored_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let house = house_with_skill(&folder);
    let tenant = Tenant::of(&house);
    let mut names: Vec<String> = table().iter().map(|(name, ..)| (*name).to_owned()).collect();
    names.sort();
    let wrong = table().into_iter().map(|(name, _, _, wrong)| (name.to_owned(), wrong)).collect();
    let started = start(&house, &tenant, wrong).await;
    assert_eq!(ignored(&started), names);
    for field in shown(&house, &started).await {
        assert!(
            field["value"].is_null() && field["masked"].is_null() && field["owners"].is_null(),
            "{field}"
        );
    }
}

#[tokio::test]
async fn what_the_skill_does_not_collect_is_ignored_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let house = house_with_skill(&folder);
    let tenant = Tenant::of(&house);
    let collected = ["id.first_name", "id.last_name", "id.dob", "id.email", "id.phone_number"];
    let more = ["id.address_line1", "id.city", "id.zip", "id.country"];
    let known: Map<_, _> = table().into_iter().map(|(name, value, ..)| (name.to_owned(), value)).collect();
    let mut others: Vec<String> = known.keys().cloned().collect();
    others.retain(|name| !collected.contains(&name.as_str()) && !more.contains(&name.as_str()));
    others.sort();
    let body = json!({"key": tenant.playbook("kyc_basic_#1.0"), "bootstrap_data": known});
    let started = tenant.start(&house, &body).await;
    assert_eq!(ignored(&started), others);
    let opened = open(&house, &started.text("/token")).await;
    assert_eq!(opened.text("/next/name"), "consent", "a form of which all is known is not shown");
}
