// What goes on between a cache and its tier: a conductor. `Reader` reads, `WriteBehind` writes, `Upkeep` looks after the whole.
import type { CacheEvent } from "../core/lru/index.ts";
import type { LayerClock } from "../core/lru/internal.ts";
import type { QueryFilter } from "../query/store/filter.ts";
import type { TierStatus } from "../core/lru/tier.ts";
import { GuardedTier } from "./guarded-tier.ts";
import { everything, type Mark, Marks } from "./marks.ts";
import type { ShareLoad } from "./one-load.ts";
import type { ResolvedPersistOptions } from "./options.ts";
import { Reader, type Reading } from "./reader.ts";
import { FORM } from "./record.ts";
import { sizeOf } from "./size.ts";
import type { Source } from "./source.ts";
import { isLater, LAST, Stamps } from "./stamp.ts";
import { idOf, prefixOf } from "./tier-id.ts";
import type { MaybePromise, Stamp, TierRecord } from "./tier.ts";
import { refusal } from "./tier-writes.ts";
import { Upkeep, type UpkeepOwner } from "./upkeep.ts";
import { type Changes, type Pending, WriteBehind, type Writing } from "./write-behind.ts";

/** Later than any. */
const FOREVER: Stamp = [Infinity, ""];

/** Other pages of the same origin, where they are connected. */
export interface Others {
  /** These are written, and in the index. */
  written(changes: Changes): void;
  /** Data of a key was written that is not persisted. */
  wrote(text: string): void;
  /** Entries were marked stale or removed. */
  marked(filter: QueryFilter, isGone: boolean, n: Stamp): void;
  /** Resolves when they have forgotten all under ids that begin so, as far as they live. */
  purged(n: Stamp, prefix: string): Promise<void>;
}

export class Persister implements Reading, Writing, UpkeepOwner {
  readonly guarded: GuardedTier;
  readonly source: Source;
  readonly options: ResolvedPersistOptions;
  readonly clock: LayerClock;
  readonly marks: Marks;
  readonly stamps: Stamps;
  /** What the ids of its scope begin with. */
  readonly fence: string;
  readonly delay: number;
  readonly counters = {
    hits: 0,
    misses: 0,
    absent: 0,
    late: 0,
    unusable: 0,
    unanswered: 0,
    writes: 0,
    deletes: 0,
    unpersistable: 0,
    evicted: 0,
    expired: 0,
    dropped: 0,
  };
  readonly reader: Reader = new Reader(this);
  readonly writes: WriteBehind = new WriteBehind(this);
  readonly upkeep: Upkeep = new Upkeep(this);
  others: Others | undefined;
  /** What is done now that others know of: a filter or the text of a key, or this for a purge. */
  heard: unknown;
  /** Has loads done once for several pages or processes, where somebody wants that. */
  share: ShareLoad | undefined;
  epoch = 0;
  isStopped = false;
  #lastWrite: number | undefined;
  /** The last good one. */
  #wall = 0;

  constructor(source: Source, options: ResolvedPersistOptions, clock: LayerClock, writer: string) {
    this.source = source;
    this.options = options;
    this.clock = clock;
    this.delay = options.delay;
    this.fence = prefixOf(options.scope);
    this.marks = new Marks(writer);
    this.stamps = new Stamps(writer, () => this.wallNow());
    this.guarded = new GuardedTier(options.storage, clock, options.onError);
  }

  get status(): TierStatus {
    const { guarded, upkeep, writes, options } = this;
    return Object.freeze({
      tier: guarded.tier.name,
      scope: options.scope,
      state: this.#state(),
      breaker: guarded.breaker,
      ...upkeep.figures(),
      pending: writes.size,
      ...this.counters,
      failures: guarded.failures,
      lastError: guarded.lastError,
      lastWrite: this.#lastWrite,
    });
  }

