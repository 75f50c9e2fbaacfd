import { Catalog } from "./catalog.ts";
import type { Film } from "./films.ts";
import { parseControls, parseSearch, parseWhole, RequestError } from "./requests.ts";
import { TrafficCounter } from "./traffic.ts";

/** Answers a request under `/api/`, on a server as well as in a page. */
export type Api = (request: Request) => Promise<Response>;

/** A server on the same machine would answer at once, and nobody would see what a cache is for. In ms. */
const LATENCY = 120;

/** Answers every request under `/api/`. */
export function createApi(films: readonly Film[]): Api {
  const catalog = new Catalog(films);
  const traffic = new TrafficCounter();

  async function answer(request: Request, url: URL): Promise<unknown> {
    switch (`${request.method} ${url.pathname}`) {
      case "GET /api/stats":
        return traffic.traffic;
      case "POST /api/controls":
        traffic.control(await parseControls(request));
        return traffic.traffic;
      case "POST /api/reset":
        traffic.reset();
        return traffic.traffic;
      default: {
        const answered = traffic.count(url.pathname, request.signal);
        await latency(traffic.controls.slow, request.signal);
        answered();
        return find(request, url);
      }
    }
  }

  function find(request: Request, url: URL): unknown {
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

  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname === "/api/stats/stream") {
      const headers = { "content-type": "text/event-stream", "cache-control": "no-store" };
      return new Response(traffic.watch().pipeThrough(new TextEncoderStream()), { headers });
    }
    try {
      return reply(200, await answer(request, url));
    } catch (error) {
      const status = error instanceof RequestError ? error.status : 500;
      return reply(status, { error: error instanceof Error ? error.message : String(error) });
    }
  };
}

/** Waits as long as an answer takes here, or until nobody waits for it any more. */
function latency(slow: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(LATENCY, slow));
    signal.addEventListener("abort", done);
  });
}

function reply(status: number, body: unknown): Response {
  // The browser's own cache must not answer in place of the one that is shown here.
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return new Response(JSON.stringify(body), { status, headers });
}
