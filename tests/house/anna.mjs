//! The person of the tests, who does not exist: the one of the specimen documents.

/** What a form asks, by data identifier. */
export const anna = {
  "id.first_name": "Anna Maria",
  "id.last_name": "Eriksson",
  "id.dob": "1974-08-12",
  "id.email": "anna.eriksson@mail.example",
  "id.address_line1": "12 Harbour Street",
  "id.city": "Zenith",
  "id.zip": "94107",
  "id.country": "SE",
};

/** What of her must appear in no log and no address. */
export const hers = ["Anna", "Eriksson", "1974-08-12", "anna.eriksson", "Harbour"];
