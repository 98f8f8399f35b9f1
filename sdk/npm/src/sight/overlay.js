//! What the sight says, over the picture: the outline of what was found, one hint, and the same for who hears it.

import { draw } from "../tree.js?lazy";

/** Draws on a stage whose words the flow has drawn; `remove()` leaves it as it was. */
export function createOverlay(stage, video, messages) {
  const outline = draw(["svg", { class: "outline", "aria-hidden": "true" }, ["path", {}]]);
  const hint = draw(["p", { class: "told", "aria-hidden": "true" }]);
  const spoken = draw(["p", { class: "unseen told", role: "status" }]);
  const byHand = draw(["p", { class: "told by-hand", role: "status" }]);
  const asked = stage.querySelector(".bottom > p");
  video.after(outline);
  asked.after(hint, spoken, byHand);
  const marks = ["seeing", "dark", "late"];

  /** The words of a hint; while nothing is seen, what the flow asks for. */
  const words = (name) => messages[`guide.${name}`] ?? asked.textContent;
  const say = (element, text) => element.textContent === text || (element.textContent = text);

  return {
    /** Shows what was said of a frame, of which the screen shows the part `view`, in pixels. */
    show({ hint: seen, spoken: heard, dark, byHand: late, outline: corners }, { x, y, width, height }) {
      outline.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
      outline.firstChild.setAttribute("d", corners ? `M${corners.join(" ")}z` : "");
      outline.classList.toggle("good", seen === "good");
      say(hint, words(seen));
      say(spoken, words(heard));
      say(byHand, late ? messages["guide.by_hand"] : "");
      [true, dark, late].forEach((on, place) => stage.classList.toggle(marks[place], on));
    },

    /** May be called more than once: another overlay may stand there then. */
    remove() {
      if (!outline.isConnected) return;
      for (const element of [outline, hint, spoken, byHand]) element.remove();
      stage.classList.remove(...marks);
    },
  };
}
