//! Every screen, on a desktop and on a phone, in light and in dark.

import { fileURLToPath } from "node:url";
import { loginServer, test } from "../e2e/house.mjs";
import { businessRoad, hostedRoad, loginRoad, mainRoad, sideRoad } from "../e2e/tour.mjs";

const out = fileURLToPath(new URL("../output/shots/", import.meta.url));

/** A visitor with a camera of their own. */
function photographer(page, road) {
  let number = 0;
  return async (name) => {
    number += 1;
    const place = `${road}-${String(number).padStart(2, "0")}-${name}`;
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: `${out}${test.info().project.name}-${colorScheme}/${place}.png` });
    }
    await page.emulateMedia({ colorScheme: "light" });
  };
}

test("the main road", async ({ page, hostPage, person }) => {
  await mainRoad({ page, hostPage, person }, photographer(page, "main"));
});

test("the hosted page", async ({ page, person, server, tenant }) => {
  await hostedRoad({ page, person, server, tenant }, photographer(page, "hosted"));
});

test("a business", async ({ page, person, tenant }) => {
  await businessRoad({ page, person, tenant }, photographer(page, "business"));
});

test("what comes seldom", async ({ page, person, server, tenant }) => {
  await sideRoad({ page, person, server, tenant }, photographer(page, "side"));
});

test.describe("with a server that is called localhost", () => {
  test.use({ serverOptions: loginServer });

  test("logging in", async ({ page, person, server, tenant }) => {
    await loginRoad({ page, person, server, tenant }, photographer(page, "login"));
  });
});
