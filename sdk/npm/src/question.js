//! The question that stands between a person and leaving a flow that has begun. It comes with the
//! flow, since nobody can be asked before.

/** The question as a tree, with the safe answer first. `kept` says whether one can go on later. */
export function questionTree(messages, kept, onStay, onLeave) {
  return [
    "div",
    { class: "frame-question", role: "alertdialog", "aria-labelledby": "question", "aria-describedby": "consequence" },
    [
      "div",
      {},
      ["h2", { id: "question" }, messages["frame.leave.title"]],
      ["p", { id: "consequence" }, messages[kept ? "frame.leave.kept" : "frame.leave.anew"]],
      ["button", { class: "frame-button", type: "button", onclick: onStay }, messages["frame.leave.no"]],
      ["button", { class: "frame-button frame-quiet", type: "button", onclick: onLeave }, messages["frame.leave.yes"]],
    ],
  ];
}
