//! The camera that sees: what it says to a person, the picture that is taken by itself, what it reads, and that
//! all goes on without it. The camera plays films of made-up documents.

import { fileURLToPath } from "node:url";
import { film } from "../house/films.mjs";
import { Server } from "../house/server.mjs";
import { test as base, expect } from "./house.mjs";

const test = base.extend({
  /** A server with a skill that begins with the document. */
  server: async ({}, use) => {
    const server = await Server.start({ skills: fileURLToPath(new URL("../fixtures/skills", import.meta.url)) });
    await use(server);
    await server.stop();
  },
});

test.setTimeout(90_000);

test.beforeAll(() => {
  test.setTimeout(400_000);
  for (const name of ["card-arrives", "empty", "passport", "licence-back"]) film(name);
});

/** Brings a person to the photograph of this document, which comes first. */
async function comesToTheCamera(person, tenant, document) {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["document_first_#1.0"] });
  await person.opens(body.link);
  await person.starts();
  await person.chooses(document);
  await expect(person.button("Open camera")).toBeVisible();
}

/** Notes every hint that is shown, in order. */
async function noteHints(page) {
  await page.addInitScript(() => {
    window.hints = [];
    setInterval(() => {
      const words = document.querySelector("vestibule-frame")?.shadowRoot?.querySelector(".told[aria-hidden]")?.textContent;
      if (words && words !== window.hints.at(-1)) window.hints.push(words);
    }, 50);
  });
  return () => page.evaluate(() => window.hints);
}

test("a card that is far, then blurred, then mirrors a lamp is told of each in turn, and taken once it lies still", async ({ page, person, tenant }) => {
  const hints = await noteHints(page);
  await comesToTheCamera(person, tenant, "Identity card");
  person.camera.plays(film("card-arrives"));
  await person.presses("Open camera");
  await expect(person.taken).toBeVisible({ timeout: 30_000 });
  const told = await hints();
  const wrong = ["Fit the front into the frame", "Move closer", "Hold still", "Too much glare: tilt it a little"];
  expect(told.filter((hint) => hint !== "Good. Hold still")).toEqual(wrong);
  await expect(page.getByRole("img", { name: "The photo that you took" })).toBeVisible();
  await person.accepts();
  await person.sees("Now photograph the back");
});

test("a desk on which nothing lies is never taken, and the button is offered", async ({ page, person, tenant }) => {
  await comesToTheCamera(person, tenant, "Passport");
  person.camera.plays(film("empty"));
  await person.presses("Open camera");
  await expect(page.locator(".seeing")).toBeVisible();
  await expect(page.getByText("You can also take the photo yourself.")).toBeVisible({ timeout: 20_000 });
  await expect(person.taken).toHaveCount(0);
  await person.presses("Take photo");
  await person.sees("Is it sharp and complete?");
});

test("a passport is read, and fills the form", async ({ page, person, tenant }) => {
  await comesToTheCamera(person, tenant, "Passport");
  person.camera.plays(film("passport"));
  await person.presses("Open camera");
  await expect(person.heading("Is this right?")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("definition").filter({ hasText: /^HAYES$/ })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: /^FATIMA$/ })).toBeVisible();
  await person.presses("Yes, this is right");
  await person.sees("Your details");
  await expect(page.getByText("We filled in what your document says.")).toBeVisible();
  await expect(person.field("Last name")).toHaveValue("HAYES");
  await expect(person.field("First names")).toHaveValue("FATIMA");
  await expect(person.field("Year")).toHaveValue("2008");
  await expect(page.getByLabel("Passport number")).toHaveValue("A9ZVE0G4Z");

  await test.step("what is typed instead is asked about once", async () => {
    await person.field("Last name").fill("Hays");
    await person.presses("Continue");
    await person.sees("Check your answers");
    await expect(page.getByText("Last name: your document says HAYES, you entered Hays.")).toBeVisible();
    await person.presses("What the document says");
    await person.sees("Your details");
    await expect(person.field("Last name")).toHaveValue("HAYES");
    await person.field("Last name").fill("Hays");
    await person.presses("Continue");
    await person.sees("Check your answers");
    await page.waitForTimeout(500);
    await expect(page.getByText("Which is right?")).toHaveCount(0);
  });
});

