//! Several documents in one session, of one kind and of different ones.

use super::*;
use crate::engine::vault::files;

const SEVERAL: &str = "name = \"own_#1.0\"\ntitle = \"Own\"\n\
    [[steps]]\nname = \"passport\"\nkind = \"document\"\ndocuments = [\"passport\", \"id_card\"]\n\
    [[steps]]\nname = \"portrait\"\nkind = \"selfie\"\n\
    [[steps]]\nname = \"second\"\nkind = \"document\"\ndocuments = [\"passport\", \"id_card\"]\n\
    [[steps]]\nname = \"third\"\nkind = \"document\"\ndocuments = [\"id_card\"]\n\
    [[steps]]\nname = \"id_card\"\nkind = \"form\"\nfields = [{ name = \"id.nationality\" }]\n\
    uploads = [{ name = \"file\" }]\n\
    [[steps]]\nname = \"second_portrait\"\nkind = \"selfie\"\n\
    [[steps]]\nname = \"look_again\"\nkind = \"review\"\n";

#[test]
fn no_file_takes_the_name_of_another() {
    let mut person = Person::new(SEVERAL);
    let sides = [UploadName::Front, UploadName::Back];
    person.submit("passport", &data(&[("kind", "passport")])).unwrap();
    person.photograph(UploadName::Front);
    person.submit("portrait", &Data::default()).unwrap();
    person.photograph(UploadName::Selfie);
    person.submit("second", &data(&[("kind", "passport")])).unwrap();
    person.photograph(UploadName::Front);
    person.submit("third", &data(&[("kind", "id_card")])).unwrap();
    sides.iter().for_each(|side| drop(person.photograph(*side)));
    person.submit("id_card", &data(&[("id.nationality", "DE")])).unwrap();
    person.photograph(UploadName::File);
    person.submit("second_portrait", &Data::default()).unwrap();
    person.photograph(UploadName::Selfie);
    let names = |person: &Person| -> Vec<String> {
        files(&person.session).into_iter().map(|(name, _)| name.to_string()).collect()
    };
    assert_eq!(
        names(&person),
        [
            "document.passport.front",
            "selfie",
            "document.passport_2.front",
            "document.id_card.front",
            "document.id_card.back",
            "document.id_card_2.file",
            "selfie_2"
        ]
    );

    person.submit("passport", &data(&[("kind", "id_card")])).unwrap();
    sides.iter().for_each(|side| drop(person.photograph(*side)));
    let names = names(&person);
    assert_eq!(names[..2], ["document.id_card.front", "document.id_card.back"]);
    assert_eq!(
        names[3..6],
        ["document.passport.front", "document.id_card_2.front", "document.id_card_2.back"]
    );
    let answer = person.submit("look_again", &Data::default()).unwrap();
    assert!(answer.validation_token.is_some());
}
