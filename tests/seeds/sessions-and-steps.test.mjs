//! "Detailed flow": sessions, steps, uploads and the switch to the tenant's backend, with the requests
//! as that document prints them, host and credentials aside.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server } from "../house/server.mjs";
import { ask, json } from "../house/tenant.mjs";
import { picture } from "../house/visitor.mjs";

let server;
before(async () => (server = await Server.start()));
after(() => server.stop());

/** The document's placeholders, filled in. */
function filled(text, values) {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);
}

/** Sends a printed body, as it stands. */
function send(path, body) {
  return ask(server.url + path, { method: "POST", headers: { "content-type": "application/json" }, body });
}

test("a session is triggered with client id, client app key and a skill of the catalogue", async () => {
  const { status, body } = await send(
    "/sessions",
    filled(
      `{
  "client_id": "{{client_id}}",
  "client_app_key": "{{client_app_key}}",
  "skill": "xyz_aisp_sbx_#1.0"
}`,
      server.sandbox,
    ),
  );
  assert.equal(status, 200);
  assert.match(body.nonce, /^[\w-]{43}$/);
  assert.match(body.session_id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(body.status, "SESSION_CREATED");
});

test("two steps, an upload, and the temp token becomes an access token and a credentials id", async () => {
  const { client_id, client_app_key, client_secret } = server.sandbox;
  const created = await send("/sessions", JSON.stringify({ client_id, client_app_key, skill: "xyz_sbx_#3.0" }));
  assert.equal(created.status, 200);

  const product = await send(
    `/sessions/${created.body.session_id}/steps`,
    filled(
      `{
  "client_id": "{{client_id}}",
  "nonce": "{{nonce}}",
  "skill": "xyz_sbx_#3.0",
  "step": "product_form",
  "data": {
    "value": "100000",
    "currency": "EUR",
    "period": "12"
  }
}`,
      { client_id, nonce: created.body.nonce },
    ),
  );
  assert.equal(product.status, 200);
  assert.match(product.body.step_id, /^step_[0-9A-Za-z]{22}$/);
  assert.equal(product.body.status, "SESSION_IN_PROGRESS");
  assert.match(product.body.nonce, /^[\w-]{43}$/);
  assert.notEqual(product.body.nonce, created.body.nonce);

  const form = new FormData();
  form.set("nonce", created.body.nonce);
  form.set("name", "file");
  form.set("file", new Blob([picture("id-card-front.jpg")]), "id.jpg");
  const uploaded = await ask(`${server.url}/steps/${product.body.step_id}/upload`, { method: "POST", body: form });
  assert.equal(uploaded.status, 200);
  assert.equal(uploaded.body.status, "UPLOAD_ACCEPTED");

  const { next, nonce } = product.body;
  const terms = Object.fromEntries(next.screen.consent.consents.map(({ name, version }) => [name, version]));
  const last = await send(
    `/sessions/${created.body.session_id}/steps`,
    JSON.stringify({ client_id, nonce, skill: "xyz_sbx_#3.0", step: next.name, data: terms }),
  );
  assert.equal(last.status, 200);
  assert.equal(last.body.status, "SESSION_COMPLETED");
  assert.match(last.body.temp_token, /^temptok_/);

  for (const path of ["/token", "/tokens"]) {
    const redeemed = await ask(server.url + path, json({ client_id, client_secret, temp_token: last.body.temp_token }));
    if (path === "/token") {
      assert.equal(redeemed.status, 200);
      const { access_token, credentials_id } = redeemed.body;
      const kept = await ask(`${server.url}/credentials/${credentials_id}`, { headers: { authorization: `Bearer ${access_token}` } });
      assert.deepEqual(kept.body.steps[0].data, { value: "100000", currency: "EUR", period: 12 });
      assert.deepEqual(kept.body.steps[0].uploads.map(({ name }) => name), ["file"]);
    } else {
      assert.equal(redeemed.status, 401);
      assert.equal(redeemed.body.code, "invalid_temp_token");
    }
  }
});
