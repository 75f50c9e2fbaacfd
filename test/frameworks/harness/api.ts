import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { deferred } from "../../support/deferred.ts";

/** What every app shows comes from here: films, and the votes for them. It notes who asked for what. */
export class Api {
  /** What servers asked for, such as `GET /api/film/1`. */
  readonly fromServer: string[] = [];
  /** What pages asked for. */
  readonly fromPage: string[] = [];
  votes = 0;
  #server: Server;
  #held = new Map<string, ReturnType<typeof deferred<void>>>();

  private constructor() {
    this.#server = createServer((request, response) => {
      const asked = `${request.method} ${request.url}`;
      this.fromServer.push(asked);
      const headers = { "content-type": "application/json" };
      void this.answer(asked).then((body) => response.writeHead(body === undefined ? 404 : 200, headers).end(body));
    });
  }

  static async start(): Promise<Api> {
    const api = new Api();
    await new Promise<void>((listening) => api.#server.listen(0, "127.0.0.1", listening));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers wait from now on. @returns lets the ones that wait through, and those to come */
  hold(asked: string): () => void {
    this.#held.set(asked, deferred<void>());
    return () => {
      this.#held.get(asked)?.resolve();
      this.#held.delete(asked);
    };
  }

  /** Forgets what was asked. */
  forget(): void {
    this.fromServer.length = 0;
    this.fromPage.length = 0;
  }

  /** @returns JSON, or `undefined` for what there is not */
  async answer(asked: string): Promise<string | undefined> {
    await this.#held.get(asked)?.promise;
    if (asked === "POST /api/votes") return JSON.stringify({ count: ++this.votes });
    if (asked === "GET /api/votes") return JSON.stringify({ count: this.votes });
    const id = /^GET \/api\/film\/(\d+)$/.exec(asked)?.[1];
    return id === undefined ? undefined : JSON.stringify({ id: Number(id), title: `Film number ${id}` });
  }

  async stop(): Promise<void> {
    for (const asked of this.#held.keys()) this.hold(asked)();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
