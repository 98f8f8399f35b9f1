//! Writes .br and .gz beside every file that shrinks by it: `node scripts/lib/compress.mjs FOLDER…`.

import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import { brotli } from "./brotli.mjs";

const compressible = /\.(html|js|css|json|svg|wasm|md|ts|txt)$/;

for (const folder of process.argv.slice(2)) {
  for (const file of await readdir(folder, { recursive: true })) {
    if (compressible.test(file)) await compress(join(folder, file));
  }
}

async function compress(path) {
  const content = await readFile(path);
  await writeFile(`${path}.br`, await brotli(content));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
