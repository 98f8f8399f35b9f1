//! The reference page: reads the server's own document and draws it, call by call.

import { drawCall } from "./call.js";
import { element, inline, prose } from "./element.js";
import { families } from "./document.js";
import { search } from "./search.js";

const calls = document.querySelector("#calls");
const list = document.querySelector("#list");

try {
  const response = await fetch("/openapi.json");
  if (!response.ok) throw new Error(`the document was answered with ${response.status}`);
  draw(await response.json());
} catch (error) {
  calls.append(element("p", { role: "alert" }, "The document cannot be read now. Load the page again in a moment."));
  throw error;
}

function draw(api) {
  document.querySelector("#about").after(...prose(api.info.description));
  const entries = [];
  for (const family of families(api)) {
    const links = element("ul");
    const heading = element("h2", { id: family.name }, family.title);
    const section = element("section", { "aria-labelledby": family.name }, heading, ...prose(family.about));
    const own = element("a", { href: `/openapi/${family.name}.json` }, "This family’s document");
    section.append(element("p", {}, own));
    for (const call of family.calls) {
      const article = drawCall(api, call);
      const link = element("a", { href: `#${call.id}` }, element("span", { class: `method ${call.method}` }, call.method), element("span", {}, ...inline(call.summary)));
      const item = element("li", {}, link);
      links.append(item);
      section.append(article);
      entries.push({ article, item, section, group: links, words: call.words });
    }
    list.append(element("h2", {}, element("a", { href: `#${family.name}` }, family.title)), links);
    calls.append(section);
  }
  search(entries);
  matchMedia("(min-width: 60em)").addEventListener("change", unfold);
  unfold();
  // What the address names was not there when the browser looked for it.
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named) named.scrollIntoView();
}

/** Where there is room beside the calls, their list stands open. */
function unfold() {
  document.querySelector("#index").open = matchMedia("(min-width: 60em)").matches;
}
