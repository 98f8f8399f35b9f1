//! The snippets for a page that "Onboarding sessions" prints: bundled as a customer's page is, with
//! the name of the import and of the object replaced, and the token by one of ours.

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "./house.mjs";

const pkg = fileURLToPath(new URL("../../dist/npm", import.meta.url));

/** Bundles a snippet and serves it under the page's own origin. */
async function runs(page, snippet, token) {
  const code = snippet
    .replaceAll("@onefootprint/footprint-js", "@vestibule/sdk")
    .replaceAll("footprint", "vestibule")
    .replaceAll("obtok_UxM6Vbvk2Rcy1gzcSuXgk3sj3L9I0pAnNH", token);
  const { outputFiles } = await build({
    stdin: { contents: `${code}\nwindow.handleClick = handleClick;`, resolveDir: pkg, loader: "js" },
    bundle: true,
    splitting: true,
    format: "esm",
    outdir: "/snippet",
    entryNames: "main",
    write: false,
    plugins: [published],
  });
  await page.route("**/snippet/*", async (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    const file = outputFiles.find(({ path }) => basename(path) === name);
    if (file) return route.fulfill({ contentType: "text/javascript", body: Buffer.from(file.contents) });
    return route.fulfill({ contentType: "application/wasm", body: await readFile(join(pkg, name)) });
  });
  await page.addScriptTag({ type: "module", url: "/snippet/main.js" });
  await page.waitForFunction(() => "handleClick" in window);
  await page.evaluate(() => window.handleClick());
}

/** Finds the package's files as its `exports` say; Node.js reads them for us. */
const published = {
  name: "published",
  setup(bundle) {
    bundle.onResolve({ filter: /^@vestibule\/sdk/ }, async ({ path }) => {
      const { exports } = JSON.parse(await readFile(join(pkg, "package.json"), "utf8"));
      if (path === "@vestibule/sdk") return { path: join(pkg, exports["."].default) };
      const [, folder, extension] = /^@vestibule\/sdk(\/\w+\/)[\w-]+(\.\w+)$/.exec(path);
      return { path: join(pkg, exports[`.${folder}*${extension}`]) };
    });
  },
};

test("Example response: launching the user into a KYC onboarding flow", async ({ page, hostPage, tenant, person }) => {
  const { body } = await tenant.startOnboarding({ key: tenant.keys.playbooks["kyc_basic_#1.0"] });
  await hostPage.opens();
  await runs(
    page,
    `
import "@onefootprint/footprint-js/dist/footprint-js.css";
import footprint from "@onefootprint/footprint-js";

const handleClick = () => {
  const component = footprint.init({
    kind: "verify",
    authToken: "obtok_UxM6Vbvk2Rcy1gzcSuXgk3sj3L9I0pAnNH", // token from above
    onComplete: (validationToken) => {
      window.given = validationToken; // Here the document leaves room for the page's own.
    },
  });
  component.render();
};
`,
    body.token,
  );
  await person.starts();
  await person.givesDetails();
  await person.agrees();
  await page.waitForFunction(() => window.given);
  const validated = await tenant.validate(await page.evaluate(() => window.given));
  expect(validated.body.user.status).toBe("pass");
});

test("Update login methods: the flow opens, and the person logs in first", async ({ page, hostPage, tenant }) => {
  const { body } = await tenant.post("/onboarding/session", {
    kind: "update_login_methods",
    fp_id: "fp_id_K0q6Eh6Rr3WOOfFBLPiHsr",
    limit_auth_methods: ["phone"],
  });
  await hostPage.opens();
  await runs(
    page,
    `
import "@onefootprint/footprint-js/dist/footprint-js.css";
import footprint from "@onefootprint/footprint-js";

const handleClick = () => {
  const component = footprint.init({
    kind: "update_login_methods",
    authToken: "obtok_UxM6Vbvk2Rcy1gzcSuXgk3sj3L9I0pAnNH",
    onComplete: (validationToken) => {
      window.given = validationToken;
    },
  });
  component.render();
};
`,
    body.token,
  );
  await expect(hostPage.dialog).toBeVisible();
  await expect(hostPage.dialog.getByRole("button", { name: /^Send a code to/ }).first()).toBeVisible();
});
