import { addRecorder } from "../../core/internal.ts";
import type { CacheEvent } from "../../core/index.ts";
import { flightsOf, type LoadStep } from "../../core/lru/flight.ts";
import type { Recorder } from "../../core/lru/store-setup.ts";
import { harmless } from "../complaint.ts";
import { previewWords, valueWords } from "../panel/value-words.ts";
import { cacheOf, type DevtoolsTarget, type InspectableCache, isClient } from "../source.ts";
import { EventQueue } from "./event-queue.ts";
import { Invalidations } from "./invalidations.ts";
import type { Session, SessionHost } from "./sessions.ts";
import type { WatchedEvent, WatchKind } from "./watch-events.ts";
import { keyTexts } from "./watched-key.ts";

/** Events that wait to be asked for. */
export const MAX_WAITING = 5_000;
/** Events of one answer. */
const MAX_SENT = 1_000;
/** Characters of an error. */
const MAX_ERROR = 200;

const LOAD_KINDS: Readonly<Partial<Record<LoadStep, WatchKind>>> = {
  started: "load",
  joined: "joined",
  retry: "retry",
  paused: "paused",
  succeeded: "loaded",
  failed: "failed",
  aborted: "aborted",
};

/** What of a cache is watched. */
export interface WatchFilter {
  /** None for all. */
  readonly kinds: ReadonlySet<WatchKind>;
  /** Each must be in the key; in lower case. */
  readonly texts: readonly string[];
  readonly withValues: boolean;
}

/** A store, as far as it is watched. */
interface WatchedStore {
  recorder: Recorder | undefined;
  readonly values: readonly unknown[];
}

type Rest = Omit<WatchedEvent, "kind" | "at" | "key">;

/** Hears of a cache until it is stopped. What nobody asks for in time is lost, and counted. */
export class WatchSession implements Session {
  readonly seesReads: boolean;
  #target: DevtoolsTarget;
  #filter: WatchFilter;
  #host: SessionHost;
  #textOf: (key: unknown) => string;
  #queue: EventQueue<WatchedEvent>;
  #undo: (() => void)[] = [];
  /** Ends the wait of whoever asked last. */
  #wake: (() => void) | undefined;
  /** When each load began that is under way. */
  #began = new WeakMap<object, number>();

  constructor(target: DevtoolsTarget, filter: WatchFilter, host: SessionHost, most: number = MAX_WAITING) {
    this.#target = target;
    this.#filter = filter;
    this.#host = host;
    this.#textOf = keyTexts(target);
    this.#queue = new EventQueue(most);
    const cache = cacheOf(target);
    const stores = storesOf(cache);
    this.seesReads = stores.length > 0;
    stores.forEach((store, index) => this.#undo.push(addRecorder(store, this.#recorderOf(store, index, cache))));
    if (!this.seesReads) this.#undo.push(cache.subscribe((event) => this.#hear(event)));
    this.#followLoads(cache);
    this.#followClient();
  }

  /** What happened since it was asked before. Waits for news, if there is none, for at most so many ms. */
  async read(wait: number): Promise<{ readonly events: readonly WatchedEvent[]; readonly lost: number }> {
    if (this.#queue.length === 0 && wait > 0) await this.#news(wait);
    const { items, lost } = this.#queue.take(MAX_SENT);
    return { events: items, lost };
  }

  stop(): void {
    for (const undo of this.#undo.splice(0)) harmless("a watched cache could not be left.", undo);
    this.#wake?.();
  }

  #news(wait: number): Promise<void> {
    // Two who ask for the same session share what there is.
    this.#wake?.();
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        if (this.#wake === wake) this.#wake = undefined;
        resolve();
      };
      const cancel = this.#host.schedule(wake, wait);
      this.#wake = wake;
    });
  }

