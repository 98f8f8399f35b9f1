//! Measures our readers and their peers on the same held-out pictures, and prints one table:
//! `npm run bench:vision -- [--documents 300] [--peers 60] [--minutes 30] [--only zones]`. It ends in about so many
//! minutes, with as many documents as it got through. With `--only` it is one stage of our readers alone: outlines, quality,
//! zones, barcodes or faces.

import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { browser } from "./browser.mjs";
import { jscanify } from "./jscanify.mjs";
import { command } from "./pictures.mjs";
import { sizes } from "./sizes.mjs";
import { table } from "./table.mjs";
import { tesseract } from "./tesseract.mjs";
import { zxing } from "./zxing.mjs";

const text = { type: "string" };
const { values } = parseArgs({
  options: { documents: { ...text, default: "300" }, peers: text, minutes: { ...text, default: "30" }, only: text },
});
const { only } = values;
const minutes = Number(values.minutes);
const documents = Number(values.documents);
// Peers need not look at all documents to be compared.
const few = Number(values.peers ?? Math.min(60, documents));
const folder = "target/bench-vision";
const file = `${folder}/${only ?? "report"}.json`;
const keep = () => writeFile(file, `${JSON.stringify({ documents, measurements }, null, 2)}\n`);
const packages = resolve(".tools/peers/node_modules");

await mkdir(folder, { recursive: true });
const own = only ? minutes : Math.max(1, Math.round(minutes / 2));
const ours = ["--documents", String(documents), "--minutes", String(own), ...(only ? ["--only", only] : [])];
execFileSync(command, ["measure", ...ours, "--out", `${folder}/ours.json`], { stdio: ["ignore", "inherit", "inherit"] });
const measurements = JSON.parse(await readFile(`${folder}/ours.json`, "utf8")).measurements;
await keep();
/** The other half of the time, for each of four. */
const part = minutes / 8;
const others = only ? [] : [
  ["zxing-wasm", () => zxing(packages, few, part)],
  ["Tesseract", () => tesseract(few, part)],
  ["jscanify", () => jscanify(packages, few, part)],
  ["the browser", () => browser("target/flow-wasm", few, part)],
  ["sizes", () => sizes("target/flow-wasm", packages)],
];
for (const [name, measure] of others) {
  console.log(`  measuring ${name} …`);
  try {
    measurements.push(...(await measure()));
  } catch (error) {
    // The others are still worth their table.
    console.log(`  ${name} was not measured: ${error.message.split("\n")[0]}`);
  }
  await keep();
}
console.log(`\n${table(measurements)}\n\n${file} has the same.`);
process.exit(0);
