//! What every end-to-end test stands in: a server of its own, the actors, and the laws that are
//! watched the whole time: nothing breaks the content security policy, no request leaves the origin,
//! and nothing personal stands in an address, in the server's log or in the clear on its disk.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test as base, expect } from "@playwright/test";
import { hers } from "../house/anna.mjs";
import { Camera } from "../house/camera.mjs";
import { launchOptions, turnTheCamera } from "../house/chromium.mjs";
import { Server } from "../house/server.mjs";
import { Tenant } from "../house/tenant.mjs";
import { HostPage } from "./actors/host-page.mjs";
import { Person } from "./actors/person.mjs";

export { expect };

/** A server at which people make passkeys: browsers keep them from addresses in numbers. */
export const loginServer = { host: "localhost", skills: fileURLToPath(new URL("../fixtures/skills", import.meta.url)) };

/** Somebody else's page, which a test makes up to lay the tenant's page in a frame of it. */
export const elsewhere = "http://elsewhere.localhost/";

export const test = base.extend({
  /** The camera of this worker's browser. */
  camera: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "vestibule-film-"));
      await use(new Camera(join(folder, "film.mjpeg")));
      rmSync(folder, { recursive: true });
    },
    { scope: "worker" },
  ],

  launchOptions: [
    async ({ camera }, use) => use(launchOptions(camera)),
    { scope: "worker", option: true },
  ],

  /** How the server is started. */
  serverOptions: [{}, { option: true }],

  /** A server with a data folder of its own. */
  server: async ({ serverOptions }, use) => {
    const server = await Server.start(serverOptions);
    await use(server);
    const { atRest, log } = server;
    expect(atRest.length, "there is a data folder to look into").toBeGreaterThan(0);
    await server.stop();
    for (const word of [...hers, "JFIF"]) {
      expect(log.includes(word), `the server's log has "${word}"`).toBe(false);
      expect(atRest.includes(word), `the data folder has "${word}" in the clear`).toBe(false);
    }
  },

  /** The business that integrates. */
  tenant: async ({ server }, use) => use(new Tenant(server)),

  /** Watches the laws on every page of the test. */
  context: async ({ context, server, camera, isMobile }, use) => {
    camera.held = isMobile ? "upright" : "across";
    camera.shows("passport");
    if (isMobile) await context.addInitScript(turnTheCamera);
    const breaches = [];
    await context.exposeBinding("reportBreach", (_, breach) => breaches.push(breach));
    await context.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", (event) => {
        // What a test itself runs in the page has no source: axe tries an inline style, in vain.
        if (!event.sourceFile) return;
        window.reportBreach(`${event.effectiveDirective} blocked ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
      }),
    );
    context.on("request", (request) => {
      const url = request.url();
      const made = url === elsewhere && request.isNavigationRequest();
      if (!url.startsWith(`${server.url}/`) && !url.startsWith("blob:") && !made) breaches.push(`${url} was asked for`);
      for (const word of hers) if (decodeURIComponent(url).includes(word)) breaches.push(`${url} has personal data`);
    });
    context.on("weberror", (error) => breaches.push(`uncaught: ${error.error().stack ?? error.error()}`));
    await use(context);
    expect(breaches, "no breach on any page").toEqual([]);
  },

  /** The person before the page. */
  person: async ({ page, camera, server }, use) => use(new Person(page, camera, server)),

  /** The demo bank's page in the person's browser. */
  hostPage: async ({ page, server }, use) => use(new HostPage(page, server)),
});
