import type { IncomingMessage, ServerResponse } from "node:http";
import { Catalog } from "./catalog.ts";
import { readFilms } from "./films.ts";
import { parseControls, parseSearch, parseWhole, RequestError } from "./requests.ts";
import { TrafficCounter } from "./traffic.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on the same machine would answer at once, and nobody would see what a cache is for. In ms. */
const LATENCY = 120;

/** Answers every request under `/api/`. */
export function createApi(): Handler {
  const catalog = new Catalog(readFilms());
  const traffic = new TrafficCounter();

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<unknown> {
    switch (`${request.method} ${url.pathname}`) {
      case "GET /api/stats":
        return traffic.traffic;
      case "POST /api/controls":
        traffic.control(await parseControls(request));
        return traffic.traffic;
      case "POST /api/reset":
        traffic.reset();
        return traffic.traffic;
      default:
        traffic.count(url.pathname, response);
        await latency(traffic.controls.slow, response);
        return find(request, url);
    }
  }

  function find(request: IncomingMessage, url: URL): unknown {
    const [collection, id, ...rest] = url.pathname.split("/").slice(2);
    if (request.method !== "GET") throw new RequestError(405, "Films and genres can only be read.");
    if (collection === "genres" && id === undefined) return catalog.genres();
    if (collection !== "films" || rest.length > 0) throw new RequestError(404, `Nothing is at ${url.pathname}.`);
    if (traffic.controls.failing) throw new RequestError(503, "The film server is out of order, as you asked.");
    if (id === undefined) return catalog.search(parseSearch(url.searchParams));
    const film = catalog.detail(parseWhole("id", id, 1_000_000));
    if (film === undefined) throw new RequestError(404, `There is no film number ${id}.`);
    return film;
  }

  return (request, response) => {
    const url = new URL(`http://localhost${request.url ?? "/"}`);
    if (url.pathname === "/api/stats/stream") return traffic.watch(response);
    answer(request, response, url).then(
      (body) => send(response, 200, body),
      (error: unknown) => sendError(response, error),
    );
  };
}

/** Waits as long as an answer takes here, or until nobody waits for it any more. */
function latency(slow: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(LATENCY, slow));
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function sendError(response: ServerResponse, error: unknown): void {
  const status = error instanceof RequestError ? error.status : 500;
  send(response, status, { error: error instanceof Error ? error.message : String(error) });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  // The browser's own cache must not answer in place of the one that is shown here.
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
