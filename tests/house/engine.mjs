//! Somebody else's engine, which the operator plugs in as the provider: it says that all is well, and keeps what it
//! was asked.

import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const key = Buffer.from("0123456789abcdef0123456789abcdef");

export class Engine {
  #server;
  /** What it was asked, in order. What nobody has signed is not among it. */
  asked = [];

  static async open() {
    const engine = new Engine();
    engine.#server = createServer((request, response) => engine.#hear(request, response));
    engine.#server.listen(0, "127.0.0.1");
    await once(engine.#server, "listening");
    return engine;
  }

  /** The settings by which a server asks it. */
  get settings() {
    return {
      provider_url: `http://127.0.0.1:${this.#server.address().port}/`,
      provider_secret: `whsec_${key.toString("base64")}`,
      provider_private_target: true,
    };
  }

  async #hear(request, response) {
    const body = Buffer.concat(await request.toArray());
    const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = request.headers;
    if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id, at, body)))) {
      response.writeHead(401).end();
      return;
    }
    const question = JSON.parse(body);
    this.asked.push(question);
    const answer = JSON.stringify({ request_id: question.request_id, check: question.check, verdict: "ok", score: 97.3 });
    response.writeHead(200, { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": sign(id, at, answer) }).end(answer);
  }

  /** The question that comes next, once there are so many. */
  async question(number) {
    const deadline = Date.now() + 20_000;
    while (this.asked.length < number) {
      if (Date.now() > deadline) throw new Error(`${number} questions were expected, ${this.asked.length} came`);
      await pause(25);
    }
    return this.asked[number - 1];
  }

  async close() {
    this.#server.close();
    await once(this.#server, "close");
  }
}

const sign = (id, at, body) => signature(key, id, at, body);

/** What signs a message, by Standard Webhooks. */
export function signature(key, id, at, body) {
  return `v1,${createHmac("sha256", key).update(`${id}.${at}.`).update(body).digest("base64")}`;
}
