//! Bundles the npm package as it is published: `node scripts/lib/package.mjs GLUE_FOLDER PACKAGE`. The folder has the
//! flow and its glue, and the sight's two modules and theirs.

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

// The worker is a file of its own, whose address the rest knows: bundlers find it by `new Worker(new URL(…))`.
const modules = { SIGHT_WASM: "sight.wasm", SIGHT_PLAIN_WASM: "sight-plain.wasm" };
const named = await Promise.all(Object.entries(modules).map(async ([name, file]) => [name, await publishWasm(file)]));
const { outputFiles } = await build({
  entryPoints: [join(source, "src/sight/worker.js")],
  bundle: true,
  minify: true,
  format: "esm",
  target,
  define: Object.fromEntries(named.map(([name, file]) => [name, JSON.stringify(`./${file}`)])),
  plugins: [vestibule({ "vestibule:vision": join(bound, "sight.js") })],
  legalComments: "none",
  write: false,
});
const workerName = `sight-worker-${contentHash(outputFiles[0].contents)}.js`;
await writeFile(join(out, workerName), outputFiles[0].contents);

await build({
  entryPoints: { index: join(source, "index.js") },
  outdir: out,
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target,
  chunkNames: "[name]-[hash]",
  define: { FLOW_WASM: JSON.stringify(`./${wasmName}`), SIGHT_WORKER: JSON.stringify(`./${workerName}`) },
  plugins: [vestibule({ "vestibule:glue": gluePath })],
  legalComments: "none",
});

for (const name of ["index.d.ts", "style.css", "package.json", "README.md"]) await copyFile(join(source, name), join(out, name));

/** Puts a module of the sight into the package under its hashed name, and gives that. */
async function publishWasm(file) {
  const content = await readFile(join(bound, file));
  const name = file.replace(".wasm", `-${contentHash(content)}.wasm`);
  await writeFile(join(out, name), content);
  return name;
}
