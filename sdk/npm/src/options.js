//! Reads what a host page passes to `init`, and refuses with a sentence what cannot work.

/** What an option must be: in words, by a test, and whether it must be there. */
const text = ["a filled string", (value) => typeof value === "string" && value.trim() !== ""];
const required = [...text, true];
const callback = ["a function", (value) => typeof value === "function"];
const word = (...words) => [`"${words.join('" or "')}"`, (value) => words.includes(value)];

/** Of a session that a backend started: it says itself what is to be done. */
const started = { authToken: required };

/** Of a session that the page starts itself. */
const client = { clientId: required, clientAppKey: required, tenantUserId: text };

/** The options of each kind, and those of all. A log-in comes either way. */
const byKind = {
  verify: started,
  onboard: started,
  inherit: started,
  update_login_methods: started,
  auth: started,
  skill: { ...client, skill: required },
};
const common = {
  kind: [...word(...Object.keys(byKind)), true],
  variant: word("modal", "drawer", "inline"),
  containerId: text,
  server: ['an origin such as "https://verify.example.com"', isOrigin],
  onStep: callback,
  onComplete: callback,
  onCancel: callback,
  onClose: callback,
  onError: callback,
};

/**
 * The options with their defaults, in an object of their own. `server` stays `undefined` for the
 * page's own origin, which is known only when the flow is rendered.
 * @throws {TypeError} a sentence that names the option.
 */
export function readOptions(options) {
  const { kind, variant = "modal", clientId } = options ?? {};
  const shapes = { ...common, ...(kind === "auth" && clientId ? client : byKind[kind]) };
  for (const [name, [shape, fits, needed]] of Object.entries(shapes)) {
    const given = options?.[name];
    if (given === undefined ? needed || (name === "containerId" && variant === "inline") : !fits(given)) {
      throw new TypeError(`init: the option "${name}" must be ${shape}.`);
    }
  }
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(shapes, name)) throw new TypeError(`init: kind "${kind}" takes no option "${name}".`);
  }
  return { ...options, variant };
}

function isOrigin(value) {
  try {
    return new URL(value).origin === value;
  } catch {
    return false;
  }
}
