import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Api } from "./routes.ts";

/** Answers requests of a Node server by the API. */
export function onNode(api: Api): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const left = new AbortController();
    response.once("close", () => {
      if (!response.writableEnded) left.abort();
    });
    void api(requestOf(request, left.signal)).then((answer) => send(answer, response));
  };
}

function requestOf(message: IncomingMessage, signal: AbortSignal): Request {
  const { method = "GET", url = "/" } = message;
  // Types of Node and of the page each have their streams; both are those of the web.
  const body = method === "GET" || method === "HEAD" ? null : (Readable.toWeb(message) as ReadableStream<Uint8Array>);
  const init: RequestInit & { duplex: "half" } = { method, signal, body, duplex: "half" };
  return new Request(`http://localhost${url}`, init);
}

/** Passes an answer on as it comes, until its reader has left. */
async function send(answer: Response, response: ServerResponse): Promise<void> {
  const reader = answer.body?.getReader();
  if (response.destroyed) return void reader?.cancel();
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.once("close", () => void reader?.cancel());
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
    response.write(part.value);
  }
  response.end();
}
