import type { AnswerError, Answers, Requests } from "macho-cache/devtools/expose";
import { CommandError, EXIT } from "../exit.ts";
import { visible } from "../visible-text.ts";
import { type Channel, lost } from "./channel.ts";

/** Where caches are: a document, a worker or a process. */
export interface Place {
  readonly kind: "page" | "frame" | "worker" | "node" | "thread";
  readonly title: string;
  readonly url: string;
  readonly port: number;
}

/** The newest shape of the registry that this command speaks. */
const VERSION = 1;

// Texts of our own that run in the page. What they are told comes as data.
const NAMES = `function () {
  const registry = globalThis[Symbol.for("macho-cache.exposed")];
  return registry ? { version: registry.version, names: registry.names() } : null;
}`;
const ASK = `function (request) {
  const registry = globalThis[Symbol.for("macho-cache.exposed")];
  return registry ? registry.ask(request) : null;
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
    if (found.version > VERSION) {
      const message = `${place.title || place.url} has a newer macho-cache than this command knows. Update macho-cache-cli.`;
      throw lost(visible(message));
    }
    return new Realm(place, found.names, channel, context, timeout);
  }

  /** Asks about a cache. Rejects with a `CommandError`. */
  async ask<O extends keyof Requests>(cache: string, operation: O, request: Requests[O]): Promise<Answers[O]> {
    const text = await call(this.#channel, this.#context, ASK, [{ ...request, cache, operation }], this.#timeout);
    if (typeof text !== "string") throw lost("The page holds no caches any more: it was loaded anew.");
    const { answer, error } = JSON.parse(text, decode) as { answer?: Answers[O]; error?: AnswerError };
    if (error) throw failure(cache, operation, error);
    return answer as Answers[O];
  }

  /** Hears when the page is left, crashes or ends, in words. Returns its undo. */
  onEnd(listener: (why: string) => void): () => void {
    return this.#channel.listen((method, params) => {
      if (method === "Inspector.targetCrashed") listener("The page has crashed.");
      else if (method === "Inspector.detached") listener(`The page is gone: ${visible(String(params["reason"]))}.`);
      else if (method === "Runtime.executionContextsCleared") listener("The page was left or loaded anew.");
      else if (method === "Runtime.executionContextDestroyed" && params["executionContextId"] === this.#context) {
        listener("The page was left or loaded anew.");
      }
    });
  }
}

/** Calls a function of our own in a page. */
async function call(
  channel: Channel,
  context: number,
  code: string,
  given: readonly object[],
  timeout: number,
): Promise<unknown> {
  const asked = channel.send("Runtime.callFunctionOn", {
    functionDeclaration: code,
    executionContextId: context,
    arguments: given.map((value) => ({ value })),
    awaitPromise: true,
    returnByValue: true,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const words = `No answer within ${timeout / 1_000} s: the page is busy, asleep, or stopped at a breakpoint. Bring it to the front, or pass a longer --timeout.`;
    timer = setTimeout(() => reject(lost(words)), timeout);
  });
  try {
    const { result, exceptionDetails } = (await Promise.race([asked, late])) as unknown as CallAnswer;
    if (exceptionDetails)
      throw lost(`The page failed: ${visible(exceptionDetails.exception?.description ?? exceptionDetails.text)}`);
    return result.value ?? null;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw lost(`The page cannot be asked any more: ${visible((error as Error).message)}`, error);
  } finally {
    clearTimeout(timer);
    // It may come, and fail, when nobody waits any more.
    asked.catch(() => undefined);
  }
}

interface CallAnswer {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

/** Numbers that JSON does not know. */
function decode(_name: string, value: unknown): unknown {
  return typeof value === "object" && value !== null && "$number" in value ? Number(value.$number) : value;
}

function failure(cache: string, operation: string, { code, message, names }: AnswerError): CommandError {
  switch (code) {
    case "no-cache":
      return new CommandError(
        EXIT.noTarget,
        `There is no cache ${visible(cache)} any more. There are: ${visible(names?.join(", ") || "none")}.`,
      );
    case "no-operation":
      return lost(
        `The page's macho-cache is too old for this: it does not know ${operation}. Update macho-cache in the app.`,
      );
    case "refused":
      return new CommandError(EXIT.refused, visible(message ?? "The cache refused it."));
    case "no-code":
      return lost(`The page could not load the code that answers: ${visible(message ?? "")}`);
    case "failed":
      return lost(`The cache failed: ${visible(message ?? "")}`);
  }
}
