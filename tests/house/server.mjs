//! A real server process of one test: on a free port, with a data folder of its own, which outlives
//! the process as a disk outlives a power cut.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const binaries = ["target/release/vestibule", "target/debug/vestibule"].map((path) => join(root, path));

/** The program under test: what VESTIBULE names, else what was built last. */
export function binary() {
  const found = process.env.VESTIBULE ?? binaries.filter((path) => existsSync(path)).sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)[0];
  if (!found) throw new Error("there is no vestibule binary: run scripts/build, or cargo build -p vestibule-server");
  return found;
}

export class Server {
  #folder = mkdtempSync(join(tmpdir(), "vestibule-test-"));
  #port;
  #child = null;
  #options;

  /**
   * Starts one. `skills` names a folder of skills of the operator's own; `settings` are other than usual; `host` is the
   * name by which it is called: browsers keep passkeys from addresses in numbers.
   */
  static async start(options = {}) {
    const server = new Server();
    server.#options = options;
    server.#port = await freePort();
    await server.start();
    return server;
  }

  /** Its origin. */
  get url() {
    return `http://${this.#options.host ?? "127.0.0.1"}:${this.#port}`;
  }

  /** Its data folder. */
  get data() {
    return join(this.#folder, "data");
  }

  /** The keys by which a test finds its way in. */
  get sandbox() {
    return JSON.parse(readFileSync(join(this.data, "sandbox.json"), "utf8"));
  }

  /** All that it has written to its log so far. */
  get log() {
    return readFileSync(this.#logFile, "utf8");
  }

  /** Every byte of its data folder but the keys: what a thief of the disk would have. */
  get atRest() {
    const names = readdirSync(this.data, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile() && !["sandbox.json", "master.key"].includes(entry.name));
    return Buffer.concat(files.map((file) => readFileSync(join(file.parentPath ?? file.path, file.name))));
  }

  get #logFile() {
    return join(this.#folder, "log.txt");
  }

  get #clockFile() {
    return join(this.#folder, "clock.txt");
  }

  /** Starts it, also again after it was killed, on the same data; resolves when it is ready. */
  async start() {
    mkdirSync(this.data, { recursive: true });
    const options = ["serve", "--listen", `127.0.0.1:${this.#port}`, "--data", this.data, "--public-url", this.url];
    options.push("--site", process.env.VESTIBULE_SITE ?? join(root, "dist/site"), "--demo", "--clock-file", this.#clockFile);
    if (this.#options.skills) options.push("--skills", this.#options.skills);
    const child = spawn(binary(), options, {
      cwd: this.#folder,
      env: { ...process.env, ...environment(this.#options.settings) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log = createWriteStream(this.#logFile, { flags: "a" });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#child = child;
    await this.#ready(child);
  }

  async #ready(child) {
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`the server ended at once:\n${this.log}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      if (answer?.ok) return;
      await pause(25);
    }
    throw new Error(`the server is not ready after 20 s:\n${this.log}`);
  }

  /** Ends it as a power cut does: without a word. */
  async kill() {
    await this.#end("SIGKILL");
  }

  /** Lets this much time pass, in seconds, for the server alone. */
  letTimePass(seconds) {
    const sofar = existsSync(this.#clockFile) ? Number(readFileSync(this.#clockFile, "utf8")) : 0;
    writeFileSync(this.#clockFile, String(sofar + seconds));
  }

  /** Ends it and takes its folder away. */
  async stop() {
    await this.#end("SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(signal) {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  }
}

/** Settings as the server reads them from its environment. */
function environment(settings = {}) {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`VESTIBULE_${key.toUpperCase()}`, String(value)]));
}

/** A port that nobody listens on at this moment. */
export async function freePort() {
  const probe = createServer();
  probe.listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
