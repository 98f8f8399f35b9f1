//! Places: countries, states, postal codes.

use super::FieldProblem;

/// The 249 officially assigned codes of ISO 3166-1 alpha-2, in alphabetical order, two letters each
/// with a space between: a string weighs less than a table.
pub const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ \
    BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM \
    DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS \
    GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN \
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ \
    MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV \
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI \
    VN VU WF WS YE YT ZA ZM ZW";

/// The states, the District of Columbia and the inhabited territories of the United States (USPS
/// Publication 28, appendix B), in the manner of [`COUNTRIES`].
pub const US_STATES: &str = "\
    AL AK AS AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE \
    NV NH NJ NM NY NC ND MP OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY";

/// Whether `code` is one of [`COUNTRIES`].
pub fn is_country(code: &str) -> bool {
    is_listed(COUNTRIES, code)
}

/// Whether `code` is one of [`US_STATES`].
pub fn is_us_state(code: &str) -> bool {
    is_listed(US_STATES, code)
}

fn is_listed(list: &str, code: &str) -> bool {
    code.len() == 2 && list.split(' ').any(|listed| listed == code)
}

pub(super) fn country(text: &str) -> Result<String, FieldProblem> {
    let code = text.to_ascii_uppercase();
    if is_country(&code) { Ok(code) } else { Err(FieldProblem::InvalidCountry) }
}

pub(super) fn us_state(text: &str) -> Result<String, FieldProblem> {
    let code = text.to_ascii_uppercase();
    if is_us_state(&code) { Ok(code) } else { Err(FieldProblem::InvalidState) }
}

/// Postal codes of the world have 2 to 12 letters, digits, spaces and dashes (Universal Postal
/// Union, "Postal addressing systems"); the country's own rule is checked where both are known.
pub(super) fn postal_code(text: &str) -> Result<String, FieldProblem> {
    let fits = (2..=12).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -".contains(&byte))
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric());
    if fits { Ok(text.to_ascii_uppercase()) } else { Err(FieldProblem::InvalidPostalCode) }
}
