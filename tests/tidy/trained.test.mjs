//! What was learned, was learned by the scripts that are here: each text beside weights names what made them, and both hashes.
//! Who changes a script trains anew, or says why not there.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const source = new URL("vision/src/", root);
const records = (await readdir(source, { recursive: true })).filter((path) => /\b(along|looks|net|ocrb|sure)\.txt$/.test(path));

test("there are networks, and what is made of them", () => assert.ok(records.length >= 6));

for (const path of records) {
  test(`${path} was made by scripts that are here`, async () => {
    const record = await readFile(new URL(path, source), "utf8");
    const made = [...record.matchAll(/^made by (\S+), sha256 ([0-9a-f]{64})$/gm)];
    assert.ok(made.length, "it names its scripts");
    for (const [, script, hash] of made) {
      assert.equal(digest(await readFile(new URL(script, root))), hash, script);
    }
    const weights = await readFile(new URL(path.replace(/txt$/, "bin"), source));
    assert.equal(/^weights, sha256 ([0-9a-f]{64})$/m.exec(record)?.[1], digest(weights), "these are the weights that it tells of");
    assert.ok(weights.length <= 18_000, "and is small");
  });
}

function digest(content) {
  return createHash("sha256").update(content).digest("hex");
}
