//! Our readers in Chromium, through the module that ships: how long a frame takes, and how much memory.

import { access, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";

import { chromium } from "@playwright/test";

import { median, pictures, Time } from "./pictures.mjs";

const who = "vestibule";
/** What is asked of the eye: of which side of what, and the pictures that it is shown. */
const asked = [
  ["outline and quality", "front", "drivers_license", "outline 720p"],
  ["outline, quality and zone", "passport", "passport", "zone 720p"],
  ["outline, quality and barcode", "back", "drivers_license", "barcode 3"],
  ["face", "face", "", "faces"],
];

export async function browser(folder, count, minutes) {
  const time = new Time(minutes, asked.length);
  await access(`${folder}/sight.js`).catch(() => {
    throw new Error("there is no build of it: npm run build");
  });
  let shown = null;
  const server = createServer(async (request, response) => {
    const name = request.url.slice(1);
    if (name === "") return response.setHeader("content-type", "text/html").end("<!doctype html>");
    if (name === "frame") return response.end(shown);
    if (!/^sight\.(js|wasm)$/.test(name)) return response.writeHead(404).end();
    const type = name.endsWith(".wasm") ? "application/wasm" : "text/javascript";
    response.setHeader("content-type", type).end(await readFile(`${folder}/${name}`));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const chrome = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
  const measurements = [];
  try {
    for (const [what, subject, kind, set] of asked) {
      // A page for each, since the memory of a module never shrinks.
      const page = await chrome.newPage();
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      const times = [];
      let memory = 0;
      for await (const { width, height, data } of pictures(set, Math.min(count, 30), time.next())) {
        shown = Buffer.from(data.buffer);
        const seen = await page.evaluate(look, { subject, kind, width, height });
        times.push(seen.took);
        memory = Math.max(memory, seen.memory);
      }
      await page.close();
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

/** In the page: shows the eye one frame, as large as the worker makes it (`sdk/npm/src/sight/worker.js`). */
async function look({ subject, kind, width: wide, height: high }) {
  const sight = await import("/sight.js");
  globalThis.module ??= await sight.default({ module_or_path: "/sight.wasm" });
  const pixels = new Uint8ClampedArray(await (await fetch("/frame")).arrayBuffer());
  const scale = Math.min(1, Math.sqrt(921_600 / (wide * high)));
  const [width, height] = [wide, high].map((side) => Math.floor(side * scale));
  const brush = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  brush.drawImage(await createImageBitmap(new ImageData(pixels, wide, high)), 0, 0, width, height);
  const frame = brush.getImageData(0, 0, width, height).data;
  const eye = new sight.Eye(subject, kind, "2026-01-01");
  const began = performance.now();
  eye.see(frame, width, height, 0);
  const took = performance.now() - began;
  eye.free();
  return { took, memory: globalThis.module.memory.buffer.byteLength };
}
