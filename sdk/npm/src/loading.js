//! Loads the flow: once for all components, forgotten when it fails, and never without an end.

import { VestibuleError } from "./error.js";
import { within } from "./waiting.js";

/** How long loading may take, in milliseconds. */
const limit = 30_000;

/**
 * A function that gives what `load(signal)` gives. Calls share one load; its signal aborts when
 * the signals of all who wait for it have.
 */
export function shared(load) {
  let current = null;
  return (signal) => {
    const joined = (current ??= { waiting: 0, stop: new AbortController() });
    const forget = () => {
      if (current === joined) current = null;
    };
    const leave = () => {
      joined.waiting -= 1;
      if (joined.waiting > 0) return;
      forget();
      joined.stop.abort();
    };
    joined.waiting += 1;
    joined.result ??= load(joined.stop.signal);
    signal.addEventListener("abort", leave);
    return joined.result
      .catch((error) => {
        forget();
        throw error;
      })
      .finally(() => signal.removeEventListener("abort", leave));
  };
}

/** `{ mount, css, messages, questionTree }` of the flow. */
export const loadFlow = shared(async (signal) => {
  if (!self.WebAssembly) {
    throw new VestibuleError({ code: "unsupported_browser", message: "This browser runs no WebAssembly." });
  }
  try {
    return await within(limit, signal, "timeout", load);
  } catch (cause) {
    throw new VestibuleError({ code: "load_failed", message: "The flow could not be loaded.", retryable: true, cause });
  }
});

/** The three parts at once: none waits for another to be found. */
async function load(signal) {
  const [flow, locale, response] = await Promise.all([
    import("./flow.js"),
    import("../../../flow-ui/locales/en.json?flow"),
    fetch(new URL(FLOW_WASM, import.meta.url), { signal }),
  ]);
  if (!response.ok) throw response.status;
  return { ...(await flow.startFlow(response)), messages: locale.default };
}
