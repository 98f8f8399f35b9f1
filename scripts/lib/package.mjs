//! Bundles the npm package as it is published: `node scripts/lib/package.mjs GLUE_FOLDER PACKAGE`.

import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { contentHash, target, vestibule } from "./bundling.mjs";
import { withShortNames } from "./short-names.mjs";

const source = "sdk/npm";
const [bound, out] = process.argv.slice(2).map((path) => resolve(path));

await mkdir(out, { recursive: true });
const { wasm, glue } = withShortNames(await readFile(join(bound, "flow.wasm")), await readFile(join(bound, "flow.js"), "utf8"));
const gluePath = join(bound, "flow.short.js");
await writeFile(gluePath, glue);
const wasmName = `flow-${contentHash(wasm)}.wasm`;
await writeFile(join(out, wasmName), wasm);

await build({
  entryPoints: { index: join(source, "index.js") },
  outdir: out,
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target,
  chunkNames: "[name]-[hash]",
  define: { FLOW_WASM: JSON.stringify(`./${wasmName}`) },
  plugins: [vestibule(gluePath)],
  legalComments: "none",
});

for (const name of ["index.d.ts", "style.css", "package.json", "README.md"]) await copyFile(join(source, name), join(out, name));
