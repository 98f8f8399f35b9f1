//! Debug.
import { fileURLToPath } from "node:url";
import { film } from "../house/films.mjs";
import { Server } from "../house/server.mjs";
import { test as base, expect } from "./house.mjs";
const test = base.extend({
  server: async ({}, use) => {
    const server = await Server.start({ skills: fileURLToPath(new URL("../fixtures/skills", import.meta.url)) });
    await use(server);
    await server.stop();
  },
});
test.setTimeout(120_000);
for (const [name, doc, scene] of [["passport", "Passport"], ["card-arrives", "Identity card"]]) test(name, async ({ page, person, tenant }) => {
  await page.addInitScript(() => {
    window.log = [];
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (m, ...rest) {
      if (!this.seen) { this.seen = true; this.addEventListener("message", ({ data }) => { if (data[1]?.hint) { const { outline, picture, ...r } = data[1]; window.log.push([Math.round(performance.now()), r.hint, r.raw ?? "", r.keep, r.take, outline ? outline.map(Math.round).join(",") : ""].join(" ")); } else window.log.push(JSON.stringify(data)); }); }
      if (m[1] === "see") window.log.push(`${Math.round(performance.now())} see ${JSON.stringify(m[2][1])}`);
      return post.call(this, m, ...rest);
    };
  });
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["document_first_#1.0"] });
  await person.opens(body.link);
  await person.starts();
  await person.chooses(doc);
  person.camera.plays(film(name));
  await person.presses("Open camera");
  await page.waitForTimeout(13000);
  await page.screenshot({ path: `/tmp/dbg-${name}.png` });
  console.log((await page.evaluate(() => window.log)).slice(0, 150).join("\n"));
});
