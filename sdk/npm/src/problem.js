//! The screens for what can go wrong before the flow is there: each says what to do next.

import { draw } from "./tree.js";
import { say } from "./words.js";

/**
 * The screen for an error, whose code may have words of its own, as "session_expired" has. It comes with `onRetry`
 * where trying again may help, and with `onClose` where there is a frame to close.
 */
export function problemNode({ code, retryable, supportId }, onRetry, onClose) {
  const kind = say(`frame.${code}.text`) ? code : retryable ? "internal" : "refused";
  const button = (id, quiet, onclick) => ["button", { class: `frame-button${quiet ? " frame-quiet" : ""}`, type: "button", onclick }, say(id)];
  return draw([
    "div",
    "intro",
    [
      "div",
      { class: "intro-text", role: "alert" },
      ["h1", { class: "frame-title", tabindex: "-1" }, say(`frame.${kind}`)],
      ["p", {}, say(`frame.${kind}.text`)],
      supportId && ["p", "intro-small", say("frame.support", { supportId })],
    ],
    [
      "div",
      "frame-actions",
      retryable && button("frame.retry", false, onRetry),
      onClose && button("frame.close", retryable, onClose),
    ],
  ]);
}
