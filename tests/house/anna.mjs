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

/** What a form asks of her business. */
export const herBusiness = {
  "business.name": "Eriksson Boats",
  "business.corporation_type": "llp",
  "business.tin": "12-3456789",
  "business.phone_number": "+1 415 555 0123",
  "business.address_line1": "1 Pier",
  "business.city": "Zenith",
  "business.state": "CA",
  "business.zip": "94107",
  "business.country": "US",
  "business.primary_owner_stake": 60,
  "business.secondary_owners": [{ first_name: "Olof", last_name: "Berg", email: "olof@mail.example", ownership_stake: 40 }],
};

/** What of her must appear in no log and no address. */
export const hers = ["Anna", "Eriksson", "1974-08-12", "anna.eriksson", "Harbour"];
