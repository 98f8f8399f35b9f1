//! Our readers in Chromium, through the module that ships: how long a frame takes, and how much memory.

import { access, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";

import { chromium } from "@playwright/test";

import { median, pictures } from "./pictures.mjs";

const who = "vestibule";
/** What is asked of the eye, and the pictures that it is shown. */
const asked = [
  ["outline and quality", "front", "outline 720p"],
  ["outline, quality and zone", "passport", "zone 720p"],
  ["outline, quality and barcode", "back", "barcode 3"],
  ["face", "face", "faces"],
];

export async function browser(folder, count) {
  await access(`${folder}/sight.js`).catch(() => {
    throw new Error("there is no build of it: npm run build");
  });
  let shown = null;
  const server = createServer(async (request, response) => {
    const name = request.url.slice(1);
    if (name === "") return response.setHeader("content-type", "text/html").end("<!doctype html>");
    if (name === "frame") return response.end(shown);
    const type = name.endsWith(".wasm") ? "application/wasm" : "text/javascript";
    response.setHeader("content-type", type).end(await readFile(`${folder}/${name}`));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const chrome = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
  const measurements = [];
  try {
    const page = await chrome.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    for (const [what, subject, set] of asked) {
      const times = [];
      let memory = 0;
      for await (const { width, height, data } of pictures(set, Math.min(count, 30))) {
        shown = Buffer.from(data.buffer);
        const seen = await page.evaluate(look, { subject, width, height });
        times.push(seen.took);
        memory = Math.max(memory, seen.memory);
      }
      const add = (name, value, unit) => measurements.push({ what: name, who, value, unit, of: times.length });
      add(`a frame in Chromium: ${what}`, median(times), "ms");
      add(`memory of the module: ${what}`, memory / 1e6, "MB");
    }
  } finally {
    await chrome.close();
    server.close();
  }
  return measurements;
}

/** In the page: shows the eye one frame. */
async function look({ subject, width, height }) {
  const sight = await import("/sight.js");
  globalThis.module ??= await sight.default({ module_or_path: "/sight.wasm" });
  const frame = new Uint8ClampedArray(await (await fetch("/frame")).arrayBuffer());
  const eye = new sight.Eye(subject, "", "2026-01-01");
  const began = performance.now();
  eye.see(frame, width, height, 0);
  const took = performance.now() - began;
  eye.free();
  return { took, memory: globalThis.module.memory.buffer.byteLength };
}
