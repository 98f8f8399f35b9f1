//! Waiting with an end: pauses and time limits that stop when their signal does.

/**
 * Runs `task` with a signal that aborts after `ms`, or when `signal` does. The promise is rejected
 * at that moment, with `late` or with the signal's reason, whatever the task makes of it.
 */
export async function within(ms, signal, late, task) {
  signal.throwIfAborted();
  const limit = new AbortController();
  const stop = () => limit.abort(signal.reason);
  signal.addEventListener("abort", stop);
  const timer = setTimeout(() => limit.abort(late), ms);
  const ended = new Promise((_, reject) => {
    limit.signal.addEventListener("abort", () => reject(limit.signal.reason));
  });
  try {
    return await Promise.race([task(limit.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
export function pause(ms, signal) {
  return within(ms, signal, null, () => new Promise(() => {})).catch(() => signal.throwIfAborted());
}
