//! What a schema says, in words and parts.

import { resolved } from "./document.js";

/** The parts of a schema: its members, the words of a closed set, its alternatives, its items. */
export function shape(api, schema) {
  const required = schema.required ?? [];
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => ({ name, required: required.includes(name), schema: member }));
  const alternatives = [...(schema.oneOf ?? []), ...(schema.properties ? [] : (schema.anyOf ?? []))].filter((one) => one.type !== "null");
  const plainly = alternatives.filter((one) => !isDeep(api, one));
  const words = [...(schema.enum ?? []).map((word) => ({ word })), ...plainly.flatMap((one) => wordsOf(resolved(api, one).schema))];
  const choices = alternatives.filter((one) => isDeep(api, one)).map((one) => ({ title: choiceTitle(api, one), schema: one }));
  return { members, words, choices, items: isList(schema) ? schema.items : undefined };
}

/** Whether it is a list of something. */
export function isList({ type, items }) {
  return items !== undefined && [type].flat().includes("array");
}

/** Whether there is something to open in it. */
function isDeep(api, schema) {
  const { schema: whole } = resolved(api, schema);
  return Boolean(whole.properties || whole.items || whole.anyOf || whole.oneOf);
}

/** The texts of an alternative: its words, or its form. */
function wordsOf({ const: word, enum: words, pattern, description = "" }) {
  if (word !== undefined) return [{ word, description }];
  if (words) return words.map((one) => ({ word: one, description }));
  return pattern ? [{ word: pattern, description }] : [];
}

/** By what an alternative is told from the others. */
function choiceTitle(api, schema) {
  const { name, schema: whole } = resolved(api, schema);
  const fixed = Object.entries(whole.properties ?? {}).find(([, member]) => "const" in member);
  if (fixed) return `\`${fixed[0]}\` is \`${fixed[1].const}\``;
  if (whole.required?.length === 1) return `\`${whole.required[0]}\``;
  return name ?? whole.title ?? kind(api, schema);
}

/** Its kind, in a word or two. */
export function kind(api, schema) {
  if (schema.anyOf && schema.anyOf.some((one) => one.type === "null")) {
    const some = schema.anyOf.filter((one) => one.type !== "null");
    return `${some.map((one) => kind(api, one)).join(" or ")} or null`;
  }
  const { schema: whole } = resolved(api, schema);
  if ("const" in whole) return "text";
  const types = typesOf(api, whole);
  if (!types.length) return "any value";
  const named = (type) => {
    if (type === "array" && isList(whole)) return `list of ${plural(kind(api, whole.items))}`;
    return type === "string" ? text(whole) : plain[type];
  };
  return types.map(named).join(" or ");
}

const plain = { boolean: "true or false", integer: "whole number", number: "number", object: "object", array: "list", null: "null" };
const formats = { "date-time": "instant", date: "day", uri: "web address", binary: "file" };

function text({ format }) {
  return formats[format] ?? "text";
}

/** Its types, by name, or those of its alternatives. */
function typesOf(api, { type, oneOf, anyOf }) {
  if (type) return [type].flat();
  return [...new Set((oneOf ?? anyOf ?? []).flatMap((one) => typesOf(api, resolved(api, one).schema)))];
}

function plural(word) {
  const known = { text: "texts", object: "objects", "whole number": "whole numbers", "any value": "any values" };
  return known[word] ?? word;
}

/** What bounds it, as sentences. */
export function constraints(api, schema) {
  const some = schema.anyOf?.find((one) => one.type !== "null") ?? schema;
  const { schema: whole } = resolved(api, some);
  const bounds = [];
  if (whole.pattern && whole.pattern.length < 200) bounds.push(`Form: \`${whole.pattern}\`.`);
  if (whole.minimum != null && whole.maximum != null) bounds.push(`${whole.minimum} to ${whole.maximum}.`);
  if (whole.minLength) bounds.push(`At least ${whole.minLength} characters.`);
  if (whole.maxLength != null) bounds.push(`At most ${whole.maxLength} characters.`);
  if (whole.minItems != null) bounds.push(`At least ${whole.minItems}.`);
  if (whole.maxItems != null) bounds.push(`At most ${whole.maxItems}.`);
  if ("const" in whole) bounds.push(`Always \`${whole.const}\`.`);
  if (whole.default != null && typeof whole.default !== "object") bounds.push(`\`${whole.default}\` if left out.`);
  return bounds;
}

/** Which members go together, where a schema says so by alternatives. */
export function combinations({ properties, anyOf }) {
  if (!properties || !anyOf) return [];
  return anyOf.map(({ properties: fixed = {}, required = [] }) => {
    const named = Object.entries(fixed);
    const is = named.filter(([, { const: word }]) => word != null).map(([name, { const: word }]) => `\`${name}\` \`${word}\``);
    const needed = required.filter((name) => fixed[name]?.const == null).map((name) => `\`${name}\``);
    const without = named.filter(([, { type }]) => type === "null").map(([name]) => `\`${name}\``);
    const parts = [needed.length && `with ${needed.join(", ")}`, without.length && `without ${without.join(", ")}`];
    return `${is.join(", ")} ${parts.filter(Boolean).join(", ")}`;
  });
}
