// What goes on between a cache and its tier: a conductor. `Reader` reads, `WriteBehind` writes.
import type { CacheEvent } from "../core/lru/index.ts";
import type { LayerClock } from "../core/lru/internal.ts";
import type { TierStatus } from "../core/lru/tier.ts";
import { FAILED, GuardedTier } from "./guarded-tier.ts";
import { type Mark, Marks } from "./marks.ts";
import type { ShareLoad } from "./one-load.ts";
import type { ResolvedPersistOptions } from "./options.ts";
import { Reader, type Reading } from "./reader.ts";
import { FORM } from "./record.ts";
import { sizeOf } from "./size.ts";
import type { Source } from "./source.ts";
import { isLater, Stamps } from "./stamp.ts";
import { idOf, prefixOf, textOfId } from "./tier-id.ts";
import { TierIndex } from "./tier-index.ts";
import type { Stamp, Tier, TierChange, TierRecord } from "./tier.ts";
import { type Pending, WriteBehind, type Writing } from "./write-behind.ts";

/** Ms that a look over the whole tier, or its end, may take. */
const WHOLE_MS = 10_000;
/** Entries that are brought back at once. */
const BATCH = 50;

/** Other pages of the same origin, where they are connected. */
export interface Others {
  /** These are written. */
  written(changes: ReadonlyMap<string, TierChange>): void;
  /** Resolves when they have forgotten the scope as well. */
  purged(n: Stamp): Promise<void>;
}

export class Persister implements Reading, Writing {
  readonly guarded: GuardedTier;
  readonly source: Source;
  readonly options: ResolvedPersistOptions;
  readonly clock: LayerClock;
  readonly marks: Marks = new Marks();
  readonly stamps: Stamps;
  readonly index: TierIndex = new TierIndex();
  /** What the ids of its scope begin with. */
  readonly fence: string;
  readonly delay: number;
  readonly reader: Reader = new Reader(this);
  readonly writes: WriteBehind = new WriteBehind(this);
  others: Others | undefined;
  /** Has loads done once for several pages or processes, where somebody wants that. */
  share: ShareLoad | undefined;
  epoch = 0;
  isStopped = false;
  #counters = { writes: 0, deletes: 0, unpersistable: 0, evicted: 0, expired: 0, dropped: 0 };
  #lastWrite: number | undefined;
  #lastError: unknown;

  constructor(source: Source, options: ResolvedPersistOptions, clock: LayerClock, writer: string) {
    this.source = source;
    this.options = options;
    this.clock = clock;
    this.delay = options.delay;
    this.fence = prefixOf(options.scope);
    this.stamps = new Stamps(writer, () => clock.wallNow());
    this.guarded = new GuardedTier(options.storage, clock, options.onError);
  }

  get status(): TierStatus {
    const { guarded, index, writes, options } = this;
    const [oldest] = index.metas.values();
    return Object.freeze({
      tier: guarded.tier.name,
      scope: options.scope,
      state: this.#state(),
      breaker: guarded.breaker,
      entries: index.isComplete ? index.metas.size : undefined,
      bytes: index.isComplete ? index.bytes : undefined,
      oldest: oldest?.n[0],
      pending: writes.size,
      ...this.reader.counters,
      ...this.#counters,
      failures: guarded.failures,
      lastError: this.#lastError ?? guarded.lastError,
      lastWrite: this.#lastWrite,
    });
  }

