//! Names and how documents spell them.

use proptest::prelude::*;

use super::*;

fn spelt(text: &str) -> Spelt {
    Spelt::of(text).unwrap()
}

fn can_be(typed: &str, printed: &str) -> bool {
    let (typed, printed) = (spelt(typed), spelt(printed));
    assert_eq!(typed.is(&printed), printed.is(&typed), "it does not matter who asks");
    typed.is(&printed)
}

#[test]
fn a_letter_with_marks_is_spelt_as_the_table_says() {
    for (typed, printed) in [
        ("Müller", "MUELLER"),
        ("Müller", "MULLER"),
        ("Müller", "MUXXLLER"),
        ("Weiß", "WEISS"),
        ("Åse Sørensen", "AASESOERENSEN"),
        ("Núñez", "NUNXXEZ"),
        ("Þórður Ægisson", "THORDURAEGISSON"),
        ("Łukasz Żółć", "LUKASZ ZOLC"),
        ("İbrahim Işık", "IBRAHIM ISIK"),
        ("Nguyễn Thị Hương", "NGUYEN<THI<HUONG"),
        ("Ștefan Țepeș", "STEFAN TEPES"),
        ("Jean-Luc O’Neill", "JEAN<LUC<ONEILL"),
    ] {
        assert!(can_be(typed, printed), "{typed} {printed}");
        let decomposed = typed.replace('ü', "u\u{308}").replace('ñ', "n\u{303}").replace('Å', "A\u{30a}");
        assert!(can_be(&decomposed, printed), "{decomposed} {printed}");
    }
    for (typed, printed) in
        [("Müller", "MILLER"), ("Muller", "MUELLER"), ("Rafael", "RAFAL"), ("Weiss", "WEIS"), ("", "A")]
    {
        assert!(!can_be(typed, printed), "{typed} {printed}");
    }
}

#[test]
fn other_scripts_are_spelt_as_their_tables_say() {
    for (typed, printed) in [
        ("Юрий Хрущёв", "IURII KHRUSHCHEV"),
        ("Наталья", "NATALIA"),
        ("Євгенія Їжакевич", "YEVHENIIA YIZHAKEVYCH"),
        ("Георги Щерев", "GEORGI SHTEREV"),
        ("Ђорђе Џонић", "DORDE DZONIC"),
        ("Александар Ќосев", "ALEKSANDAR KJOSEV"),
        ("Γεώργιος Παπαδόπουλος", "GEORGIOS PAPADOPOULOS"),
        ("Μπάμπης Ευαγγέλου", "BABIS EVANGELOU"),
        ("محمد", "MXHMD"),
        ("عبد العزيز", "EBD ALEZYZ"),
        ("محمّد", "MXHMMD"),
    ] {
        assert!(can_be(typed, printed), "{typed} {printed}");
    }
}

#[test]
fn what_the_tables_do_not_settle_is_said_to_be_open() {
    assert!(spelt("Müller").is_certain() && spelt("Юрий").is_certain());
    assert!(!spelt("محمد").is_certain());
    assert!(!can_be("محمد", "MOHAMMED"), "the sound, which no table knows");
    for unknown in ["王小明", "משה", "สมชาย", "Ana 王"] {
        assert!(Spelt::of(unknown).is_none(), "{unknown}");
    }
}

#[test]
fn a_cut_name_is_seen_to_begin_the_whole_one() {
    let likeness = |one, other| spelt(one).likeness(&spelt(other));
    let cut = likeness("Krasuangmahatthai", "KRASU");
    assert_eq!(cut, Likeness { same: false, begins: false, begun: true });
    assert_eq!(likeness("KRASU", "Krasuangmahatthai"), Likeness { same: false, begins: true, begun: false });
    assert!(likeness("Müller", "MUEL").begun);
    assert!(likeness("Müller", "MU").begun, "cut within a letter");
    assert!(!likeness("Müller", "MA").begun);
    assert!(likeness("Наталь", "NATAL").same);
}

#[test]
fn the_recommended_spelling_comes_first() {
    assert_eq!(spelt("Jörg Weiß").recommended(), "JOERGWEISS");
    assert_eq!(spelt("Щорс").recommended(), "SHCHORS");
    assert!(spelt("' -").is_empty() && !spelt("A").is_empty());
    assert_eq!(format!("{:?}", spelt("Jörg")), "Spelt(…)");
}

#[test]
fn names_made_of_the_worst_letters_are_compared_in_no_time() {
    let (one, other) = ("Щ".repeat(100), ["Ї".repeat(99).as_str(), "Щ"].concat());
    assert!(!can_be(&one, &other));
    assert!(can_be(&"Г".repeat(100), &["H".repeat(50), "G".repeat(50)].concat()));
    assert!(!can_be(&"Г".repeat(100), &["H".repeat(50), "G".repeat(51)].concat()));
}

proptest! {
    #[test]
    fn every_spelling_of_a_name_is_that_name(text in "[A-ZÄÖÜßÑØа-яА-ЯΑ-Ρα-ωا-ي '-]{0,30}") {
        if let Some(name) = Spelt::of(&text) {
            prop_assert!(name.is(&name));
            prop_assert!(name.is(&spelt(&name.recommended())));
        }
    }

    #[test]
    fn no_text_makes_the_speller_panic(one in ".{0,60}", other in ".{0,60}") {
        if let (Some(one), Some(other)) = (Spelt::of(&one), Spelt::of(&other)) {
            let (there, back) = (one.likeness(&other), other.likeness(&one));
            prop_assert_eq!((there.same, there.begins, there.begun), (back.same, back.begun, back.begins));
        }
    }
}
