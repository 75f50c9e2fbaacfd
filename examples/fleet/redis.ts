import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection, createServer, type AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { findRedis } from "../../scripts/redis.mjs";

/** Ms that a Redis may take to start. */
const LONGEST_START = 10_000;

/** A Redis of the example's own, on a free port of this machine. It keeps nothing on disk. */
export class RedisProcess {
  readonly port: number;
  #path: string;
  #process: ChildProcess | undefined;

  private constructor(path: string, port: number) {
    this.#path = path;
    this.port = port;
  }

  /** @throws where there is none on this machine */
  static async start(): Promise<RedisProcess> {
    const path = findRedis();
    if (!path) {
      throw new Error(
        "The example needs a Redis or Valkey. Install it (Debian: sudo apt-get install -y redis-server; macOS: brew install redis), or set REDIS_PATH to its program.",
      );
    }
    const redis = new RedisProcess(path, await freePort());
    await redis.restart();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Holds it: connections stay open, and nothing is answered. */
  hold(): void {
    this.#process?.kill("SIGSTOP");
  }

  /** Ends it at once, with all that it holds. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running || running.exitCode !== null) return;
    const exited = once(running, "exit");
    running.kill("SIGKILL");
    await exited;
  }

  /** An empty one on the same port. */
  async restart(): Promise<void> {
    await this.kill();
    const options = ["--port", String(this.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    const running = spawn(this.#path, options, { stdio: "ignore" });
    this.#process = running;
    // It does not outlive this process.
    process.once("exit", () => running.kill("SIGKILL"));
    const until = Date.now() + LONGEST_START;
    while (!(await answers(this.port))) {
      if (running.exitCode !== null || Date.now() > until) throw new Error(`Redis on port ${this.port} did not start.`);
      await wait(20);
    }
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = createConnection(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
