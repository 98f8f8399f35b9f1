//! Finding calls: what is typed narrows the list and the page.

const field = document.querySelector("#search");
const index = document.querySelector("#index");
const found = document.querySelector("#found");

/** Lets the search field narrow these entries: `{article, item, section, group, words}`. */
export function search(entries) {
  const narrow = () => {
    const wanted = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { article, item, words } of entries) {
      const shown = wanted.every((word) => words.includes(word));
      article.hidden = item.hidden = !shown;
      count += shown;
    }
    for (const { section, group } of entries) {
      const empty = entries.every((entry) => entry.section !== section || entry.article.hidden);
      section.hidden = group.hidden = group.previousElementSibling.hidden = empty;
    }
    if (wanted.length) {
      index.open = true;
      // What was scrolled to may be gone: back to the first call that is found.
      scrollTo({ top: Math.min(scrollY, document.querySelector(".sheet").offsetTop) });
    }
    found.textContent = wanted.length ? `${count} of ${entries.length} calls` : `${entries.length} calls`;
  };
  field.addEventListener("input", narrow);
  narrow();

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
    if (event.key === "Escape" && event.target === field && field.value) {
      field.value = "";
      narrow();
    }
  });

  // A link to a call that the search has put aside shows it.
  addEventListener("hashchange", () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!named?.closest("[hidden]")) return;
    field.value = "";
    narrow();
    named.scrollIntoView();
  });
}
