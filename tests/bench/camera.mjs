//! Measures the camera that sees, as people meet it: `npm run bench:camera -- [--films 6] [--minutes 10]`. Prints one table.
//! `--films` is how many of each kind are played, on a slowed device half of it; 0 leaves them out, and so do
//! 0 minutes with memory.

import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";

import { capture } from "./capture.mjs";
import { memory } from "./memory.mjs";
import { table } from "./table.mjs";
import { Bench } from "./visit.mjs";

const { values } = parseArgs({ options: { films: { type: "string", default: "6" }, minutes: { type: "string", default: "10" } } });
const [films, minutes] = [Number(values.films), Number(values.minutes)];
const folder = "target/bench-camera";

/** A device that is so many times slower than this one. */
const settings = [
  { device: "desktop", slower: 1 },
  { device: "phone", slower: 1 },
  { device: "desktop", slower: 6 },
  { device: "phone", slower: 6 },
];

const report = { machine: `${cpus().length} × ${cpus()[0].model.trim()}`, load: { before: loadavg() }, columns: [], notes: [] };
const note = (seen) => {
  const { record, ...told } = seen;
  report.notes.push(told);
  console.log(`  ${JSON.stringify(told)}`);
};

mkdirSync(folder, { recursive: true });
const bench = await Bench.open();
try {
  for (const setting of films > 0 ? settings : []) {
    const count = setting.slower > 1 ? Math.ceil(films / 2) : films;
    await add(setting.slower > 1 ? `${setting.device}, ${setting.slower} × slower` : setting.device, () => capture(bench, setting, count, note));
  }
  if (minutes > 0) await add("desktop, memory", () => memory(bench, { device: "desktop" }, minutes, note));
} finally {
  await bench.close();
}
report.load.after = loadavg();
keep();
console.log(`\n${table(report.columns)}\n\nOn ${report.machine}; load before ${report.load.before[0].toFixed(1)}, after ${report.load.after[0].toFixed(1)}.`);
console.log(`${folder}/report.json has the same, and what became of each film.`);

/** Measures one column; the report is kept after each. */
async function add(name, measure) {
  console.log(`Measuring ${name}:`);
  report.columns.push({ name, rows: await measure() });
  keep();
}

function keep() {
  writeFileSync(`${folder}/report.json`, `${JSON.stringify(report, null, 2)}\n`);
}
