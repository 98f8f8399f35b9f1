//! A walk past every screen, with the states in which people meet them. `visit(name)` is called at
//! each: the accessibility tests and the screenshots are two visitors.

import { expect } from "@playwright/test";
import { Authenticator } from "./actors/authenticator.mjs";
import { onboarded } from "../house/visitor.mjs";

/** From the bank's page to the result. */
export async function mainRoad({ page, hostPage, person }, visit) {
  await hostPage.opens();
  await visit("bank");
  await hostPage.verifies();
  await expect(person.button("Start")).toBeEnabled();
  await expect(page.getByText("Northwind Bank")).toBeVisible();
  await visit("intro");
  await person.starts();

  await person.sees("Your details");
  await visit("form");
  await person.field("Email address").fill("anna at mail");
  await person.presses("Continue");
  await expect(person.field("First names")).toHaveAttribute("aria-invalid", "true");
  await visit("form-problems");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await visit("leave");
  await person.presses("Stay");
  await person.givesDetails();

  await person.sees("Your agreement");
  await visit("consent");
  await person.presses("Continue");
  await expect(page.getByRole("checkbox").first()).toHaveAttribute("aria-invalid", "true");
  await visit("consent-problem");
  await person.agrees();

  await person.sees("Choose your document");
  await visit("document");
  await person.chooses("Identity card");
  await person.sees("Photograph the front");
  await visit("photo-front");
  person.camera.shows("desk");
  await person.presses("Open camera");
  await expect(page.getByRole("status").filter({ hasText: /^Fit / })).toBeVisible();
  await visit("camera-front");
  await person.presses("Back");
  person.camera.shows("id-card-front");
  await person.presses("Open camera");
  await person.shoots();
  await visit("check-front");
  await held(page, "**/steps/*/upload", async () => {
    await person.accepts();
    await visit("sending");
  });
  await person.sees("Now photograph the back");
  await visit("photo-back");
  await person.photographs("id-card-back", "Now photograph the back");

  await person.sees("Take a picture of yourself");
  await visit("selfie");
  person.camera.shows("selfie");
  await person.presses("Open camera");
  await expect(page.getByRole("status").filter({ hasText: /^Fit / })).toBeVisible();
  await visit("camera-selfie");
  await person.shoots();
  await visit("check-selfie");
  await person.presses("Use this photo");

  await person.sees("Check your answers");
  await visit("review");
  await person.confirms();
  await person.sees("Thank you, that is all");
  await visit("done");
  await person.closes();
  await hostPage.shows("Welcome to Northwind");
  await visit("result");
}

/** The hosted page and its ends. */
export async function hostedRoad({ page, person, server, tenant }, visit) {
  await person.opens(`${server.url}/verify?type=user`);
  await person.sees("This link is not complete");
  await visit("hosted-no-token");
  await person.opens(`${server.url}/verify?type=user#obtok_0000000000000000000000000000000000`);
  await page.reload();
  await person.sees("This cannot be opened");
  await visit("hosted-invalid");

  const { body } = await tenant.startOnboarding();
  await person.opens(body.link);
  await expect(page.getByText("Northwind Bank")).toBeVisible();
  await visit("hosted-intro");
  await person.starts();
  await person.givesDetails();
  await page.reload();
  await expect(person.button("Continue")).toBeVisible();
  await visit("hosted-resumed");
  await person.presses("Continue");
  await person.agrees();
  await person.chooses("Passport");
  await person.sees("Photograph your passport");
  await visit("photo-passport");
  person.camera.shows("desk");
  await person.presses("Open camera");
  await expect(page.getByRole("status").filter({ hasText: /^Fit / })).toBeVisible();
  await visit("camera-passport");
  await person.presses("Back");
  await page.context().clearPermissions();
  await page.context().grantPermissions([]);
  await person.presses("Open camera");
  await person.sees("The camera is blocked");
  await visit("camera-blocked");
  server.letTimePass(25 * 3600);
  await person.uploads("passport.jpg");
  await person.sees("We cannot go on");
  await visit("stopped");
}

