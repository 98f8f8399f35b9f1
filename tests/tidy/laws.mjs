//! The laws of the house that a reader of text can check. Each takes the house, `[{path, text}]`, and
//! gives the breaches as sentences. ARCHITECTURE.md states them; laws.test.mjs breaks each one.

import { complete, used } from "./words.mjs";

const sources = /\.(rs|js|mjs|css|py|ts)$/;

/** Which of our crates a crate may name. */
const mayName = {
  protocol: [],
  vision: [],
  "vision/bench": ["vision"],
  "flow-ui": ["protocol", "vision"],
  sdk: ["flow-ui", "protocol"],
  server: ["protocol", "vision"],
};

/** What a pure module may never name, by its folder. */
const pure = {
  "protocol/src/": /\b(std::(fs|net|process|env|io|thread|time)|tokio|web_sys|js_sys|wasm_bindgen|leptos|reactive_graph|sqlx|axum)\b/,
  "vision/src/": /\b(std::(fs|net|process|env|io|thread|time)|tokio|web_sys|js_sys|wasm_bindgen|leptos|reactive_graph|sqlx|axum)\b/,
  "flow-ui/src/machine/": /\b(web_sys|js_sys|wasm_bindgen|leptos|reactive_graph|any_spawner|crate::(flow|host|client|screens|components|capture|i18n))\b/,
  "server/src/engine/": /\b(std::(fs|net|process|env|thread|time)|tokio|sqlx|axum|object_store|crate::(api|store|blob|vault|clock|random|config|serve|demo|ledger|media|site|app|webhook|notify))\b/,
};

/** Hosts that may stand in what browsers load: a name space, and names that are nobody's. */
const nobodysHosts = /^(www\.w3\.org|localhost|127\.0\.0\.1|([a-z0-9-]+\.)*example(\.(com|org|net))?)$/;

/** Each law by its name. */
export const laws = {
  "a crate names only the crates that it may": (house) =>
    matching(house, /.\/Cargo\.toml$/).flatMap(({ path, text }) => {
      const crate = path.replace("/Cargo.toml", "");
      const allowed = mayName[crate];
      if (!allowed) return [];
      return [...text.matchAll(/^\s*vestibule-([\w-]+)\s*[.=]/gm)]
        .map(([, named]) => named)
        .filter((named) => named !== crate && !allowed.includes(named))
        .map((named) => `${path} names ${named}`);
    }),

  "a pure module names no effect": (house) =>
    Object.entries(pure).flatMap(([folder, effects]) =>
      house
        .filter(({ path }) => path.startsWith(folder) && path.endsWith(".rs") && !isTest(path))
        .flatMap(({ path, text }) => lines(path, withoutComments(text.split("#[cfg(test)]")[0]), effects)),
    ),

  "every call of the API is published": (house) =>
    house
      .filter(({ path }) => path.startsWith("server/src/api/") && !/\/(call|health|openapi\/mod)\.rs$/.test(path))
      .flatMap(({ path, text }) => lines(path, withoutComments(text), /\.(route|route_service|nest|nest_service)\(/)),

  "the first line of a source file says what the room is for": (house) =>
    matching(house, /\.(rs|js|mjs)$/)
      .filter(({ text }) => !/^(#!.*\n)?\/\/! \S/.test(text))
      .map(({ path }) => `${path} does not begin with //!`),

  "a source file has at most 500 lines": (house) =>
    matching(house, sources)
      .filter(({ text }) => text.split("\n").length > 501)
      .map(({ path, text }) => `${path} has ${text.split("\n").length - 1} lines`),

  "nothing is left to do": (house) =>
    house
      .filter(({ path }) => sources.test(path) || !path.includes("."))
      .flatMap(({ path, text }) => lines(path, text, /\b(TODO|FIXME|XXX)\b|\b(todo|unimplemented)!\(/)),

  "a lint is expected with a reason, never allowed": (house) =>
    matching(house, /\.rs$/).flatMap(({ path, text }) => lines(path, text, /#!?\[allow\(|#!?\[expect\((?![^\]]*reason)/)),

  "what browsers load names no third party": (house) =>
    house
      .filter(({ path }) => /^(www|sdk|flow-ui)\//.test(path) && /\.(rs|js|mjs|css|html|json|svg)$/.test(path))
      .filter(({ path }) => !/package\.json$/.test(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/(?:https?:)?\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)]
          .filter(([, host]) => !nobodysHosts.test(host.toLowerCase()))
          .map(([url]) => `${path} names ${url}`),
      ),

  "nothing is styled or scripted in the markup": (house) =>
    matching(house, /^(www|sdk|flow-ui)\/.*\.(html|js|rs)$/).flatMap(({ path, text }) =>
      lines(path, text, /<style[\s>]|<script(?![^>]*\bsrc=)[\s>]|\sstyle=["'{]|\son(click|load|error|submit)=["']|insertAdjacentHTML|\.innerHTML\s*=/),
    ),

  "the lock file of the packages names no host": (house) =>
    matching(house, /(^|\/)package-lock\.json$/).flatMap(({ path, text }) => lines(path, text, /"resolved": "https?:/)),

  "nothing tells of the machine on which it was written": (house) =>
    house.flatMap(({ path, text }) => lines(path, text, /(^|[\s"'=`(])\/(work|root|home)\/\w/)),

  "no name says nothing": (house) =>
    matching(house, sources).flatMap(({ path, text }) => [
      ...(/(^|\/|_|-)(utils?|helpers?|managers?|misc|common)(\.|\/|_|-)/.test(path) ? [`${path} is named after nothing`] : []),
      ...lines(path, text, /\b(fn|struct|enum|trait|mod|class|function)\s+((handle|process)_\w*|\w*(util|helper|manager|Manager|Helper|Util)\w*)/),
    ]),

  "the architecture states its invariants": (house) => {
    const file = house.find(({ path }) => path === "ARCHITECTURE.md");
    const stated = file?.text.match(/^\W*\*\*Invariant:\*\*/gm)?.length ?? 0;
    return stated >= 8 ? [] : [`ARCHITECTURE.md states ${stated} invariants`];
  },

  "every text that is used exists in every language": (house) => complete(house),

  "every text that exists is used": (house) => used(house),
};

/** Every breach of every law. */
export function breaches(house) {
  return Object.entries(laws).flatMap(([law, check]) => check(house).map((breach) => `${law}: ${breach}`));
}

function matching(house, pattern) {
  return house.filter(({ path }) => pattern.test(path));
}

function isTest(path) {
  return /(^|\/)tests?(\.rs$|\/)/.test(path);
}

function withoutComments(text) {
  return text.replace(/^\s*\/\/.*$/gm, "");
}

/** The lines of a text in which the pattern is found. */
function lines(path, text, pattern) {
  return text
    .split("\n")
    .map((line, index) => [line, index + 1])
    .filter(([line]) => pattern.test(line))
    .map(([line, number]) => `${path}:${number}: ${line.trim().slice(0, 120)}`);
}
