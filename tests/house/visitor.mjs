//! A person without a browser: speaks the Steps API as our flow does. For tests that are about the
//! server, and for bringing a session quickly to where a test begins.

import { readFileSync } from "node:fs";
import { anna } from "./anna.mjs";
import { ask, json } from "./tenant.mjs";

/** A picture of tests/fixtures/pictures, as bytes. */
export function picture(name) {
  return readFileSync(new URL(`../fixtures/pictures/${name}`, import.meta.url));
}

export class Visitor {
  #server;
  /** The last answer that said where the session stands. */
  at = null;
  /** The session's id. */
  session = null;

  constructor(server) {
    this.#server = server;
  }

  /** Opens the session of a token, or resumes it. */
  async open(token) {
    return this.#stand(await ask(`${this.#server.url}/sessions/open`, json({}, { authorization: `Bearer ${token}` })));
  }

  /** Starts a session as a page does. */
  async create(skill, more = {}) {
    const { client_id, client_app_key } = this.#server.sandbox;
    return this.#stand(await ask(`${this.#server.url}/sessions`, json({ client_id, client_app_key, skill, ...more })));
  }

  /** Submits the step that is due. */
  async submit(data, more = {}) {
    const body = { nonce: this.at.nonce, step: this.at.next.name, data, ...more };
    return this.#stand(await ask(`${this.#server.url}/sessions/${this.session}/steps`, json(body)));
  }

  /** Uploads one of the files that are outstanding. */
  async upload(name, bytes, { step_id, nonce } = this.at.uploads) {
    const form = new FormData();
    form.set("nonce", nonce);
    form.set("name", name);
    form.set("file", new Blob([bytes]), "photo");
    return ask(`${this.#server.url}/steps/${step_id}/upload`, { method: "POST", body: form });
  }

  #stand(answer) {
    if (answer.status < 300) {
      this.at = answer.body;
      this.session = answer.body.session_id ?? this.session;
    }
    return answer;
  }
}

/** Somebody who has been onboarded without a browser; gives their id. */
export async function onboarded(server, tenant) {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["kyc_basic_#1.0"], bootstrap_data: anna });
  const visitor = new Visitor(server);
  await visitor.open(body.token);
  await visitor.submit({ data_use: "1.0" });
  const { body: told } = await tenant.validate(visitor.at.validation_token);
  return told.user.fp_id;
}