/** A business and its owners. */
export async function businessRoad({ page, person, tenant }, visit) {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["kyb_business_#1.0"] });
  await person.opens(body.link);
  await person.starts();
  await person.sees("Your business");
  await visit("business");
  await person.describesBusiness();
  await person.sees("Who owns it");
  await visit("owners-none");
  await person.field("Your own share, in percent").fill("80");
  await person.addsOwner("Bo", "Ek", "bo@mail.example", "30");
  await person.addsOwner("Cy", "Li", "cy", "20");
  await visit("owners");
  await person.presses("Continue");
  await expect(page.getByText("With this share it is more than 100 percent.")).toBeVisible();
  await visit("owners-problems");
  await page.getByRole("button", { name: "Remove: Owner 2" }).click();
  await person.field("Your own share, in percent").fill("60");
  await person.presses("Continue");
  await person.givesDetails();
  await person.agrees();
  await person.sees("Check your answers");
  await visit("business-review");
}

/** What comes seldom: a file after the token, static links that lead nowhere, a reviewer's note. */
export async function sideRoad({ page, person, server, tenant }, visit) {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["xyz_sbx_#3.1"] });
  await person.opens(body.link);
  await person.starts();
  await person.field("Amount").fill("1200");
  await person.field("Currency").fill("EUR");
  await person.field("Period in months").fill("12");
  await person.presses("Continue");
  await person.field("What you earn in a month").fill("3000");
  await page.getByRole("checkbox").check();
  await person.presses("Continue");
  await person.sees("Proof of income");
  await visit("late-file");
  await person.presses("Finish without it");
  await person.sees("Thank you, that is all");

  await person.opens(`${server.url}/verify/${"0".repeat(24)}`);
  await person.sees("This link is not valid");
  await visit("static-invalid");
  await page.route("**/sessions/hosted", (route) => route.abort());
  await person.opens(`${server.url}/verify/${tenant.keys.configuration_id}`);
  await person.sees("We cannot be reached");
  await visit("static-offline");

  const anna = await onboarded(server, tenant);
  await tenant.requestInfo(anna, "The address is not the one on your statement.\nPlease check it.", ["personal_data"]);
  const { body: inherit } = await tenant.startInherit(anna);
  await person.opens(inherit.link);
  await person.starts();
  await person.sees("Your details");
  await visit("note");
  await person.presses("Continue");
  await person.sees("Check your answers");
  await visit("note-folded");
}

/** Logging in, and changing how one does. The server is called `localhost`, and has the skills of the fixtures. */
export async function loginRoad({ page, person, server, tenant }, visit) {
  const authenticator = await Authenticator.plugInto(page);
  await authenticator.isTouched(false);
  const her = "a.berg@mail.example";
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["login_and_passkey_#1.0"] });
  await person.opens(body.link);
  await person.sees("What is your email address?");
  await visit("login");
  await person.presses("Use your phone number instead");
  await person.sees("What is your phone number?");
  await person.presses("Continue");
  await visit("login-problem");
  await person.presses("Use your email address instead");
  await person.field("Email address").fill(her);
  await person.presses("Continue");
  await person.sees("Check your email");
  await visit("login-code");
  const code = await tenant.codeFor(her);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await person.field("Code").fill(code === "000000" ? "000001" : "000000");
    await expect(page.getByText("That is not the code that we sent.")).toBeVisible();
    await expect(person.field("Code")).toHaveValue("");
  }
  await expect(page.getByText("Tries left: 2.")).toBeVisible();
  await visit("login-wrong-code");
  await person.field("Code").fill(code);
  await person.sees("Log in without a code next time");
  await visit("passkey");
  await person.presses("Not now");
  await person.sees("Thank you, that is all");

  const { body: login } = await tenant.startLogin(await onboarded(server, tenant));
  await person.opens(login.link);
  await expect(person.button("Send a code to a•••@mail.example")).toBeVisible();
  await visit("login-known");
  await person.presses("Send a code to a•••@mail.example");
  await person.sees("Check your email");
  await person.typesCode(tenant);
  await person.sees("How you log in");
  await visit("login-methods");
  await person.presses("Add: Phone number");
  await person.field("Phone number").fill("+46 70 174 06 05");
  await person.presses("Continue");
  await person.typesCode(tenant, "+46701740605");
  await expect(page.getByText("Changed")).toBeVisible();
  await visit("login-methods-changed");
}

/** Holds back the answers to calls of this address while something is done. */
async function held(page, address, act) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(address, async (route) => {
    await released;
    await route.continue();
  });
  await act();
  release();
  await page.unroute(address, { behavior: "wait" });
}
