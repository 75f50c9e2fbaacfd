import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { QueryClient } from "macho-cache/query";
import { StrictMode } from "react";
import { renderToPipeableStream } from "react-dom/server";
import { App } from "../app.tsx";
import { type Ask, createClient } from "../client.ts";
import { keysOf, routeOf } from "../router.ts";
import { NotFound } from "./api.ts";

/** Ms after which a page is sent without what is still missing: the browser then asks for it. */
const PATIENCE = 10_000;

export interface Assets {
  readonly script: string;
  readonly styles: string;
}

export interface PageRequest {
  readonly path: string;
  readonly ask: Ask;
  /** Whether the answer is sent when all of it is there. */
  readonly isWhole: boolean;
}

/** Renders pages, each with a client of its own, which ends with the response. */
export class Pages {
  readonly #assets: Assets;
  readonly #clients = new Set<QueryClient>();
  readonly #aborts = new Set<() => void>();

  constructor(assets: Assets) {
    this.#assets = assets;
  }

  /** Pages under way. */
  get size(): number {
    return this.#clients.size;
  }

  /** Sends what is there of all pages under way. */
  end(): void {
    for (const abort of this.#aborts) abort();
  }

  async render(response: ServerResponse, { path, ask, isWhole }: PageRequest): Promise<void> {
    const client = createClient(ask);
    this.#clients.add(client);
    response.once("close", () => {
      this.#clients.delete(client);
      client.dispose();
    });
    const status = await prefetch(client, path);
    // The visitor may have left meanwhile.
    if (response.destroyed) return;
    response.statusCode = status;
    this.#stream(response, client, path, isWhole);
  }

  #stream(response: ServerResponse, client: QueryClient, path: string, isWhole: boolean): void {
    const nonce = setHeaders(response);
    const { pipe, abort } = renderToPipeableStream(
      <StrictMode>
        <App client={client} path={path} styles={this.#assets.styles} />
      </StrictMode>,
      {
        nonce,
        bootstrapModules: [this.#assets.script],
        onShellReady: () => void (isWhole || pipe(response)),
        onAllReady: () => void (isWhole && pipe(response)),
        onShellError: () => void response.writeHead(500).end("The page could not be rendered."),
        onError: (error) => {
          // For us: the page only learns that something failed. A visitor who left is no failure.
          if (!response.destroyed) console.error(error);
        },
      },
    );
    const stop = (): void => abort(new Error("The rest of the page took too long."));
    const timer = setTimeout(stop, PATIENCE);
    this.#aborts.add(stop);
    response.once("close", () => {
      clearTimeout(timer);
      this.#aborts.delete(stop);
      abort();
    });
  }
}

/** Loads what the first part shows. What fails is tried again by the page. @returns the status of the response */
async function prefetch(client: QueryClient, path: string): Promise<number> {
  const route = routeOf(path);
  const outcomes = await Promise.allSettled(keysOf(route).map((key) => client.fetchQuery(key)));
  const isMissing = outcomes.some((outcome) => outcome.status === "rejected" && outcome.reason instanceof NotFound);
  return isMissing || route === undefined ? 404 : 200;
}

/** @returns the nonce of the scripts that put late parts in their places; the data blocks need none */
function setHeaders(response: ServerResponse): string {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-security-policy", policy.join("; "));
  response.setHeader("x-content-type-options", "nosniff");
  // A page is for one visitor.
  response.setHeader("cache-control", "private, no-store");
  return nonce;
}
