//! The texts that a person reads: which ids the sources name, and which the locales have.

const locales = /^flow-ui\/locales\/([\w-]+)\.json$/;

/** Breaches of: every id that is named has its text, in every language, with the same placeholders. */
export function complete(house) {
  const files = house.filter(({ path }) => locales.test(path)).map(({ path, text }) => [path, JSON.parse(text)]);
  const [reference, english] = files.find(([path]) => path.endsWith("/en.json")) ?? ["flow-ui/locales/en.json", {}];
  const missing = [...flowIds(house).keys(), ...loaderIds(house), ...hintIds(house), ...identifierIds(house), ...ownerIds(house), ...stateIds(house)]
    .filter((id) => !(id in english))
    .map((id) => `${reference} lacks ${id}`);
  const differing = files.flatMap(([path, texts]) => [
    ...Object.keys(english).filter((id) => !(id in texts)).map((id) => `${path} lacks ${id}`),
    ...Object.keys(texts).filter((id) => !(id in english)).map((id) => `${path} has ${id}, which English lacks`),
    ...Object.entries(texts)
      .filter(([id, text]) => id in english && placeholders(text) !== placeholders(english[id]))
      .map(([id]) => `${path} has other placeholders in ${id}`),
    ...Object.entries(texts).filter(([, text]) => !text.trim()).map(([id]) => `${path} says nothing for ${id}`),
  ]);
  return [...missing, ...differing];
}

/** Breaches of: every text is named somewhere. */
export function used(house) {
  const english = JSON.parse(house.find(({ path }) => path === "flow-ui/locales/en.json")?.text ?? "{}");
  const ids = flowIds(house);
  const flow = textOf(house, /^flow-ui\/src\/.*\.rs$/);
  const unnamed = [...ids].filter(([, variant]) => !new RegExp(`\\bMessage::${variant}\\b`).test(flow + conversions(house)));
  const identifiers = textOf(house, /^(protocol\/src\/(?:field\/identifier|login)\.rs|server\/skills\/.*\.toml)$/);
  const owner = ownerIds(house);
  const states = stateIds(house);
  const hints = hintIds(house);
  const unused = Object.keys(english).filter((id) => {
    const [kind, ...rest] = id.split(".");
    if (["intro", "frame", "burst"].includes(kind)) return !namedByLoader(house, id);
    if (kind === "guide") return !hints.includes(id) && !namedByLoader(house, id);
    if (kind === "reading") return !ids.has(id) && !namedByLoader(house, id);
    if (kind === "state") return !states.includes(id);
    if (["field", "hint", "required"].includes(kind)) {
      return !owner.includes(`field.${rest.join(".")}`) && !identifiers.includes(`"${rest.join(".")}"`);
    }
    if (kind === "option") return !identifiers.includes(`"${rest.slice(0, -1).join(".")}"`) || !identifiers.includes(`"${rest.at(-1)}"`);
    return !ids.has(id);
  });
  return [
    ...unnamed.map(([, variant]) => `Message::${variant} is named by no screen`),
    ...unused.map((id) => `flow-ui/locales/en.json has ${id}, which nobody names`),
  ];
}

/** The flow's ids, from the one list in `protocol/src/message.rs`: id → variant. */
function flowIds(house) {
  const list = textOf(house, /^protocol\/src\/message\.rs$/);
  return new Map([...list.matchAll(/^\s*(\w+) = "([a-z0-9_.]+)",/gm)].map(([, variant, id]) => [id, variant]));
}

/** What `protocol` itself turns into messages. */
function conversions(house) {
  return textOf(house, /^protocol\/src\/message\.rs$/).split("\nimpl From").slice(1).join("\n");
}

/** Labels of the identifiers of people and businesses, and of the options of those that are chosen. */
function identifierIds(house) {
  const list = textOf(house, /^protocol\/src\/field\/identifier\.rs$/);
  const identifiers = new Set([...list.matchAll(/"((?:id|business)\.[a-z0-9_]+)"/g)].map(([, name]) => name));
  const choices = [...list.matchAll(/"([a-z_.]+)" => choice\(&\[([^\]]*)\]\)/g)];
  const options = choices.flatMap(([, name, words]) => [...words.matchAll(/"(\w+)"/g)].map(([, word]) => `option.${name}.${word}`));
  return [...[...identifiers].map((name) => `field.${name}`), ...options];
}

/** Labels of what is asked of an owner of a business. */
function ownerIds(house) {
  const [, list = ""] = textOf(house, /^protocol\/src\/field\/owner\.rs$/).match(/OWNER_MEMBERS[^=]*= \[([^\]]*)\]/) ?? [];
  return [...list.matchAll(/\("(\w+)",/g)].map(([, name]) => `field.owner.${name}`);
}

/** The names of the states and territories of the United States. */
function stateIds(house) {
  const codes = textOf(house, /^protocol\/src\/field\/place\.rs$/).match(/US_STATES: &str = "([^"]*)"/)?.[1] ?? "";
  return [...codes.matchAll(/\b[A-Z]{2}\b/g)].map(([code]) => `state.${code}`);
}

/** What a person is told before the camera; while nothing is seen, what the step asks for. */
function hintIds(house) {
  const words = textOf(house, /^vision\/src\/guide\/hint\.rs$/).matchAll(/=> "(\w+)"/g);
  return [...words].map(([, word]) => `guide.${word}`).filter((id) => id !== "guide.seek");
}

/** Ids that the loader, or the sight, writes out. */
function loaderIds(house) {
  return new Set([...loader(house).matchAll(/"((?:intro|frame|guide|reading)\.[a-z_.]+)"/g)].map(([, id]) => id));
}

/** Whether the loader names the id: written out, or put together of words that it writes out. */
function namedByLoader(house, id) {
  const text = loader(house);
  if (text.includes(`"${id}"`)) return true;
  const word = (part) => new RegExp(`"${escape(part)}"|\\b${escape(part)}:`).test(text);
  return [...text.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)].some(([, template]) => {
    const pattern = template.split(/\$\{[^}]*\}/).map(escape).join("(.+)");
    const parts = id.match(new RegExp(`^${pattern}$`))?.slice(1);
    return parts?.every((part) => word(part) || namedByLoader(house, part));
  });
}

function loader(house) {
  return textOf(house, /^sdk\/npm\/(index|src\/.*)\.js$|^scripts\/lib\/intro-html\.mjs$/);
}

function textOf(house, pattern) {
  return house.filter(({ path }) => pattern.test(path)).map(({ text }) => text).join("\n");
}

function placeholders(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort().join();
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
