import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Connect, Plugin } from "vite";
import { Answers } from "./answers.ts";
import { Conversations } from "./conversations.ts";
import { Model, type Settings } from "./model.ts";

const MAX_QUESTION = 300;
const MAX_CONVERSATIONS = 100;

/** Serves the conversations under `/api/`, both by `vite` and by `vite preview`. */
export function api(): Plugin {
  return {
    name: "chat-api",
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

interface Backend {
  readonly model: Model;
  readonly conversations: Conversations;
  readonly answers: Answers;
}

function middleware(): Connect.NextHandleFunction {
  const model = new Model();
  const conversations = new Conversations((question) => model.answer(question));
  const backend = { model, conversations, answers: new Answers(model) };
  return (request, response, next) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (!url.pathname.startsWith("/api/")) return next();
    answer(backend, request, response, url).catch((error: unknown) => {
      const { status, message } = error instanceof RequestError ? error : new RequestError(500, String(error));
      send(response, status, { error: message });
    });
  };
}

async function answer(backend: Backend, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const { model, conversations, answers } = backend;
  const [, part, id = "", rest] = /^\/api\/(\w+)(?:\/(\d{1,9}))?(?:\/(\w+))?$/.exec(url.pathname) ?? [];
  const body = request.method === "POST" ? await json(request) : undefined;
  const conversation = conversations.list().find((each) => each.id === Number(id));
  switch ([request.method, part, id && ":id", rest].filter(Boolean).join(" ")) {
    case "GET lab":
      return send(response, 200, model.settings);
    case "POST lab":
      return send(response, 200, model.change(body as Partial<Settings>));
    case "POST words":
      model.allow((body as { count: number }).count);
      return send(response, 200, {});
    case "POST cut":
      answers.cut();
      return send(response, 200, {});
    case "GET log":
      return send(response, 200, answers.log);
    case "POST reset":
      answers.reset();
      conversations.reset();
      return send(response, 200, model.reset());
  }
  answers.count(`${request.method} ${url.pathname}`);
  switch ([request.method, part, id && ":id", rest].filter(Boolean).join(" ")) {
    case "GET conversations":
      return send(response, 200, conversations.list());
    case "POST conversations":
      if (conversations.list().length >= MAX_CONVERSATIONS) throw new RequestError(409, "There are enough of them.");
      return send(response, 200, conversations.add());
    case "GET conversations :id turns":
      if (conversation) return send(response, 200, conversations.turns(conversation.id));
      break;
    case "POST conversations :id turns":
      if (conversation) return send(response, 200, conversations.ask(conversation.id, questionOf(body)));
      break;
    case "GET answers :id": {
      const turn = conversations.turn(Number(id));
      const from = Number(url.searchParams.get("from") ?? 0);
      if (!Number.isInteger(from) || from < 0) throw new RequestError(400, "from must be a place in the text.");
      if (turn) return answers.stream(turn, from, response);
    }
  }
  throw new RequestError(404, `There is nothing at ${url.pathname}.`);
}

function questionOf(body: unknown): string {
  const question = (body as { question?: unknown } | null)?.question;
  if (typeof question === "string" && question.trim() !== "" && question.length <= MAX_QUESTION) return question.trim();
  throw new RequestError(400, `A question has 1 to ${MAX_QUESTION} characters.`);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return void response.end();
  // The browser's own cache must not answer in place of the one that is shown here.
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
