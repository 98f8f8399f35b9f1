//! How schemathesis is to ask: how much, with which credentials, and which answers are right where a
//! document cannot say it.

/** How many examples each call is asked for beside the systematic ones. The seed makes each run the same. */
const examples = 40;
const seed = 20261120;

/** How good questions may be answered: schemathesis' own list. */
const right = ["2xx", "3xx", "401", "403", "404", "409", "429", "5xx"];

/** What else is right where it is not the document that says what is good, but what stands at the moment. */
const alsoRight = {
  // Which data a step takes, the skill of its session says.
  submitStep: ["400", "422"],
  // Bytes by chance are no picture, and which files a step wants, its answer says.
  uploadFile: ["415", "422"],
  // The shares of the other owners may leave less.
  markOwner: ["422"],
  // Who acts for the business has a session already.
  inviteOwner: ["422"],
  // Who asks for a fresh token says the same as at the start.
  startInterview: ["422"],
  // A name may be another's already.
  startOnboarding: ["422"],
  // Which steps can be asked for, the skill of the person's onboarding says.
  requestInfo: ["422"],
  // What an identifier takes, its format says.
  createUser: ["422"],
  updateVault: ["422"],
  updateVaultWithToken: ["422"],
  // … and of owners, each has members of its own.
  createBusiness: ["400", "422"],
  updateBusinessVault: ["400", "422"],
};

/** Where what is good changes with each answer or is known to few, so that most questions are turned away. */
const elusive = ["submitStep", "uploadFile"];

/** The settings file, in TOML, with credentials by the name of their scheme. */
export function settings(credentials, hooks) {
  const lines = [
    `seed = ${seed}`,
    `hooks = ${text(hooks)}`,
    "continue-on-failure = true",
    `generation.max-examples = ${examples}`,
    'generation.database = ":memory:"',
    "checks.enabled = true",
    // Questions that never come past the door prove nothing.
    "warnings.fail-on = true",
    "[auth.openapi]",
    ...Object.entries(credentials).map(([scheme, credential]) => `${scheme} = { ${members(credential)} }`),
  ];
  for (const operation of new Set([...Object.keys(alsoRight), ...elusive])) {
    lines.push("[[operations]]", `include-operation-id = ${text(operation)}`);
    if (elusive.includes(operation)) lines.push("warnings = false");
    const statuses = [...right, ...(alsoRight[operation] ?? [])];
    lines.push(`checks.positive_data_acceptance.expected-statuses = [${statuses.map(text).join(", ")}]`);
  }
  return lines.join("\n") + "\n";
}

function members(object) {
  return Object.entries(object).map(([name, value]) => `${name} = ${text(value)}`).join(", ");
}

/** A text of TOML, which for what stands here is one of JSON. */
function text(value) {
  return JSON.stringify(value);
}
