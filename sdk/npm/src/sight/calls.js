//! Calls of the worker. Each has an answer within the limit, or is rejected.

import { within } from "../waiting.js?lazy";

/** How long the worker may take to start, and how long for one frame, in milliseconds. */
const limit = 10_000;

/** A function `ask(name, values, transferred)` that gives what the worker answers. */
export function call(worker, signal) {
  const waiting = new Map();
  let last = 0;
  let broken = null;
  const settle = (id, answer) => {
    const settled = waiting.get(id);
    waiting.delete(id);
    settled?.(answer);
  };
  // Calls do not race against one promise of this: it would keep what was answered, for as long as the worker lives.
  worker.onerror = ({ message }) => {
    broken = new Error(message);
    for (const id of [...waiting.keys()]) settle(id, Promise.reject(broken));
  };
  worker.onmessage = ({ data: [id, result, failed] }) => settle(id, failed ? Promise.reject(new Error(failed)) : result);
  return (name, values = [], transferred = []) =>
    within(limit, signal, new Error("The worker does not answer."), () => {
      const id = (last += 1);
      worker.postMessage([id, name, values], transferred);
      if (broken) throw broken;
      return new Promise((settled) => waiting.set(id, settled));
    });
}
