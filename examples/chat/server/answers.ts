import type { ServerResponse } from "node:http";
import type { StoredTurn } from "./conversations.ts";
import type { Model } from "./model.ts";

export interface Log {
  /** How often each path was asked. */
  readonly requests: Readonly<Record<string, number>>;
  /** Answers that are being sent. */
  readonly open: number;
  /** Answers whose reader left before the end. */
  readonly left: number;
}

/** Paths are counted up to here. */
const MAX_PATHS = 1_000;

/** Sends answers as they are written. */
export class Answers {
  readonly #model: Model;
  #open = new Set<ServerResponse>();
  #left = 0;
  #requests = new Map<string, number>();

  constructor(model: Model) {
    this.#model = model;
  }

  get log(): Log {
    return { requests: Object.fromEntries(this.#requests), open: this.#open.size, left: this.#left };
  }

  count(asked: string): void {
    const requests = this.#requests;
    if (requests.has(asked) || requests.size < MAX_PATHS) requests.set(asked, (requests.get(asked) ?? 0) + 1);
  }

  /** Sends an answer from a place of its text on: what is written already at once, and then word by word. */
  async stream(turn: StoredTurn, from: number, response: ServerResponse): Promise<void> {
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    response.flushHeaders();
    this.#open.add(response);
    const gone = new AbortController();
    response.once("close", () => {
      gone.abort();
      if (this.#open.delete(response) && !response.writableFinished) this.#left++;
    });
    for (let at = from; at < turn.text.length; at = turn.written) {
      if (at >= turn.written) await this.#model.nextWord(gone.signal);
      // Nobody reads on: the model stops, since each word costs.
      if (gone.signal.aborted) return;
      turn.written = Math.max(turn.written, at + wordAt(turn.text, at).length);
      response.write(turn.text.slice(at, turn.written));
    }
    response.end();
  }

  /** Cuts all connections, as a bad network does. */
  cut(): void {
    for (const response of this.#open) {
      this.#open.delete(response);
      response.destroy();
    }
  }

  reset(): void {
    this.cut();
    this.#left = 0;
    this.#requests.clear();
  }
}

/** With the space after it. */
function wordAt(text: string, place: number): string {
  return /^\S*\s*/.exec(text.slice(place))?.[0] ?? "";
}
