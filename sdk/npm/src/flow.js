//! What is loaded once somebody wants a flow: the wasm module's glue, and what comes with the flow.

import start, { mount } from "vestibule:glue";
import questionCss from "../../../flow-ui/styles/question.css";
import cameraCss from "../../../flow-ui/styles/camera.css";
import flowCss from "../../../flow-ui/styles/flow.css";
import formCss from "../../../flow-ui/styles/form.css";
import { questionTree } from "./question.js";
import { within } from "./waiting.js?lazy";

/** Starts the wasm module from its response, and gives what draws a flow. */
export async function startFlow(response) {
  await start({ module_or_path: response });
  return { mount: mountWithSight, css: questionCss + flowCss + formCss + cameraCss, questionTree };
}

/** How long a sight may take to be there, in milliseconds. */
const limit = 10_000;

/** Mounts a flow that may ask for the sight of its camera: opened once for all its steps, and ended with it. */
function mountWithSight(stage, options) {
  const life = new AbortController();
  let opening;
  let sight;
  const load = async (signal) => {
    const { openSight } = await import("./sight/sight.js");
    sight = signal.aborted ? null : await openSight(stage.getRootNode(), options.messages, life.signal);
    return sight;
  };
  const mounted = mount(stage, {
    ...options,
    sight: {
      open: () => (opening ??= within(limit, life.signal, null, load).catch(() => null)),
      recall: (field, known) => sight?.recall(field, known),
      question: (place, given, correct) => sight?.question(place, given, correct),
    },
  });
  return {
    destroy() {
      life.abort();
      mounted.destroy();
    },
  };
}
