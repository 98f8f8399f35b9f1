//! What a browser is asked when somebody logs in: with and without help of its own for JSON, and one thing at a time.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createLogin } from "./src/login/login.js";

const bytes = (...values) => new Uint8Array(values);
const text = (buffer) => [...new Uint8Array(buffer)];
const fault = (name) => Object.assign(new Error("no"), { name });
let asked;
let answers;
let life;
let login;

/** An authenticator's answer, as browsers give it that cannot write it as JSON. */
const credential = (response) => ({
  id: "-_8",
  rawId: bytes(251, 255).buffer,
  type: "public-key",
  response,
  getClientExtensionResults: () => ({}),
});

beforeEach(() => {
  asked = [];
  answers = [];
  const ask = (method) => (options) => {
    asked.push([method, options]);
    return new Promise((resolve, reject) => {
      options.signal.addEventListener("abort", () => reject(fault("AbortError")));
      const answer = answers.shift();
      if (answer instanceof Error) reject(answer);
      else if (answer) resolve(answer);
    });
  };
  const credentials = { create: ask("create"), get: ask("get") };
  Object.defineProperty(globalThis, "navigator", { value: { credentials }, configurable: true });
  globalThis.self = globalThis;
  globalThis.PublicKeyCredential = { isConditionalMediationAvailable: async () => true };
  life = new AbortController();
  login = createLogin(life.signal);
});

afterEach(() => {
  delete globalThis.PublicKeyCredential;
  delete globalThis.OTPCredential;
  delete globalThis.self;
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));
const request = JSON.stringify({ challenge: "-_8", rpId: "bank.example", allowCredentials: [{ type: "public-key", id: "AQI" }] });
const creation = JSON.stringify({ challenge: "AQI", user: { id: "AwQ", name: "a" }, excludeCredentials: [{ type: "public-key", id: "-_8" }] });

test("a browser that reads and writes JSON by itself does so", async () => {
  PublicKeyCredential.parseCreationOptionsFromJSON = (options) => ({ parsed: options.challenge });
  answers = [{ toJSON: () => ({ id: "made" }) }];
  assert.deepEqual(await login.create(creation), { passkey: '{"id":"made"}' });
  assert.deepEqual(asked[0][1].publicKey, { parsed: "AQI" });
});

test("the others are helped when a passkey is made", async () => {
  answers = [
    credential({ clientDataJSON: bytes(1).buffer, attestationObject: bytes(2).buffer, getTransports: () => ["internal"] }),
  ];
  const { passkey } = await login.create(creation);
  const { challenge, user, excludeCredentials } = asked[0][1].publicKey;
  assert.deepEqual([challenge, user.id, excludeCredentials[0].id].map(text), [[1, 2], [3, 4], [251, 255]]);
  assert.deepEqual(JSON.parse(passkey), {
    id: "-_8",
    rawId: "-_8",
    type: "public-key",
    response: { clientDataJSON: "AQ", attestationObject: "Ag", transports: ["internal"] },
    clientExtensionResults: {},
  });
});

test("and when one is used", async () => {
  const signed = { clientDataJSON: bytes(1).buffer, authenticatorData: bytes(2).buffer, signature: bytes(3).buffer, userHandle: null };
  answers = [credential(signed)];
  const { passkey } = await login.get(request);
  assert.deepEqual([...asked[0][1].publicKey.challenge], [251, 255]);
  assert.deepEqual([...asked[0][1].publicKey.allowCredentials[0].id], [1, 2]);
  assert.deepEqual(JSON.parse(passkey).response, { clientDataJSON: "AQ", authenticatorData: "Ag", signature: "Aw" });
});

test("who does not want to has not failed", async () => {
  answers = [fault("NotAllowedError"), fault("InvalidStateError"), fault("SecurityError")];
  assert.deepEqual(await login.create(creation), { declined: true });
  assert.deepEqual(await login.create(creation), { declined: false });
  assert.deepEqual(await login.get(request), { declined: false });
  assert.deepEqual(await login.get("no JSON"), { declined: false });
});

test("the browser offers passkeys until one is asked for, and again when none came of it", async () => {
  const taken = [];
  login.offer(request, (passkey) => taken.push(passkey));
  await soon();
  assert.deepEqual([asked.length, asked[0][1].mediation], [1, "conditional"]);
  answers = [fault("NotAllowedError"), { toJSON: () => ({ id: "offered" }) }];
  assert.deepEqual(await login.get(request), { declined: true });
  assert.equal(asked[0][1].signal.aborted, true);
  assert.equal(asked[1][1].mediation, undefined);
  await soon();
  assert.equal(asked[2][1].mediation, "conditional");
  assert.deepEqual(taken, ['{"id":"offered"}']);
});

test("nothing is offered where a browser cannot, nor after its screen has gone", async () => {
  login.offer(request, () => assert.fail("it was gone"));
  login.stop();
  await soon();
  PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  login.offer(request, () => assert.fail("it cannot"));
  await soon();
  delete globalThis.PublicKeyCredential;
  login.offer(request, () => assert.fail("it knows none"));
  await soon();
  assert.deepEqual(asked, []);
});

test("who is led to another window is waited for, until they are back or the screen has gone", async () => {
  const page = new EventTarget();
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  globalThis.addEventListener = page.addEventListener.bind(page);
  const opened = [];
  globalThis.open = (url) => opened.push(url);
  const back = login.window("https://verify.example/verify#a");
  document.hidden = true;
  document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(await Promise.race([back, soon()]), undefined);
  document.hidden = false;
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(await back, { back: true });

  const beside = login.window("b");
  page.dispatchEvent(new Event("focus"));
  assert.deepEqual(await beside, { back: true });

  const left = login.window("c");
  login.stop();
  assert.deepEqual(await left, { declined: true });
  assert.deepEqual(opened, ["https://verify.example/verify#a", "b", "c"]);

  globalThis.open = () => null;
  assert.deepEqual(await login.window("d"), {});
  for (const name of ["document", "addEventListener", "open"]) delete globalThis[name];
});

test("a code is read from a message where a browser can, and waited for until the flow ends", async () => {
  await login.hear(() => assert.fail("it cannot"));
  assert.deepEqual(asked, []);
  globalThis.OTPCredential = class {};
  answers = [{ code: "123456" }];
  const heard = [];
  await login.hear((code) => heard.push(code));
  assert.deepEqual([heard, asked[0][1].otp], [["123456"], { transport: ["sms"] }]);
  const waiting = login.hear(() => assert.fail("it was gone"));
  life.abort();
  await waiting;
  assert.equal(asked[1][1].signal.aborted, true);
});
