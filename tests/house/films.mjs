//! Films of made-up documents for the browser's fake camera, drawn when they are first wanted, and again when what draws
//! them has changed.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = `${root}target/films`;
const sources = `${root}vision/bench/src`;
const generator = ["run", "--quiet", "--release", "-p", "vestibule-vision-bench", "--", "film"];

/**
 * The path of a film: `card-arrives`, `empty`, `passport`, `licence-back`. With an `index` it is one of as many as
 * are wanted, of tuning seeds; `held` is as in `camera.mjs`; a film that is `marked` says in its upper left corner when
 * the document is steady. To draw it takes some seconds, and minutes if the generator must be compiled.
 */
export function film(name, { index, held = "across", marked = false } = {}) {
  const options = [["index", index], ["held", held], ["mark", marked ? "yes" : undefined]];
  const given = options.filter(([, value]) => value !== undefined && value !== "across");
  const path = `${folder}/${[name, ...given.map(([option, value]) => `${option}-${value}`)].join("-")}.mjpeg`;
  if (changed(path) > generatorChanged()) return path;
  mkdirSync(folder, { recursive: true });
  const beside = `${path}.${process.pid}`;
  const { status, stderr } = spawnSync(
    "cargo",
    [...generator, name, "--out", beside, ...given.flatMap(([option, value]) => [`--${option}`, String(value)])],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the film ${name} could not be drawn:\n${stderr}`);
  renameSync(beside, path);
  return path;
}

/** When the generator was last changed, in milliseconds. */
function generatorChanged() {
  return Math.max(...readdirSync(sources, { recursive: true }).map((name) => changed(`${sources}/${name}`)));
}

/** When a file was last changed, in milliseconds; 0 for one that is not there. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