test("the barcode of a licence is read, with the address", async ({ page, person, tenant }) => {
  await comesToTheCamera(person, tenant, "Driving licence");
  await person.uploads("id-card-front.jpg");
  await person.sees("Now photograph the back");
  person.camera.plays(film("licence-back"));
  await person.presses("Open camera");
  await expect(person.heading("Is this right?")).toBeVisible({ timeout: 30_000 });
  await person.presses("Yes, this is right");
  await person.sees("Your details");
  await expect(person.field("Last name")).toHaveValue("HAYES");
  await expect(page.getByLabel("Address")).toHaveValue("5855 WEST BROAD STREET");
  await expect(page.getByLabel("Town or city")).toHaveValue("SPRINGFIELD");
});

test("nothing of it is loaded before a camera is near", async ({ page, person, tenant }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["document_first_#1.0"] });
  await person.opens(body.link);
  await person.starts();
  await person.sees("Choose your document");
  expect(asked.filter((url) => url.includes("sight"))).toEqual([]);
  await person.chooses("Passport");
  await expect.poll(() => asked.filter((url) => /sight-[^/]*\.wasm$/.test(url)).length).toBe(1);
});

test.describe("without it one takes the picture by hand", () => {
  const lacks = {
    "the worker never answers": (page) => page.route("**/sight-worker-*", () => {}),
    "the worker cannot be loaded": (page) => page.route("**/sight-worker-*", (route) => route.abort()),
    "its module cannot be loaded": (page) => page.route("**/sight*.wasm", (route) => route.fulfill({ status: 404 })),
    "its script cannot be loaded": (page) => page.route(/\/sight-(?!worker)[^/]*\.js$/, (route) => route.abort()),
    "the browser has no OffscreenCanvas": (page) => page.addInitScript(() => delete window.OffscreenCanvas),
    "workers of this origin may not be made": (page) =>
      page.addInitScript(() => {
        window.Worker = class {
          constructor() {
            throw new DOMException("Script at another origin", "SecurityError");
          }
        };
      }),
  };
  for (const [name, lack] of Object.entries(lacks)) {
    test(name, async ({ page, person, tenant }) => {
      await lack(page);
      await comesToTheCamera(person, tenant, "Passport");
      await person.presses("Open camera");
      await expect(page.getByRole("status").filter({ hasText: /^Fit / })).toBeVisible();
      await person.presses("Take photo");
      await person.sees("Is it sharp and complete?");
      await person.accepts();
      await person.sees("Your details");
    });
  }
});

test("a worker that stops answering is given up, and the button goes on", async ({ page, person, tenant }) => {
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message[1] === "see") message[2][0].close();
      else post.call(this, message, ...rest);
    };
  });
  await comesToTheCamera(person, tenant, "Passport");
  await person.presses("Open camera");
  await expect(page.getByRole("status").filter({ hasText: /^Fit / })).toBeVisible();
  await page.waitForTimeout(10_500);
  await person.presses("Take photo");
  await person.sees("Is it sharp and complete?");
});

test("where there are no vectors, no VideoFrame and no frame callback it sees all the same", async ({ page, person, tenant }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.addInitScript(() => {
    delete window.VideoFrame;
    delete HTMLVideoElement.prototype.requestVideoFrameCallback;
  });
  await page.route("**/sight-worker-*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `WebAssembly.validate = () => false;\n${await response.text()}` });
  });
  await comesToTheCamera(person, tenant, "Passport");
  person.camera.plays(film("passport"));
  await person.presses("Open camera");
  await expect(person.taken).toBeVisible({ timeout: 30_000 });
  expect(asked.some((url) => url.includes("sight-plain"))).toBe(true);
});

test("destroyed in the middle it leaves no worker", async ({ page, person, tenant }) => {
  await comesToTheCamera(person, tenant, "Passport");
  person.camera.plays(film("empty"));
  await person.presses("Open camera");
  await expect(page.locator(".seeing")).toBeVisible();
  expect(page.workers()).toHaveLength(1);
  await page.evaluate(() => document.querySelector("vestibule-frame").remove());
  await expect.poll(() => page.workers().length).toBe(0);
});
