//! Keeps the page behind a dialog from scrolling while at least one dialog is open. It is done by
//! a style sheet beside the page's own, so that taking it away leaves the page exactly as it was.

let holders = 0;
let sheet;

/** Locks; gives a function that unlocks, to be called once. */
export function lockScroll() {
  holders += 1;
  if (holders === 1) {
    sheet = new CSSStyleSheet();
    const scrollbar = window.innerWidth > document.documentElement.clientWidth;
    sheet.replaceSync(`html{overflow:hidden!important;${scrollbar ? "scrollbar-gutter:stable!important" : ""}}`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  return () => {
    holders -= 1;
    if (holders === 0) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