  #state(): TierStatus["state"] {
    if (this.isStopped) return "stopped";
    if (this.writes.isFull) return "full";
    if (this.guarded.isFailing) return "degraded";
    return this.reader.hasAnswered ? "ready" : "opening";
  }

  // What the cache tells.

  hear({ type, key, ...event }: CacheEvent<unknown, unknown>): void {
    const text = this.source.textOf(key);
    if (type === "refusal" || ("cause" in event && event.cause === "deleted")) return this.deleted(key);
    if (type !== "set" || this.source.cameBack(key, (event as { value: unknown }).value)) return;
    if (text === undefined) return void this.#counters.unpersistable++;
    const left = Math.min(this.source.cache.remainingTtl(key) ?? Infinity, this.options.maxAge);
    const entry = { key, value: (event as { value: unknown }).value, x: this.clock.wallNow() + left };
    const n = this.stamps.next();
    this.source.stamped?.(entry.value, n);
    this.add(text, { n, entry });
  }

  deleted(key: unknown): void {
    const text = this.source.textOf(key);
    if (text !== undefined) this.add(text, { n: this.stamps.next() });
  }

  cleared(): void {
    // A cache that is disposed of leaves what is stored to the next page.
    if (!this.source.cache.disposed) this.mark({ n: this.stamps.next(), isGone: true, fits: () => true });
  }

  /** Entries were marked stale or removed, among them such as only the tier holds. */
  mark(mark: Mark): void {
    if (this.isStopped) return;
    this.marks.add(mark);
    this.#follow(mark);
  }

  /** What is known to be there is changed as well, so that the mark outlives the page. */
  #follow(mark: Mark): void {
    const { n, isGone } = mark;
    for (const [text, { n: written, g }] of this.index.metas) {
      if (!isLater(n, written) || this.writes.get(text) || !mark.fits(text, g)) continue;
      this.add(text, isGone ? { n } : { n, isMark: true });
    }
    if (!isGone) return;
    for (const [text, { n: written, entry }] of this.writes.all()) {
      const tags = entry && this.source.contentOf(entry.key, entry.value)?.g;
      if (isLater(n, written) && mark.fits(text, tags)) this.add(text, { n });
    }
  }

  add(text: string, pending: Pending): void {
    if (!this.isStopped) this.writes.add(text, pending);
  }

  // What reading and writing ask.

  idOf(text: string): string {
    return this.fence + idOf(text);
  }

  lacks(text: string): boolean {
    return this.index.lacks(text);
  }

  waiting(text: string): Promise<TierRecord | null | undefined> | null | undefined {
    const pending = this.writes.get(text);
    if (!pending || pending.isMark) return undefined;
    return pending.entry ? this.recordOf(text, pending) : null;
  }

  saw(n: Stamp): void {
    this.stamps.saw(n);
  }

  spoiled(text: string): void {
    if (!this.writes.get(text)) this.add(text, { n: this.stamps.next() });
  }

  async recordOf(text: string, { n, entry }: Pending): Promise<TierRecord | null | undefined> {
    const { buster: b, codec, maxAge } = this.options;
    const content = this.source.contentOf(entry!.key, entry!.value);
    if (!content) return content;
    const { k, t, s, g } = content;
    const d = codec ? await codec.encode(content.d, k) : content.d;
    const x = Math.min(entry!.x, t + maxAge);
    const meta = { n, x, z: sizeOf(d) + text.length, b, ...(g?.length && { g }) };
    const isStale = content.isStale || this.marks.of(text, meta) === "stale";
    return { v: FORM, k, d, t, ...(s !== undefined && { s }), ...meta, ...(isStale && { i: 1 as const }) };
  }

  makeRoom(): string[] {
    return this.#evict(this.index.tenth(this.#isHot)).map((text) => this.idOf(text));
  }

  written(changes: ReadonlyMap<string, TierChange>, refused: readonly string[]): void {
    const counters = this.#counters;
    const { shared } = this.guarded.tier;
    for (const [text, { id, record, isMark }] of changes) {
      const meta = this.index.metas.get(text);
      if (isMark) {
        if (meta) this.index.set(text, { ...meta, i: 1 });
      } else if (record && !refused.includes(id)) {
        const { v: _v, k: _k, d: _d, t: _t, s: _s, ...own } = record;
        // What others write as well has its bounds there: this page knows too little to remove the coldest.
        if (!shared) this.index.set(text, own);
        counters.writes++;
      } else {
        this.index.delete(text);
        if (record) counters.unpersistable++;
        else counters.deletes++;
      }
    }
    this.reader.hasAnswered = true;
    this.#lastWrite = this.clock.wallNow();
    this.others?.written(changes);
    this.keepBounds();
  }

  dropped(count: number, error?: unknown): void {
    this.#counters.dropped += count;
    if (error !== undefined) this.#lastError = error;
  }

  arm(run: () => void, ms: number): (() => void) | undefined {
    return this.clock.arm(run, ms);
  }

  stamp(): Stamp {
    return this.stamps.next();
  }

  // The tier as a whole.

  /** Asks the tier what it holds. Resolves when it has answered, or failed. */
  async open(): Promise<void> {
    const { epoch } = this;
    const { tier } = this.guarded;
    if (tier.shared || !tier.list) return;
    const listed = await this.guarded.call(WHOLE_MS, () => tier.list!(this.fence));
    if (listed === FAILED || epoch !== this.epoch) return;
    this.reader.hasAnswered = true;
    for (const [, { n }] of listed) this.stamps.saw(n);
    this.index.fill(this.fence, listed);
    // What is written from now on is later than what is there.
    for (const { n } of this.index.metas.values()) this.stamps.saw(n);
    for (const mark of this.marks.all()) this.#follow(mark);
    this.keepBounds();
  }

  /** Removes what fits, and has an id that begins so after that of the scope: from a tier that nobody keeps an index of. */
  async removeAll(start: string, fits: Mark["fits"]): Promise<void> {
    const { tier } = this.guarded;
    const listed = tier.list && (await this.guarded.call(WHOLE_MS, () => tier.list!(this.fence + start)));
    if (!listed || listed === FAILED) return;
    // A clock that is behind that of another machine must not make the removal older than what it removes.
    for (const [, { n }] of listed) this.stamps.saw(n);
    for (const [id, { g }] of listed) {
      const text = textOfId(id.slice(this.fence.length));
      if (fits(text, g)) this.add(text, { n: this.stamps.next() });
    }
  }

  /** Removes what is too old, and the coldest beyond the bounds. */
  keepBounds(): void {
    const { maxEntries, maxBytes } = this.options;
    const expired = this.index.expiredBy(this.clock.wallNow());
    this.#counters.expired += expired.length;
    const victims = this.#evict(this.index.victims(maxEntries, maxBytes, this.#isHot));
    for (const text of [...expired, ...victims]) if (!this.writes.get(text)) this.add(text, { n: this.stamps.next() });
  }

  readonly #isHot = (text: string): boolean => this.source.holds(text);

  #evict(texts: string[]): string[] {
    this.#counters.evicted += texts.length;
    for (const text of texts) this.index.delete(text);
    return texts;
  }

  /** Brings entries back into memory, the newest first, as far as there is room. Resolves to how many came. */
  async restore(fits: (text: string, tags: readonly string[] | undefined) => boolean = () => true): Promise<number> {
    const { source, index, epoch } = this;
    if (!index.isComplete) await this.open();
    const { maxCacheSize } = source.cache.options;
    const texts = [...index.metas]
      .reverse()
      .flatMap(([text, { g }]) => (fits(text, g) && !source.holds(text) ? [text] : []));
    let restored = 0;
    for (let at = 0; at < texts.length; at += BATCH) {
      // oxlint-disable-next-line no-await-in-loop -- The page can do what waits between two of them.
      const found = await this.reader.recallAll(texts.slice(at, at + BATCH), WHOLE_MS);
      for (const recalled of found) {
        if (epoch !== this.epoch || source.cache.size >= maxCacheSize) return restored;
        if (recalled && source.take(recalled) !== undefined) restored++;
      }
    }
    return restored;
  }

  /** Forgets a scope everywhere. @throws what the tier failed with, or that it cannot be looked over */
  async purge(scope: string = this.options.scope): Promise<void> {
    const n = this.stamps.next();
    const prefix = prefixOf(scope);
    const isOwn = prefix === this.fence;
    if (isOwn) await this.forget();
    const [cleared] = await Promise.all([
      this.guarded.call(WHOLE_MS, (tier) => clearOf(tier, prefix, n)),
      this.others?.purged(n),
    ]);
    if (cleared === FAILED) throw this.guarded.lastError;
  }

  /** Forgets what is in memory, and what is under way. */
  async forget(): Promise<void> {
    this.epoch++;
    this.index.clear();
    const quiet = this.writes.forget();
    const { isStopped } = this;
    this.isStopped = true;
    this.source.clear();
    this.isStopped = isStopped;
    await quiet;
  }
}

async function clearOf(tier: Tier, prefix: string, n: Stamp): Promise<void> {
  if (tier.clear) return void (await tier.clear(prefix, n));
  const listed = (await tier.list?.(prefix)) ?? [];
  await Promise.all(listed.map(([id]) => tier.delete(id)));
}
