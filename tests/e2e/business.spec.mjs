//! A business, from its description to the end: the person who acts for it, and another owner by a link of
//! their own.

import { expect, test } from "./house.mjs";

/** Starts a session about a business, and opens it. */
async function begins(person, tenant) {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["kyb_business_#1.0"] });
  await person.opens(body.link);
  await person.starts();
}

/** Waits for the token that the page is given, and redeems it. */
async function result(page, tenant, act) {
  const answer = page.waitForResponse(async (response) => response.url().endsWith("/steps") && "validation_token" in (await response.json()));
  await act();
  const { validation_token: token } = await (await answer).json();
  return (await tenant.validate(token)).body;
}

test("is decided when its owners are", async ({ page, person, tenant }) => {
  await begins(person, tenant);
  await person.describesBusiness();
  await person.sees("Who owns it");
  await person.field("Your own share, in percent").fill("60");
  await person.addsOwner("Bo", "Ek", "bo@mail.example", "40");
  await expect(page.getByText("All shares together: 100 percent")).toBeVisible();
  await person.presses("Continue");
  await person.givesDetails();
  await person.agrees();
  await person.sees("Check your answers");
  await expect(page.getByText("Bo Ek, 40 percent, bo@mail.example")).toBeVisible();
  const { user, business } = await result(page, tenant, () => person.confirms());
  await person.sees("Thank you, that is all");
  expect([user.status, business.status]).toEqual(["pass", "pending"]);

  const { body: owners } = await tenant.owners(business.fp_bid);
  expect(owners.map(({ kind, ownership_stake: stake }) => [kind, stake])).toEqual([["primary", 60], ["secondary", 40]]);
  const { body: invited } = await tenant.post(`/businesses/${business.fp_bid}/owners/${owners[1].fp_id}/link`, {});
  await person.opens(invited.link);
  await person.starts();
  await expect(person.field("First names")).toHaveValue("Bo");
  await person.givesDetails({ "First names": "Bo", "Last name": "Ek", "Email address": "bo@mail.example" });
  const own = await result(page, tenant, () => person.agrees());
  await person.sees("Thank you, that is all");
  expect(own.user.status).toBe("pass");
  expect((await tenant.business(business.fp_bid)).body.status).toBe("pass");
});

test("keeps its owners over a refresh, and lets them be corrected at the review", async ({ page, person, tenant }) => {
  await begins(person, tenant);
  await person.describesBusiness();
  await person.field("Your own share, in percent").fill("30");
  await person.addsOwner("Bo", "Ek", "bo@mail.example", "30");
  await person.addsOwner("Cy", "Li", "cy@mail.example", "30");
  await person.presses("Continue");
  await person.givesDetails();
  await page.reload();
  await person.presses("Continue");
  await person.agrees();
  await person.sees("Check your answers");
  await person.changes("Who owns it");
  await page.getByRole("button", { name: "Remove: Owner 1" }).click();
  await expect(page.getByRole("group", { name: "Owner 1" }).getByRole("textbox", { name: "First names" })).toHaveValue("Cy");
  await expect(page.getByRole("group", { name: "Owner 1" })).toBeFocused();
  await person.presses("Continue");
  await person.sees("Check your answers");
  await expect(page.getByText("Bo Ek")).toHaveCount(0);
  await expect(page.getByText("Cy Li, 30 percent, cy@mail.example")).toBeVisible();
});

test("takes no shares beyond the whole, by keyboard alone", async ({ page, person, tenant }) => {
  await begins(person, tenant);
  await person.describesBusiness();
  await person.field("Your own share, in percent").focus();
  await page.keyboard.type("100");
  await page.keyboard.press("Tab");
  await expect(person.button("Add an owner")).toBeFocused();
  await page.keyboard.press("Enter");
  for (const text of ["Bo", "Ek", "bo@mail.example", "1"]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  await expect(page.getByRole("button", { name: "Remove: Owner 1" })).toBeFocused();
  await person.presses("Continue");
  await expect(page.getByText("With this share it is more than 100 percent.")).toBeVisible();
  await expect(person.field("Share, in percent")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(person.button("Add an owner")).toBeFocused();
  await person.presses("Continue");
  await person.sees("Your details");
});
