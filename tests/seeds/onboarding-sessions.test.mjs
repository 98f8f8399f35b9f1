//! "Onboarding sessions": the first three requests of that document as it prints them for curl, host
//! and credentials aside.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { anna } from "../house/anna.mjs";
import { Server } from "../house/server.mjs";
import { ask, Tenant } from "../house/tenant.mjs";
import { Visitor } from "../house/visitor.mjs";

let server;
before(async () => (server = await Server.start()));
after(() => server.stop());

/**
 * `curl -X POST …/onboarding/session -u <secret key>: -d '<body>'`. Without another word curl calls
 * such a body a form.
 */
function curl(body) {
  return ask(`${server.url}/onboarding/session`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${server.sandbox.secret_key}:`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
      accept: "*/*",
      "user-agent": "curl/8.14.1",
    },
    body: body.replace("pb_live_qBV2iO3nQI5moqo5GJlFhI", server.sandbox.playbook_key),
  });
}

function isSession({ status, body }) {
  assert.ok(status === 200 || status === 201, JSON.stringify(body));
  assert.match(body.token, /^obtok_[0-9A-Za-z]{34}$/);
  assert.equal(body.link, `${server.url}/verify?type=user#${body.token}`);
  assert.ok(Date.parse(body.expires_at) > Date.now());
  return body;
}

/** Who a session is for, as the tenant learns it in the end. */
async function personOf({ token }) {
  const visitor = new Visitor(server);
  assert.equal((await visitor.open(token)).status, 200);
  return visitor;
}

test("in its simplest form a session is created with just a playbook key", async () => {
  isSession(await curl(`{"kind": "onboard", "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI"}`));
});

test("a session resolves to a specific user by the tenant's own id", async () => {
  const request = `{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "user_external_id": "8c992273-987d-4830-84f7-01324ab66899"
  }`;
  const first = isSession(await curl(request));
  const second = isSession(await curl(request));
  assert.notEqual(first.token, second.token);
  await personOf(first);
});

test("a session resolves to a specific user by an existing fp_id", async () => {
  const unknown = await curl(`{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "fp_id": "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr"
  }`);
  assert.equal(unknown.status, 404);

  const existing = await completedUser();
  isSession(
    await curl(`{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "fp_id": "${existing}"
  }`),
  );
});

/** The fp_id of somebody who went through the shortest skill. */
async function completedUser() {
  const tenant = new Tenant(server);
  const started = await tenant.startOnboarding({ key: server.sandbox.playbooks["kyc_basic_#1.0"] });
  const visitor = await personOf(started.body);
  await visitor.submit(anna);
  const done = await visitor.submit({ data_use: "1.0" });
  assert.equal(done.body.status, "SESSION_COMPLETED", JSON.stringify(done.body));
  const validated = await tenant.validate(done.body.validation_token);
  assert.equal(validated.body.user.status, "pass");
  return validated.body.user.fp_id;
}
