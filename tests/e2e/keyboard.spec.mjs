//! The whole way with the keyboard alone.

import { expect, test } from "./house.mjs";

test("a person without a mouse gets through", async ({ page, hostPage, person }) => {
  await page.route("**/sight*.wasm", (route) => route.fulfill({ status: 404 }));
  await hostPage.opens();
  await hostPage.verifyButton.focus();
  await page.keyboard.press("Enter");
  await expect(hostPage.dialog).toBeVisible();
  await reaches(page, person.button("Start"));
  await page.keyboard.press("Enter");

  await person.sees("Your details");
  for (const [label, text] of [
    ["First names", "Anna Maria"],
    ["Last name", "Eriksson"],
    ["Day", "12"],
    ["Month", "8"],
    ["Year", "1974"],
    ["Email address", "anna.eriksson@mail.example"],
    ["Address", "12 Harbour Street"],
    ["Town or city", "Zenith"],
    ["Postcode", "94107"],
  ]) {
    await reaches(page, person.field(label));
    await page.keyboard.type(text);
  }
  await reaches(page, page.getByRole("combobox", { name: "Country" }));
  await page.keyboard.type("Swede");
  await page.keyboard.press("Tab");
  await reaches(page, person.button("Continue"));
  await page.keyboard.press("Enter");

  await person.sees("Your agreement");
  await reaches(page, page.getByRole("checkbox").first());
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");

  await person.sees("Choose your document");
  await reaches(page, page.getByRole("radio", { name: "Passport" }));
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");

  await photographs(page, person, "Photograph your passport");
  person.camera.shows("selfie");
  await photographs(page, person, "Take a picture of yourself");

  await person.sees("Check your answers");
  await reaches(page, person.button("Confirm and send"));
  await page.keyboard.press("Enter");
  await person.sees("Thank you, that is all");
  await page.keyboard.press("Escape");
  await hostPage.shows("Welcome to Northwind");
});

/** Presses Tab until this is focused. A circle without it is a trap. */
async function reaches(page, target) {
  await expect(target).toBeVisible();
  for (let press = 0; press < 30; press += 1) {
    if (await target.evaluate((node) => node.getRootNode().activeElement === node)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

/** By the button: nothing is taken by itself where the sight cannot be loaded. */
async function photographs(page, person, heading) {
  await person.sees(heading);
  await reaches(page, person.button("Open camera"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: /^Fit / })).toBeVisible();
  await reaches(page, person.button("Take photo"));
  await page.keyboard.press("Enter");
  await person.sees("Is it sharp and complete?");
  await reaches(page, person.button("Use this photo"));
  await page.keyboard.press("Enter");
}
