import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Connect, Plugin } from "vite";
import { type Move, STATUSES } from "../board.ts";
import { Issues } from "./issues.ts";
import { Lab, type Settings } from "./lab.ts";

const MAX_COMMENT = 500;

/** Serves the issues under `/api/`, both by `vite` and by `vite preview`. */
export function api(): Plugin {
  return {
    name: "tracker-api",
    configureServer: (server) => void server.middlewares.use(middleware()),
    configurePreviewServer: (server) => void server.middlewares.use(middleware()),
  };
}

/** What cannot be done, and why. */
class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function middleware(): Connect.NextHandleFunction {
  const issues = new Issues();
  const lab = new Lab();
  return (request, response, next) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (!url.pathname.startsWith("/api/")) return next();
    answer(request, url, issues, lab).then(
      (body) => send(response, 200, body),
      (error: unknown) => {
        const { status, message } = error instanceof RequestError ? error : new RequestError(500, String(error));
        send(response, status, { error: message });
      },
    );
  };
}

async function answer(request: IncomingMessage, url: URL, issues: Issues, lab: Lab): Promise<unknown> {
  const body = request.method === "POST" ? await json(request) : undefined;
  const asked = `${request.method} ${url.pathname}`;
  switch (asked) {
    case "GET /api/lab":
      return lab.settings;
    case "POST /api/lab":
      return lab.change(body as Partial<Settings>);
    case "GET /api/log":
      return { moves: issues.moves, requests: lab.requests };
    case "POST /api/reset":
      issues.reset();
      return lab.reset();
  }
  await lab.delay(asked);
  const [, id = "", comments] = /^\/api\/issues\/(\d{1,9})(\/comments)?$/.exec(url.pathname) ?? [];
  const issue = issues.find(Number(id));
  if (asked === "GET /api/issues") return issues.list(url.searchParams.get("assignee"));
  if (asked === "POST /api/moves") return move(body, issues, lab);
  if (issue === undefined) throw new RequestError(404, `There is nothing at ${url.pathname}.`);
  return comments === undefined ? issue : issues.comment(issue.id, commentOf(body));
}

function move(body: unknown, issues: Issues, lab: Lab): object {
  const { id, status, before } = (body ?? {}) as Partial<Move>;
  if (typeof id !== "number" || issues.find(id) === undefined) throw new RequestError(404, `There is no issue ${id}.`);
  const isColumn = status !== undefined && STATUSES.includes(status);
  if (!isColumn) throw new RequestError(400, `status must be one of ${STATUSES.join(", ")}, got "${status}".`);
  if (lab.takeRefusal()) throw new RequestError(409, "Somebody else has locked this issue.");
  issues.move({ id, status, before: before ?? null });
  return {};
}

function commentOf(body: unknown): string {
  const text = (body as { text?: unknown } | null)?.text;
  if (typeof text === "string" && text.trim() !== "" && text.length <= MAX_COMMENT) return text.trim();
  throw new RequestError(400, `A comment has 1 to ${MAX_COMMENT} characters.`);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  // The browser's own cache must not answer in place of the one that is shown here.
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
