//! The hosted page: the whole window is the flow, opened by the token in the address's fragment. The fragment
//! stays, so that loading the page again resumes; it is never sent to a server. A tenant's static link,
//! /verify/<configuration id>, comes without a token: the page starts a session and puts its token there.
//! A flow in a frame, which may make no passkeys, has a step done here: its token is followed by `&`, the step, `&`
//! and what logging in gave, if anything did, which does not stay.

import { init } from "@vestibule/sdk";
import { keepLogin } from "../../sdk/npm/src/login-token.js"; // No page of anybody else's hands a log-in on.

const place = { variant: "inline", containerId: "verify" };

/** How long the last screen is shown before going on, and how long a start may take, in milliseconds. */
const farewell = 2_500;
const limit = 15_000;

const configuration = /^\/verify\/([0-9a-f]{24})$/.exec(location.pathname)?.[1];

/** Where the person goes in the end, once that is known. */
let destination;

window.addEventListener("hashchange", () => location.reload());
document.getElementById("again").addEventListener("click", begin);
begin();

async function begin() {
  show("verify");
  try {
    const [token, step, login] = location.hash.slice(1).split("&");
    if (step) openStep(token, step, login);
    else open(token || (configuration && (await start())));
  } catch (status) {
    show(status === 404 ? "no-link" : "no-answer");
  }
}

/** A session for whoever follows a static link. It is started at once: the introduction says who asks. */
async function start() {
  const response = await fetch("/sessions/hosted", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ configuration_id: configuration }),
    signal: AbortSignal.timeout(limit),
  });
  if (!response.ok) throw response.status;
  const { session_token: token } = await response.json();
  history.replaceState(null, "", `#${token}`);
  return token;
}

function open(authToken) {
  if (!authToken) return show("no-token");
  const callbacks = { onComplete, onError, onClose: leave };
  init({ kind: "verify", ...place, authToken, ...callbacks }).render();
}

/** Opens a session for one of its steps, and closes when that is done. */
function openStep(authToken, step, login) {
  if (login) {
    keepLogin(authToken, login);
    history.replaceState(null, "", `#${authToken}&${step}`);
  }
  let seen = false;
  const component = init({ kind: "auth", ...place, authToken, onStep, onComplete: done });
  component.render();

  /** They may have to log in before, where nothing can be kept. */
  function onStep(name) {
    if (name === step) seen = true;
    else if (seen) done();
  }

  function done() {
    component.destroy();
    show("step-done");
    window.close();
  }
}

function onComplete(_token, { redirectUrl }) {
  if (!/^https?:/i.test(redirectUrl ?? "")) return;
  destination = redirectUrl;
  setTimeout(leave, farewell);
}

/** A static link leads to a new session when the page is loaded again. */
function onError() {
  if (configuration) history.replaceState(null, "", location.pathname);
}

function leave() {
  if (!destination) return;
  show("leaving");
  location.replace(destination);
}

/** Shows one part of the page alone, and leads the keyboard to its heading. */
function show(id) {
  for (const part of document.querySelectorAll("main")) part.hidden = part.id !== id;
  document.querySelector(`#${id} > h1`)?.focus();
}
