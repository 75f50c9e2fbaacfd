import type { Api } from "../server/routes.ts";
import { eventSourceOver } from "./event-source.ts";

const isOfApi = (url: string): boolean => new URL(url, location.href).pathname.startsWith("/api/");

/** From now on, requests of this page under `/api/` never leave it: `fetch` and `EventSource` ask `api`. */
export function answerInPage(api: Api): void {
  const fetchFromNetwork = globalThis.fetch;
  const ask = (request: Request): Promise<Response> => Promise.race([api(request), aborted(request.signal)]);
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    return isOfApi(request.url) ? ask(request) : fetchFromNetwork(request);
  };
  globalThis.EventSource = eventSourceOver(ask);
}

/** Rejects as `fetch` does when its caller has left. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
