//! One run of a component: from `render()` until its frame is gone.

import { VestibuleError } from "./error.js";
import { createFrame } from "./frame.js";
import { createIntro } from "./intro.js";
import { loadFlow } from "./loading.js";
import { problemNode } from "./problem.js";
import { openSession } from "./session.js";

/** Draws the frame and the intro, and begins to load. `onEnd` is called when the frame is gone. */
export function startRun(options, onEnd) {
  const server = options.server ?? location.origin;
  const closable = options.variant !== "inline";
  const life = new AbortController();
  const { signal } = life;
  const frame = createFrame(options, askToLeave, leave);
  let intro;
  let opening;
  let waiting;
  let flow;
  let mounted;
  let whenOnline;
  let settled;
  /** What is told of a person who leaves: that they did, or the token of one who has done all that they must. */
  let parting = ["onCancel"];

  window.addEventListener("online", () => whenOnline?.(), { signal });
  open();
  // A failure shows when the person presses Start, which loads again.
  loadFlow(signal).catch(() => {});
  return { destroy: remove };

  /** Shows the intro and opens the session. */
  async function open() {
    // To log in, and to update how, nothing need be at hand.
    const isLogin = /^auth|^up/.test(options.kind);
    showIntro(isLogin ? {} : null);
    opening = openSession(options, server, signal);
    try {
      const answer = await opening;
      intro.describe(answer);
      // A log-in alone needs no introduction.
      if (isLogin || answer.status === "SESSION_COMPLETED" || answer.about.steps.every((step) => /identify|key|login/.test(step))) begin();
    } catch (error) {
      showProblem(error, open);
    }
  }

  function showIntro(answer) {
    waiting = false;
    intro = createIntro(answer, begin);
    frame.show(intro.node);
  }

  /** The person wants to start: goes on as soon as the session is open and the flow is there. */
  async function begin() {
    if (waiting) return;
    waiting = true;
    intro.wait();
    let answer;
    try {
      answer = await opening;
    } catch {
      return; // `open` has shown why.
    }
    try {
      mountFlow(await loadFlow(signal), answer);
    } catch (error) {
      showProblem(error, () => {
        showIntro(answer);
        begin();
      });
    }
  }

  function mountFlow(loaded, answer) {
    signal.throwIfAborted();
    const { mount, css, messages } = loaded;
    flow = loaded;
    const stage = document.createElement("div");
    stage.className = "flow";
    frame.style(css);
    frame.show(stage);
    const details = { redirectUrl: answer.about.redirect_url ?? null };
    mounted = mount(stage, {
      server,
      answer,
      messages,
      closable,
      onStep: options.onStep,
      onComplete: later((token) => settle("onComplete", token, details)),
      onHeld: (token) => (parting = ["onComplete", token, details]),
      onError: later((problem) => settle("onError", new VestibuleError(problem))),
      onClose: later(leave),
    });
  }

  /** The host may destroy the flow in a callback, so callbacks wait until the flow's own code is done. */
  function later(callback) {
    return (argument) => queueMicrotask(() => signal.aborted || callback(argument));
  }

  function showProblem(cause, retry) {
    if (signal.aborted) return;
    const failed = { code: "flow_failed", message: "The flow could not be drawn.", cause };
    const problem = cause instanceof VestibuleError ? cause : new VestibuleError(failed);
    const again = () => {
      whenOnline = null;
      retry();
    };
    if (problem.code === "offline") whenOnline = again;
    frame.show(problemNode(problem, again, closable && leave));
    if (!problem.retryable) settle("onError", problem);
  }

  /** Leaves at once before the flow has begun and when it is over; else asks first. */
  function askToLeave() {
    if (settled || !mounted) return leave();
    const uncover = frame.cover(flow.questionTree(flow.messages, options.authToken, () => uncover(), leave));
  }

  function leave() {
    if (signal.aborted) return;
    remove();
    settle(...parting);
    call("onClose");
  }

  /** Takes everything away, and says nothing. May be called more than once. */
  function remove() {
    if (signal.aborted) return;
    life.abort();
    try {
      mounted?.destroy();
    } finally {
      frame.remove();
      onEnd();
    }
  }

  /** How it ended, told once. */
  function settle(name, ...values) {
    if (settled) return;
    settled = true;
    call(name, ...values);
  }

  /** A fault in the host's callback is the host's to see, and does not stop the frame from closing. */
  function call(name, ...values) {
    try {
      options[name]?.(...values);
    } catch (error) {
      reportError(error);
    }
  }
}
