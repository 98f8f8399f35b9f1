//! Calls of the worker. Each has an answer within the limit, or is rejected.

import { within } from "../waiting.js?lazy";

/** How long the worker may take to start, and how long for one frame, in milliseconds. */
const limit = 10_000;

/** A function `ask(name, values, transferred)` that gives what the worker answers. */
export function call(worker, signal) {
  const waiting = new Map();
  let last = 0;
  const broken = new Promise((_, reject) => (worker.onerror = (event) => reject(new Error(event.message))));
  broken.catch(() => {}); // Who asks hears of it.
  worker.onmessage = ({ data: [id, result, failed] }) => {
    const settle = waiting.get(id);
    waiting.delete(id);
    settle?.(failed ? Promise.reject(new Error(failed)) : result);
  };
  return (name, values = [], transferred = []) =>
    within(limit, signal, new Error("The worker does not answer."), () => {
      const id = (last += 1);
      const answer = new Promise((settle) => waiting.set(id, settle));
      worker.postMessage([id, name, values], transferred);
      return Promise.race([answer, broken]);
    });
}
