//! What browsers download of it: the modules of dist, raw and compressed.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const who = "vestibule";

/** Sizes of all modules below a folder; none where nothing was built. */
export async function sizes(folder) {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const measurements = [];
  for (const file of files.filter((name) => /sight.*\.wasm$/.test(name)).sort()) {
    const bytes = await readFile(join(folder, file));
    const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    measurements.push({ what: `${file}, raw`, who, value: bytes.length / 1000, unit: "kB", of: 1 });
    measurements.push({ what: `${file}, brotli`, who, value: packed.length / 1000, unit: "kB", of: 1 });
  }
  return measurements;
}
