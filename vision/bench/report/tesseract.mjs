//! Tesseract with its English data: the zone, which the truth cuts out and lays flat for it.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { median, pictures, Time, timed } from "./pictures.mjs";

const who = "Tesseract, cut out by truth";
const run = promisify(execFile);

export async function tesseract(count, minutes) {
  const time = new Time(minutes, 2);
  const folder = await mkdtemp(join(tmpdir(), "zones-"));
  const file = join(folder, "zone.pgm");
  const measurements = [];
  for (const size of ["720p", "1080p"]) {
    const times = [];
    let exact = 0;
    const most = size === "720p" ? count : Math.ceil(count / 3);
    for await (const picture of pictures(`zone ${size}`, most, time.next(), "zone")) {
      await writeFile(file, pgm(picture));
      const words = [file, "-", "--psm", "6", "-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"];
      const [{ stdout }, took] = await timed(() => run("tesseract", words));
      times.push(took);
      const lines = stdout.split("\n").map((line) => line.replace(/\s/g, "")).filter(Boolean);
      if (lines.join("\n") === picture.truth.zone) exact += 1;
    }
    const of = times.length;
    measurements.push({ what: `zone exact in one frame, ${size}`, who, value: exact / of, unit: "share", of });
    measurements.push({ what: `zone read, ${size}`, who, value: median(times), unit: "ms", of });
  }
  await rm(folder, { recursive: true });
  return measurements;
}

function pgm({ width, height, data }) {
  const grey = Buffer.alloc(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = (77 * data[at * 4] + 150 * data[at * 4 + 1] + 29 * data[at * 4 + 2]) >> 8;
  }
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), grey]);
}
