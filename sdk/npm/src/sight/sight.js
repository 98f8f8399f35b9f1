//! The sight of the camera, loaded when one is near: a worker that looks at frames, and what it reads.
//! Where there is none, people press the button.

import css from "../../../../flow-ui/styles/sight.css";
import texts from "../../../../flow-ui/locales/en.json?sight";
import { call } from "./calls.js";
import { createMemory } from "./reading.js";
import { watch } from "./watch.js";

/**
 * Starts a sight for the flow in `root`, which ends with `signal`. It adds its texts to `messages`, and its styles to
 * those of `root`. Gives `null` where this browser
 * cannot have one: it lacks what the worker needs, the worker does not start in time, or the package came from
 * another origin, of which a page may import modules but not make workers.
 */
export async function openSight(root, messages, signal) {
  if (!self.OffscreenCanvas || !self.createImageBitmap || !self.Worker) return null;
  let worker;
  try {
    worker = new Worker(new URL(SIGHT_WORKER, import.meta.url), { type: "module" });
    const ask = call(worker, signal);
    signal.addEventListener("abort", () => worker.terminate());
    await ask("start");
    Object.assign(messages, texts);
    addStyles(root);
    const memory = createMemory(messages, ask);
    return { ...memory, watch: (stage, wanted, take) => watch({ ask, messages, memory, signal }, stage, wanted, take) };
  } catch {
    worker?.terminate();
    return null;
  }
}

function addStyles(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
