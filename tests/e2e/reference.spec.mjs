//! The reference page: an engineer finds a call, reads what it takes and refuses, and copies a command that
//! works.

import { execFileSync } from "node:child_process";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./house.mjs";

test("every call of the document is on the page", async ({ page, server }) => {
  const api = await (await fetch(`${server.url}/openapi.json`)).json();
  const ids = [api.paths, api.webhooks].flatMap((items) => Object.values(items)).flatMap((item) => Object.values(item)).map(({ operationId }) => operationId);
  await page.goto(`${server.url}/reference`);
  await expect(page.getByRole("status").first()).toHaveText(`${ids.length} calls`);
  expect(await page.locator("h3").evaluateAll((headings) => headings.map(({ id }) => id))).toEqual(expect.arrayContaining(ids));
});

test("a call is found by its words, by a member and by a code, with the keyboard alone", async ({ page, server }) => {
  await page.goto(`${server.url}/reference`);
  await page.locator("article").first().waitFor();
  await page.keyboard.press("/");
  for (const [words, id] of [
    ["starts session page", "createSession"],
    ["bootstrap_data", "startOnboarding"],
    ["nonce_used", "submitStep"],
    ["webhook-signature vault", "onboardingVaultUpdated"],
  ]) {
    await page.keyboard.type(words);
    await expect(page.locator(`#${id}`), words).toBeVisible();
    await expect(page.getByRole("heading", { name: "Lists the published skills" }), words).toBeHidden();
    await page.keyboard.press("Escape");
  }
  await expect(page.getByRole("heading", { name: "Lists the published skills" })).toBeVisible();
});

test("a link leads to its call, also where a search has put it aside", async ({ page, server }) => {
  await page.goto(`${server.url}/reference#submitStep`);
  await expect(page.locator("#submitStep")).toBeInViewport();
  await page.getByRole("searchbox").fill("webhook");
  await expect(page.locator("#submitStep")).toBeHidden();
  await page.evaluate(() => (location.hash = "#listSkills"));
  await expect(page.locator("#listSkills")).toBeInViewport();
});

test("the command of a call works as it is copied", async ({ page, context, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${server.url}/reference`);
  await page.getByRole("button", { name: "Copy the command of GET /skills/{name}" }).click();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  const answer = execFileSync("sh", ["-c", `${command} --silent`], { env: { ...process.env, NAME: "kyc_basic_%231.0" }, encoding: "utf8" });
  expect(JSON.parse(answer).name).toBe("kyc_basic_#1.0");
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing, with all that can be opened open, in the ${colorScheme} scheme`, async ({ page, server }) => {
    // As in accessibility.spec.mjs: it looks at every element of a long page.
    test.setTimeout(180_000);
    await page.emulateMedia({ colorScheme });
    await page.goto(`${server.url}/reference`);
    const calls = page.locator("article").filter({ has: page.locator("#startOnboarding, #submitStep, #onboardingVaultUpdated") });
    await expect(calls).toHaveCount(3);
    // What is opened draws more to open.
    for (let level = 0; level < 3; level++) {
      await calls.locator("details:not([open])").evaluateAll((all) => all.forEach((details) => (details.open = true)));
      await page.waitForTimeout(100);
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`);
    expect(found).toEqual([]);
  });
}
