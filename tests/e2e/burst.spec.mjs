//! The burst: pictures that the camera takes in a row with a selfie, from its shutter to the provider's door. And that
//! nobody loses their selfie by it.

import { fileURLToPath } from "node:url";
import { Engine } from "../house/engine.mjs";
import { Tenant } from "../house/tenant.mjs";
import { test as base, expect } from "./house.mjs";

const skills = fileURLToPath(new URL("../fixtures/skills", import.meta.url));

/** What the operator sets of the burst. */
const wanted = { provider_burst: 3, provider_burst_apart: 100 };

const test = base.extend({
  /** The provider of the operator. */
  engine: async ({}, use) => {
    const engine = await Engine.open();
    await use(engine);
    await engine.close();
  },

  burst: [wanted, { option: true }],

  serverOptions: async ({ engine, burst }, use) => use({ skills, settings: { ...engine.settings, ...burst } }),

  /** A business whose people are real: nobody of the sandbox is sent to the operator's provider. */
  tenant: async ({ server }, use) => use(Tenant.register(server, skills)),
});

/** Brings a person to their selfie, which comes first. */
async function comesToTheSelfie(person, tenant) {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["liveness_#1.0"].playbook_key });
  person.camera.shows("selfie");
  await person.opens(body.link);
  await person.starts();
  await person.sees("Take a picture of yourself");
}

/** Uses the picture that was taken, and goes on to the end. */
async function comesToTheEnd(person) {
  await person.accepts();
  await person.confirms();
  await person.sees("Thank you, that is all");
}

/** What the engine got of the selfie: its bytes, and those of its burst. */
async function received(engine) {
  const { check, pictures } = await engine.question(1);
  expect([check, pictures.length]).toEqual(["liveness", 1]);
  const [{ content, burst }] = pictures;
  return { selfie: Buffer.from(content, "base64"), burst: burst?.map((frame) => Buffer.from(frame.content, "base64")) };
}

/** The longer side of a JPEG, in pixels: its frame header says both (ITU-T T.81, B.2.2). */
function longestSide(jpeg) {
  for (let at = 2; ; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const [mark, kind] = [jpeg[at], jpeg[at + 1]];
    if (mark !== 0xff) throw new Error("this is no JPEG");
    if (kind >= 0xc0 && kind <= 0xc2) return Math.max(jpeg.readUInt16BE(at + 5), jpeg.readUInt16BE(at + 7));
  }
}

const announcement = "The camera takes a few pictures in a row, to check that you are there.";

test("the provider gets as many pictures as it wants, which are small", async ({ engine, page, person, tenant }) => {
  await comesToTheSelfie(person, tenant);
  await expect(page.getByText(announcement)).toBeVisible();
  await person.presses("Open camera");
  await person.shoots();
  await comesToTheEnd(person);
  const { selfie, burst } = await received(engine);
  expect(burst.length).toBe(3);
  for (const frame of burst) {
    expect(longestSide(frame)).toBeLessThanOrEqual(640);
    expect(frame.length).toBeLessThan(Math.min(60_000, selfie.length));
  }
});

test("a retake brings a burst of its own", async ({ engine, person, tenant }) => {
  await comesToTheSelfie(person, tenant);
  await person.presses("Open camera");
  await person.shoots();
  await person.presses("Take it again");
  await person.shoots();
  await comesToTheEnd(person);
  expect((await received(engine)).burst.length).toBe(3);
});

test("a selfie that was chosen from files comes without, and goes through", async ({ engine, person, tenant }) => {
  await comesToTheSelfie(person, tenant);
  await person.uploads("selfie.jpg");
  await person.confirms();
  await person.sees("Thank you, that is all");
  expect((await received(engine)).burst).toEqual([]);
});

test("a device with too little memory for a burst sends the selfie", async ({ engine, page, person, tenant }) => {
  await page.addInitScript(() => {
    const write = HTMLCanvasElement.prototype.toBlob;
    HTMLCanvasElement.prototype.toBlob = function (take, type, quality) {
      if (quality < 0.9) take(null);
      else write.call(this, take, type, quality);
    };
  });
  await comesToTheSelfie(person, tenant);
  await person.presses("Open camera");
  await person.shoots();
  await comesToTheEnd(person);
  const { selfie, burst } = await received(engine);
  expect([selfie.length > 10_000, burst]).toEqual([true, []]);
});

test.describe("a burst that takes its time", () => {
  test.use({ burst: { provider_burst: 5, provider_burst_apart: 500 } });

  test("says what to do, and a camera that is taken away costs no selfie", async ({ engine, page, person, tenant }) => {
    await page.addInitScript(() => {
      if (!navigator.mediaDevices) return;
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (constraints) => {
        const stream = await open(constraints);
        window.track = stream.getVideoTracks()[0];
        return stream;
      };
    });
    await comesToTheSelfie(person, tenant);
    await person.presses("Open camera");
    const shutter = page.locator("button.shutter:not([aria-disabled])");
    await shutter.click();
    await expect(page.getByRole("status").filter({ hasText: "Keep looking at the camera" })).toBeVisible();
    await expect(shutter).toHaveCount(0);
    await page.evaluate(() => {
      window.track.stop();
      window.track.dispatchEvent(new Event("ended"));
    });
    await expect(person.taken).toBeVisible();
    await comesToTheEnd(person);
    const { selfie, burst } = await received(engine);
    expect(selfie.length).toBeGreaterThan(10_000);
    expect(burst.length).toBeLessThan(5);
  });
});

test.describe("where no burst is wanted", () => {
  test.use({ burst: {} });

  test("none is taken, and nobody is told of one", async ({ engine, page, person, tenant }) => {
    await comesToTheSelfie(person, tenant);
    await expect(page.getByText(announcement)).toHaveCount(0);
    await person.presses("Open camera");
    await person.shoots();
    await comesToTheEnd(person);
    expect((await received(engine)).burst).toBe(undefined);
  });
});
