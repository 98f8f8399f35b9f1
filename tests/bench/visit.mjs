//! One person at the camera: a real server, a real Chromium whose camera plays a film, and what is noted meanwhile.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "@playwright/test";
import e2e from "../../playwright.config.mjs";
import { Person } from "../e2e/actors/person.mjs";
import { Camera } from "../house/camera.mjs";
import { launchOptions, turnTheCamera } from "../house/chromium.mjs";
import { film } from "../house/films.mjs";
import { Server } from "../house/server.mjs";
import { Tenant } from "../house/tenant.mjs";
import { recordPage, workerPrelude } from "./recorder.mjs";

/** The document that a person chooses for a film, and whether its front is out of the way before. */
const documents = {
  "card-arrives": ["Identity card"],
  passport: ["Passport"],
  "licence-back": ["Driving licence", "id-card-front.jpg"],
  empty: ["Passport"],
};

/** How people hold a camera, by the device on which they do. */
const held = { desktop: "across", phone: "upright" };

export class Bench {
  #folder = mkdtempSync(join(tmpdir(), "vestibule-bench-"));
  #server;

  static async open() {
    const bench = new Bench();
    bench.#server = await Server.start({ skills: fileURLToPath(new URL("../fixtures/skills", import.meta.url)) });
    return bench;
  }

  async close() {
    await this.#server.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /**
   * Lets a person come to the camera on this `device` (`desktop` or `phone`), `slower` so many times, where it plays this
   * film, of this `index` of the tuning seeds if there is one. Gives what `during` gives, which is called when the video
   * moves, with the page, the person and the browser.
   */
  async visit({ device, slower = 1, name, index }, during) {
    const camera = new Camera(join(this.#folder, "film.mjpeg"));
    const { viewport, deviceScaleFactor, isMobile, hasTouch } = e2e.projects.find((project) => project.name === device).use;
    const browser = await chromium.launch(launchOptions(camera));
    try {
      const settings = { viewport, deviceScaleFactor, isMobile, hasTouch, locale: "en-GB", permissions: ["camera"] };
      const page = await browser.newPage(settings);
      if (isMobile) await page.addInitScript(turnTheCamera);
      await page.addInitScript(recordPage);
      await page.route("**/sight-worker-*", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: workerPrelude(slower) + (await response.text()) });
      });
      const devtools = await page.context().newCDPSession(page);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
      const person = new Person(page, camera, this.#server);
      await this.#comesToTheCamera(person, ...documents[name]);
      camera.plays(film(name, { index, held: held[device], marked: true }));
      await person.presses("Open camera");
      await page.waitForFunction(() => window.record.frames.length > 0);
      return await during({ page, person, browser, devtools });
    } finally {
      await browser.close();
    }
  }

  /** Brings a person to the photograph of this document, and waits as long as people read what is to be done. */
  async #comesToTheCamera(person, document, front) {
    const tenant = new Tenant(this.#server);
    const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["document_first_#1.0"] });
    await person.opens(body.link);
    await person.starts();
    await person.chooses(document);
    if (front) {
      await person.uploads(front);
      await person.sees("Now photograph the back");
    }
    await person.page.waitForFunction(() => window.record.started);
  }
}
