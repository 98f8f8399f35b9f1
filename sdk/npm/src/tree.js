//! Markup as nested arrays: `[tag, attributes, ...children]`. Attributes that are but a string are
//! the class; a child is text, another array, or falsy for nothing. The browser draws it as nodes,
//! the build writes it as HTML.

/** The nodes of a tree. Attributes that begin with `on` are listeners; `true` is an empty attribute. */
export function draw(tree) {
  if (!Array.isArray(tree)) return tree;
  const [tag, given, ...children] = tree;
  const attributes = typeof given === "string" ? { class: given } : given;
  const isDrawing = /^(svg|path)$/.test(tag);
  const node = isDrawing ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...drawAll(children));
  return node;
}

/** What `append` and its kin take, for trees side by side. */
export function drawAll(trees) {
  return trees.filter(Boolean).map(draw);
}

/** A line drawing on a grid of 24 × 24. */
export function drawing(d) {
  return ["svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, ["path", { d }]];
}
