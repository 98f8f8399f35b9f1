//! "Onboarding sessions": the requests of that document as it prints them for curl, host and credentials
//! aside, in its order and against one fresh server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server } from "../house/server.mjs";
import { ask } from "../house/tenant.mjs";
import { Visitor } from "../house/visitor.mjs";

let server;
before(async () => (server = await Server.start()));
after(() => server.stop());

const authorization = () => `Basic ${Buffer.from(`${server.sandbox.secret_key}:`).toString("base64")}`;

/**
 * `curl -X POST …/onboarding/session -u <secret key>: -d '<body>'`. Without another word curl calls
 * such a body a form.
 */
function curl(body) {
  return ask(`${server.url}/onboarding/session`, {
    method: "POST",
    headers: {
      authorization: authorization(),
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

/** What a browser gets that opens the session. */
async function opened({ token }) {
  const visitor = new Visitor(server);
  const answer = await visitor.open(token);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}

test("example", async () => {
  isSession(await curl(`{"kind": "onboard", "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI"}`));
});

test("guarantee resolution to a specific user, by the tenant's own id", async () => {
  const request = `{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "user_external_id": "8c992273-987d-4830-84f7-01324ab66899"
  }`;
  const first = isSession(await curl(request));
  const second = isSession(await curl(request));
  assert.notEqual(first.token, second.token);
});

test("guarantee resolution to a specific user, by an existing fp_id", async () => {
  const started = await curl(`{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "fp_id": "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr"
  }`);
  assert.equal((await opened(isSession(started))).status, "SESSION_CREATED");
});

test("guarantee resolution to a specific business, by the tenant's own id", async () => {
  const request = `{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "user_external_id": "8c992273-987d-4830-84f7-01324ab66899",
    "business_external_id": "2f55b318-5dec-4634-880f-38c4968d3b71"
  }`;
  isSession(await curl(request));
  isSession(await curl(request));
  const stranger = await curl(request.replace("8c992273", "00000000"));
  assert.deepEqual([stranger.status, stranger.body.code], [422, "not_an_owner"]);
});

test("guarantee resolution to a specific business, by an existing fp_bid", async () => {
  isSession(
    await curl(`{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "fp_id": "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr",
    "fp_bid": "fp_bid_fr7JHcV3hIzC7KbqTAsD3n"
  }`),
  );
});

test("bootstrap data", async () => {
  const started = await curl(`{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "bootstrap_data": {
      "id.first_name": "Jane",
      "id.last_name": "Doe"
    }
  }`);
  const { next } = await opened(isSession(started));
  const values = next.screen.form.fields.slice(0, 2).map((field) => [field.name, field.value]);
  assert.deepEqual(values, [["id.first_name", "Jane"], ["id.last_name", "Doe"]]);
});

test("onboarding idempotency", async () => {
  for (const name of ["bc13ca5b-210f-49af-9aba-e98db366484a", "onboarding-2025-01"]) {
    isSession(
      await curl(`{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "user_external_id": "8c992273-987d-4830-84f7-01324ab66899",
    "onboarding_external_id": "${name}"
  }`),
    );
  }
});

test("collect outstanding data", async () => {
  const user = await ask(`${server.url}/users/fp_id_K0q6Eh6Rr3WOOfFBLPiHsr`, { headers: { authorization: authorization() } });
  const { id, requires_manual_review, status, requires_additional_info } = user.body;
  assert.deepEqual(
    { id, requires_manual_review, status, requires_additional_info },
    {
      id: "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr",
      requires_manual_review: false,
      status: "pass",
      requires_additional_info: {
        timestamp: "2023-12-12T21:28:38.771Z",
        note: "Hi Christian, we can't wait for you to get started with your Acme Bank credit card! To finish verifying your identity, can you please submit a photo of your SSN card? Once received, we can approve your application and mail out your credit card.",
      },
    },
  );
  const started = await curl(`{
    "kind": "inherit",
    "fp_id": "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr"
  }`);
  const { about, next } = await opened(isSession(started));
  assert.equal(about.note, requires_additional_info.note);
  assert.equal(next.name, "ssn_card");
});

test("update login methods", async () => {
  const started = await curl(`{
    "kind": "update_login_methods",
    "fp_id": "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr",
    "limit_auth_methods": ["phone"]
  }`);
  const answer = await new Visitor(server).open(isSession(started).token);
  assert.deepEqual([answer.status, answer.body.code], [501, "login_unavailable"]);
});
