//! The house as it is keeps every law.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readHouse } from "./house.mjs";
import { laws } from "./laws.mjs";

const house = readHouse();

for (const [law, check] of Object.entries(laws)) {
  test(law, () => {
    assert.deepEqual(check(house), []);
  });
}
