//! What the flow stands in: an element with a shadow root, and in it a dialog or a plain section.

import tokens from "../../../flow-ui/styles/tokens.css";
import intro from "../../../flow-ui/styles/intro.css";
import { VestibuleError } from "./error.js";
import { lockScroll } from "./scroll-lock.js";
import { draw, drawing } from "./tree.js";
import { say } from "./words.js";

const tag = "vestibule-frame";
let sheet;

/**
 * Draws an empty frame.
 * - `onLeave` is called when the person asks to leave; what happens then is the caller's to say.
 * - `onGone` is called when the frame was closed or taken off the page, and nobody asked.
 */
export function createFrame({ variant, containerId }, onLeave, onGone) {
  defineHost();
  const isDialog = variant !== "inline";
  const host = isDialog ? document.body.appendChild(document.createElement(tag)) : inlineHost(containerId);
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  sheet ??= styles(tokens + intro);
  root.adoptedStyleSheets = [sheet];

  const close = { class: "frame-close", type: "button", "aria-label": say("frame.close"), onclick: onLeave };
  const frame = draw([
    isDialog ? "dialog" : "section",
    { class: `frame frame-${variant}`, "aria-label": say("intro.title"), "aria-modal": isDialog && "true" },
    [
      "div",
      "frame-body",
      isDialog && ["div", "frame-bar", ["button", close, drawing("M6 6l12 12M18 6L6 18")]],
      ["div", { class: "frame-stage", tabindex: "-1" }],
    ],
  ]);
  const body = frame.firstChild;
  const stage = body.lastChild;
  root.replaceChildren(...root.querySelectorAll("link"), frame);

  let unlock;
  let uncover;
  host.onRemoved = onGone;
  if (isDialog) {
    /** Escape, and a phone's back gesture. A browser closes without asking when that comes twice. */
    const ask = (event) => {
      event.preventDefault();
      if (uncover) uncover();
      else onLeave();
    };
    frame.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && ask(event));
    // A file input tells of a cancelled choice by the same name.
    frame.addEventListener("cancel", (event) => event.target === frame && ask(event));
    frame.addEventListener("close", onGone);
    unlock = lockScroll();
    frame.showModal();
  }

  return {
    /** Shows one node, in place of the one before. */
    show(node) {
      const held = isDialog || stage.contains(root.activeElement);
      stage.replaceChildren(node);
      stage.scrollTop = 0;
      if (held) (node.querySelector("[tabindex='-1']") ?? stage).focus({ preventScroll: true });
    },

    /** Adds styles to those of the frame. */
    style(css) {
      root.adoptedStyleSheets = [sheet, styles(css)];
    },

    /** Lays a tree with a button over all that is shown; gives what takes it away again. */
    cover(tree) {
      const before = root.activeElement;
      const node = draw(tree);
      frame.append(node);
      body.inert = true;
      node.querySelector("button").focus();
      uncover = () => {
        uncover = null;
        node.remove();
        body.inert = false;
        before?.focus({ preventScroll: true });
      };
      return uncover;
    },

    /** Takes everything away. A dialog that closes gives the focus back to where it was. */
    remove() {
      if (isDialog) frame.close();
      host.remove();
      unlock?.();
    },
  };
}

/** The element for a flow in the page, which the hosted page's HTML has already drawn. */
function inlineHost(containerId) {
  const container = document.getElementById(containerId);
  if (!container) {
    throw new VestibuleError({ code: "no_container", message: `there is no element "#${containerId}".` });
  }
  return container.querySelector(tag) ?? container.appendChild(document.createElement(tag));
}

/**
 * The element tells when the page takes it away, so that no camera and no lock outlives it.
 * It may only have been moved, which is known a moment later.
 */
function defineHost() {
  if (customElements.get(tag)) return;
  const Host = class extends HTMLElement {
    disconnectedCallback() {
      queueMicrotask(() => this.isConnected || this.onRemoved?.());
    }
  };
  customElements.define(tag, Host);
}

function styles(css) {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}
