//! Opening a session: what is sent, what is tried again, and what a refusal becomes.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keepLogin } from "./src/login-token.js";
import { openSession } from "./src/session.js";

const verify = { kind: "verify", authToken: "obtok_1" };
let requests;
let answers;

beforeEach(() => {
  requests = [];
  answers = [];
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
  globalThis.fetch = async (url, init) => {
    requests.push({ url, ...init });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200 });
  };
});

const open = (options, signal = new AbortController().signal) => openSession(options, "https://v.example", signal);

test("a session that a backend started is opened with its token, which stands in no address", async () => {
  answers = [{ body: { session_id: "1" } }];
  assert.deepEqual(await open(verify), { session_id: "1" });
  const [{ url, method, headers, body }] = requests;
  assert.deepEqual([url, method, body], ["https://v.example/sessions/open", "POST", "{}"]);
  assert.equal(headers.authorization, "Bearer obtok_1");
});

test("a session of the page's own is created with the public client", async () => {
  answers = [{ body: { session_id: "2" } }];
  await open({ kind: "skill", clientId: "c", clientAppKey: "cak_1", skill: "kyc_basic_#1.0" });
  assert.equal(requests[0].url, "https://v.example/sessions");
  assert.deepEqual(JSON.parse(requests[0].body), { client_id: "c", client_app_key: "cak_1", skill: "kyc_basic_#1.0" });
});

test("a lost answer and a fault of the server are tried again", async () => {
  answers = [new TypeError("lost"), { status: 503, body: {} }, { body: { session_id: "3" } }];
  assert.deepEqual(await open(verify), { session_id: "3" });
  assert.equal(requests.length, 3);
});

test("a refusal is not tried again, and keeps its code and reference", async () => {
  answers = [{ status: 410, body: { id: "sup_1", code: "session_expired", message: "The session has expired." } }];
  await assert.rejects(open(verify), { name: "VestibuleError", code: "session_expired", retryable: false, supportId: "sup_1" });
  assert.equal(requests.length, 1);
});

test("who only logs in does so by the skill that is there for it", async () => {
  answers = [{ body: { session_id: "2" } }];
  await open({ kind: "auth", clientId: "c", clientAppKey: "cak_1", tenantUserId: "customer-17" });
  assert.equal(requests[0].url, "https://v.example/sessions");
  const body = { client_id: "c", client_app_key: "cak_1", skill: "login_#1.0", tenant_user_id: "customer-17" };
  assert.deepEqual(JSON.parse(requests[0].body), body);
});

test("a browser that has logged in to a session opens it with what it got for it, and no other session", async () => {
  globalThis.sessionStorage = {};
  keepLogin("obtok_1", "logtok_1");
  answers = [{ body: {} }, { body: {} }, { body: {} }];
  await open(verify);
  await open({ ...verify, authToken: "obtok_2" });
  keepLogin("obtok_1");
  await open(verify);
  delete globalThis.sessionStorage;
  assert.deepEqual(requests.map(({ body }) => body), ['{"login_token":"logtok_1"}', "{}", "{}"]);
});

test("what is kept tells nobody the session's token", () => {
  globalThis.sessionStorage = {};
  keepLogin("obtok_abcdefghijklmnopqrstuvwxyz1234567890", "logtok_1");
  const [kept] = Object.entries(globalThis.sessionStorage);
  delete globalThis.sessionStorage;
  assert.deepEqual(kept, ["vestibule.34567890", "logtok_1"]);
});

test("a browser whose storage is blocked logs in once more, and that is all", async () => {
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    get() {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  });
  keepLogin("obtok_1", "logtok_1");
  answers = [{ body: { session_id: "1" } }];
  assert.deepEqual(await open(verify), { session_id: "1" });
  delete globalThis.sessionStorage;
  assert.equal(requests[0].body, "{}");
});

test("what a server is not set up for is not tried again", async () => {
  answers = [{ status: 501, body: { id: "sup_1", code: "login_unavailable", message: "This server sends no codes." } }];
  await assert.rejects(open({ kind: "auth", clientId: "c", clientAppKey: "cak_1" }), { code: "login_unavailable", retryable: false });
  assert.equal(requests.length, 1);
});

test("without a connection nothing is tried again before it is back", async () => {
  navigator.onLine = false;
  answers = [new TypeError("lost")];
  await assert.rejects(open(verify), { code: "offline", retryable: true });
  assert.equal(requests.length, 1);
});

test("a destroyed component asks no more", async () => {
  const life = new AbortController();
  answers = [new TypeError("lost")];
  const opening = open(verify, life.signal);
  await new Promise((resolve) => setTimeout(resolve, 20));
  life.abort(new Error("gone"));
  await assert.rejects(opening, { message: "gone" });
  assert.equal(requests.length, 1);
});
