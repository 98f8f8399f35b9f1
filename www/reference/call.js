//! One call: its credentials, parameters, bodies, refusals, and a command to try it.

import { curl } from "./curl.js";
import { copyable, element, inline, prose } from "./element.js";
import { answered, drawMembers, drawParameters, folded, given } from "./members.js";

/** The article of a call. */
export function drawCall(api, call) {
  const heading = element("h3", { id: call.id, tabindex: -1 }, element("a", { href: `#${call.id}` }, ...inline(call.summary)));
  const address = element("p", { class: "address" }, element("span", { class: `method ${call.method}` }, call.method), " ", element("code", {}, ...breakable(call.path)));
  const article = element("article", { "aria-labelledby": call.id }, heading, address, ...prose(call.description));
  article.append(...credentials(api, call));
  if (call.parameters.length) article.append(element("h4", {}, "Parameters"), drawParameters(api, call.parameters));
  if (call.body) article.append(element("h4", {}, call.webhook ? "What is sent" : "Body"), ...drawBody(api, call.body, call.webhook ? answered : given));
  if (!call.webhook) article.append(element("h4", {}, "With curl"), copyable(curl(api, call), `the command of ${call.method} ${call.path}`));
  const good = call.answers.filter(({ status }) => status < "300");
  const bad = call.answers.filter(({ status }) => status >= "300");
  for (const answer of good) article.append(element("h4", {}, "Answer ", element("code", {}, answer.status)), ...drawAnswer(api, answer));
  if (bad.length) article.append(element("h4", {}, "Refusals"), refusals(bad));
  return article;
}

/** A path that may be broken after each slash. */
function breakable(path) {
  return path.split(/(?<=\/)/).flatMap((part) => [part, element("wbr")]);
}

function credentials(api, { schemes, webhook }) {
  if (webhook) return [];
  const described = schemes.map((scheme) => api.components.securitySchemes[scheme].description);
  const text = described.length ? described.join(" ") : "Nothing in a header.";
  return [element("h4", {}, "Credentials"), ...prose(text)];
}

function drawBody(api, { type, schema, examples, required }, way) {
  const kind = type === "application/json" ? "JSON" : type;
  return [element("p", { class: "kind" }, `${kind}${required ? "" : ", may be left out"}`), drawMembers(api, schema, way), ...drawExamples(examples)];
}

function drawAnswer(api, { schema, examples, description }) {
  return schema ? [drawMembers(api, schema, answered), ...drawExamples(examples)] : prose(description);
}

function drawExamples(examples) {
  return examples.map(({ name, value }) => {
    const title = examples.length > 1 ? `Example: ${name.replaceAll("_", " ")}` : "Example";
    return folded([title], () => [element("pre", { tabindex: 0 }, element("code", {}, JSON.stringify(value, null, 2)))]);
  });
}

/** Each code with its sentence, by status. */
function refusals(answers) {
  const codes = answers.flatMap(({ status, description }) =>
    description.split("\n\n").map((line) => {
      const [, code, sentence] = /^`(\w+)`: (.*)$/s.exec(line) ?? [null, "", line];
      return [status, element("code", {}, code), sentence];
    }),
  );
  const row = (cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
  const table = () => {
    const titles = ["Status", "Code", "Why"].map((title) => element("th", { scope: "col" }, title));
    return element("table", {}, element("thead", {}, element("tr", {}, ...titles)), element("tbody", {}, ...codes.map(row)));
  };
  return folded([`${codes.length} codes`], () => [element("div", { class: "wide", tabindex: 0, role: "group", "aria-label": "Codes" }, table())]);
}
