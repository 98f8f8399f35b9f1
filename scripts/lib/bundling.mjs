//! What the package's and the pages' bundles have in common.

import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { transform } from "esbuild";

/** The oldest browsers that know constructed style sheets and declarative shadow roots. */
export const target = ["chrome111", "firefox123", "safari16.4"];

/** Eight characters that change with the content. */
export function contentHash(bytes) {
  return createHash("sha256").update(bytes).digest("base64url").replace(/[-_]/g, "0").slice(0, 8);
}

export async function minifiedCss(path) {
  const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true, target });
  return code.trim().replace(/(--[\w-]+): /g, "$1:");
}

/** Which share of a locale a text belongs to: the loader's, that of the camera's sight, that of a burst, or the flow's, with which the question whether to leave comes. */
function shareOf(id) {
  if (/^(intro|frame)\.(?!leave\.)/.test(id)) return "?frame";
  if (id.startsWith("burst.")) return "?burst";
  return /^(guide|reading)\./.test(id) ? "?sight" : "?flow";
}

/**
 * For esbuild: style sheets become text for constructed sheets, a locale becomes the share of it
 * that `?frame`, `?flow`, `?sight` or `?burst` asks for, and `glues` says where what wasm-bindgen wrote is: by names such as `vestibule:glue`.
 */
export function vestibule(glues = {}) {
  return {
    name: "vestibule",
    setup(build) {
      build.onResolve({ filter: /^vestibule:/ }, ({ path }) => (glues[path] ? { path: glues[path] } : { path: "glue", external: true }));
      build.onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: await minifiedCss(path), loader: "text" }));
      build.onLoad({ filter: /\/locales\/\w+\.json$/ }, async ({ path, suffix }) => {
        const all = Object.entries(JSON.parse(await readFile(path, "utf8")));
        const share = all.filter(([id]) => shareOf(id) === suffix);
        return { contents: `export default ${JSON.stringify(Object.fromEntries(share))}`, loader: "js" };
      });
    },
  };
}
