//! Says in words what the backend learnt.

const statusWords = {
  pass: ["Welcome to Northwind", "Your identity is confirmed. Your account is open."],
  fail: ["We could not confirm your identity", "What you gave was not enough to open an account."],
  pending: ["We are looking at it", "We tell you by e-mail as soon as we know more."],
};
const review = ["A colleague takes a look", "Everything has arrived. One of us looks at it by hand, usually within a day."];

const collectedWords = {
  "id.first_name": "first name",
  "id.middle_name": "middle name",
  "id.last_name": "last name",
  "id.dob": "date of birth",
  "id.email": "e-mail address",
  "id.phone_number": "phone number",
  "id.address_line1": "street address",
  "id.address_line2": "second line of the address",
  "id.city": "city",
  "id.state": "state or region",
  "id.zip": "postal code",
  "id.country": "country",
  "id.nationality": "nationality",
};

const documentWords = {
  passport: "passport",
  id_card: "identity card",
  drivers_license: "driving licence",
  residence_permit: "residence permit",
};

/** Shows the result in place of the invitation. */
export function showResult({ user, collected }) {
  const [title, text] = user.requires_manual_review ? review : (statusWords[user.status] ?? statusWords.pending);
  const result = document.getElementById("result");
  result.classList.toggle("attention", user.status !== "pass" || user.requires_manual_review);
  write("result-title", title);
  write("result-text", text);
  write("result-id", user.fp_id);
  write("result-status", user.requires_manual_review ? `${user.status}, reviewed by hand` : user.status);
  write("result-collected", collected.map((name) => collectedWords[name] ?? words(name)).join(", "));
  document.querySelector(".hero").hidden = true;
  result.hidden = false;
}

/** Says how things stand, under the button. */
export function showStatus(text) {
  write("status", text);
}

/** `document.id_card.front` → `identity card (front)`; of a name without words, its own. */
function words(name) {
  const [kind, document, side] = name.split(".");
  if (kind === "document" && documentWords[document] && side) return `${documentWords[document]} (${side})`;
  return name.replace(/^(id|custom)\./, "").replace(/[._]/g, " ");
}

function write(id, text) {
  document.getElementById(id).textContent = text;
}
