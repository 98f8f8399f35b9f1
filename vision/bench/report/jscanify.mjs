//! jscanify on OpenCV.js: the outline of a document.

import { createRequire } from "node:module";

import { overlap } from "./overlap.mjs";
import { median, pictures, Time, timed } from "./pictures.mjs";

const who = "jscanify";

export async function jscanify(packages, count, minutes) {
  const time = new Time(minutes, 4);
  const require = createRequire(`${packages}/`);
  await openCv(require("@techstark/opencv-js"));
  const Scanner = require(`${packages}/jscanify/src/jscanify.js`);
  const scanner = new Scanner();
  const measurements = [];
  for (const [set, most] of [["720p", count], ["1080p", Math.ceil(count / 3)]]) {
    const times = [];
    const overlaps = [];
    for await (const picture of pictures(`outline ${set}`, most, time.next())) {
      const [corners, took] = await timed(() => outline(scanner, picture));
      times.push(took);
      overlaps.push(corners ? overlap(corners, picture.truth.corners) : 0);
    }
    let [invented, empty] = [0, 0];
    for await (const picture of pictures(`empty ${set}`, most, time.next())) {
      invented += outline(scanner, picture) ? 1 : 0;
      empty += 1;
    }
    const of = times.length;
    const add = (what, value, unit, count = of) =>
      measurements.push({ what: `${what}, ${set}`, who, value, unit, of: count });
    add("outline, mean overlap", overlaps.reduce((sum, one) => sum + one, 0) / of, "share");
    add("outline, overlap above 0.95", overlaps.filter((one) => one > 0.95).length / of, "share");
    add("outline where there is no document", invented / empty, "share", empty);
    add("outline found", median(times), "ms");
  }
  return measurements;
}

/** Waits for OpenCV, and puts it where jscanify looks for it. */
async function openCv(loaded) {
  // A module that has a `then` of its own must not be waited for, or given back: it would never end.
  globalThis.cv = loaded instanceof Promise ? await loaded : loaded;
  if (!cv.Mat) await new Promise((ready) => (cv.onRuntimeInitialized = () => ready()));
}

/** The corners that it finds, clockwise from the upper left; null when it finds none. */
function outline(scanner, { width, height, data }) {
  const picture = cv.matFromImageData({ width, height, data });
  try {
    const contour = scanner.findPaperContour(picture);
    if (!contour) return null;
    const found = scanner.getCornerPoints(contour);
    contour.delete();
    const corners = [found.topLeftCorner, found.topRightCorner, found.bottomRightCorner, found.bottomLeftCorner];
    return corners.every(Boolean) ? corners.map(({ x, y }) => [x, y]) : null;
  } finally {
    picture.delete();
  }
}
