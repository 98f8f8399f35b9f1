//! Opening a session: what is sent, what is tried again, and what a refusal becomes.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
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

test("what is not built on the server is not tried again", async () => {
  answers = [{ status: 501, body: { id: "sup_1", code: "login_unavailable", message: "Changing log-in methods is not available on this server yet." } }];
  await assert.rejects(open({ kind: "update_login_methods", authToken: "obtok_1" }), { code: "login_unavailable", retryable: false });
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
