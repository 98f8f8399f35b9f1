//! Names as people type them and as documents print them.

use proptest::prelude::*;

use super::*;
use Verdict::{Fail, Ok as Same, Unknown, Warn};

/// `given/family` as parts, all else as a whole.
fn name(text: &str, truncated: bool) -> PersonName {
    match text.split_once('/') {
        Some((given, family)) => PersonName::Parts { given: given.into(), family: family.into(), truncated },
        None => PersonName::Whole(text.into()),
    }
}

fn says(pairs: &[(&str, &str, Verdict)]) {
    for (typed, printed, verdict) in pairs {
        let (typed_name, printed_name) = (name(typed, false), name(printed, false));
        assert_eq!(compare(&typed_name, &printed_name), *verdict, "{typed} and {printed}");
        assert_eq!(compare(&printed_name, &typed_name), *verdict, "{printed} and {typed}");
    }
}

#[test]
fn a_name_is_the_same_however_documents_spell_it() {
    says(&[
        ("Anna Maria/Eriksson", "ANNA MARIA/ERIKSSON", Same),
        ("Jörg/Weiß", "JOERG/WEISS", Same),
        ("José/Núñez", "JOSE/NUNEZ", Same),
        ("Jean-Luc/O’Neill", "JEAN LUC/ONEILL", Same),
        ("Наталья/Щукина", "NATALIA/SHCHUKINA", Same),
        ("Γεώργιος/Παπαδόπουλος", "GEORGIOS/PAPADOPOULOS", Same),
        ("小明/李", "小明/李", Same),
        ("anna/eriksson", "ANNA/ERIKSSON", Same),
    ]);
}

#[test]
fn what_people_leave_out_is_forgiven() {
    says(&[
        ("Anna/Eriksson", "ANNA MARIA/ERIKSSON", Same),
        ("Anna Maria Sofia/Eriksson", "ANNA SOFIA/ERIKSSON", Same),
        ("Jan/Berg", "JAN/VAN DER BERG", Same),
        ("Maria/de la Cruz", "MARIA/DELACRUZ", Same),
        ("Michael/Sample Jr.", "MICHAEL/SAMPLE", Same),
        ("Erika/Mustermann", "ERIKA/DR MUSTERMANN", Same),
    ]);
}

#[test]
fn what_is_odd_is_for_a_person_to_look_at() {
    says(&[
        ("Maria/Eriksson", "ANNA MARIA/ERIKSSON", Warn),
        ("Maria Anna/Eriksson", "ANNA MARIA/ERIKSSON", Warn),
        ("A./Eriksson", "ANNA/ERIKSSON", Warn),
        ("Eriksson/Anna", "ANNA/ERIKSSON", Warn),
        ("Anna/Maria Eriksson", "ANNA MARIA/ERIKSSON", Warn),
        ("Federico/García", "FEDERICO/GARCIA LORCA", Warn),
        ("Anna/Lindqvist", "ANNA/ERIKSSON", Warn),
        ("Liz/Smith", "ELIZABETH/SMITH", Warn),
        ("Anna/Erikson", "ANNA/ERIKSSON", Warn),
        ("Anna/Eriskson", "ANNA/ERIKSSON", Warn),
        ("Ana/Erikssen", "ANNA/ERIKSSON", Warn),
        ("/Eriksson", "ANNA/ERIKSSON", Warn),
    ]);
}

#[test]
fn who_has_another_name_fails() {
    says(&[
        ("Jane/Doe", "ANNA MARIA/ERIKSSON", Fail),
        ("Maria/García", "JOSE/GARCIA LORCA", Fail),
        ("Li/Wu", "WEI/XU", Fail),
    ]);
}

#[test]
fn a_whole_name_is_parted_as_it_agrees_best() {
    says(&[
        ("Anna Maria/Eriksson", "Anna Maria Eriksson", Same),
        ("Anna Maria/Eriksson", "ERIKSSON, ANNA MARIA", Same),
        ("Anna/Eriksson", "Anna Maria Eriksson", Same),
        ("Maria/Eriksson", "Anna Maria Eriksson", Warn),
        ("Anna/Lindqvist", "Anna Maria Eriksson", Warn),
        ("Jane/Doe", "Anna Maria Eriksson", Fail),
        ("Anna Maria Eriksson", "Eriksson Anna Maria", Warn),
        ("Anna Eriksson", "Anna Maria Eriksson", Same),
        ("Jane Doe", "Anna Eriksson", Fail),
    ]);
}

#[test]
fn a_cut_name_agrees_with_what_begins_so() {
    let cut = |typed: &str, printed: &str| compare(&name(typed, false), &name(printed, true));
    let whole = "Chayapa Dejthamrong Krasuang/Nilavadhanananda";
    assert_eq!(cut(whole, "CHAYAPA DEJTHAMRONG K/NILAVADHANANANDA"), Same);
    assert_eq!(cut("Chayapa Krasuang/Nilavadhanananda", "CHAYAPA DEJTHAMRONG K/NILAVADHANANANDA"), Warn);
    assert_eq!(cut("Bennelong Wooloomooloo/Papandropoulous", "BENNELONG WOOLOO/PAPANDROPOULOUS"), Same);
    assert_eq!(cut("Jonathon/Nilavadhanananda", "JONATHON/NILAVADHA"), Same);
    assert_eq!(cut("Jane/Doe", "CHAYAPA K/NILAVADHANANANDA"), Fail);
    assert_eq!(cut("Jane/Doe", "/NILAVADHANANANDA"), Fail);
}

#[test]
fn what_no_table_settles_stays_open() {
    says(&[
        ("محمد/العلي", "MOHAMMED/ALALI", Unknown),
        ("محمد/العلي", "MXHMD/ALELY", Same),
        ("محمد/العلي", "JOHN/SMITH", Unknown),
        ("小明/李", "XIAOMING/LI", Unknown),
        ("דוד/כהן", "DAVID/COHEN", Unknown),
    ]);
}

#[test]
fn long_names_are_compared_in_no_time() {
    let parts = [&"A ".repeat(50), "/", &"Ї ".repeat(50)].concat();
    let whole = "Щ ".repeat(50);
    says(&[(&parts, &whole, Fail)]);
}

proptest! {
    #[test]
    fn it_does_not_matter_who_asks(one in "[A-Cä '/-]{0,14}", other in "[A-Cä '/-]{0,14}", cut in any::<bool>()) {
        let (one, other) = (name(&one, false), name(&other, cut));
        prop_assert_eq!(compare(&one, &other), compare(&other, &one));
    }

    #[test]
    fn no_name_makes_it_panic(one in ".{0,40}", other in ".{0,40}") {
        let _ = compare(&name(&one, true), &name(&other, true));
        prop_assert_eq!(compare(&name(&one, true), &name(&one, true)), Same);
    }
}
