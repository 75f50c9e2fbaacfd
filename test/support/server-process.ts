import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TierStatus } from "macho-cache/persist";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a server process is told to do. */
export type Order = { readonly id: number } & Task;
type Task =
  | { readonly do: "ask"; readonly name: string; readonly times: number; readonly shared?: boolean | undefined }
  | { readonly do: "leave"; readonly name: string }
  | { readonly do: "status" | "flush" | "stop" };

/** What it answers, and what it asks: somebody else has what it loads. */
export interface Answer {
  readonly type: "answer";
  readonly id: number;
  readonly value: unknown;
}
export interface Question {
  readonly type: "load";
  readonly id: number;
  readonly name: string;
}

/** Programs of tests, built to run by Node: in a folder from where they find the packages. */
export class Programs {
  readonly #folder = mkdtempSync(join(ROOT, "node_modules", ".programs-"));

  /** @returns the file of a program that is written in TypeScript */
  async build(name: string, path: string): Promise<string> {
    const outfile = join(this.#folder, `${name}.mjs`);
    const alias = Object.entries(NAMES).map(([entry, file]) => [`macho-cache/${entry}`, join(ROOT, "src", file)]);
    await build({
      entryPoints: [path],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      alias: Object.fromEntries(alias) as Record<string, string>,
      logLevel: "error",
    });
    return outfile;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Entries of the package that programs use. */
const NAMES = { query: "query/index.ts", persist: "persist/index.ts", "persist/redis": "persist/redis.ts" };

/** A server of a fleet, as a process of its own. */
export class ServerProcess {
  /** Names that it loaded. */
  readonly loads: string[] = [];
  /** Gives what it loads. */
  origin: (name: string) => Promise<string> = async (name) => `data of ${name}`;
  readonly #process: ChildProcess;
  readonly #answers = new Map<number, (value: unknown) => void>();
  #orders = 0;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on("message", (message: Answer | Question) => {
      if (message.type === "answer") return this.#answers.get(message.id)?.(message.value);
      this.loads.push(message.name);
      void this.origin(message.name).then(
        (data) => child.connected && child.send({ do: "loaded", id: message.id, data }),
      );
    });
  }

  /** Resolves when it is connected to its Redis. */
  static async start(program: string, settings: object): Promise<ServerProcess> {
    const child = fork(program, { env: { ...process.env, SERVER: JSON.stringify(settings) } });
    const server = new ServerProcess(child);
    await new Promise((resolve) => server.#answers.set(0, resolve));
    return server;
  }

  /** Asks for a key so many times at once. */
  ask(name: string, times = 1, shared?: boolean): Promise<unknown> {
    return this.#order({ do: "ask", name, times, shared });
  }

  status(): Promise<TierStatus> {
    return this.#order({ do: "status" }) as Promise<TierStatus>;
  }

  flush(): Promise<unknown> {
    return this.#order({ do: "flush" });
  }

  /** @returns its exit code, when nothing keeps it alive any more */
  async end(task: Task): Promise<unknown> {
    const exited = once(this.#process, "exit");
    void this.#order(task);
    return (await exited)[0];
  }

  kill(): void {
    this.#process.kill("SIGKILL");
  }

  #order(task: Task): Promise<unknown> {
    const id = ++this.#orders;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#process.send({ ...task, id });
    });
  }
}
