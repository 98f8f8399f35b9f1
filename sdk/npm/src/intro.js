//! The intro: who asks, what to have at hand, how long it takes, what happens with the data.
//! Drawn at once, before anything is known; what the server answers is filled in without a jump.

import { draw, drawAll, drawing } from "./tree.js";
import { say } from "./words.js";

/** What to have at hand: its drawing, and the steps that need it. It stays until it is known that none does. */
const items = {
  form: ["M5 3.5h14v17H5zM8 8h8M8 12h8M8 16h4", "form"],
  document: ["M2.5 5h19v14h-19zM8 9a2 2 0 1 1 0 4 2 2 0 0 1 0-4M5 16.5c1-3 5-3 6 0M14 10h5M14 14h5", "document"],
  camera: ["M3 7.5h4.25L9 5h6l1.75 2.5H21v11.5H3zM12 9.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7", "document", "selfie"],
};

/**
 * The intro as a tree. `answer` is the opened session, once there is one; `{}` where nothing need be at hand.
 * Without `onStart` there is nobody yet to press the button for: it is drawn, and disabled.
 */
export function introTree(answer, onStart) {
  const attributes = onStart ? { onclick: onStart } : { disabled: true };
  const button = ["button", { class: "frame-button", type: "button", ...attributes }, startWord(answer)];
  return ["div", "intro", ["div", "intro-text", ...textTrees(answer)], ["div", "frame-actions", button]];
}

function textTrees(answer) {
  const about = answer?.about;
  const needed = Object.entries(items).filter(([, [, ...steps]]) => !answer || steps.some((step) => about?.steps.includes(step)));
  /** What is said once it is known; until then its line is kept free. */
  const once = (id) => (about ? say(id, about) : "\u00a0");
  return [
    ["p", "intro-asks", once("intro.asks")],
    ["h1", "frame-title", about?.title ?? say("intro.title")],
    ["p", {}, isResumed(answer) ? say("intro.resumed") : once("intro.minutes")],
    needed[0] && ["h2", {}, say("intro.ready")],
    needed[0] && ["ul", { role: "list" }, ...needed.map(itemTree)],
    ["h2", {}, say("intro.privacy")],
    ["p", "intro-small", say("intro.privacy.text")],
    about?.sandbox && ["p", "intro-small intro-sandbox", say("intro.sandbox")],
  ];
}

function itemTree([item, [path]]) {
  const words = ["div", {}, ["strong", {}, say(`intro.${item}`)], ["p", "intro-small", say(`intro.${item}.text`)]];
  return ["li", {}, drawing(path), words];
}

function startWord(answer) {
  return say(isResumed(answer) ? "intro.continue" : "intro.start");
}

function isResumed(answer) {
  return answer?.status === "SESSION_IN_PROGRESS";
}

/** The intro as a node, with its two changes: `describe` what was answered, and `wait`. */
export function createIntro(answer, onStart) {
  const node = draw(introTree(answer, onStart));
  const text = node.firstChild;
  const button = node.lastChild.firstChild;
  return {
    node,
    describe(opened) {
      text.replaceChildren(...drawAll(textTrees(opened)));
      if (!button.ariaBusy) button.textContent = startWord(opened);
    },
    wait() {
      button.ariaBusy = "true";
      button.textContent = say("intro.starting");
    },
  };
}
