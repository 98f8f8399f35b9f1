//! How files are compressed by brotli: once and for good, so it may take its time.

import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** The shortest of several: code that has networks in it is shorter in small blocks, and as if it were a font. */
export async function brotli(content) {
  const all = ways.map(([mode, block]) => compressed(content, mode, block));
  const [shortest] = (await Promise.all(all)).sort((one, other) => one.length - other.length);
  return shortest;
}

const { BROTLI_MODE_GENERIC, BROTLI_MODE_FONT } = constants;
/** What it is taken for, and the size of blocks as a power of two; with 0 the library chooses. */
const ways = [
  [BROTLI_MODE_GENERIC, 0],
  [BROTLI_MODE_GENERIC, 16],
  [BROTLI_MODE_FONT, 16],
];

function compressed(content, mode, block) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    [constants.BROTLI_PARAM_MODE]: mode,
    [constants.BROTLI_PARAM_LGBLOCK]: block,
  };
  return promisify(brotliCompress)(content, { params });
}
