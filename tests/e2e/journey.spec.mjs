//! The main job: from the bank's button, or a link, to the result. On a desktop and on a phone.

import { expect, test } from "./house.mjs";

test("the demo, from click to result", async ({ hostPage, person }) => {
  await hostPage.opens();
  await hostPage.verifies();
  await expect(hostPage.dialog).toBeVisible();
  await person.starts();
  await person.givesDetails();
  await person.agrees();
  await person.photographsCard();
  await person.takesSelfie();
  await person.confirms();

  await person.sees("Thank you, that is all");
  await person.closes();
  await expect(hostPage.dialog).toHaveCount(0);
  await hostPage.shows("Welcome to Northwind");
  await expect(hostPage.result("Customer")).toHaveText(/^fp_id_[0-9A-Za-z]{22}$/);
  await expect(hostPage.result("Status")).toHaveText("pass");
  await expect(hostPage.result("Collected")).toContainText("date of birth");
});

test("a session that the page starts itself hands back a temp token", async ({ hostPage, person }) => {
  await hostPage.opens();
  await hostPage.choosesVariant("Modal");
  await hostPage.choosesOwnSession();
  await hostPage.verifies();
  await person.starts();
  await person.goesThrough();
  await person.closes();
  await hostPage.shows("Welcome to Northwind");
});

test("a hosted link, to its end screen", async ({ page, person, tenant }) => {
  const { body } = await tenant.startOnboarding({ user_external_id: "8c992273-987d-4830-84f7-01324ab66899" });
  await person.opens(body.link);
  await person.starts();
  await person.goesThrough();
  await expect(page.getByText("You can close this page.")).toBeVisible();

  const { body: user } = await tenant.startOnboarding({ user_external_id: "8c992273-987d-4830-84f7-01324ab66899" });
  expect(user.token).not.toBe(body.token);
});

test("a hosted link returns to the tenant's page", async ({ page, person, server, tenant }) => {
  const { body } = await tenant.startOnboarding({ redirect_url: `${server.url}/?welcome=back` });
  await person.opens(body.link);
  await person.starts();
  await person.goesThrough();
  await page.waitForURL(`${server.url}/?welcome=back`);
});

test("a person who does not wait for the way back takes it by its button", async ({ page, person, server, tenant }) => {
  const { body } = await tenant.startOnboarding({ redirect_url: `${server.url}/?welcome=back` });
  await person.opens(body.link);
  await person.starts();
  await person.goesThrough();
  await person.presses("Continue to Northwind Bank");
  // Sooner than by itself.
  await page.waitForURL(`${server.url}/?welcome=back`, { timeout: 1_500 });
});

test("what the tenant knows already is filled in, and can be corrected at the review", async ({ page, person, tenant }) => {
  const { body } = await tenant.startOnboarding({ bootstrap_data: { "id.first_name": "Jane", "id.last_name": "Doe" } });
  await person.opens(body.link);
  await person.starts();
  await expect(person.field("First names")).toHaveValue("Jane");
  await person.givesDetails({ "First names": "Jane" });
  await person.agrees();
  await person.photographsPassport();
  await person.takesSelfie();
  await person.sees("Check your answers");
  await person.changes("Your details");
  await person.field("First names").fill("Anna Maria");
  await person.presses("Continue");
  await person.sees("Check your answers");
  await expect(page.getByText("Anna Maria")).toBeVisible();
  await person.confirms();
  await person.sees("Thank you, that is all");
});
