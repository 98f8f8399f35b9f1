//! What `init` refuses, and with which sentence; and that a server may import the package.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions } from "./src/options.js";

const verify = { kind: "verify", authToken: "obtok_1" };
const skill = { kind: "skill", clientId: "c", clientAppKey: "cak_1", skill: "kyc_basic_#1.0" };

const refused = [
  [undefined, 'init: the option "kind" must be "verify" or "onboard" or "inherit" or "update_login_methods" or "auth" or "skill".'],
  [null, 'init: the option "kind" must be "verify" or "onboard" or "inherit" or "update_login_methods" or "auth" or "skill".'],
  [{ ...verify, kind: "toString" }, 'init: the option "kind" must be "verify" or "onboard" or "inherit" or "update_login_methods" or "auth" or "skill".'],
  [{ kind: "inherit" }, 'init: the option "authToken" must be a filled string.'],
  [{ kind: "update_login_methods", authToken: "obtok_1", skill: "x" }, 'init: kind "update_login_methods" takes no option "skill".'],
  [{ kind: "auth" }, 'init: the option "authToken" must be a filled string.'],
  [{ kind: "auth", clientId: "c" }, 'init: the option "clientAppKey" must be a filled string.'],
  [{ kind: "auth", clientId: "c", clientAppKey: "cak_1", authToken: "obtok_1" }, 'init: kind "auth" takes no option "authToken".'],
  [{ kind: "auth", clientId: "c", clientAppKey: "cak_1", skill: "x" }, 'init: kind "auth" takes no option "skill".'],
  [{ kind: "verify" }, 'init: the option "authToken" must be a filled string.'],
  [{ ...verify, authToken: "  " }, 'init: the option "authToken" must be a filled string.'],
  [{ ...verify, authToken: 7 }, 'init: the option "authToken" must be a filled string.'],
  [{ ...skill, clientAppKey: undefined }, 'init: the option "clientAppKey" must be a filled string.'],
  [{ ...skill, tenantUserId: "" }, 'init: the option "tenantUserId" must be a filled string.'],
  [{ ...skill, authToken: "obtok_1" }, 'init: kind "skill" takes no option "authToken".'],
  [{ ...verify, onCompleted() {} }, 'init: kind "verify" takes no option "onCompleted".'],
  [{ ...verify, onComplete: "done" }, 'init: the option "onComplete" must be a function.'],
  [{ ...verify, variant: "popup" }, 'init: the option "variant" must be "modal" or "drawer" or "inline".'],
  [{ ...verify, variant: "inline" }, 'init: the option "containerId" must be a filled string.'],
  [{ ...verify, server: "verify.example.com" }, 'init: the option "server" must be an origin such as "https://verify.example.com".'],
  [{ ...verify, server: "https://verify.example.com/path" }, 'init: the option "server" must be an origin such as "https://verify.example.com".'],
  [{ ...verify, server: "javascript:alert(1)" }, 'init: the option "server" must be an origin such as "https://verify.example.com".'],
];

for (const [options, message] of refused) {
  test(message, () => {
    assert.throws(() => readOptions(options), { name: "TypeError", message });
  });
}

test("what is right is taken as it is, with the default variant", () => {
  assert.deepEqual(readOptions(verify), { ...verify, variant: "modal" });
  const whole = { ...skill, tenantUserId: "customer-17", variant: "inline", containerId: "here", server: "https://v.example" };
  assert.deepEqual(readOptions(whole), whole);
});

test("a page that only lets people log in starts the session itself, or opens the one of its backend", () => {
  const own = { kind: "auth", clientId: "c", clientAppKey: "cak_1", tenantUserId: "customer-17" };
  assert.deepEqual(readOptions(own), { ...own, variant: "modal" });
});

test("a session that a backend started is opened whatever it was started for, by a token of any form", () => {
  const jwt = `${"e".repeat(120)}.${"y".repeat(180)}.${"J".repeat(43)}`;
  for (const kind of ["verify", "onboard", "inherit", "update_login_methods", "auth"]) {
    assert.deepEqual(readOptions({ kind, authToken: jwt }), { kind, authToken: jwt, variant: "modal" });
  }
});

test("the built package can be imported and initialised on a server", async () => {
  assert.equal(typeof globalThis.window, "undefined");
  const { default: vestibule, init, VestibuleError } = await import("../../dist/npm/index.js");
  assert.equal(vestibule.init, init);
  const component = init(verify);
  component.destroy();
  component.destroy();
  const error = new VestibuleError({ code: "internal", message: "It failed.", retryable: true, supportId: "sup_1" });
  assert.ok(error instanceof Error);
  assert.deepEqual({ ...error }, { name: "VestibuleError", code: "internal", retryable: true, supportId: "sup_1" });
});
