//! E-mail, as a mail server takes it and a mail reader reads it: neither is ours.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { after, before, beforeEach, describe, test } from "node:test";
import { promisify } from "node:util";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { binary } from "../house/server.mjs";

const run = promisify(execFile);

/** What was taken: each with its envelope, and as a mail reader reads it. */
const taken = [];
const credentials = [];
let server;

before(async () => {
  server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (auth, _session, done) => {
      credentials.push(auth);
      done(null, { user: auth.username });
    },
    onRcptTo: ({ address }, _session, done) => done(address.startsWith("nobody@") ? Object.assign(new Error("no such mailbox"), { responseCode: 550 }) : null),
    onData: async (stream, session, done) => {
      taken.push({ envelope: session.envelope, mail: await simpleParser(stream) });
      done();
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
});
after(() => new Promise((closed) => server.close(closed)));
beforeEach(() => {
  taken.length = 0;
});

/** Has the server's program send a message. */
function tryMessage(...args) {
  const { port } = server.server.address();
  const settings = { VESTIBULE_SMTP_URL: `smtp://127.0.0.1:${port}?tls=none`, VESTIBULE_MAIL_FROM: "Größte Bank <no-reply@bank.example>" };
  return run(binary(), ["try-message", ...args], { env: { ...process.env, ...settings } });
}

const languages = {
  en: ["en-US", "Your code for Größte Bank", "10 minutes"],
  de: ["de-AT", "Ihr Code für Größte Bank", "10 Minuten"],
  es: ["es-419", "Su código para Größte Bank", "10 minutos"],
  fr: ["fr", "Votre code pour Größte Bank", "10 minutes"],
};

describe("a code by e-mail", () => {
  for (const [language, [tag, subject, life]] of Object.entries(languages)) {
    test(`is read in ${language}`, async () => {
      const { stdout } = await tryMessage("--to", "jane@post.example", "--language", tag, "--name", "Größte Bank");
      assert.equal(stdout, "It was taken.\n");
      assert.equal(taken.length, 1);
      const [{ envelope, mail }] = taken;
      assert.equal(envelope.mailFrom.address, "no-reply@bank.example");
      assert.deepEqual(envelope.rcptTo.map(({ address }) => address), ["jane@post.example"]);
      assert.deepEqual(mail.from.value, [{ address: "no-reply@bank.example", name: "Größte Bank" }]);
      assert.equal(mail.subject, subject);
      assert.equal(mail.headers.get("auto-submitted"), "auto-generated");
      assert.equal(mail.headers.get("content-language"), language);
      assert.equal(mail.headers.get("content-type").value, "multipart/alternative");
      assert.match(mail.messageId, /^<ltr_\w{22}@bank\.example>$/);
      assert.ok(Math.abs(mail.date - Date.now()) < 60_000, `${mail.date}`);
      assert.deepEqual(mail.attachments, []);
      const paragraphs = mail.text.trim().split("\n\n");
      assert.equal(paragraphs[1], "000000");
      assert.ok(paragraphs[2].includes(life), mail.text);
      assert.match(mail.html, new RegExp(`<html lang="${language}">`));
      for (const paragraph of paragraphs) assert.ok(mail.html.includes(paragraph.replaceAll("'", "&#39;")), paragraph);
      assert.doesNotMatch(mail.html, /https?:|src=|href=|url\(|@import|<script/, "nothing is fetched, and nothing leads away");
    });
  }
});

test("an address that is refused is said to be", async () => {
  const failed = await tryMessage("--to", "nobody@post.example").catch((error) => error);
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /status 550/);
  assert.doesNotMatch(failed.stderr, /nobody@/);
  assert.equal(taken.length, 0);
});

test("a password is never sent in the clear", async () => {
  const { port } = server.server.address();
  const env = { ...process.env, VESTIBULE_MAIL_FROM: "no-reply@bank.example" };
  for (const query of ["?tls=none", ""]) {
    const settings = { ...env, VESTIBULE_SMTP_URL: `smtp://bank:secret@127.0.0.1:${port}${query}` };
    const failed = await run(binary(), ["try-message", "--to", "jane@post.example"], { env: settings }).catch((error) => error);
    assert.equal(failed.code, 1, "the server offers AUTH and no encryption");
  }
  assert.deepEqual([credentials.length, taken.length], [0, 0]);
});
