import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { Visitor } from "../keys.ts";
import { Api, type Controls, NotFound } from "./api.ts";
import { Files } from "./files.ts";
import { Pages } from "./pages.tsx";

/** Listens on loopback. @returns the address, and how to stop: the process then ends by itself */
export async function start(port: number): Promise<{ readonly url: string; readonly stop: () => void }> {
  const files = new Files(new URL("../client/", import.meta.url));
  const app = { files, api: new Api(), pages: new Pages(files.assets), watchers: new Set<ServerResponse>() };
  const server = createServer((request, response) => {
    handle(app, request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, stop: () => stop(server, app) };
}

interface App {
  readonly files: Files;
  readonly api: Api;
  readonly pages: Pages;
  /** Pages that show the counter. */
  readonly watchers: Set<ServerResponse>;
}

function stop(server: Server, { pages, watchers }: App): void {
  server.close();
  pages.end();
  for (const watcher of watchers) watcher.end();
  server.closeIdleConnections();
}

async function handle(app: App, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  if (app.files.serve(pathname, response)) return;
  if (pathname.startsWith("/api/")) return answer(app, pathname, request, response);
  const visitor = visitorOf(request);
  const ask = (path: string, signal: AbortSignal): Promise<unknown> => app.api.answer(path, visitor, signal);
  return app.pages.render(response, { path: pathname, ask, isWhole: search === "?whole" });
}

async function answer({ api, pages, watchers }: App, path: string, request: IncomingMessage, response: ServerResponse) {
  switch (path) {
    case "/api/traffic":
      return watch(api, watchers, response);
    case "/api/stats": {
      const timers = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
      return send(response, 200, { total: api.total, paths: api.paths, pages: pages.size, timers });
    }
    case "/api/controls":
      // Of this example's own visitor, on this machine.
      api.control((await json(request)) as Partial<Controls>);
      return send(response, 200, {});
  }
  const controller = new AbortController();
  response.once("close", () => controller.abort());
  try {
    send(response, 200, await api.answer(path, visitorOf(request), controller.signal));
  } catch (error) {
    if (!controller.signal.aborted) send(response, error instanceof NotFound ? 404 : 503, {});
  }
}

/** Keeps a response open as a stream of numbers, until its page leaves. */
function watch(api: Api, watchers: Set<ServerResponse>, response: ServerResponse): void {
  const tell = (): void => void response.write(`data: ${api.total}\n\n`);
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", connection: "close" });
  const leave = api.listen(tell);
  watchers.add(response);
  response.once("close", () => {
    leave();
    watchers.delete(response);
  });
  tell();
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

/** The same question, another answer for each visitor. */
function visitorOf(request: IncomingMessage): Visitor {
  const name = /(?:^|; )visitor=([^;]*)/.exec(request.headers.cookie ?? "")?.[1] ?? "visitor";
  try {
    return { name: decodeURIComponent(name) };
  } catch {
    return { name };
  }
}
