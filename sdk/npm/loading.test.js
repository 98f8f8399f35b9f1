//! Loading is shared, is forgotten when it fails, stops when nobody waits, and always ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shared } from "./src/loading.js";
import { pause, within } from "./src/waiting.js";

const forever = () => new Promise(() => {});
const alive = () => new AbortController().signal;

test("all components share one load, also those that come later", async () => {
  let loads = 0;
  const load = shared(async () => (loads += 1));
  assert.deepEqual(await Promise.all([load(alive()), load(alive())]), [1, 1]);
  assert.equal(await load(alive()), 1);
});

test("a failed load is forgotten", async () => {
  const answers = [() => Promise.reject(new Error("lost")), () => Promise.resolve("here")];
  const load = shared(() => answers.shift()());
  const first = load(alive());
  const second = load(alive());
  await assert.rejects(first, { message: "lost" });
  await assert.rejects(second, { message: "lost" });
  assert.equal(await load(alive()), "here");
});

test("a load stops when the last who waits for it has gone, and not before", async () => {
  let seen;
  const load = shared((signal) => {
    seen = signal;
    return within(1_000, signal, "late", forever);
  });
  const [one, other] = [new AbortController(), new AbortController()];
  const results = Promise.allSettled([load(one.signal), load(other.signal)]);
  one.abort();
  assert.equal(seen.aborted, false);
  other.abort();
  assert.equal(seen.aborted, true);
  assert.deepEqual((await results).map(({ status }) => status), ["rejected", "rejected"]);
});

test("whoever comes after everybody has gone loads anew", async () => {
  let loads = 0;
  const load = shared((signal) => {
    loads += 1;
    return loads === 1 ? within(1_000, signal, "late", forever) : Promise.resolve(loads);
  });
  const gone = new AbortController();
  load(gone.signal).catch(() => {});
  gone.abort();
  assert.equal(await load(alive()), 2);
});

test("what takes too long is stopped and rejected", async () => {
  let stopped;
  const task = (signal) => {
    stopped = signal;
    return forever();
  };
  await assert.rejects(within(5, alive(), new Error("late"), task), { message: "late" });
  assert.equal(stopped.aborted, true);
});

test("a pause ends by itself, or at once with its signal", async () => {
  await pause(1, alive());
  const life = new AbortController();
  const waiting = pause(60_000, life.signal);
  life.abort(new Error("gone"));
  await assert.rejects(waiting, { message: "gone" });
  await assert.rejects(pause(1, life.signal), { message: "gone" });
});
