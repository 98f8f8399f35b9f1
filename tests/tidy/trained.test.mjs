//! What was learned, was learned by the scripts that are here: each `net.txt`, `along.txt`, `looks.txt` and `sure.txt`
//! names the script that wrote the weights beside it, and its hash. Who changes a script trains anew, or says why not there.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const source = new URL("vision/src/", root);
const records = (await readdir(source, { recursive: true })).filter((path) => /\b(along|looks|net|net\.small|sure)\.txt$/.test(path));

test("there are networks, and what is made of them", () => assert.ok(records.length >= 5));

for (const path of records) {
  test(`${path} was made by a script that is here`, async () => {
    const record = await readFile(new URL(path, source), "utf8");
    const [, script, hash] = /^made by (\S+), sha256 ([0-9a-f]{64})$/m.exec(record) ?? [];
    assert.ok(script, "it names its script");
    assert.equal(createHash("sha256").update(await readFile(new URL(script, root))).digest("hex"), hash);
    assert.ok((await readFile(new URL(path.replace(/txt$/, "bin"), source))).length <= 12_000, "and is small");
  });
}
