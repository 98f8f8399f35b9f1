//! schemathesis asks a real server thousands of questions that the published document allows, and as many
//! that it forbids, with all checks on: is the answer one of those that are described, is what is forbidden
//! refused, is what is allowed taken, does nothing fail.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Server } from "../house/server.mjs";
import { settings } from "./settings.mjs";
import { town } from "./town.mjs";

const schemathesis = fileURLToPath(new URL("../../.tools/python/bin/schemathesis", import.meta.url));
const hooks = fileURLToPath(new URL("hooks.py", import.meta.url));

let server;
let folder;

before(async () => {
  // What is refused by the thousand is no attack here.
  server = await Server.start({ settings: { refusals_at_once: 1e9, refusals_per_minute: 60_000 } });
  folder = mkdtempSync(join(tmpdir(), "vestibule-openapi-"));
});

after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

test("what is published is what the server does", { timeout: 300_000 }, async () => {
  const { credentials, known } = await town(server);
  const [config, names] = ["schemathesis.toml", "known.json"].map((name) => join(folder, name));
  writeFileSync(config, settings(credentials, hooks));
  writeFileSync(names, JSON.stringify(known));
  const { status, output } = await run(["--config-file", config, "run", `${server.url}/openapi.json`], { VESTIBULE_KNOWN: names });
  assert.equal(status, 0, output);
});

/** Runs it and keeps what it says. */
function run(options, environment) {
  return new Promise((resolve) => {
    const child = spawn(schemathesis, options, { cwd: folder, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("close", (status) => resolve({ status, output }));
  });
}
