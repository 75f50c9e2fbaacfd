import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { findRedis } from "../../scripts/redis.mjs";

const READY = "Ready to accept connections";
/** Tries to get a port that nobody takes between its choice and its use. */
const TRIES = 5;

type Running = ChildProcessByStdio<null, Readable, null>;

/**
 * A Redis of a test's own: on a free port of this machine, in a folder of its own, with nothing kept on disk.
 * End it with `stop`.
 */
export class RedisServer {
  readonly port: number;
  #folder: string;
  #running: Running;

  private constructor(port: number, folder: string, running: Running) {
    this.port = port;
    this.#folder = folder;
    this.#running = running;
  }

  static async start(): Promise<RedisServer> {
    const folder = mkdtempSync(join(tmpdir(), "macho-redis-"));
    for (let tries = 1; ; tries++) {
      const port = await freePort();
      try {
        return new RedisServer(port, folder, await launch(port, folder));
      } catch (error) {
        if (tries === TRIES) throw error;
      }
    }
  }

  /** For a client: `redis://127.0.0.1:PORT`. */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Holds it with SIGSTOP: connections stay open, and nothing is answered. */
  pause(): void {
    this.#running.kill("SIGSTOP");
  }

  /** Lets a held one go on, with what it was sent meanwhile. */
  resume(): void {
    this.#running.kill("SIGCONT");
  }

  /** Ends it at once, and with it all it holds. New connections are refused from then on. */
  async kill(): Promise<void> {
    const running = this.#running;
    if (running.exitCode !== null || running.signalCode !== null) return;
    running.kill("SIGKILL");
    await once(running, "exit");
  }

  /** An empty one on the same port. */
  async restart(): Promise<void> {
    await this.kill();
    this.#running = await launch(this.port, this.#folder);
  }

  /** Ends it, and removes its folder. */
  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A port that refuses connections, as long as nobody else takes it. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (typeof address === "object" && address) return address.port;
  throw new Error("The system gave no port.");
}

/** Resolves when it takes connections; rejects with what it said when it ends before. */
async function launch(port: number, folder: string): Promise<Running> {
  const path = findRedis();
  if (!path) throw new Error("No Redis server was found. Run npm test, which installs it, or set REDIS_PATH.");
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const running = spawn(path, options, { stdio: ["ignore", "pipe", "ignore"] });
  // A worker of the test runner that ends early takes it along.
  const end = (): void => void running.kill("SIGKILL");
  process.once("exit", end);
  running.once("exit", () => process.off("exit", end));
  await new Promise<void>((resolve, reject) => {
    let said = "";
    running.once("error", reject);
    running.once("exit", () => reject(new Error(`Redis on port ${port} ended:\n${said}`)));
    running.stdout.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-4_000);
      if (said.includes(READY)) resolve();
    });
  });
  return running;
}
