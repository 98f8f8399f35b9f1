//! Screenshots of every screen: `npm run shots` puts them into tests/output/shots.

import { defineConfig } from "@playwright/test";
import e2e from "../../playwright.config.mjs";

const [desktop, phone] = e2e.projects;

export default defineConfig(e2e, {
  testDir: ".",
  globalSetup: "./clean.mjs",
  testMatch: "*.shots.mjs",
  outputDir: "../output/shots-trace",
  timeout: 180_000,
  projects: [desktop, { ...phone, testMatch: undefined }],
});
