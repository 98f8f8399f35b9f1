//! A reviewer asks for more: the person finds the note above the step that is asked for, and the request is
//! gone when it was done.

import { expect, test } from "./house.mjs";
import { anna } from "../house/anna.mjs";
import { picture, Visitor } from "../house/visitor.mjs";

const note = "We cannot read the number of your passport.\nPlease show your identity card, both sides.";

/** Anna has been onboarded with her passport, and a reviewer asks for her document again. */
async function asked({ server, tenant }, steps = ["document"]) {
  const { body } = await tenant.startOnboarding();
  const visitor = new Visitor(server);
  await visitor.open(body.token);
  for (const data of [anna, { identity_check: "1.0" }, { kind: "passport" }]) await visitor.submit(data);
  await visitor.upload("front", picture("passport.jpg"));
  await visitor.submit({});
  await visitor.upload("selfie", picture("selfie.jpg"));
  await visitor.submit({});
  const { body: told } = await tenant.validate(visitor.at.validation_token);
  const { status } = await tenant.requestInfo(told.user.fp_id, note, steps);
  expect(status).toBe(200);
  return told.user.fp_id;
}

/** What is still asked of a person. */
async function outstanding(tenant, fpId) {
  return (await tenant.user(fpId)).body.requires_additional_info;
}

test("the session opens at the step that is asked for, with the note, and the request is gone after", async ({ page, person, server, tenant }) => {
  const fpId = await asked({ server, tenant });
  expect(await outstanding(tenant, fpId)).toMatchObject({ note });
  const { body } = await tenant.startInherit(fpId);
  await person.opens(body.link);
  await person.starts();
  await person.sees("Choose your document");
  const shown = page.getByText("We cannot read the number of your passport.");
  await expect(shown).toBeVisible();
  expect(await shown.innerText()).toBe(note);
  await expect(person.heading("Choose your document")).toHaveAccessibleDescription(/^A note from Northwind Bank/);

  await person.photographsCard();
  await person.sees("Check your answers");
  await expect(shown).toBeHidden();
  await page.getByText("A note from Northwind Bank").click();
  await expect(shown).toBeVisible();
  expect(await outstanding(tenant, fpId)).toMatchObject({ note });
  await person.confirms();
  await person.sees("Thank you, that is all");
  expect(await outstanding(tenant, fpId)).toBeNull();
  expect((await tenant.user(fpId)).body.status).toBe("pass");

  const { status } = await tenant.startInherit(fpId);
  expect(status, "nothing is left to be given").toBeGreaterThanOrEqual(400);
});

test("the page that integrates it names the kind, and hears of the end", async ({ hostPage, person, server, tenant }) => {
  const fpId = await asked({ server, tenant }, ["personal_data"]);
  const { body } = await tenant.startInherit(fpId);
  await hostPage.opens();
  const component = await hostPage.integrates({ kind: "inherit", authToken: body.token });
  await person.starts();
  await person.givesDetails({ Address: "1 Quay" });
  await person.confirms();
  await person.sees("Thank you, that is all");
  const [[said, token]] = await hostPage.heard(component);
  expect(said).toBe("onComplete");
  expect((await tenant.validate(token)).body.user.fp_id).toBe(fpId);
});
