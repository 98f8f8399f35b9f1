//! Memory of a camera that sees nothing to take, over minutes.

import { readFileSync } from "node:fs";
import { largest, slope } from "./numbers.mjs";

/** What is allocated once is there by then. */
const warm = 0.2;

/** What grows by less than this share of itself in ten minutes is flat. */
const flat = 1 / 30;

/** What is of no use waits to be collected, for up to a minute: of so many samples the one with the least counts. */
const together = 6;

/** Watches an empty desk for so many minutes; `note` hears of each sample. Gives rows, `[what, value, unit]`. */
export function memory(bench, setting, minutes, note) {
  return bench.visit({ ...setting, name: "empty" }, async ({ page, browser, devtools }) => {
    const process = await rendererOf(browser, page);
    await devtools.send("Performance.enable");
    const samples = [];
    const began = performance.now();
    const every = Math.min(10_000, minutes * 2_000);
    while (performance.now() - began < minutes * 60_000) {
      await page.waitForTimeout(every);
      const sample = { minute: (performance.now() - began) / 60_000, ...(await take(page, devtools, process)) };
      note(sample);
      samples.push(sample);
    }
    const later = samples.filter(({ minute }) => minute > minutes * warm);
    const looks = samples.reduce((sum, sample) => sum + sample.looks, 0);
    return [["minutes of camera", minutes, ""], ["looks in them", looks, ""], ...Object.entries(kinds).flatMap(([kind, what]) => rows(kind, what, later))];
  });
}

const kinds = {
  page: "the page's objects",
  module: "the module's memory",
  own: "the page's process, its own",
  shared: "the page's process, shared (frames of the video)",
};

/** The process in which the page is drawn: of those that draw, the one that works most. */
async function rendererOf(browser, page) {
  const devtools = await browser.newBrowserCDPSession();
  const drawing = async () => (await devtools.send("SystemInfo.getProcessInfo")).processInfo.filter(({ type }) => type === "renderer");
  const before = new Map((await drawing()).map(({ id, cpuTime }) => [id, cpuTime]));
  await page.waitForTimeout(2_000);
  const worked = ({ id, cpuTime }) => cpuTime - (before.get(id) ?? cpuTime);
  return (await drawing()).sort((one, other) => worked(other) - worked(one))[0].id;
}

/** Bytes, after what nobody needs was collected. */
async function take(page, devtools, process) {
  // The record is of the bench, and grows.
  const looks = await page.evaluate(() => {
    const { frames, tasks, looks } = window.record;
    frames.length = tasks.length = 0;
    return looks.splice(0).length;
  });
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const [worker] = page.workers();
  const status = readFileSync(`/proc/${process}/status`, "utf8");
  const resident = (part) => Number(new RegExp(`^Rss${part}:\\s+(\\d+) kB`, "m").exec(status)[1]) * 1_024;
  return {
    looks,
    page: usedSize,
    module: await worker.evaluate(() => self.memory.buffer.byteLength),
    own: resident("Anon"),
    shared: resident("Shmem"),
  };
}

/** What was sampled of one kind: how much stays, the most there was, and whether it grows. */
export function rows(kind, what, samples) {
  const stays = [];
  for (let first = 0; first === 0 || first + together <= samples.length; first += together) {
    const [least] = samples.slice(first, first + together).sort((one, other) => one[kind] - other[kind]);
    stays.push([least.minute, least[kind]]);
  }
  const mean = stays.reduce((sum, [, value]) => sum + value, 0) / stays.length;
  const rise = stays.length > 1 ? slope(stays) : 0;
  return [
    [`${what}, what stays`, mean / 1e6, "MB"],
    [`${what}, the most`, largest(samples.map((sample) => sample[kind])) / 1e6, "MB"],
    [`${what}, more each minute`, rise / 1e3, "kB"],
    [`${what}: flat`, rise * 10 < flat * mean ? "yes" : "no", ""],
  ];
}
