//! Held-out pictures, one after the other, as the generator streams them.

import { spawn } from "node:child_process";
import { once } from "node:events";

/** The command that makes pictures and measures our readers. */
export const command = "target/release/vestibule-vision-bench";

/** The pictures of a set: `{ width, height, data, truth }`, `data` being RGBA8. */
export async function* pictures(set, count, part = "frame") {
  const words = ["stream", set, "--count", String(count), "--part", part];
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  let rest = Buffer.alloc(0);
  let line = null;
  for await (const chunk of child.stdout) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    for (;;) {
      if (!line) {
        const end = rest.indexOf(10);
        if (end < 0) break;
        line = JSON.parse(rest.subarray(0, end).toString());
        rest = rest.subarray(end + 1);
      }
      if (rest.length < line.bytes) break;
      const data = new Uint8ClampedArray(rest.subarray(0, line.bytes));
      rest = rest.subarray(line.bytes);
      yield { width: line.width, height: line.height, truth: line.truth, data };
      line = null;
    }
  }
  const [status] = await closed;
  if (status !== 0) throw new Error(`the stream of ${set} ended with ${status}`);
}

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** What something gives, and how many milliseconds it took. */
export async function timed(work) {
  const began = performance.now();
  const given = await work();
  return [given, performance.now() - began];
}