  #wants(kind: WatchKind): boolean {
    return this.#filter.kinds.size === 0 || this.#filter.kinds.has(kind);
  }

  #tell(kind: WatchKind, key: unknown, rest?: Rest): void {
    if (!this.#wants(kind)) return;
    const text = this.#textOf(key);
    const { texts } = this.#filter;
    if (texts.length > 0) {
      const lower = text.toLowerCase();
      if (!texts.every((each) => lower.includes(each))) return;
    }
    this.#push({ kind, at: this.#host.now(), key: text, ...rest });
  }

  #push(event: WatchedEvent): void {
    this.#queue.push(event);
    this.#wake?.();
  }

  #valueOf(value: unknown): Rest | undefined {
    if (!this.#filter.withValues) return undefined;
    return { value: previewWords(isClient(this.#target) ? dataOf(value) : value).text };
  }

  #recorderOf(store: WatchedStore, index: number, cache: InspectableCache): Recorder {
    return {
      hit: (key) => this.#tell("hit", key),
      miss: (key, hadExpired) => this.#tell("miss", key, hadExpired ? { hadExpired } : undefined),
      set: (key, _write, slot) => {
        if (slot === 0) this.#tell("refused", key);
        else this.#tell("set", key, this.#valueOf(store.values[slot]));
      },
      delete: () => undefined,
      // Each store hears of it: the first one before any is empty.
      clear: () => {
        if (index === 0 && this.#wants("cleared"))
          this.#push({ kind: "cleared", at: this.#host.now(), entries: cache.size });
      },
      removed: (key, cause, slot) => this.#tell(cause, key, this.#valueOf(store.values[slot])),
    };
  }

  /** A cache of another engine tells what it can. */
  #hear(event: CacheEvent<unknown, unknown>): void {
    if (event.type === "set") this.#tell("set", event.key, this.#valueOf(event.value));
    else if (event.type === "refusal") this.#tell("refused", event.key);
    else if (event.type === "removal") this.#tell(event.cause, event.key, this.#valueOf(event.value));
  }

  #followLoads(cache: InspectableCache): void {
    // By shape: a cache of another engine has none.
    if (!("flights" in cache)) return;
    const { listeners } = flightsOf(cache as unknown as Parameters<typeof flightsOf>[0]);
    const hear = (key: unknown, flight: object, step: LoadStep, error?: unknown): void => {
      const kind = LOAD_KINDS[step];
      if (kind) this.#tell(kind, key, this.#loadOf(flight, step, error));
    };
    listeners.add(hear);
    this.#undo.push(() => listeners.delete(hear));
  }

  #loadOf(flight: object, step: LoadStep, error: unknown): Rest {
    const now = this.#host.now();
    if (step === "started") this.#began.set(flight, now);
    const began = this.#began.get(flight);
    const hasEnded = step === "succeeded" || step === "failed" || step === "aborted";
    const hasError = (step === "failed" || step === "retry") && error !== undefined;
    return {
      ...(hasEnded && began !== undefined && { ms: now - began }),
      ...(hasError && { error: valueWords(error).text.slice(0, MAX_ERROR) }),
    };
  }

  #followClient(): void {
    const target = this.#target;
    if (!isClient(target) || !this.#wants("invalidated")) return;
    const invalidations = new Invalidations(target);
    const hear = (event: Parameters<Parameters<typeof target.subscribe>[0]>[0]): void => {
      if (invalidations.isNew(event)) this.#tell("invalidated", event.hash);
    };
    this.#undo.push(target.subscribe(hear));
  }
}

/** Those of this copy of the engine, or of one like it; none where reads cannot be heard. */
function storesOf({ parts }: InspectableCache): readonly WatchedStore[] {
  if (parts === undefined || !("stores" in parts)) return [];
  const stores = parts.stores as readonly WatchedStore[];
  return stores.every((store) => "recorder" in store) ? stores : [];
}

/** The cache of a client holds answers in a wrapper of the query layer. */
function dataOf(answer: unknown): unknown {
  return (answer as { readonly state?: { readonly data?: unknown } } | undefined)?.state?.data;
}
