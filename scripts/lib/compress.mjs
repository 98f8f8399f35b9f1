//! Writes .br and .gz beside every file that shrinks by it: `node scripts/lib/compress.mjs FOLDER…`.

import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const compressible = /\.(html|js|css|json|svg|wasm|md|ts|txt)$/;

for (const folder of process.argv.slice(2)) {
  for (const file of await readdir(folder, { recursive: true })) {
    if (compressible.test(file)) await compress(join(folder, file));
  }
}

async function compress(path) {
  const content = await readFile(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
