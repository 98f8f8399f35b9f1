//! The members of a body, as a list that opens where a member has members of its own. What is closed is
//! not drawn yet: types may stand within themselves.

import { resolved } from "./document.js";
import { element, inline, prose } from "./element.js";
import { combinations, constraints, isList, kind, shape } from "./shape.js";

/** What is said of a member that is needed and of one that is not: in what is given, and in what is answered. */
export const given = { needed: "required" };
export const answered = { other: "may be absent" };

/** Parameters of the path, the query and the headers. */
export function drawParameters(api, parameters) {
  const rows = parameters.flatMap(({ name, in: place, required, description, schema }) =>
    drawMember(api, { name, place, required, schema: description ? { ...schema, description } : schema }, given),
  );
  return element("dl", { class: "members" }, ...rows);
}

/** What a schema holds, of what is `given` or `answered`. */
export function drawMembers(api, schema, way) {
  const { schema: whole } = resolved(api, schema);
  const { members, words, choices, items } = shape(api, whole);
  if (items) return element("div", {}, element("p", { class: "kind" }, "A list, each of"), drawMembers(api, items, way));
  const list = element("dl", { class: "members" }, ...members.flatMap((member) => drawMember(api, member, way)));
  const notes = combinations(whole).map((text) => element("li", {}, ...inline(text)));
  return element(
    "div",
    {},
    members.length > 0 && list,
    notes.length > 0 && element("p", { class: "kind" }, "Taken together:"),
    notes.length > 0 && element("ul", { class: "notes" }, ...notes),
    ...choices.map(({ title, schema }) => folded(inline(title), () => [...prose(resolved(api, schema).schema.description), drawMembers(api, schema, way)])),
    drawWords(words),
  );
}

function drawMember(api, { name, place, required, schema }, way) {
  const term = element("dt", {}, element("code", {}, name), " ", element("span", { class: "kind" }, kind(api, schema)));
  if (place) term.append(" ", element("span", { class: "kind" }, `in the ${place}`));
  if (required && way.needed) term.append(" ", element("span", { class: "required" }, way.needed));
  if (!required && way.other) term.append(" ", element("span", { class: "kind" }, way.other));
  const content = held(api, schema);
  const { members, words, choices, items } = shape(api, resolved(api, content).schema);
  const said = element("dd", {}, ...prose(schema.description ?? resolved(api, schema).schema.description));
  const bounds = constraints(api, schema).flatMap((bound) => [...inline(bound), " "]);
  if (bounds.length) said.append(element("p", { class: "bounds" }, ...bounds));
  if (members.length || choices.length || items) said.append(folded([`Members of ${name}`], () => [drawMembers(api, content, way)]));
  else if (words.length) said.append(drawWords(words));
  return [term, said];
}

/** The schema of what a member holds when it is not null; of a list, its items. */
function held(api, schema) {
  const some = schema.anyOf?.length === 2 ? (schema.anyOf.find(({ type }) => type !== "null") ?? schema) : schema;
  const { schema: whole } = resolved(api, some);
  return isList(whole) ? held(api, whole.items) : some;
}

/** The words of a closed set, each with what it means. */
function drawWords(words) {
  if (!words.length) return null;
  const list = () => element("dl", { class: "words" }, ...words.flatMap(({ word, description }) => [element("dt", {}, element("code", {}, String(word))), element("dd", {}, ...inline(description))]));
  return words.length > 8 ? folded([`${words.length} words`], () => [list()]) : list();
}

/** What is drawn when it is opened. */
export function folded(title, draw) {
  const details = element("details", {}, element("summary", {}, ...title));
  details.addEventListener("toggle", () => details.append(...draw()), { once: true });
  return details;
}
