import { Cache } from "macho-cache";
import { QueryClient, type QueryFilter } from "macho-cache/query";
import { persist, type Persistence, type PersistOptions } from "macho-cache/persist";
import type { ManualClock } from "./manual-clock.ts";
import { ManualPage } from "./manual-page.ts";
import { Watched } from "./watched.ts";

/** What a value says of itself. */
export interface Versioned {
  readonly key: string;
  readonly version: number;
  readonly scope: string;
}

/** Which keys a removal or an invalidation is about. */
export interface Which {
  readonly names: readonly string[];
  readonly filter: QueryFilter;
}

/** Of one page: a client or a cache that is persisted, with few entries in memory. */
export interface Subject {
  readonly persistence: Persistence;
  set(name: string, value: Versioned): void;
  load(name: string, staleTime: number, fetcher: () => Promise<Versioned>): Promise<Versioned>;
  /** Shows a key for as long as nothing else is said. Returns what it shows, and the undo. */
  mount?(name: string, fetcher: () => Promise<Versioned>): { look(): Versioned | undefined; leave(): void };
  remove(which: Which): void;
  invalidate?(which: Which): void;
  clear(): void;
  /** Pushes everything out of memory that is not on screen. */
  crowd(): void;
  /** What is in memory. */
  all(): { readonly value: Versioned; readonly isStale: boolean }[];
  dispose(): void;
}

export const TTL = 400_000;
export const NAMES = ["a1", "a2", "b1", "b2"] as const;
const TAGS: Readonly<Record<string, readonly string[]>> = { a1: ["x"], a2: ["y"], b1: ["x"], b2: [] };
const keyOf = (name: string): [string, number] => [name[0]!, Number(name[1])];

export const WHICH: readonly Which[] = [
  ...NAMES.map((name) => ({ names: [name], filter: { queryKey: keyOf(name), exact: true } })),
  { names: ["a1", "a2"], filter: { queryKey: ["a"] } },
  { names: ["a1", "b1"], filter: { tags: ["x"] } },
  { names: NAMES, filter: {} },
];

export class ClientSubject implements Subject {
  readonly persistence: Persistence;
  readonly #client: QueryClient;

  constructor(clock: ManualClock, options: PersistOptions) {
    this.#client = new QueryClient({
      cache: { clock, maxCacheSize: 3, ttl: TTL },
      environment: new ManualPage(),
      defaultOptions: { queries: { retry: 0 } },
    });
    this.#client.mount();
    for (const name of NAMES) this.#client.setQueryDefaults(keyOf(name), { tags: TAGS[name]! });
    this.persistence = persist(this.#client, options);
  }

  set(name: string, value: Versioned): void {
    this.#client.setQueryData(keyOf(name), value);
  }

  load(name: string, staleTime: number, fetcher: () => Promise<Versioned>): Promise<Versioned> {
    return this.#client.fetchQuery(keyOf(name), fetcher, { staleTime });
  }

  mount(name: string, fetcher: () => Promise<Versioned>): { look(): Versioned | undefined; leave(): void } {
    const hook = new Watched(this.#client, keyOf(name), fetcher, { staleTime: Infinity });
    return { look: () => hook.data as Versioned | undefined, leave: hook.leave };
  }

  remove({ filter }: Which): void {
    this.#client.removeQueries(filter);
  }

  invalidate({ filter }: Which): void {
    void this.#client.invalidateQueries(filter);
  }

  clear(): void {
    this.#client.clear();
  }

  crowd(): void {
    for (let at = 0; at < 3; at++) this.#client.setQueryData(["crowd", at], at);
  }

  all(): { readonly value: Versioned; readonly isStale: boolean }[] {
    const found = this.#client.getQueries().filter(({ key, data }) => data !== undefined && key[0] !== "crowd");
    return found.map(({ data, isInvalidated }) => ({ value: data as Versioned, isStale: isInvalidated }));
  }

  dispose(): void {
    this.#client.dispose();
  }
}

export class CacheSubject implements Subject {
  readonly persistence: Persistence;
  readonly #cache: Cache<string, unknown>;

  constructor(clock: ManualClock, options: PersistOptions) {
    this.#cache = new Cache({ clock, maxCacheSize: 3, ttl: TTL });
    this.persistence = persist(this.#cache, options);
  }

  set(name: string, value: Versioned): void {
    this.#cache.set(name, value);
  }

  load(name: string, staleTime: number, fetcher: () => Promise<Versioned>): Promise<Versioned> {
    // What a cache gives is what was put there.
    return this.#cache.getOrLoad(name, fetcher, { staleTime, serveStale: false }) as Promise<Versioned>;
  }

  remove({ names }: Which): void {
    for (const name of names) this.#cache.delete(name);
  }

  clear(): void {
    this.#cache.clear();
  }

  crowd(): void {
    for (let at = 0; at < 3; at++) this.#cache.set(`crowd${at}`, at);
  }

  all(): { readonly value: Versioned; readonly isStale: boolean }[] {
    const values = [...this.#cache.values()].filter((value) => typeof value === "object");
    return values.map((value) => ({ value: value as Versioned, isStale: false }));
  }

  dispose(): void {
    this.#cache.dispose();
  }
}
