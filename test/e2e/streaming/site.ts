import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const MACHO = {
  "macho-cache/persist": here("../../../src/persist/index.ts"),
  "macho-cache/query": here("../../../src/query/index.ts"),
  "macho-cache/react": here("../../../src/react/index.ts"),
};

/** What the server says that it did. */
export interface Report {
  readonly loads: number;
  readonly timers: number;
}

/** The app, rendered by a process of its own. */
export class StreamingSite {
  readonly url: string;
  #process: ChildProcess;
  #folder: string;

  private constructor(url: string, server: ChildProcess, folder: string) {
    this.url = url;
    this.#process = server;
    this.#folder = folder;
  }

  /** Bundles page and server as an app would, and starts the server. */
  static async start(mode: "production" | "development", react: "18" | "19"): Promise<StreamingSite> {
    const folder = mkdtempSync(join(tmpdir(), "macho-streaming-"));
    const shared: BuildOptions = {
      absWorkingDir: here("."),
      bundle: true,
      jsx: "automatic",
      minify: mode === "production",
      define: { "process.env.NODE_ENV": JSON.stringify(mode) },
      alias: react === "18" ? { ...MACHO, react: "react-18", "react-dom": "react-dom-18" } : MACHO,
      outdir: folder,
      logLevel: "error",
    };
    await build({ ...shared, entryPoints: ["client.tsx"], format: "esm", splitting: true });
    await build({ ...shared, entryPoints: ["server.tsx"], platform: "node", outExtension: { ".js": ".cjs" } });
    const server = spawn(process.execPath, [join(folder, "server.cjs")], { stdio: ["ignore", "pipe", "inherit"] });
    const [port] = (await once(createInterface(server.stdout), "line")) as [string];
    return new StreamingSite(`http://127.0.0.1:${port}`, server, folder);
  }

  /** Lets the pages that wait have their second part. */
  async release(): Promise<void> {
    await fetch(`${this.url}/release`);
  }

  /** A page that is streamed, as it is sent before and after `release`. */
  async parts(path = "/stream"): Promise<[string, string]> {
    const { body } = await fetch(this.url + path);
    const chunks = body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
    let first = "";
    while (!first.includes("/client.js")) first += String((await chunks.next()).value);
    await this.release();
    let second = "";
    for (let chunk = await chunks.next(); !chunk.done; chunk = await chunks.next()) second += chunk.value;
    return [first, second];
  }

  /** A page by `renderToString`. */
  async string(): Promise<string> {
    return (await fetch(`${this.url}/string`)).text();
  }

  async report(): Promise<Report> {
    return (await fetch(`${this.url}/report`)).json() as Promise<Report>;
  }

  /** Stops listening. @returns the exit code of the process, which ends when nothing keeps it alive */
  async stop(): Promise<unknown> {
    const exited = once(this.#process, "exit");
    await fetch(`${this.url}/stop`, { headers: { connection: "close" } });
    return (await exited)[0];
  }

  dispose(): void {
    this.#process.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
