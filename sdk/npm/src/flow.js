//! What is loaded once somebody wants a flow: the wasm module's glue, and what comes with the flow.

import start, { mount } from "vestibule:glue";
import questionCss from "../../../flow-ui/styles/question.css";
import cameraCss from "../../../flow-ui/styles/camera.css";
import flowCss from "../../../flow-ui/styles/flow.css";
import formCss from "../../../flow-ui/styles/form.css";
import { questionTree } from "./question.js";
import { keepLogin, recallLogin } from "./login-token.js?lazy";
import { within } from "./waiting.js?lazy";

/** Starts the wasm module from its response, and gives what draws a flow. */
export async function startFlow(response) {
  await start({ module_or_path: response });
  return { mount: mountFlow, css: questionCss + flowCss + formCss + cameraCss, questionTree };
}

/** How long what is loaded later may take to be there, in milliseconds. */
const limit = 10_000;

/** Mounts a flow, with what is loaded when its steps need it: opened once for all of them, and ended with it. */
function mountFlow(stage, options) {
  const life = new AbortController();
  const session = options.answer.session_token;
  let step;
  const mounted = mount(stage, {
    ...options,
    onStep(name) {
      if (name !== step) queueMicrotask(() => life.signal.aborted || options.onStep?.(name));
      step = name;
    },
    onComplete(token) {
      keepLogin(session);
      options.onComplete(token);
    },
    login: loginOf(session, (login) => `${options.server}/verify#${session}&${step}&${login}`, life.signal),
    sight: sightOf(stage, options.messages, life.signal),
  });
  return {
    destroy() {
      life.abort();
      mounted.destroy();
    },
  };
}

/** The sight of the camera: `open` promises it, or `null`. */
function sightOf(stage, messages, signal) {
  let opening;
  let sight;
  const load = async (limited) => {
    const { openSight } = await import("./sight/sight.js");
    sight = limited.aborted ? null : await openSight(stage.getRootNode(), messages, signal);
    return sight;
  };
  return {
    open: () => (opening ??= within(limit, signal, null, load).catch(() => null)),
    burst: (...shot) => within(limit, signal, null, async () => (await import("./sight/burst.js")).burst(...shot)).catch(() => {}),
    recall: (field, known) => sight?.recall(field, known),
    question: (place, given, correct) => sight?.question(place, given, correct),
  };
}

/**
 * How people log in. Browsers ask an authenticator soon after a button was pressed, or not at all: so it is prepared.
 * In a page of another origin passkeys would be of that page's making, and servers refuse them: they are made in a window
 * of its own, to which `elsewhere` gives the address.
 */
function loginOf(session, elsewhere, signal) {
  let token = recallLogin(session);
  const makesPasskeys = !!self.PublicKeyCredential;
  const usesPasskeys = makesPasskeys && !isFramed();
  let loading;
  let login;
  let turn = 0;
  const load = async () => (login = (await import("./login/login.js")).createLogin(signal));
  const prepare = () => (loading ??= within(limit, signal, null, load).catch(() => (loading = null)));
  /** Calls a method once it is there, if nothing else is wanted by then. */
  const call = (method) => async (...values) => {
    const mine = (turn += 1);
    await prepare();
    if (mine === turn) return login?.[method](...values);
  };
  return {
    token,
    makesPasskeys,
    usesPasskeys,
    keep: (given) => keepLogin(session, (token = given)),
    prepare,
    create: usesPasskeys ? call("create") : () => call("window")(elsewhere(token ?? "")),
    get: call("get"),
    offer: call("offer"),
    hear: call("hear"),
    stop() {
      turn += 1;
      login?.stop();
    },
  };
}

/** Whether a page of another origin stands around this one. */
function isFramed() {
  try {
    return !top.document;
  } catch {
    return true;
  }
}
