import type { IncomingMessage, ServerResponse } from "node:http";
import type { Connect, Plugin } from "vite";
import { BOARDS } from "../widgets.ts";
import { metricAt } from "./metrics.ts";

/** A server on the same machine would answer at once, and nobody would see what a cache is for. In ms. */
const LATENCY = 150;

const IDS = new Set(BOARDS.flatMap(({ widgets }) => widgets.map(({ id }) => id)));

/** Serves the values under `/api/`, both by `vite` and by `vite preview`. */
export function api(): Plugin {
  return {
    name: "dashboard-api",
    configureServer: (server) => void server.middlewares.use(middleware()),
    configurePreviewServer: (server) => void server.middlewares.use(middleware()),
  };
}

function middleware(): Connect.NextHandleFunction {
  return (request, response, next) => {
    if (request.url?.startsWith("/api/")) void answer(request, response);
    else next();
  };
}

/** `GET /api/metrics/ID`, and `?at=` for the values of an earlier moment. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(`http://localhost${request.url ?? "/"}`);
  const id = /^\/api\/metrics\/([\w-]+)$/.exec(pathname)?.[1];
  const at = Number(searchParams.get("at") ?? Date.now());
  if (request.method !== "GET" || id === undefined || !IDS.has(id))
    return send(response, 404, { error: `Nothing is at ${pathname}.` });
  if (!Number.isSafeInteger(at)) return send(response, 400, { error: "at must be a time in ms." });
  await latency(response);
  send(response, 200, metricAt(id, at));
}

/** Waits as long as an answer takes here, or until nobody waits for it any more. */
function latency(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LATENCY);
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  // The browser's own cache must not answer in place of the one that is shown here.
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
