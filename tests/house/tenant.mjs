//! The business that integrates: its backend, which holds the secret key.

import { spawnSync } from "node:child_process";
import { binary } from "./server.mjs";

export class Tenant {
  #server;

  constructor(server) {
    this.#server = server;
  }

  /** A business that the operator registers now, whose people are real, with playbooks of the skills in a folder too. */
  static register(server, skills) {
    const command = ["tenant", "add", "--name", "Lantern Bank", "--live", "--skills", skills, "--data", server.data];
    const { status, stdout, stderr } = spawnSync(binary(), command, { encoding: "utf8" });
    if (status !== 0) throw new Error(`no tenant was registered:\n${stderr}`);
    return new Tenant({ url: server.url, sandbox: JSON.parse(stdout) });
  }

  get keys() {
    return this.#server.sandbox;
  }

  /** Starts an onboarding session; `more` goes into the request. */
  startOnboarding(more = {}) {
    return this.post("/onboarding/session", { kind: "onboard", key: this.keys.playbook_key, ...more });
  }

  /** A reviewer asks a person for these steps once more. */
  requestInfo(fpId, note, steps) {
    return this.post(`/users/${fpId}/request_info`, { note, steps });
  }

  /** Starts a session in which a person gives what a reviewer asked for. */
  startInherit(fpId) {
    return this.post("/onboarding/session", { kind: "inherit", fp_id: fpId });
  }

  /** Starts a session in which a person changes how they log in. */
  startLogin(fpId) {
    return this.post("/onboarding/session", { kind: "update_login_methods", fp_id: fpId });
  }

  /** The code that was sent last to this address, once there is one that is not among those before. */
  async codeFor(address, before = []) {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const { body } = await this.get("/dev/outbox");
      const letter = body.find(({ kind, to, code }) => kind === "code" && to === address && !before.includes(code));
      if (letter) return letter.code;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no code was sent to ${address}`);
  }

  /** Starts a session in the omni family; `more` goes into the request. */
  startOmni(more = {}) {
    const request = json({ configurationId: this.keys.configuration_id, ...more }, this.#omni());
    return this.#ask("/omni/start", request);
  }

  /** Reads something of a session in the omni family, by its name there. */
  readOmni(call, interviewId) {
    return this.#ask(`/omni/${call}?id=${interviewId}`, { headers: this.#omni() });
  }

  /** Redeems what a flow of ours gave. */
  validate(validationToken) {
    return this.post("/onboarding/session/validate", { validation_token: validationToken });
  }

  /** How a person stands. */
  user(fpId) {
    return this.get(`/users/${fpId}`);
  }

  /** Reads with the secret key. */
  get(path) {
    return this.#ask(path, { headers: this.#basic() });
  }

  /** How a business stands. */
  business(fpBid) {
    return this.#ask(`/businesses/${fpBid}`, { headers: this.#basic() });
  }

  /** Who owns a business. */
  owners(fpBid) {
    return this.#ask(`/businesses/${fpBid}/owners`, { headers: this.#basic() });
  }

  /** Redeems what a flow gave that a page started. */
  redeem(tempToken) {
    const { client_id, client_secret } = this.keys;
    return this.#ask("/token", json({ client_id, client_secret, temp_token: tempToken }));
  }

  /** Reads what was collected. */
  credentials({ credentials_id, access_token }) {
    return this.#ask(`/credentials/${credentials_id}`, { headers: { authorization: `Bearer ${access_token}` } });
  }

  /** Sends a body with the secret key; gives status and body of the answer. */
  post(path, body) {
    const request = json(body);
    return this.#ask(path, { ...request, headers: { ...request.headers, ...this.#basic() } });
  }

  #basic() {
    return { authorization: `Basic ${Buffer.from(`${this.keys.secret_key}:`).toString("base64")}` };
  }

  #omni() {
    return { "api-version": "1.0", "x-api-key": this.keys.api_key };
  }

  #ask(path, request) {
    return ask(this.#server.url + path, request);
  }
}

/** A POST with a JSON body. */
export function json(body, headers = {}) {
  return { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

/** Sends a request; gives status and parsed body of the answer. */
export async function ask(url, request) {
  const response = await fetch(url, request);
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}
