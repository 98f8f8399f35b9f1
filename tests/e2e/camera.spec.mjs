//! A camera that is not there, not allowed, or taken away: there is always a way on.

import { expect, test } from "./house.mjs";

/** Brings a person to the photograph of the passport. */
async function comesToTheCamera(person, tenant) {
  const { body } = await tenant.startOnboarding();
  await person.comesToPhotograph("Passport", body.link);
  await person.sees("Photograph your passport");
}

test.describe("denied", () => {
  test.use({ permissions: [] });

  test("says how to allow it, and takes an upload instead", async ({ person, tenant }) => {
    await comesToTheCamera(person, tenant);
    await person.presses("Open camera");
    await person.sees("The camera is blocked");
    await person.uploads("passport.jpg");
    await person.sees("Take a picture of yourself");
    await person.uploads("selfie.jpg");
    await person.confirms();
    await person.sees("Thank you, that is all");
  });

  test("works at once when it is allowed after all", async ({ context, person, tenant }) => {
    await comesToTheCamera(person, tenant);
    await person.presses("Open camera");
    await person.sees("The camera is blocked");
    await context.grantPermissions(["camera"]);
    await person.presses("Try again");
    await person.shoots();
  });
});

test("no camera at all", async ({ page, person, tenant }) => {
  await page.addInitScript(() => {
    if (!navigator.mediaDevices) return;
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("Requested device not found", "NotFoundError");
    };
  });
  await comesToTheCamera(person, tenant);
  await person.presses("Open camera");
  await person.sees("No camera found");
  await person.uploads("passport.jpg");
  await person.sees("Take a picture of yourself");
});

test("the camera goes off when its screen goes, and no microphone is asked for", async ({ page, person, tenant }) => {
  await page.addInitScript(() => {
    if (!navigator.mediaDevices) return;
    window.tracks = [];
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      window.tracks.push(...stream.getTracks());
      return stream;
    };
  });
  const tracks = () => page.evaluate(() => window.tracks.map(({ kind, readyState }) => `${kind} ${readyState}`));
  await comesToTheCamera(person, tenant);
  person.camera.shows("desk");
  await person.presses("Open camera");
  await expect(page.getByRole("status").filter({ hasText: /^Fit / })).toBeVisible();
  expect((await tracks()).at(-1)).toBe("video live");
  await person.presses("Back");
  await person.sees("Photograph your passport");
  expect(new Set(await tracks())).toEqual(new Set(["video ended"]));
});

test("a picture can be taken again before it is sent", async ({ person, tenant }) => {
  await comesToTheCamera(person, tenant);
  await person.presses("Open camera");
  await person.shoots();
  await person.presses("Take it again");
  await person.shoots();
  await person.accepts();
  await person.sees("Take a picture of yourself");
});

test("a file that is no picture is refused with a way on", async ({ page, person, tenant }) => {
  await comesToTheCamera(person, tenant);
  const chooser = page.waitForEvent("filechooser");
  await person.presses("Upload a photo instead");
  await (await chooser).setFiles({ name: "passport.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a picture") });
  await expect(page.getByRole("alert").filter({ hasText: "We could not read this file" })).toBeVisible();
  await person.uploads("passport.jpg");
  await person.sees("Take a picture of yourself");
});
