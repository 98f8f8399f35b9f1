//! zxing-wasm, which is ZXing-C++: PDF417 in the frame.

import { readFile } from "node:fs/promises";

import { median, pictures, Time, timed } from "./pictures.mjs";

const who = "zxing-wasm, frame";
/** Pixels to a module. */
const modules = [1.5, 2, 2.5, 3, 4];

export async function zxing(packages, count, minutes) {
  const time = new Time(minutes, modules.length);
  const { prepareZXingModule, readBarcodes } = await import(`${packages}/zxing-wasm/dist/es/reader/index.js`);
  const wasmBinary = await readFile(`${packages}/zxing-wasm/dist/reader/zxing_reader.wasm`);
  prepareZXingModule({ overrides: { wasmBinary } });
  const measurements = [];
  const times = [];
  for (const module of modules) {
    let [right, of] = [0, 0];
    for await (const { data, width, height, truth } of pictures(`barcode ${module}`, count, time.next())) {
      const [found, took] = await timed(() =>
        readBarcodes({ data, width, height }, { formats: ["PDF417"], tryHarder: true, maxNumberOfSymbols: 1 }),
      );
      times.push(took);
      of += 1;
      const bytes = found[0]?.bytes;
      if (bytes && Buffer.from(bytes).toString() === truth.barcode) right += 1;
    }
    const what = `barcode read, ${module} pixels to a module`;
    measurements.push({ what, who, value: right / of, unit: "share", of });
  }
  measurements.push({ what: "barcode read", who, value: median(times), unit: "ms", of: times.length });
  return measurements;
}
