//! The sight's parts that need no browser: calls of the worker, and what was read.

import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { call } from "./src/sight/calls.js";
import { nextFrame } from "./src/sight/frames.js";
import { createMemory } from "./src/sight/reading.js";
import { pauseAfter } from "./src/sight/watch.js";

/** A worker that answers as it is told, or never. */
class Worker {
  sent = [];
  postMessage([id, name, values], transferred) {
    this.sent.push([name, values, transferred]);
    this.last = id;
  }
  answers(result, id = this.last) {
    this.onmessage({ data: [id, result] });
  }
  fails(message) {
    this.onmessage({ data: [this.last, null, message] });
  }
}

const life = () => new AbortController();

test("a call has the answer to it, whatever came between", async () => {
  const worker = new Worker();
  const ask = call(worker, life().signal);
  const first = ask("see", ["frame"], ["frame"]);
  const second = ask("rest");
  worker.answers("resting");
  worker.answers("seen", 1);
  worker.answers("nobody asked", 77);
  assert.deepEqual(await Promise.all([first, second]), ["seen", "resting"]);
  assert.deepEqual(worker.sent[0], ["see", ["frame"], ["frame"]]);
});

test("a call that fails in the worker is rejected with its words", async () => {
  const worker = new Worker();
  const asked = call(worker, life().signal)("watch", [{}]);
  worker.fails("nothing is called so");
  await assert.rejects(asked, /nothing is called so/);
});

test("a worker that cannot be loaded rejects all calls", async () => {
  const worker = new Worker();
  const ask = call(worker, life().signal);
  const asked = ask("start");
  worker.onerror({ message: "not found" });
  await assert.rejects(asked, /not found/);
  await assert.rejects(ask("see"), /not found/);
});

test("a worker that never answers is given up after ten seconds", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const asked = call(new Worker(), life().signal)("start");
  let settled = false;
  asked.catch(() => (settled = true));
  context.mock.timers.tick(9_999);
  await Promise.resolve();
  assert.equal(settled, false);
  context.mock.timers.tick(1);
  await assert.rejects(asked, /does not answer/);
});

test("calls end with the flow", async () => {
  const flow = life();
  const asked = call(new Worker(), flow.signal)("see");
  flow.abort(new Error("gone"));
  await assert.rejects(asked, /gone/);
});

test("nobody keeps what was answered, however long the worker lives", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  const worker = new Worker();
  const ask = call(worker, life().signal);
  const answer = async () => {
    const advice = { hint: "seek" };
    const asked = ask("see");
    worker.answers(advice);
    await asked;
    return new WeakRef(advice);
  };
  const kept = await answer();
  await new Promise(setImmediate);
  collect();
  assert.equal(kept.deref(), undefined);
  assert.ok(ask, "which can still be called");
});

test("who waits for frames leaves nothing at the signal, and ends with it", async () => {
  const shown = [];
  const video = { requestVideoFrameCallback: (resolve) => shown.push(resolve) };
  const camera = life();
  for (let frame = 0; frame < 3; frame += 1) {
    const next = nextFrame(video, camera.signal);
    shown.pop()();
    await next;
  }
  assert.equal(getEventListeners(camera.signal, "abort").length, 0);
  const last = nextFrame(video, camera.signal);
  camera.abort(new Error("closed"));
  await assert.rejects(last, /closed/);
});

test("a quick device keeps the pace, and a slow one rests only while nothing is seen", () => {
  assert.deepEqual([pauseAfter(16, false), pauseAfter(16, true)], [50, 50]);
  assert.deepEqual([pauseAfter(400, false), pauseAfter(400, true)], [200, 0]);
});

const read = { first_name: "ANNA MARIA", dob: "1974-08-12", document_number: "L898902C3", city: "ZENITH" };

test("what was confirmed is offered to fields of the person and of that document, and to no others", () => {
  const memory = createMemory({}, null);
  assert.equal(memory.recall("id.dob", ""), undefined, "nothing was confirmed");
  memory.keep("passport", read);
  assert.equal(memory.recall("id.dob", ""), "1974-08-12");
  assert.equal(memory.recall("document.passport.document_number", ""), "L898902C3");
  assert.equal(memory.recall("id.dob", "1980-01-01"), undefined, "what is known stands");
  for (const other of ["document.id_card.document_number", "business.city", "first_name", "custom.dob", "id.email"]) {
    assert.equal(memory.recall(other, ""), undefined, other);
  }
});

test("nothing is asked where nothing was read, or nothing differs", async () => {
  const asked = [];
  const memory = createMemory({}, async (name, values) => asked.push([name, values]) && []);
  const given = [["personal_data", "id.first_name", "First names", "Anna"]];
  const place = { replaceChildren: () => assert.fail("a question") };
  await memory.question(place, given, null);
  assert.deepEqual(asked, []);
  memory.keep("passport", read);
  await memory.question(place, [...given, ["personal_data", "id.email", "Email address", "a@b.example"]], null);
  assert.deepEqual(asked, [["differing", [[["id.first_name", "ANNA MARIA", "Anna"]]]]]);
});