  #state(): TierStatus["state"] {
    if (this.isStopped) return "stopped";
    if (this.guarded.isFailing) return "degraded";
    if (this.writes.isFull) return "full";
    return this.guarded.hasAnswered ? "ready" : "opening";
  }

  /** Wall time in ms. A clock that is broken says nothing: what it said last stands. */
  wallNow(): number {
    const wall = this.clock.wallNow();
    return Math.abs(wall) < LAST ? (this.#wall = wall) : this.#wall;
  }

  /** Whether the tier has it, as far as its index knows. */
  holds(key: unknown): boolean | undefined {
    const { isComplete, metas } = this.upkeep.index;
    const text = this.source.textOf(key);
    return text !== undefined && (isComplete ? metas.has(text) : undefined);
  }

  // What the cache tells.

  hear({ type, key, ...event }: CacheEvent<unknown, unknown>): void {
    const { value, cause } = event as { readonly value: unknown; readonly cause?: string };
    if (this.source.isPrivate?.(value)) return;
    if (type === "refusal" || cause === "deleted") return this.deleted(key);
    if (type !== "set" || this.source.cameBack(key, value)) return;
    const text = this.source.textOf(key);
    if (text === undefined) return void this.counters.unpersistable++;
    const left = this.source.cache.remainingTtl(key);
    // It was evicted before this was heard. Nobody knows then how long it may be shown.
    const entry = left === undefined ? undefined : { key, value, x: this.wallNow() + left };
    const n = this.stamps.next();
    this.source.stamped?.(value, n);
    this.add(text, { n, ...(entry && { entry }) });
  }

  deleted(key: unknown): void {
    const { source } = this;
    const text = source.textOf(key);
    if (text === undefined || text === this.heard || source.isPrivate?.(source.cache.peek(key))) return;
    const [mark] = this.marks.all().slice(-1);
    // A removal of many has one stamp, which other pages are told.
    this.add(text, { n: mark?.isGone && this.stamps.isLast(mark.n) ? mark.n : this.stamps.next() });
  }

  /** Everything was removed. */
  cleared(): void {
    if (this.isStopped) return;
    // What is stored is left to the next page. What waits has this one chance: a storage that fails must not hold it.
    this.isStopped = this.source.cache.disposed;
    if (this.isStopped) return void this.writes.flush();
    const n = this.stamps.next();
    if (this.heard !== this) this.others?.marked({}, true, n);
    this.reader.changed();
    if (this.#canEmpty) this.writes.empty(n);
    // What other machines wrote is not ours to remove. It is not read here any more.
    this.mark({ n, isGone: true, fits: everything });
  }

  /** Whether everything that is stored is of this origin's pages, and can be removed. */
  get #canEmpty(): boolean {
    const { tier } = this.guarded;
    return !tier.shared && ("clear" in tier || "list" in tier);
  }

  /** Entries were marked stale or removed, among them such as only the tier holds. */
  mark(mark: Mark): void {
    if (this.isStopped) return;
    // Before the tier has said what it holds, nobody knows how far other clocks are ahead.
    if (this.upkeep.isOpening) mark.others = FOREVER;
    this.marks.add(mark);
    this.upkeep.follow(mark);
    if (!mark.isGone) return;
    for (const [text, { n, entry }] of this.writes.all()) {
      const tags = entry && this.source.contentOf(entry.key, entry.value)?.g;
      if (isLater(mark.n, n) && mark.fits(text, tags)) this.add(text, { n: mark.n });
    }
  }

  /** A key is to be changed in the tier as well. */
  add(text: string, pending: Pending): void {
    if (!pending.isMark) this.reader.changed(text);
    if (!this.isStopped) this.writes.add(text, pending);
  }

  // What reading and writing ask.

  idOf(text: string): string {
    return this.fence + idOf(text);
  }

  lacks(text: string): boolean {
    return this.upkeep.index.lacks(text);
  }

  waiting(text: string): TierRecord | null | undefined {
    const pending = this.writes.get(text);
    if (!pending || pending.isMark) return undefined;
    return pending.entry ? this.#plainRecord(text, pending) : null;
  }

  discard(text: string, reason: "unusable" | "expired" | "evicted"): void {
    // What is too old by our clock may not be so by those of other machines.
    if (this.writes.has(text) || (reason === "expired" && this.guarded.tier.shared)) return;
    this.counters[reason]++;
    this.add(text, { n: this.stamps.next() });
  }

  isMarked(text: string, { n, entry }: Pending): boolean {
    return !!entry && this.marks.of(text, { n }) === "stale";
  }

  isHoped({ entry }: Pending): boolean {
    return !!entry && this.source.isHoped(entry.key);
  }

  recordOf(text: string, pending: Pending): MaybePromise<TierRecord | null | undefined> {
    const { codec } = this.options;
    const record = this.#plainRecord(text, pending);
    if (!record) return record;
    const withData = (d: unknown): TierRecord => ({ ...record, d, z: sizeOf(d) + text.length });
    return codec ? (async () => withData(await codec.encode(record.d, record.k)))() : withData(record.d);
  }

  #plainRecord(text: string, { n, entry }: Pending): TierRecord | null | undefined {
    const content = this.source.contentOf(entry!.key, entry!.value);
    if (!content) return content;
    const { k, d, s, g, isStale } = content;
    const { buster: b, maxAge } = this.options;
    const t = Math.abs(content.t) < LAST ? content.t : this.wallNow();
    const x = Math.min(entry!.x, t + maxAge, LAST);
    const isMarked = isStale || this.marks.of(text, { n, ...(g && { g }) }) === "stale";
    const optional = { ...(s !== undefined && { s }), ...(g?.length && { g }), ...(isMarked && { i: 1 as const }) };
    return { v: FORM, o: this.options.scope, k, d, t, n, x, z: 0, b, ...optional };
  }

  open(): Promise<void> {
    return this.upkeep.open();
  }

  empty(n: Stamp): Promise<boolean> {
    return this.upkeep.empty(this.fence, n);
  }

  overflow(): void {
    this.counters.dropped++;
    if (!this.#canEmpty) return this.writes.shift();
    this.counters.dropped += this.writes.size - 1;
    const n = this.stamps.next();
    this.marks.add({ n, isGone: true, fits: everything });
    this.writes.empty(n);
  }

  makeRoom(): Changes {
    const room: Changes = new Map();
    for (const text of this.upkeep.coldest()) {
      if (!this.writes.get(text)) room.set(text, { id: this.idOf(text), n: this.stamps.next() });
    }
    this.counters.evicted += room.size;
    return room;
  }

  written(changes: Changes, refused: readonly string[]): void {
    for (const [text, { id, record, isMark }] of changes) {
      if (refused.includes(id)) {
        if (record) this.failed(refusal(this.guarded.tier, text));
        else this.counters.unusable++;
        // What was there before is not true any more, also where nothing else is written.
        if (!this.writes.has(text)) this.writes.add(text, { n: this.stamps.next() });
      } else if (!isMark) this.counters[record ? "writes" : "deletes"]++;
    }
    this.#lastWrite = this.wallNow();
    this.upkeep.written(changes, refused);
    this.others?.written(changes);
  }

  cameLate(changes: Changes): void {
    // It compares, and has left them out.
    if (this.guarded.tier.write) return;
    for (const [text, { n }] of changes) {
      const waiting = this.writes.get(text);
      const known = this.upkeep.index.metas.get(text)?.n;
      if (waiting) this.writes.add(text, waiting);
      else if (!known || isLater(known, n)) this.add(text, { n: this.stamps.next() });
    }
  }

  dropped(count: number, error?: unknown): void {
    this.counters.dropped += count;
    if (error !== undefined) this.guarded.report(error);
  }

  failed(error: unknown): void {
    // The app is told of the first one.
    if (this.counters.unpersistable++ === 0) this.guarded.report(error);
  }

  // The tier as a whole.

  /** Forgets a scope everywhere. @throws what the tier failed with, or that it cannot be looked over */
  async purge(scope: string = this.options.scope): Promise<void> {
    const prefix = prefixOf(scope);
    const n = this.stamps.next();
    let isEmpty: boolean;
    if (prefix === this.fence) {
      const others = this.others?.purged(n, prefix);
      this.epoch++;
      this.heard = this;
      try {
        this.source.clear();
      } finally {
        this.heard = undefined;
      }
      this.reader.changed();
      this.marks.add({ n: this.stamps.next(), isGone: true, fits: everything });
      isEmpty = await this.#empty();
      await others;
      // Others may have been writing until now.
      if (others) isEmpty = await this.#empty();
    } else {
      isEmpty = await this.upkeep.empty(prefix, n);
      await this.others?.purged(n, prefix);
      if (this.others) isEmpty = await this.upkeep.empty(prefix, n);
    }
    if (!isEmpty) throw this.guarded.lastError;
  }

  async #empty(): Promise<boolean> {
    const { writes } = this;
    writes.empty(this.stamps.next());
    // A write that is under way ends first.
    await writes.flush();
    if (writes.isEmptying) await writes.flush();
    return !writes.isEmptying;
  }

  /** Another page purged the scope. Forgets what is in memory, and what is under way. */
  async forget(): Promise<void> {
    this.epoch++;
    this.reader.changed();
    this.upkeep.index.clear();
    const quiet = this.writes.forget();
    const { isStopped } = this;
    this.isStopped = true;
    this.source.clear();
    this.isStopped = isStopped;
    await quiet;
  }
}
