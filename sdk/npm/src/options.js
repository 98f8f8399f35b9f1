//! Reads what a host page passes to `init`, and refuses with a sentence what cannot work.

const text = ["a filled string", (value) => typeof value === "string" && value.trim() !== ""];
const callback = ["a function", (value) => typeof value === "function"];
const word = (...words) => [`"${words.join('" or "')}"`, (value) => words.includes(value)];

/** What each option must be. */
const common = {
  kind: word("verify", "skill"),
  variant: word("modal", "drawer", "inline"),
  containerId: text,
  server: ['an origin such as "https://verify.example.com"', isOrigin],
  onComplete: callback,
  onCancel: callback,
  onClose: callback,
  onError: callback,
};
const byKind = {
  verify: { authToken: text },
  skill: { clientId: text, clientAppKey: text, skill: text, tenantUserId: text },
};
const required = ["kind", "authToken", "clientId", "clientAppKey", "skill"];

/**
 * The options with their defaults, in an object of their own. `server` stays `undefined` for the
 * page's own origin, which is known only when the flow is rendered.
 * @throws {TypeError} a sentence that names the option.
 */
export function readOptions(options) {
  const { kind, variant = "modal" } = options ?? {};
  const shapes = { ...common, ...byKind[kind] };
  const needed = variant === "inline" ? [...required, "containerId"] : required;
  for (const [name, [shape, fits]] of Object.entries(shapes)) {
    const given = options?.[name];
    if (given === undefined ? needed.includes(name) : !fits(given)) {
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
