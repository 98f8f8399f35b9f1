//! The sample backends: each starts a session, redeems its token, is told by webhook how it ended, and
//! believes nobody else.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { anna } from "../house/anna.mjs";
import { signature } from "../house/engine.mjs";
import { freePort, Server } from "../house/server.mjs";
import { json, Tenant } from "../house/tenant.mjs";
import { Visitor } from "../house/visitor.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const samples = {
  "Node.js": ["node", ["www/backends/node/server.mjs"]],
  Python: ["python3", ["www/backends/python/server.py"]],
  Rust: [process.env.BANK_BACKEND ?? "target/debug/bank-backend", []],
};

let server;
before(async () => (server = await Server.start({ settings: { webhook_private_targets: true } })));
after(() => server.stop());

for (const [language, [command, args]] of Object.entries(samples)) {
  describe(`the sample in ${language}`, () => {
    let bank;
    before(async () => (bank = await Bank.start(server, command, args)));
    after(() => bank.stop());

    test("gives its page a token and a link", async () => {
      const { status, body } = await bank.post("/sessions", { customer: `customer-${language.length}-0001` });
      assert.equal(status, 200);
      assert.match(body.token, /^obtok_/);
      assert.equal(body.link, `${server.url}/verify?type=user#${body.token}`);
    });

    test("redeems what the flow gave, once", async () => {
      const token = await walked(await bank.session(`customer-${language.length}-0002`));
      const redeemed = await bank.post("/results", { validation_token: token });
      assert.deepEqual(redeemed, { status: 200, body: { status: "pass", review: false } });
      const again = await bank.post("/results", { validation_token: token });
      assert.equal(again.status, 502);
    });

    test("learns by webhook how a customer stands whose page never came back", async () => {
      const name = `customer-${language.length}-0003`;
      assert.equal((await bank.get(`/customers?name=${name}`)).status, 404);
      await walked(await bank.session(name));
      const known = await bank.waitFor(`/customers?name=${name}`);
      assert.deepEqual(known, { status: "pass", review: false });
    });

    test("believes no webhook that is not signed, nor an old one", async () => {
      const event = { event_kind: "onboarding.completed", fp_id: "fp_id_0123456789abcdefABCDEF" };
      const lately = Math.floor(Date.now() / 1000);
      for (const [secret, at] of [
        ["whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", lately],
        [bank.secret, lately - 3600],
        [bank.secret, lately + 3600],
        [bank.secret, ""],
      ]) {
        const { status } = await bank.post("/webhooks", event, signed(secret, at, event));
        assert.ok([400, 401].includes(status), `${status}`);
      }
      assert.equal((await bank.post("/webhooks", event)).status, 401);
      const { status } = await bank.post("/webhooks", { event_kind: "ping" }, signed(bank.secret, lately, { event_kind: "ping" }));
      assert.equal(status, 204);
    });
  });
}

/** One that runs, with its webhook registered. */
class Bank {
  static async start(server, command, args) {
    const bank = new Bank();
    const port = await freePort();
    bank.url = `http://127.0.0.1:${port}`;
    const registered = await new Tenant(server).post("/webhooks", { url: `${bank.url}/webhooks`, family: "onboarding" });
    assert.ok(registered.status < 300, JSON.stringify(registered.body));
    bank.secret = registered.body.secret;
    bank.child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        VESTIBULE_URL: server.url,
        VESTIBULE_SECRET_KEY: server.sandbox.secret_key,
        VESTIBULE_PLAYBOOK_KEY: server.sandbox.playbooks["kyc_basic_#1.0"],
        VESTIBULE_WEBHOOK_SECRET: bank.secret,
      },
    });
    bank.child.on("error", (error) => console.error(error.message));
    await bank.#ready();
    return bank;
  }

  async #ready() {
    for (const end = Date.now() + 10_000; Date.now() < end; await pause(25)) {
      if (await fetch(this.url).catch(() => null)) return;
    }
    throw new Error("the sample does not answer");
  }

  post(path, body, headers) {
    return answer(this.url + path, json(body, headers));
  }

  get(path) {
    return answer(this.url + path);
  }

  /** The token of a new session. */
  async session(customer) {
    return (await this.post("/sessions", { customer })).body.token;
  }

  /** What stands there, as soon as something does. */
  async waitFor(path) {
    for (const end = Date.now() + 15_000; Date.now() < end; await pause(50)) {
      const { status, body } = await this.get(path);
      if (status === 200) return body;
    }
    throw new Error(`nothing at ${path}`);
  }

  async stop() {
    if (this.child.exitCode !== null || !this.child.kill()) return;
    await once(this.child, "exit");
  }
}

/** As `ask`, of somebody who may answer with a sentence. */
async function answer(url, request) {
  const response = await fetch(url, request);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, body: isJson && text ? JSON.parse(text) : text };
}

/** Walks the shortest skill to its end; gives the validation token. */
async function walked(token) {
  const visitor = new Visitor(server);
  await visitor.open(token);
  await visitor.submit(anna);
  return (await visitor.submit({ data_use: "1.0" })).body.validation_token;
}

/** The headers of a webhook, by Standard Webhooks. */
function signed(secret, at, event) {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const id = "msg_1";
  return { "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": signature(key, id, at, JSON.stringify(event)) };
}
