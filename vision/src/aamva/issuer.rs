//! The issuers of cards by their numbers (AAMVA, "Issuer Identification Numbers").

/// An issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// The state, province or territory: what follows the country in ISO 3166-2, or in the postal code
    /// of a territory of the United States. Empty for the Department of State.
    pub region: &'static str,
}

/// Six digits, the country, the region, with a space between: a string weighs less than a table.
const ISSUERS: &str = "\
    604426CAPE 604427USAS 604428CAQC 604429CAYT 604430USMP 604431USPR 604432CAAB 604433CANU 604434CANT \
    636000USVA 636001USNY 636002USMA 636003USMD 636004USNC 636005USSC 636006USCT 636007USLA 636008USMT \
    636009USNM 636010USFL 636011USDE 636012CAON 636013CANS 636014USCA 636015USTX 636016CANL 636017CANB \
    636018USIA 636019USGU 636020USCO 636021USAR 636022USKS 636023USOH 636024USVT 636025USPA 636026USAZ \
    636027US 636028CABC 636029USOR 636030USMO 636031USWI 636032USMI 636033USAL 636034USND 636035USIL \
    636036USNJ 636037USIN 636038USMN 636039USNH 636040USUT 636041USME 636042USSD 636043USDC 636044CASK \
    636045USWA 636046USKY 636047USHI 636048CAMB 636049USNV 636050USID 636051USMS 636052USRI 636053USTN \
    636054USNE 636055USGA 636056MXCOA 636057MXHID 636058USOK 636059USAK 636060USWY 636061USWV 636062USVI";

/// The issuer with this number.
pub fn issuer(number: &str) -> Option<Issuer> {
    issuers().find(|&(listed, _)| listed == number).map(|(_, issuer)| issuer)
}

/// All issuers, with their numbers.
pub fn issuers() -> impl Iterator<Item = (&'static str, Issuer)> {
    ISSUERS.split(' ').map(|listed| {
        let (number, rest) = listed.split_at(6);
        let (country, region) = rest.split_at(2);
        (number, Issuer { country, region })
    })
}
