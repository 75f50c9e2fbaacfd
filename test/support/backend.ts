import type { Fetcher, QueryKey } from "macho-cache/query";
import { type Deferred, deferred, settled } from "./deferred.ts";

export interface Request {
  readonly key: QueryKey;
  readonly signal: AbortSignal | undefined;
  readonly answer: Deferred<unknown>;
}

/** What fetchers ask: it answers when the test says so, and counts. */
export class Backend {
  readonly requests: Request[] = [];

  /** Reads its signal, and ignores it. */
  readonly fetcher: Fetcher<unknown> = (key, { signal }) => this.#ask(key, signal);
  /** Never reads its signal. */
  readonly deaf: Fetcher<unknown> = (key) => this.#ask(key, undefined);

  #ask(key: QueryKey, signal: AbortSignal | undefined): Promise<unknown> {
    const answer = deferred<unknown>();
    this.requests.push({ key, signal, answer });
    return answer.promise;
  }

  get count(): number {
    return this.requests.length;
  }

  /** Answers a request, the oldest first, and lets everybody hear it. */
  async answer(index: number, value: unknown): Promise<void> {
    this.requests[index]?.answer.resolve(value);
    await settled();
  }

  async fail(index: number, error: unknown): Promise<void> {
    this.requests[index]?.answer.reject(error);
    await settled();
  }
}
