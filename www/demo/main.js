//! The made-up bank's page: asks its backend for a session, opens the flow, and hands what comes
//! back to its backend. This is what a customer writes.

import { init } from "@vestibule/sdk";
import { showResult, showStatus } from "./result.js";

const beginButton = document.getElementById("begin");
const choices = document.getElementById("choices");
const link = document.getElementById("link");
let component = null;

beginButton.addEventListener("click", () => begin(chosen()));
document.getElementById("again").addEventListener("click", () => location.reload());

// A session that was not finished goes on after the page was loaded again.
const unfinished = JSON.parse(sessionStorage.getItem("unfinished"));
if (unfinished) open(unfinished);

function chosen() {
  const { variant, kind } = Object.fromEntries(new FormData(choices));
  return { variant, kind };
}

async function begin({ variant, kind }) {
  if (beginButton.ariaBusy) return;
  beginButton.ariaBusy = "true";
  showStatus("One moment…");
  try {
    open(kind === "verify" ? await startByBackend(variant) : await startByPage(variant));
    showStatus("");
  } catch {
    showStatus("Our server does not answer. Please try again.");
  }
  beginButton.ariaBusy = null;
}

/** The backend starts the session with its secret key; the page gets a token for this session alone. */
async function startByBackend(variant) {
  const { token, link } = await post("/demo/session");
  const session = { kind: "verify", authToken: token, variant, link };
  sessionStorage.setItem("unfinished", JSON.stringify(session));
  return session;
}

/** The page starts the session itself, with what may be public. */
async function startByPage(variant) {
  const { client_id, client_app_key, skill } = await post("/demo/client");
  return { kind: "skill", clientId: client_id, clientAppKey: client_app_key, skill, variant };
}

function open({ link: address, ...session }) {
  if (address) {
    link.href = address;
    document.getElementById("link-words").hidden = false;
  }
  component?.destroy();
  component = init({
    ...session,
    ...(session.variant === "inline" ? { containerId: "inline" } : {}),
    onComplete: (token) => redeem(session.kind, token),
    onCancel: () => showStatus("You left before the end. You can go on whenever you like."),
    onError: (error) => {
      sessionStorage.removeItem("unfinished");
      showStatus(`It did not work (${error.code}). Please start again.`);
    },
  });
  component.render();
  if (session.variant === "inline") document.getElementById("inline").scrollIntoView({ block: "start" });
}

async function redeem(kind, token) {
  sessionStorage.removeItem("unfinished");
  const [path, body] =
    kind === "verify" ? ["/demo/result", { validation_token: token }] : ["/demo/redeem", { temp_token: token }];
  try {
    showResult(await post(path, body));
  } catch {
    showStatus("You are done, but our server could not fetch the result.");
  }
}

async function post(path, body = {}) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
