//! The house as people meet it: a real server, a real browser, a camera that shows a film.

import { defineConfig } from "@playwright/test";

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "*.spec.mjs",
  outputDir: "tests/output/e2e",
  fullyParallel: true,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    locale: "en-GB",
    permissions: ["camera"],
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    actionTimeout: 10_000,
  },
  projects: [
    { name: "desktop", use: { viewport: desktop } },
    {
      name: "phone",
      testMatch: ["journey.spec.mjs", "camera.spec.mjs", "login.spec.mjs", "accessibility.spec.mjs"],
      use: { viewport: phone, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    },
  ],
});
