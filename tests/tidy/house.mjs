//! The house as the laws see it: every file that git knows or would take, with its text.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** The laws quote what they forbid. */
const quoting = ["tests/tidy/laws.mjs", "tests/tidy/laws.test.mjs"];

const binary = /\.(jpe?g|png|webp|ico|otf|woff2?|wasm|mjpeg|pdf|heic)$/;

/** `[{path, text}]`, paths from the root. Pictures and the like are left out. */
export function readHouse() {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return [...new Set(listed.split("\n"))]
    .filter((path) => path && !quoting.includes(path) && !binary.test(path) && existsSync(root + path) && statSync(root + path).isFile())
    .map((path) => ({ path, text: readFileSync(root + path, "utf8") }));
}
