import { Answer } from "../machine/answer.ts";
import { tagsOf } from "../machine/prepared.ts";
import type { Query } from "../machine/query.ts";
import type { HookInput } from "../machine/watcher.ts";
import type { QueryInfo } from "../model/options.ts";
import { pendingState, type QueryState, successState } from "../model/state.ts";
import type { ObserverTarget } from "./committed-input.ts";
import type { HookView } from "./result-of-hook.ts";

/** What it asks a client. */
interface Client {
  readonly now: () => number;
  find(hash: string): Query | Answer | undefined;
  wallNow(): number;
  ttlLeft(ttl: number | undefined, age: number): number | undefined;
}

/** What is known of a key before a hook mounts: by its query, by the cache, or by the hook's `initialData`. */
export class UnmountedView implements HookView {
  state: QueryState;
  answer: Answer | undefined;
  watcherCount = 0;
  isJustLoaded = false;
  readonly now: () => number;
  readonly info: () => QueryInfo;
  readonly #client: Client;
  readonly #target: ObserverTarget;
  readonly #absent: QueryState;
  #initial: Answer | undefined;

  constructor(client: Client, target: ObserverTarget, info: () => QueryInfo) {
    this.#client = client;
    this.#target = target;
    this.now = client.now;
    this.info = info;
    this.state = this.#absent = pendingState(target.key, target.hash);
  }

  /** Looks anew. */
  look(input: HookInput): this {
    const { hash } = this.#target;
    const found = this.#client.find(hash);
    const live = found instanceof Answer ? undefined : found;
    this.watcherCount = live ? live.watcherCount : 0;
    this.isJustLoaded = live !== undefined && live.isJustLoaded;
    this.answer = found instanceof Answer ? found : found?.answer;
    const known = found?.state;
    if (known && (known.data !== undefined || known.status === "error")) this.state = known;
    else {
      const initial = this.initialAnswer(input);
      this.answer ??= initial;
      this.state = initial?.state ?? known ?? this.#absent;
    }
    return this;
  }

  /** What a server sent of the key. @param at monotonic ms at which it was sent */
  asSent(answer: Answer | undefined, at: number): HookView {
    const { info } = this;
    const state = answer?.state ?? this.#absent;
    return { state, answer, watcherCount: 0, isJustLoaded: false, now: () => at, info };
  }

  /** What `initialData` stands for, dated once, if it is not too old. It does not count as a load. */
  initialAnswer({ fetcher, options }: HookInput): Answer | undefined {
    const { initialData, initialDataUpdatedAt, tags, ttl } = options;
    if (initialData === undefined || this.#target.hash === "" || this.#initial) return this.#initial;
    const data: unknown = typeof initialData === "function" ? initialData() : initialData;
    if (data === undefined) return undefined;
    const wall = this.#client.wallNow();
    const at = initialDataUpdatedAt ?? wall;
    const age = Math.max(0, wall - at);
    if ((this.#client.ttlLeft(ttl, age) ?? 1) <= 0) return undefined;
    const state = { ...successState(this.#absent, data, at), dataUpdateCount: 0 };
    const source = { fetcher, options, tags: tagsOf(tags, data) };
    return (this.#initial = new Answer(state, this.now() - age, source));
  }
}
