//! Opens the session, while the flow is still on its way.

import { VestibuleError } from "./error.js";
import { recallLogin } from "./login-token.js";
import { pause, within } from "./waiting.js";

/** How long one request may take, in milliseconds. */
const limit = 15_000;

/** The pauses between attempts, in milliseconds, each lengthened by up to half by chance. */
const pauses = [400, 1_200, 3_000];

/**
 * The server's answer: who asks, what is to be done, and the first step.
 * @throws {VestibuleError} once the attempts are used up, or at once where another cannot help.
 */
export async function openSession(options, server, signal) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask(options, server, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!error.retryable || error.code === "offline" || attempt === pauses.length) throw error;
      await pause(pauses[attempt] * (1 + Math.random() / 2), signal);
    }
  }
}

async function ask(options, server, signal) {
  const [path, headers, body] = request(options);
  const lost = new VestibuleError({
    code: navigator.onLine ? "network" : "offline",
    message: "The server cannot be reached.",
    retryable: true,
  });
  return within(limit, signal, lost, async (signal) => {
    let response;
    try {
      response = await fetch(server + path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
        credentials: "omit",
        signal,
      });
      if (response.ok) return await response.json();
    } catch {
      throw lost;
    }
    throw await refusal(response);
  });
}

/** Without a skill the page asks for a log-in alone. */
function request({ authToken, clientId, clientAppKey, skill = "login_#1.0", tenantUserId }) {
  if (authToken) return ["/sessions/open", { authorization: `Bearer ${authToken}` }, { login_token: recallLogin(authToken) }];
  const body = { client_id: clientId, client_app_key: clientAppKey, skill, tenant_user_id: tenantUserId };
  return ["/sessions", {}, body];
}

/** What a server says when it refuses; a proxy before it may say something else, or nothing. */
async function refusal(response) {
  const { status } = response;
  const { code = "internal", message = `The server answered ${status}.`, id } = await response.json().catch(() => ({}));
  // What a server is not set up for (501) it cannot do a moment later.
  const retryable = status === 429 || (status >= 500 && status !== 501);
  return new VestibuleError({ code, message, retryable, supportId: id });
}
