// Servers behind one port: Node's cluster gives each new connection to the next one.
import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

/** What a server is started with. */
export interface Settings {
  /** Address of the origin. */
  readonly origin: string;
  /** Address of the Redis; none without. */
  readonly redis?: string | undefined;
  /** Whether the servers load one after the other what all of them want. */
  readonly lock?: boolean | undefined;
}

/** What a server is told. */
export type Order = "status" | "stop";

/** What a server says of its Redis. */
export interface Status {
  readonly breaker: "closed" | "open" | "half-open";
  readonly hits: number;
  readonly failures: number;
}

export class Fleet {
  readonly port: number;
  #workers: readonly Worker[];

  private constructor(port: number, workers: readonly Worker[]) {
    this.port = port;
    this.#workers = workers;
  }

  /** Resolves when all of them listen. */
  static async start(count: number, settings: Settings): Promise<Fleet> {
    cluster.setupPrimary({ exec: fileURLToPath(new URL("server.js", import.meta.url)) });
    const env = { FLEET: JSON.stringify(settings) };
    const workers = Array.from({ length: count }, () => cluster.fork(env));
    const addresses = await Promise.all(
      workers.map(async (worker) => ((await once(worker, "listening")) as [AddressInfo])[0]),
    );
    return new Fleet(addresses[0]!.port, workers);
  }

  /** What each of them says. */
  status(): Promise<Status[]> {
    return Promise.all(
      this.#workers.map(async (worker) => {
        worker.send("status" satisfies Order);
        return ((await once(worker, "message")) as [Status])[0];
      }),
    );
  }

  /** Resolves when all of them have ended by themselves. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#workers.map(async (worker) => {
        const exited = once(worker, "exit");
        worker.send("stop" satisfies Order);
        await exited;
      }),
    );
  }

  /** Ends them at once. */
  kill(): void {
    for (const { process } of this.#workers) process.kill("SIGKILL");
  }
}
