//! Counts the bytes that a person's browser loads, with brotli, against the budgets of size.json.
//! A budget is raised by hand, with a reason, or not at all.

import { readFile, readdir, stat } from "node:fs/promises";

const site = "dist/site";
const budgets = JSON.parse(await readFile(new URL("size.json", import.meta.url), "utf8"));
const assets = (await readdir(`${site}/assets`)).filter((file) => !/\.(br|gz)$/.test(file));
const text = (path) => readFile(path, "utf8");

/** Of these files, all that they name, and all that those name. */
async function closure(names, follows) {
  const found = new Set(names);
  for (const name of found) {
    if (!/\.(js|css)$/.test(name)) continue;
    const content = await text(`${site}/assets/${name}`);
    for (const asset of assets) if (follows(content, asset)) found.add(asset);
  }
  return [...found];
}

const html = await text(`${site}/verify.html`);
const preloads = /<link rel="(?:module)?preload"[^>]*>/g;
const named = assets.filter((asset) => html.replace(preloads, "").includes(asset));
const first = await closure(named, (content, asset) => isNamed(content, asset) && !isSight(asset) && !isLogin(asset));
/** Of its two modules a browser loads one. */
const ofSight = assets.filter((asset) => isSight(asset) && !/^sight-plain/.test(asset));
const sets = {
  loader: ["dist/npm/index.js"],
  intro: [`${site}/verify.html`, ...inAssets(await closure(named, isImported))],
  first_step: [`${site}/verify.html`, ...inAssets(first)],
  login: inAssets(assets.filter(isLogin)),
  camera: inAssets(ofSight),
};

let failed = 0;
for (const [name, { bytes: budget, is }] of Object.entries(budgets)) {
  const files = await Promise.all(sets[name].map(async (file) => [(await stat(`${file}.br`)).size, file]));
  const total = files.reduce((sum, [bytes]) => sum + bytes, 0);
  const fits = total <= budget;
  failed += fits ? 0 : 1;
  console.log(`${fits ? "ok  " : "OVER"} ${row(total, `of ${budget} (${Math.round((100 * total) / budget)} %): ${is}`)}`);
  for (const [bytes, file] of files.sort(([a], [b]) => b - a)) console.log(`     ${row(bytes, file)}`);
}
console.log(`${Object.keys(sets).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Loaded together with the file that names it: a static import. */
function isImported(content, asset) {
  return content.includes(`from"./${asset}"`);
}

/** Loaded sooner or later. */
function isNamed(content, asset) {
  return content.includes(asset);
}

/** Loaded when a camera is near: `tests/e2e/sight.spec.mjs` sees to it that it is not before. The burst where one is wanted. */
function isSight(asset) {
  return /^(sight|burst)-/.test(asset);
}

/** Loaded when a step about log-in is shown. */
function isLogin(asset) {
  return asset.startsWith("login-");
}

function inAssets(names) {
  return names.map((name) => `${site}/assets/${name}`);
}

function row(bytes, words) {
  return `${String(bytes).padStart(7)} B  ${words}`;
}
