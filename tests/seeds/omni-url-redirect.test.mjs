//! "URL Redirect": each request as that document prints it, in its order, against a fresh server, with
//! nothing replaced but host and credentials.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { curl } from "../house/curl.mjs";
import { Server } from "../house/server.mjs";
import { Visitor } from "../house/visitor.mjs";

let server;
let token;
let interviewId;
before(async () => (server = await Server.start()));
after(() => server.stop());

/** A printed text with our host and credentials in place of its placeholders. */
function filled(text) {
  return text
    .replaceAll("{user.DEMO_URL}", `${server.url}/`)
    .replaceAll("<<APIKEY>>", server.sandbox.api_key)
    .replaceAll("<<flowId>", `"${server.sandbox.configuration_id}"`)
    .replaceAll("<<TOKEN>>", token);
}

/** Runs a printed snippet; gives what it has put into these names. The print forgets one `await`. */
function run(snippet, names) {
  const awaited = filled(snippet).replaceAll("= response.json()", "= await response.json()");
  const run = new Function(`return (async () => { ${awaited}; return { ${names} }; })()`);
  return run();
}

function isStarted(body) {
  assert.match(body.interviewId, /^[0-9a-f]{24}$/);
  assert.equal(body.token.split(".").length, 3);
}

describe("Step 1.1: Create the Session", () => {
  test("from a backend in JavaScript", async () => {
    const started = await run(
      `
const params = {
  configurationId: <<flowId>,
  countryCode: "ALL",
  language: "en-US",
  //externalCustomerId: "someuser0001", //The Id if the user in your system
  //redirectionUrl: "http://example.com/", //The url where the user will be redirected at the end of the onboarding
  
};

const headers = {
  accept: 'application/json',
  'Content-Type': 'application/json',
  'x-api-key': '<<APIKEY>>',
  'api-version': '1.0'
};

const options = {
  method: 'POST',
  headers: headers,
  body: JSON.stringify(params)
};

const response = await fetch('{user.DEMO_URL}omni/start', options);

const {token, interviewId} = response.json();
`,
      "token, interviewId",
    );
    isStarted(started);
  });

  test("with curl", async () => {
    const { status, body } = await curl(
      filled(`
curl --location '{user.DEMO_URL}omni/start' \\
--header 'Accept: application/json' \\
--header 'Content-Type: application/json' \\
--header 'api-version: 1.0' \\
--header 'x-api-key: <<APIKEY>>' \\
--data '{
	"countryCode": "ALL",
    "configurationId": "65283accd410a1dd7e965479",
    "externalCustomerId": "someuser0001",
    "redirectionUrl": "http://example.com/"
}'
`),
    );
    assert.equal(status, 200, JSON.stringify(body));
    isStarted(body);
    ({ token, interviewId } = body);
  });
});

describe("Step 1.3: Generate Onboarding URL", () => {
  const opens = async (url) => {
    assert.equal(url, `${server.url}/verify?type=omni#${url.split("#")[1]}`);
    const visitor = new Visitor(server);
    const { status, body } = await visitor.open(url.split("#")[1]);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.about.redirect_url, "http://example.com/");
  };

  test("from a backend in JavaScript", async () => {
    const { url } = await run(
      `
const headers = {
  accept: 'application/json',
  'Content-Type': 'application/json',
  'api-version': '1.0',
  'X-Incode-Hardware-Id': '<<TOKEN>>'
};

const options = {
  method: 'GET',
  headers: headers,
};

const response = await fetch('{user.DEMO_URL}0/omni/onboarding-url', options);

const {url} = response.json();
`,
      "url",
    );
    await opens(url);
  });

  test("with curl", async () => {
    const { status, body } = await curl(
      filled(`
curl --location '{user.DEMO_URL}0/omni/onboarding-url' \\
--header 'Content-Type: application/json' \\
--header 'api-version: 1.0' \\
--header 'X-Incode-Hardware-Id: <<TOKEN>>' \\
`),
    );
    assert.equal(status, 200, JSON.stringify(body));
    await opens(body.url);
  });
});

test("Zero configuration endpoints: only the Session Token is needed", async () => {
  const headers = { "api-version": "1.0", "x-incode-hardware-id": token };
  for (const path of ["get/onboarding/status", "finish-status", "get/score", "get/ocr-data"]) {
    const response = await fetch(`${server.url}/0/omni/${path}`, { headers });
    assert.equal(response.status, 200, path);
  }
});

test("the session is among those of its customer", async () => {
  const headers = { "api-version": "1.0", "x-api-key": server.sandbox.api_key };
  const response = await fetch(`${server.url}/omni/sessions?externalCustomerId=someuser0001`, { headers });
  assert.equal(response.status, 200);
  const sessions = await response.json();
  assert.deepEqual(
    (Array.isArray(sessions) ? sessions : sessions.sessions).map((session) => session.interviewId),
    [interviewId],
  );
});
