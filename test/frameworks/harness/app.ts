import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";

const here = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** No tool of an app may ask anybody else, nor colour its output. */
const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  DENO_NO_UPDATE_CHECK: "1",
  PARCEL_WORKERS: "1",
  NO_COLOR: "1",
  CI: "true",
};

/** The environment of a tool: none of what the test runner says of itself. */
function environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_ENV|NODE_OPTIONS|VITE|VITEST|TEST|npm_)/.test(name),
  );
  return { ...Object.fromEntries(own), ...QUIET, ...more };
}

/** A server of an app, which a test stops. */
export interface Site {
  readonly url: string;
  /** What it printed so far. */
  said(): string;
  stop(): Promise<void>;
}

/** An app in a folder of its own, outside of this repository, with the packed package installed beside its lock. */
export class App {
  readonly folder: string;
  /** Files that were changed, as they were. */
  #edited = new Map<string, string>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Installs what the lock of `test/frameworks/NAME` says, and the package. What apps have in common is in `shared`.
   * @param sources further folders of `test/frameworks`, whose files are the app's as well
   */
  static async install(name: string, ...sources: readonly string[]): Promise<App> {
    const app = new App(mkdtempSync(join(tmpdir(), `macho-${name}-`)));
    cpSync(here("shared"), app.path("shared"), { recursive: true });
    for (const source of [...sources, name]) cpSync(here(source), app.folder, { recursive: true });
    if (!existsSync(app.path("package-lock.json")))
      throw new Error(`test/frameworks/${name} has no package-lock.json.`);
    cpSync(here("../../.npmrc"), app.path(".npmrc"));
    await app.run("npm", ["install", "--no-save", "--prefer-offline", "--loglevel", "error", inject("tarball")]);
    return app;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Runs a program of the app to its end. Throws with all that it printed if it fails. */
  async run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const { child, said } = this.#start(program, args, env);
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${said()}`);
    return said();
  }

  /** Starts a server of the app, and waits until it answers. `PORT` in the arguments is a free port. */
  async serve(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Site> {
    const port = String(await freePort());
    const withPort = args.map((arg) => arg.replace("PORT", port));
    const { child, said } = this.#start(program, withPort, { ...env, PORT: port });
    const site = { url: `http://127.0.0.1:${port}`, said, stop: () => stop(child) };
    await untilItAnswers(site, child);
    return site;
  }

  /** Changes a source file, until the next program starts. A page that shows it is not changed twice. */
  edit(file: string, from: string, to: string): void {
    const text = readFileSync(this.path(file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} does not contain ${from}.`);
    this.#edited.set(file, text);
    writeFileSync(this.path(file), text.replace(from, to));
  }

  /** Every file below a folder, with its name, as one text. */
  contents(...parts: string[]): string {
    const files = readdirSync(this.path(...parts), { recursive: true, withFileTypes: true });
    const read = files.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    return read.map((file) => `${file}\n${readFileSync(file, "utf8")}`).join("\n");
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Starts a command that the app has installed, or one of the system. */
  #start(name: string, args: readonly string[], env: Readonly<Record<string, string>>): Started {
    for (const [file, text] of this.#edited) writeFileSync(this.path(file), text);
    this.#edited.clear();
    const installed = this.path("node_modules", ".bin", name);
    const program = existsSync(installed) ? installed : name;
    // A group of its own, so that what it starts ends with it.
    const options = { cwd: this.folder, env: environment(env), detached: true };
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
    return { child, said: () => said };
  }
}

interface Started {
  readonly child: ChildProcess;
  said(): string;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

async function untilItAnswers(site: Site, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((again) => setTimeout(again, 100))) {
    if (child.exitCode !== null) throw new Error(`The server ended:\n${site.said()}`);
    // To its end: what the first page loads is no concern of the tests.
    const answers = await fetch(site.url).then(
      (response) => response.text().then(() => true),
      () => false,
    );
    if (answers) return;
  }
  await site.stop();
  throw new Error(`The server did not answer:\n${site.said()}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, "exit");
  process.kill(-child.pid, "SIGTERM");
  const late = setTimeout(() => process.kill(-child.pid!, "SIGKILL"), 5_000);
  await exited;
  clearTimeout(late);
}
