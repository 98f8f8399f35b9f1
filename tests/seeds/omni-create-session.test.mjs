//! "Create a Session": the request that this document describes by tables of headers and keys.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Server } from "../house/server.mjs";
import { ask, json } from "../house/tenant.mjs";

let server;
before(async () => (server = await Server.start()));
after(() => server.stop());

/** The headers of the document's table. */
function headers() {
  return { "api-version": "1.0", "x-api-key": server.sandbox.api_key };
}

function start(body, with_ = headers()) {
  return ask(`${server.url}/omni/start`, json(body, with_));
}

describe("/omni/start Requests examples", () => {
  test("configurationId alone", async () => {
    const { status, body } = await start({ configurationId: server.sandbox.configuration_id });
    assert.equal(status, 200, JSON.stringify(body));
    assert.match(body.interviewId, /^[0-9a-f]{24}$/);
    assert.equal(body.token.split(".").length, 3);
  });

  test("with externalCustomerId and redirectUrl, which the session's page goes to in the end", async () => {
    const { body } = await start({
      configurationId: server.sandbox.configuration_id,
      externalCustomerId: "someuser0001",
      redirectUrl: "https://bank.example/done?order=1#top",
    });
    const opened = await ask(`${server.url}/sessions/open`, json({}, { authorization: `Bearer ${body.token}` }));
    assert.equal(opened.body.about.redirect_url, "https://bank.example/done?order=1#top");
  });

  test("the headers are needed", async () => {
    const { "api-version": version, "x-api-key": key } = headers();
    const wish = { configurationId: server.sandbox.configuration_id };
    assert.equal((await start(wish, { "x-api-key": key })).status, 400);
    const refused = await start(wish, { "api-version": version });
    assert.equal(refused.status, 401);
    assert.deepEqual(Object.keys(refused.body).sort(), ["error", "message", "path", "status", "timestamp"]);
  });

  test("it is mandatory to use a configurationId", async () => {
    assert.equal((await start({ externalCustomerId: "someuser0001" })).status, 400);
  });
});

test("Create a new session for every onboarding attempt", async () => {
  const wish = { configurationId: server.sandbox.configuration_id, externalCustomerId: "someuser0001" };
  const [one, other] = [(await start(wish)).body, (await start(wish)).body];
  assert.notEqual(one.interviewId, other.interviewId);
  assert.notEqual(one.token, other.token);
});
