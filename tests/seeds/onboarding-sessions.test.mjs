//! "Onboarding sessions": each request as that document prints it for curl, in its order, against a fresh
//! server, with nothing replaced but host and credentials. The snippets for a page are in
//! tests/e2e/snippets.spec.mjs.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { curl } from "../house/curl.mjs";
import { Server } from "../house/server.mjs";
import { Visitor } from "../house/visitor.mjs";

let server;
before(async () => (server = await Server.start()));
after(() => server.stop());

/** Sends a printed request: the host, the secret key and the playbook's key are ours. */
function send(command) {
  return curl(
    command
      .replaceAll("https://api.onefootprint.com", server.url)
      .replaceAll("sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv", server.sandbox.secret_key)
      .replaceAll("pb_live_qBV2iO3nQI5moqo5GJlFhI", server.sandbox.playbook_key),
  );
}

/** Sends one that starts a session; gives the person's side of it. */
async function session(command) {
  const { status, body } = await send(command);
  assert.equal(status, 200, JSON.stringify(body));
  assert.match(body.token, /^obtok_[0-9A-Za-z]{34}$/);
  assert.ok(body.link.startsWith(`${server.url}/verify?type=`) && body.link.endsWith(`#${body.token}`), body.link);
  assert.ok(Date.parse(body.expires_at) > Date.now());
  assert.equal(body.ignored_bootstrap_fields, undefined);
  const visitor = new Visitor(server);
  return { ...body, open: async () => ({ ...(await visitor.open(body.token)), visitor }) };
}

/** What stands in a field of the step that is due. */
function value(at, name) {
  return at.next.screen.form.fields.find((field) => field.name === name).value;
}

test("Example request", async () => {
  const started = await session(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{"kind": "onboard", "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI"}'
`);
  const opened = await started.open();
  assert.equal(opened.status, 200);
  assert.equal(opened.body.status, "SESSION_CREATED");
});

describe("Guarantee resolution to a specific user", () => {
  test("by the identifier of the user in your own database", async () => {
    const request = `
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "user_external_id": "8c992273-987d-4830-84f7-01324ab66899"
  }'
`;
    const [first, second] = [await session(request), await session(request)];
    assert.notEqual(first.token, second.token);
    assert.equal((await first.open()).status, 200);
    assert.equal((await users("8c992273-987d-4830-84f7-01324ab66899")).length, 1);
  });

  test("by an existing fp_id", async () => {
    await session(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "fp_id": "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr"
  }'
`);
  });
});

describe("Guarantee resolution to a specific business", () => {
  test("by your own external ids", async () => {
    await session(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "user_external_id": "8c992273-987d-4830-84f7-01324ab66899",
    "business_external_id": "2f55b318-5dec-4634-880f-38c4968d3b71"
  }'
`);
  });

  test("by an existing fp_bid", async () => {
    await session(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "fp_id": "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr",
    "fp_bid": "fp_bid_fr7JHcV3hIzC7KbqTAsD3n"
  }'
`);
  });

  test("the located user must be an owner of the located business", async () => {
    const { status, body } = await send(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "user_external_id": "8c992273-987d-4830-84f7-01324ab66899",
    "fp_bid": "fp_bid_fr7JHcV3hIzC7KbqTAsD3n"
  }'
`);
    assert.equal(status, 422);
    assert.equal(body.code, "not_an_owner");
  });
});

test("Bootstrap data", async () => {
  const started = await session(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "bootstrap_data": {
      "id.first_name": "Jane",
      "id.last_name": "Doe"
    }
  }'
`);
  const { body } = await started.open();
  assert.equal(value(body, "id.first_name"), "Jane");
  assert.equal(value(body, "id.last_name"), "Doe");
});

describe("Onboarding idempotency", () => {
  test("a new account application", async () => {
    await session(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "user_external_id": "8c992273-987d-4830-84f7-01324ab66899",
    "onboarding_external_id": "bc13ca5b-210f-49af-9aba-e98db366484a"
  }'
`);
  });

  test("once every month", async () => {
    await session(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "user_external_id": "8c992273-987d-4830-84f7-01324ab66899",
    "onboarding_external_id": "onboarding-2025-01"
  }'
`);
  });

  test("you must provide either an fp_id or user_external_id", async () => {
    const { status } = await send(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "onboard",
    "key": "pb_live_qBV2iO3nQI5moqo5GJlFhI",
    "onboarding_external_id": "onboarding-2025-01"
  }'
`);
    assert.equal(status, 400);
  });
});

describe("Collect outstanding data", () => {
  const user = `
curl https://api.onefootprint.com/users/fp_id_K0q6Eh6Rr3WOOfFBLPiHsr \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv:
`;
  const note =
    "Hi Christian, we can't wait for you to get started with your Acme Bank credit card! To finish verifying your identity, can you please submit a photo of your SSN card? Once received, we can approve your application and mail out your credit card.";

  test("check via API if a user has an outstanding request to provide more info", async () => {
    const { status, body } = await send(user);
    assert.equal(status, 200);
    assert.equal(body.id, "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr");
    assert.equal(body.requires_manual_review, false);
    assert.equal(body.status, "pass");
    assert.ok(Date.parse(body.requires_additional_info.timestamp) <= Date.now());
    assert.equal(body.requires_additional_info.note, note);
  });

  test("create an inherit onboarding session to collect the requested info", async () => {
    const started = await session(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "inherit",
    "fp_id": "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr"
  }'
`);
    const { body } = await started.open();
    assert.equal(body.about.note, note);
    assert.equal(body.next.name, "ssn_card");
  });
});

test("Update login methods", async () => {
  const started = await session(`
curl -X POST https://api.onefootprint.com/onboarding/session \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv: \\
  -d '{
    "kind": "update_login_methods",
    "fp_id": "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr",
    "limit_auth_methods": ["phone"]
  }'
`);
  const { status, body } = await started.open();
  assert.deepEqual([status, body.about.steps], [200, ["identify", "login_methods"]]);
});

/** The people whom the tenant calls so. */
async function users(name) {
  const { body } = await send(`
curl https://api.onefootprint.com/users?external_id=${name} \\
  -u sk_test_CXUsbCR8j2kH6e5GeEl8eSBnQTIPCUaKpv:
`);
  return body.data;
}
