import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What the servers cache: each answer takes a while, and is counted. */
export class Origin {
  /** Answers that it was asked for. */
  loads = 0;
  #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param ms that each answer takes */
  static async start(ms: number): Promise<Origin> {
    const server = createServer((request, response) => {
      origin.loads++;
      const film = { path: request.url, loadedAt: Date.now(), text: "x".repeat(1_000) };
      setTimeout(() => {
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(film));
      }, ms);
    });
    const origin = new Origin(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return origin;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
