//! The intro as HTML, from the loader's own source: it can be read before any script is there.

import { build } from "esbuild";
import { vestibule } from "./bundling.mjs";

/** A frame with the intro in a declarative shadow root that takes its styles from `styles`. */
export async function introHtml(styles) {
  const { introTree, say } = await loadSource();
  const frame = [
    "section",
    { class: "frame frame-inline", "aria-label": say("intro.title") },
    ["div", "frame-body", ["div", { class: "frame-stage", tabindex: "-1" }, introTree(null, null)]],
  ];
  const link = `<link rel="stylesheet" href="${styles}">`;
  return `<vestibule-frame><template shadowrootmode="open">${link}${html(frame)}</template></vestibule-frame>`;
}

/** The loader's modules as node can import them. */
async function loadSource() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { introTree } from "./intro.js"; export { say } from "./words.js";`,
      resolveDir: "sdk/npm/src",
    },
    bundle: true,
    write: false,
    format: "esm",
    plugins: [vestibule()],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

function html(tree) {
  if (typeof tree === "string") return escaped(tree);
  const [tag, given, ...children] = tree;
  const attributes = typeof given === "string" ? { class: given } : given;
  const written = Object.entries(attributes)
    .filter(([, value]) => value)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  const open = `<${tag}${written.join("")}>`;
  return `${open}${children.filter(Boolean).map(html).join("")}</${tag}>`;
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
}
