//! Held-out pictures, one after the other, as the generator streams them.

import { spawn } from "node:child_process";
import { once } from "node:events";

/** The command that makes pictures and measures our readers. */
export const command = "target/release/vestibule-vision-bench";

/** A time that parts share: each has an equal part of what is left when it begins. */
export class Time {
  #end;
  #parts;

  constructor(minutes, parts) {
    this.#end = performance.now() + minutes * 60_000;
    this.#parts = parts;
  }

  /** When the next part is to end, as `performance.now()` tells it. */
  next() {
    const now = performance.now();
    return now + Math.max(0, this.#end - now) / Math.max(1, this.#parts--);
  }
}

/**
 * The pictures of a set: `{ width, height, data, truth }`, `data` being RGBA8. The first `count`, or as many as come
 * until a time, but one at least.
 */
export async function* pictures(set, count, until, part = "frame") {
  const words = ["stream", set, "--count", String(count), "--part", part];
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  let left = count;
  try {
    for await (const picture of streamed(child.stdout)) {
      yield picture;
      left -= 1;
      if (left > 0 && performance.now() >= until) return;
    }
  } finally {
    if (left > 0) child.kill();
  }
  const [status] = await closed;
  if (status !== 0) throw new Error(`the stream of ${set} ended with ${status}`);
}

/** The pictures in a stream: of each a line of JSON, and its bytes. */
async function* streamed(stream) {
  let rest = Buffer.alloc(0);
  let line = null;
  for await (const chunk of stream) {
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
