//! How files are compressed by brotli: once and for good, so it may take its time.

import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** The shortest of several: code that has networks in it is shorter in small blocks, and as if it were a font. */
export async function brotli(content) {
  const all = ways.map((way) => compressed(content, way));
  const [shortest] = (await Promise.all(all)).sort((one, other) => one.length - other.length);
  return shortest;
}

const { BROTLI_MODE_GENERIC, BROTLI_MODE_FONT } = constants;
/**
 * What it is taken for, the size of blocks as a power of two (with 0 the library chooses), and of how many distances each
 * has a sign of its own.
 */
const ways = [
  [BROTLI_MODE_GENERIC, 0],
  [BROTLI_MODE_GENERIC, 16],
  [BROTLI_MODE_GENERIC, 16, 12],
  [BROTLI_MODE_FONT, 16],
];

function compressed(content, [mode, block, distances]) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    [constants.BROTLI_PARAM_MODE]: mode,
    [constants.BROTLI_PARAM_LGBLOCK]: block,
    ...(distances && { [constants.BROTLI_PARAM_NPOSTFIX]: 0, [constants.BROTLI_PARAM_NDIRECT]: distances }),
  };
  return promisify(brotliCompress)(content, { params });
}
