//! Films of made-up documents for the browser's fake camera, drawn when they are first wanted.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = `${root}target/films`;

/** The path of a film: `card-arrives`, `empty`, `passport`, `licence-back`. To draw it takes some seconds, and minutes if the generator must be compiled. */
export function film(name) {
  const path = `${folder}/${name}.mjpeg`;
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const beside = `${path}.${process.pid}`;
  const { status, stderr } = spawnSync(
    "cargo",
    ["run", "--quiet", "--release", "-p", "vestibule-vision-bench", "--", "film", name, "--out", beside],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`the film ${name} could not be drawn:\n${stderr}`);
  renameSync(beside, path);
  return path;
}
