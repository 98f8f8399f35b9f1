//! The hosted page: the whole window is the flow, opened by the token in the address's fragment.
//! The fragment stays, so that loading the page again resumes; it is never sent to a server.

import { init } from "@vestibule/sdk";

/** How long the last screen is shown before going on, in milliseconds. */
const farewell = 2_500;

const authToken = location.hash.slice(1);
window.addEventListener("hashchange", () => location.reload());

if (authToken) {
  init({ kind: "verify", variant: "inline", containerId: "verify", authToken, onComplete }).render();
} else {
  document.getElementById("verify").hidden = true;
  document.getElementById("no-token").hidden = false;
}

function onComplete(_token, { redirectUrl }) {
  if (redirectUrl && /^https?:/i.test(redirectUrl)) setTimeout(() => location.replace(redirectUrl), farewell);
}
