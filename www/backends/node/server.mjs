//! A bank's backend in Node.js, without a framework: it starts sessions, redeems what the flow gives,
//! receives webhooks, and knows how each customer stands.
//!
//! Settings by environment: VESTIBULE_URL, VESTIBULE_SECRET_KEY, VESTIBULE_PLAYBOOK_KEY,
//! VESTIBULE_WEBHOOK_SECRET, PORT.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const { VESTIBULE_URL, VESTIBULE_SECRET_KEY, VESTIBULE_PLAYBOOK_KEY, VESTIBULE_WEBHOOK_SECRET, PORT } = process.env;
const MOST_BYTES = 64 * 1024;
/** How far a webhook's clock may be from ours, in seconds. */
const TOLERANCE = 300;

/** A real backend has a database: the customers by our own name for them, and the events that came. */
const customers = new Map();
const seen = new Set();

const routes = {
  /** Our page asks for a session of the customer who is logged in there. */
  "POST /sessions": async (request) => {
    const { customer } = JSON.parse(await body(request));
    const started = await vestibule("POST", "/onboarding/session", {
      kind: "onboard",
      key: VESTIBULE_PLAYBOOK_KEY,
      user_external_id: customer,
    });
    return [200, { token: started.token, link: started.link }];
  },

  /** Our page hands over what `onComplete` was given. The answer of the server counts, not the page. */
  "POST /results": async (request) => {
    const { validation_token } = JSON.parse(await body(request));
    const { user } = await vestibule("POST", "/onboarding/session/validate", { validation_token });
    customers.set(user.external_id, { status: user.status, review: user.requires_manual_review });
    return [200, customers.get(user.external_id)];
  },

  /** Vestibule tells that something has happened. It may tell twice. */
  "POST /webhooks": async (request) => {
    const text = await body(request);
    if (!genuine(request.headers, text)) return [401, { error: "not signed by our Vestibule" }];
    const id = request.headers["webhook-id"];
    if (seen.has(id)) return [204];
    const event = JSON.parse(text);
    if (event.event_kind === "onboarding.completed") {
      const user = await vestibule("GET", `/users/${event.fp_id}`);
      customers.set(user.external_id, { status: user.status, review: user.requires_manual_review });
    }
    // Remembered only now: had the call above failed, the event would be sent again.
    seen.add(id);
    return [204];
  },

  "GET /customers": (request) => {
    const name = new URL(request.url, "http://localhost").searchParams.get("name");
    return customers.has(name) ? [200, customers.get(name)] : [404, { error: "no such customer" }];
  },
};

createServer(async (request, response) => {
  const route = routes[`${request.method} ${request.url.split("?")[0]}`];
  let answer = [404, { error: "no such path" }];
  try {
    if (route) answer = await route(request);
  } catch (error) {
    console.error(error.message);
    answer = [error instanceof SyntaxError ? 400 : 502, { error: "that did not work" }];
  }
  const [status, content] = answer;
  response.writeHead(status, { "content-type": "application/json" }).end(content && JSON.stringify(content));
}).listen(Number(PORT), "127.0.0.1", () => console.log(`listening on ${PORT}`));

/** Calls Vestibule with our secret key. */
async function vestibule(method, path, content) {
  const response = await fetch(VESTIBULE_URL + path, {
    method,
    headers: { authorization: `Basic ${Buffer.from(`${VESTIBULE_SECRET_KEY}:`).toString("base64")}` },
    body: content && JSON.stringify(content),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${answer.code}, ${answer.support_id}`);
  return answer;
}

/** Whether a webhook is signed with our secret, and lately: Standard Webhooks, symmetric. */
function genuine(headers, text) {
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signatures = "" } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(at)) <= TOLERANCE)) return false;
  const key = Buffer.from(VESTIBULE_WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");
  const right = createHmac("sha256", key).update(`${id}.${at}.${text}`).digest();
  return signatures.split(" ").some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ""), "base64");
    return signature.startsWith("v1,") && given.length === right.length && timingSafeEqual(given, right);
  });
}

/** The whole body of a request, as text. */
async function body(request) {
  const pieces = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length > MOST_BYTES) throw new SyntaxError("the body is too large");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
