//! axe-core finds nothing on any screen, in light and in dark.

import AxeBuilder from "@axe-core/playwright";
import { expect, loginServer, test } from "./house.mjs";
import { businessRoad, hostedRoad, loginRoad, mainRoad, sideRoad } from "./tour.mjs";

test.describe.configure({ timeout: 180_000 });

/** A visitor who looks at each screen with axe. */
function auditor(page) {
  return async (name) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations, passes } = await new AxeBuilder({ page }).analyze();
      if (await page.locator("vestibule-frame").count()) {
        const intoTheFrame = passes.some(({ nodes }) => nodes.some(({ target }) => Array.isArray(target[0])));
        expect(intoTheFrame, `axe looked into the shadow root at ${name}`).toBe(true);
      }
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`);
      expect.soft(found, `${name} in ${colorScheme}`).toEqual([]);
    }
  };
}

test("every screen from the bank's page to the result", async ({ page, hostPage, person }) => {
  await mainRoad({ page, hostPage, person }, auditor(page));
});

test("every screen of the hosted page", async ({ page, person, server, tenant }) => {
  await hostedRoad({ page, person, server, tenant }, auditor(page));
});

test("every screen of a business", async ({ page, person, tenant }) => {
  await businessRoad({ page, person, tenant }, auditor(page));
});

test("every screen that comes seldom", async ({ page, person, server, tenant }) => {
  await sideRoad({ page, person, server, tenant }, auditor(page));
});

test.describe("with a server that is called localhost", () => {
  test.use({ serverOptions: loginServer });

  test("every screen of logging in", async ({ page, person, server, tenant }) => {
    await loginRoad({ page, person, server, tenant }, auditor(page));
  });
});
