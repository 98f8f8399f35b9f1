//! Each law can be broken: in a small house that keeps them all, one file is changed, and just the law
//! that it breaks complains.

import assert from "node:assert/strict";
import { test } from "node:test";
import { breaches, laws } from "./laws.mjs";

/** A house that keeps every law. */
const sound = {
  "protocol/Cargo.toml": '[package]\nname = "vestibule-protocol"\n[dependencies]\nserde.workspace = true\n',
  "flow-ui/Cargo.toml": "[dependencies]\nvestibule-protocol.workspace = true\n",
  "server/Cargo.toml": "[dependencies]\nvestibule-protocol.workspace = true\n",
  "server/src/engine/plan.rs": "//! What comes next.\n",
  "flow-ui/src/screens/done.rs": "//! The end.\nfn words() -> Message { Message::DoneTitle }\n",
  "protocol/src/message.rs": '//! Texts.\nmessages! {\n    DoneTitle = "done.title",\n}\n',
  "protocol/src/field/identifier.rs": '//! Names.\nmatch name { "id.dob" => 1 }\n',
  "sdk/npm/index.js": '//! The loader.\nconst words = { offline: 1 };\nsay("frame.close"); say(`frame.${key}`);\n',
  "www/verify/index.html": '<link rel="stylesheet" href="./page.css"><script type="module" src="./main.js"></script>\n',
  "flow-ui/locales/en.json": '{"done.title": "Done, {name}", "field.id.dob": "Birthday", "frame.close": "Close", "frame.offline": "Offline", "guide.still": "Still"}',
  "flow-ui/locales/de.json": '{"done.title": "Fertig, {name}", "field.id.dob": "Geburtstag", "frame.close": "Zu", "frame.offline": "Offline", "guide.still": "Still"}',
  "vision/src/guide/hint.rs": '//! Hints.\nmatch self { Self::Still => "still", Self::Seek => "seek" }\n',
  "package-lock.json": '"version": "1.0.0"\n',
  "ARCHITECTURE.md": "**Invariant:** a thing holds.\n".repeat(8),
};

function house(files) {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

test("a sound house has no breach", () => {
  assert.deepEqual(breaches(house(sound)), []);
});

const offences = {
  "a crate names only the crates that it may": [
    { "server/Cargo.toml": 'vestibule-flow-ui = { path = "../flow-ui" }\n' },
    { "protocol/Cargo.toml": "vestibule-server.workspace = true\n" },
  ],
  "a pure module names no effect": [
    { "server/src/engine/plan.rs": "//! What comes next.\nuse crate::store::Store;\n" },
    { "protocol/src/now.rs": "//! Now.\nuse std::time::SystemTime;\n" },
    { "vision/src/mrz/mod.rs": "//! A zone.\nuse std::fs::File;\n" },
    { "flow-ui/src/machine/mod.rs": "//! The machine.\nuse web_sys::Blob;\n" },
  ],
  "every call of the API is published": [
    { "server/src/api/steps/mod.rs": '//! Steps.\nRouter::new().route("/secret", get(secret))\n' },
    { "server/src/api/omni/mod.rs": '//! Omni.\nRouter::new().nest("/0", calls())\n' },
  ],
  "the first line of a source file says what the room is for": [{ "server/src/a.rs": "use std::fmt;\n" }, { "tests/a.mjs": "//!\n" }],
  "a source file has at most 500 lines": [{ "server/src/a.rs": "//! Long.\n" + "\n".repeat(500) }],
  "nothing is left to do": [{ "server/src/a.rs": "//! Short.\n// TODO: more\n" }, { "server/src/a.rs": "//! Short.\ntodo!()\n" }],
  "a lint is expected with a reason, never allowed": [
    { "server/src/a.rs": "//! Loose.\n#[allow(dead_code)]\n" },
    { "server/src/a.rs": "//! Loose.\n#[expect(dead_code)]\n" },
  ],
  "what browsers load names no third party": [
    { "www/demo/main.js": '//! Demo.\nimport("https://cdn.jsdelivr.net/x.js");\n' },
    { "flow-ui/styles/a.css": "@import url(//fonts.googleapis.com/css);\n" },
  ],
  "nothing is styled or scripted in the markup": [
    { "www/demo/index.html": '<p style="color: red">\n' },
    { "www/demo/index.html": "<script>go()</script>\n" },
    { "www/demo/index.html": '<button onclick="go()">\n' },
  ],
  "the lock file of the packages names no host": [
    { "package-lock.json": '"resolved": "https://npm.example.net/a/-/a-1.0.0.tgz"\n' },
  ],
  "nothing tells of the machine on which it was written": [{ "scripts/setup": "cd /root/projects\n" }],
  "no name says nothing": [{ "server/src/utils.rs": "//! Bits.\n" }, { "server/src/a.rs": "//! A.\nstruct SessionManager;\n" }],
  "the architecture states its invariants": [{ "ARCHITECTURE.md": "All is well.\n" }],
  "every text that is used exists in every language": [
    { "protocol/src/field/identifier.rs": '//! Names.\nmatch name { "id.dob" => 1, "id.zip" => 2 }\n' },
    { "protocol/src/field/identifier.rs": '//! Names.\nmatch name { "id.dob" => choice(&["young"]) }\n' },
    { "protocol/src/field/owner.rs": '//! Owners.\nconst OWNER_MEMBERS: [(&str, Format); 1] = [("email", Format::Email)];\n' },
    { "protocol/src/field/place.rs": '//! Places.\nconst US_STATES: &str = "AL";\n' },
    { "vision/src/guide/hint.rs": '//! Hints.\nmatch self { Self::Still => "still", Self::Closer => "closer" }\n' },
    { "flow-ui/locales/de.json": '{"done.title": "Fertig, {name}", "field.id.dob": "Geburtstag", "frame.close": "Zu"}' },
    {
      "flow-ui/locales/de.json":
        '{"done.title": "Fertig", "field.id.dob": "Geburtstag", "frame.close": "Zu", "frame.offline": "Offline"}',
    },
  ],
  "every text that exists is used": [
    { "sdk/npm/index.js": '//! The loader.\nsay("frame.close");\n' },
    { "flow-ui/src/screens/done.rs": "//! The end.\n" },
  ],
};

for (const [law, changes] of Object.entries(offences)) {
  test(`broken: ${law}`, () => {
    for (const change of changes) {
      const broken = breaches(house({ ...sound, ...change }));
      assert.ok(broken.length > 0, `nobody noticed ${JSON.stringify(change)}`);
      for (const breach of broken) assert.ok(breach.startsWith(`${law}: `), breach);
    }
  });
}

test("every law is broken once", () => {
  assert.deepEqual(Object.keys(offences), Object.keys(laws));
});
