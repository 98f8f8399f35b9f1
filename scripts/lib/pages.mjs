//! Bundles the pages on the built package, by its name, as the server serves them:
//! `node scripts/lib/pages.mjs PACKAGE SITE`. A page's `href="./x"` and `src="./x"` become the hashed names of what was made from x.

import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { contentHash, minifiedCss, target } from "./bundling.mjs";
import { introHtml } from "./intro-html.mjs";

const [pkg, out] = process.argv.slice(2).map((path) => resolve(path));
const assets = join(out, "assets");

/** Which folder of www becomes which page. */
const pages = { verify: "verify.html", demo: "index.html", reference: "reference.html" };

await mkdir(assets, { recursive: true });
await cp(pkg, join(out, "sdk"), { recursive: true });

const files = await readdir(pkg);
const wasm = files.find((name) => /^flow-.*\.wasm$/.test(name));
// What no import names: modules, and the worker, which the package finds beside itself.
for (const name of files.filter((name) => /\.wasm$|^sight-worker-/.test(name))) await cp(join(pkg, name), join(assets, name));

const { metafile } = await build({
  entryPoints: Object.keys(pages).map((page) => ({ in: `www/${page}/main.js`, out: page })),
  outdir: assets,
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  alias: { "@vestibule/sdk": pkg }, // The workspace's link of that name is its source.
  metafile: true,
  legalComments: "none",
});

/** What is made → where it is served. */
const served = new Map();
for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
  if (entryPoint) served.set(resolve(entryPoint), `/assets/${relative(assets, path)}`);
}

/** Writes a text or the like under its hashed name, and gives its address. */
async function publish(name, extension, content) {
  const file = `${name}-${contentHash(content)}.${extension}`;
  await writeFile(join(assets, file), content);
  return `/assets/${file}`;
}

const introStyles = (await minifiedCss("flow-ui/styles/tokens.css")) + (await minifiedCss("flow-ui/styles/intro.css"));

for (const [page, name] of Object.entries(pages)) {
  const folder = `www/${page}`;
  for (const file of await readdir(folder)) {
    const path = join(folder, file);
    const [, stem, extension] = /^(.+)\.(\w+)$/.exec(file);
    if (extension === "css") served.set(resolve(path), await publish(stem, "css", await minifiedCss(path)));
    if (extension === "svg") served.set(resolve(path), await publish(stem, "svg", await readFile(path)));
  }
  let html = await readFile(join(folder, "index.html"), "utf8");
  html = html.replace(/(href|src)="\.\/([^"]+)"/g, (_, attribute, file) => {
    const address = served.get(resolve(folder, file));
    if (!address) throw new Error(`${folder}/index.html refers to ${file}, which is not there`);
    return `${attribute}="${address}"`;
  });
  if (html.includes("<!-- intro -->")) {
    const styles = await publish("intro", "css", introStyles);
    html = html.replace("<!-- intro -->", await introHtml(styles));
    html = html.replace("<!-- preload -->", preloads(page, styles));
  }
  await writeFile(join(out, name), html.replace(/\n\s*/g, "\n"));
}

/** Begins to fetch at once what the intro needs, and behind it the flow; what a camera needs is for later. */
function preloads(page, styles) {
  const outputs = Object.entries(metafile.outputs);
  const address = (path) => `/assets/${relative(assets, path)}`;
  const [, { imports }] = outputs.find(([, { entryPoint }]) => entryPoint === `www/${page}/main.js`);
  const now = imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path);
  const later = outputs.filter(([, { entryPoint }]) => resolve(entryPoint ?? "").startsWith(`${pkg}/`)).map(([path]) => path).filter((path) => !/\/sight-/.test(path));
  return [
    `<link rel="preload" as="style" href="${styles}">`,
    ...now.map((path) => `<link rel="modulepreload" href="${address(path)}">`),
    ...later.map((path) => `<link rel="modulepreload" href="${address(path)}" fetchpriority="low">`),
    `<link rel="preload" as="fetch" crossorigin href="/assets/${wasm}" fetchpriority="low">`,
  ].join("\n");
}
