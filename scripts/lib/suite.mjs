//! Runs every test runner, shows what each says, and adds up what they count.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** How the runners write their counts. */
const cargo = { passed: /^ *test result: .* (\d+) passed/gm, failed: /^ *test result: .* (\d+) failed/gm };
const tap = { passed: /^# pass (\d+)/gm, failed: /^# fail (\d+)/gm };
const playwright = { passed: /^ +(\d+) passed/gm, failed: /^ +(\d+) (?:failed|did not run)/gm };
const plain = { passed: /^(\d+) passed/gm, failed: /passed, (\d+) failed/gm };

const wasm = "wasm-pack test --headless --chrome --mode no-install";
const runners = [
  ["lint", "scripts/lint", plain],
  ["protocol, vision and server", "cargo test -p vestibule-protocol -p vestibule-vision -p vestibule-vision-bench -p vestibule-server", cargo],
  ["flow, its pure parts", "cargo test -p vestibule-flow-ui --lib", cargo],
  ["flow, in Chromium", `${wasm} flow-ui`, cargo],
  ["sdk, in Chromium", `${wasm} sdk`, cargo],
  ["loader", "node --test --test-reporter tap sdk/npm/*.test.js", tap],
  ["tidy", "node --test --test-reporter tap tests/tidy/*.test.mjs", tap],
  ["size", "node tests/size.mjs", plain],
  ["the documents' requests", "node --test --test-reporter tap tests/seeds/*.test.mjs", tap],
  ["messages, at a mail server", "node --test --test-reporter tap tests/messages/*.test.mjs", tap],
  ["sample backends", "cargo build --quiet -p bank-backend && node --test --test-reporter tap tests/backends/*.test.mjs", tap],
  ["the published document, by schemathesis", "node --test --test-reporter tap tests/openapi/*.test.mjs", tap],
  ["recorded answers", "node tests/fixtures/record.mjs --check", plain],
  ["end to end", "playwright test", playwright],
];

// What people run is what is tested, whatever cargo has built since for its own tests.
process.env.VESTIBULE ??= fileURLToPath(new URL("../../target/release/vestibule", import.meta.url));

let passed = 0;
let failed = 0;
for (const [name, command, counts] of runners) {
  console.log(`\n=== ${name}: ${command}`);
  const { status, output } = await run(command);
  const bad = sum(output, counts.failed);
  passed += sum(output, counts.passed);
  // A runner that fails without counting why has failed once.
  failed += status === 0 ? bad : Math.max(bad, 1);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function run(command) {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (stream) => (chunk) => {
      output += chunk;
      stream.write(chunk);
    };
    child.stdout.on("data", keep(process.stdout));
    child.stderr.on("data", keep(process.stderr));
    child.on("close", (status) => resolve({ status, output }));
  });
}

function sum(output, pattern) {
  return [...output.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);
}
