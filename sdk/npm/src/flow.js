//! What is loaded once somebody wants a flow: the wasm module's glue, and what comes with the flow.

import start, { mount } from "vestibule:glue";
import questionCss from "../../../flow-ui/styles/question.css";
import cameraCss from "../../../flow-ui/styles/camera.css";
import flowCss from "../../../flow-ui/styles/flow.css";
import formCss from "../../../flow-ui/styles/form.css";
import { questionTree } from "./question.js";

/** Starts the wasm module from its response, and gives what draws a flow. */
export async function startFlow(response) {
  await start({ module_or_path: response });
  return { mount, css: questionCss + flowCss + formCss + cameraCss, questionTree };
}
