//! What browsers download: our module, and those of the peers.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { brotli } from "../../../scripts/lib/brotli.mjs";

/** Sizes, raw and compressed, of what is there. */
export async function sizes(folder, packages) {
  const modules = [
    ["vestibule", join(folder, "sight.wasm")],
    ["zxing-wasm, frame", join(packages, "zxing-wasm/dist/reader/zxing_reader.wasm")],
    ["jscanify", join(packages, "@techstark/opencv-js/dist/opencv.js")],
  ];
  const measurements = [];
  for (const [who, file] of modules) {
    const bytes = await readFile(file).catch(() => null);
    if (!bytes) continue;
    const packed = await brotli(bytes);
    const add = (what, { length }) => measurements.push({ what, who, value: length / 1000, unit: "kB", of: 1 });
    add("module, raw", bytes);
    add("module, brotli", packed);
  }
  return measurements;
}
