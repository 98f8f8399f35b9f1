//! Elements and the little markup that descriptions have.

/** An element with attributes and children; what is null or false is left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value != null && value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
}

/** A text in which `this` is code. */
export function inline(text = "") {
  return text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? element("code", {}, part) : part));
}

/** Paragraphs, which a blank line divides. */
export function prose(text = "") {
  return text.trim().split(/\n{2,}/).filter(Boolean).map((paragraph) => element("p", {}, ...inline(paragraph)));
}

/** A text to be copied, with the button that does it. */
export function copyable(text, what) {
  const button = element("button", { type: "button" }, "Copy");
  button.setAttribute("aria-label", `Copy ${what}`);
  const said = element("span", { role: "status" });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    said.textContent = "Copied";
    setTimeout(() => (said.textContent = ""), 2000);
  });
  return element("div", { class: "copyable" }, element("pre", { tabindex: 0 }, element("code", {}, text)), element("p", {}, said, button));
}
