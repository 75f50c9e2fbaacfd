import type { AnswerError, Answers, Requests } from "macho-cache/devtools/expose";
import { CommandError, EXIT } from "../exit.ts";
import { visible } from "../visible-text.ts";
import { answerWithin, Away, gone } from "./away.ts";
import { type Channel, lost } from "./channel.ts";

/** Where caches are: a document, a worker or a process. */
export interface Place {
  readonly kind: "page" | "frame" | "worker" | "node" | "thread";
  readonly title: string;
  readonly url: string;
  readonly port: number;
  /** What the debugger's port calls it. A page keeps it while it is loaded anew; a process that is started again has another. */
  readonly id: string;
}

/** What a place is called in a sentence. */
export const PLACE_WORDS: Readonly<Record<Place["kind"], string>> = {
  page: "page",
  frame: "page",
  worker: "worker",
  node: "process",
  thread: "thread",
};

/** The newest shape of the registry that this command speaks. */
const VERSION = 1;

// Texts of our own that run in the page. What they are told comes as data.
const NAMES = `function () {
  const registry = globalThis[Symbol.for("macho-cache.exposed")];
  return registry ? { version: registry.version, names: registry.names() } : null;
}`;
// As text, since the protocol would write data as a literal of the language, in which `__proto__` is no property.
const ASK = `function (request) {
  const registry = globalThis[Symbol.for("macho-cache.exposed")];
  return registry ? registry.ask(JSON.parse(request)) : null;
}`;
/** Ends when the page does its work again: one that sleeps runs what is asked, but no timer. */
const WORK = `function () {
  return new Promise((resolve) => setTimeout(resolve));
}`;

/** One global object whose caches can be asked. */
export class Realm {
  readonly place: Place;
  /** The names of its caches. */
  readonly names: readonly string[];
  #channel: Channel;
  #context: number;
  #timeout: number;

  private constructor(place: Place, names: readonly string[], channel: Channel, context: number, timeout: number) {
    this.place = place;
    this.names = names;
    this.#channel = channel;
    this.#context = context;
    this.#timeout = timeout;
  }

  /** `undefined` where no cache is exposed. */
  static async find(place: Place, channel: Channel, context: number, timeout: number): Promise<Realm | undefined> {
    const found = (await call(channel, context, NAMES, [], timeout)) as { version: number; names: string[] } | null;
    if (!found) return undefined;
    if (!Array.isArray(found.names) || !found.names.every((name) => typeof name === "string")) throw strange();
    if (found.version > VERSION) {
      throw lost("Its macho-cache is newer than this command knows. Update macho-cache-cli.");
    }
    return new Realm(place, found.names, channel, context, timeout);
  }

  /** Asks about a cache. Rejects with a `CommandError`. */
  async ask<O extends keyof Requests>(cache: string, operation: O, request: Requests[O]): Promise<Answers[O]> {
    const text = await this.#call(ASK, [JSON.stringify({ ...request, cache, operation })], this.#timeout);
    if (typeof text !== "string") throw gone("The page holds no caches any more: it was loaded anew.");
    const { answer, error } = parsed(text) as { answer?: Answers[O]; error?: AnswerError };
    if (error) throw failure(cache, operation, error);
    if (typeof answer !== "object" || answer === null) throw strange();
    return answer;
  }

  /** Waits until the page does its work. Rejects with an `Away` when it is gone, or takes longer than some ms. */
  async works(timeout: number): Promise<void> {
    await this.#call(WORK, [], timeout);
  }

  /** Hears when the page is left, crashes or ends, in words. Returns its undo. */
  onEnd(listener: (why: string) => void): () => void {
    const place = `The ${PLACE_WORDS[this.place.kind]}`;
    return this.#channel.listen((method, params) => {
      if (method === "Inspector.targetCrashed") listener(`${place} has crashed.`);
      else if (method === "Inspector.detached")
        listener(`${place} is gone: ${visible(String(params["reason"]).replace(/\.$/, ""))}.`);
      else if (
        method === "Runtime.executionContextsCleared" ||
        (method === "Runtime.executionContextDestroyed" && params["executionContextId"] === this.#context)
      ) {
        listener(place === "The page" ? "The page was left or loaded anew." : `${place} ends.`);
      }
    });
  }

  /** A page that crashes gives no answer, and no error either. */
  async #call(code: string, given: readonly string[], timeout: number): Promise<unknown> {
    let undo: (() => void) | undefined;
    const end = new Promise<never>((_, reject) => (undo = this.onEnd((why) => reject(gone(why)))));
    try {
      return await Promise.race([call(this.#channel, this.#context, code, given, timeout), end]);
    } finally {
      undo?.();
    }
  }
}

/** Calls a function of our own in a page. */
async function call(
  channel: Channel,
  context: number,
  code: string,
  given: readonly string[],
  timeout: number,
): Promise<unknown> {
  const asked = channel.send("Runtime.callFunctionOn", {
    functionDeclaration: code,
    executionContextId: context,
    arguments: given.map((value) => ({ value })),
    awaitPromise: true,
    returnByValue: true,
  });
  try {
    const { result, exceptionDetails } = (await answerWithin(asked, timeout)) as unknown as CallAnswer;
    if (exceptionDetails)
      throw lost(`The page failed: ${visible(exceptionDetails.exception?.description ?? exceptionDetails.text)}`);
    return result.value ?? null;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw gone(`The page cannot be asked any more: ${visible((error as Error).message)}`, error);
  }
}

interface CallAnswer {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

/** What a page answers, which may be anything. */
function parsed(text: string): object {
  try {
    const found = JSON.parse(text, decode) as unknown;
    if (typeof found === "object" && found !== null) return found;
  } catch {
    // What is no JSON is no answer either.
  }
  throw strange();
}

function strange(): CommandError {
  return lost("The page's answer cannot be understood. Its macho-cache may be of another version than the command.");
}

/** Numbers that JSON does not know. */
function decode(_name: string, value: unknown): unknown {
  return typeof value === "object" && value !== null && "$number" in value ? Number(value.$number) : value;
}

function failure(cache: string, operation: string, { code, message, names }: AnswerError): CommandError {
  switch (code) {
    case "no-cache":
      return new Away(
        "gone",
        `There is no cache ${visible(cache)} any more. There are: ${visible(names?.join(", ") || "none")}.`,
        { exit: EXIT.noTarget },
      );
    case "no-operation":
      return lost(
        `The page's macho-cache is too old for this: it does not know ${operation}. Update macho-cache in the app.`,
      );
    case "refused":
      return new CommandError(EXIT.refused, visible(message ?? "The cache refused it."));
    case "unclear":
      return new CommandError(EXIT.usage, visible(message ?? "The page does not understand what is asked."));
    case "no-code":
      return lost(`The page could not load the code that answers: ${visible(message ?? "")}${noCodeRemedy(message)}`);
    case "failed":
      return lost(`The cache failed: ${visible(message ?? "")}`);
    default:
      return strange();
  }
}

function noCodeRemedy(message = ""): string {
  if (!message.includes("ServiceWorker")) return "";
  return " A service worker loads no code later: bundle it as one file, without chunks.";
}
