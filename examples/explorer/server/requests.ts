import type { FilmSearch } from "./catalog.ts";
import type { Controls } from "./traffic.ts";

const MAX_PAGE_SIZE = 100;
const MAX_SEARCH = 200;
const MAX_SLOW = 30_000;
const MAX_BODY = 10_000;

/** What the client asked for cannot be answered, and why. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "RequestError";
    this.status = status;
  }
}

/** @throws RequestError when a parameter is out of its range. */
export function parseSearch(query: URLSearchParams): FilmSearch {
  const search = query.get("search") ?? "";
  if (search.length > MAX_SEARCH) throw new RequestError(400, `search has at most ${MAX_SEARCH} characters.`);
  return {
    search,
    genre: query.get("genre") ?? "",
    page: parseWhole("page", query.get("page") ?? "1", 1_000_000),
    pageSize: parseWhole("pageSize", query.get("pageSize") ?? "12", MAX_PAGE_SIZE),
  };
}

/** @throws RequestError when the text is no whole number from 1 to `most`. */
export function parseWhole(name: string, text: string, most: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw new RequestError(400, `${name} must be a whole number from 1 to ${most}, got "${text}".`);
}

/** @throws RequestError when the body is not an object of known controls. */
export async function parseControls(request: Request): Promise<Partial<Controls>> {
  const body = await readJson(request);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new RequestError(400, "The body must be an object, such as { slow: 2500, failing: false }.");
  }
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, parseControl(name, value)]));
}

function parseControl(name: string, value: unknown): number | boolean {
  if (name === "failing" && typeof value === "boolean") return value;
  if (name === "slow" && typeof value === "number" && value >= 0 && value <= MAX_SLOW) return value;
  throw new RequestError(400, `Controls are slow (0 to ${MAX_SLOW} ms) and failing (true or false).`);
}

async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RequestError(400, `The body is no JSON: ${String(cause)}`);
  }
}

/** Reads the body, and stops where it is too long. */
async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) return text;
    text += decoder.decode(part.value, { stream: true });
    if (text.length > MAX_BODY) throw new RequestError(413, "The body is too long.");
  }
}
