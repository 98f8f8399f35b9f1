//! Before the screenshots: takes the former ones away, so that none of a screen that is gone stays.

import { rmSync } from "node:fs";

export default function clean() {
  rmSync(new URL("../output/shots", import.meta.url), { recursive: true, force: true });
}
