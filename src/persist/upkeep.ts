// Looks after a tier as a whole: what it holds, how much, what has to go, and what comes back at once.
import { MachoError } from "../core/lru/index.ts";
import type { LayerClock } from "../core/lru/internal.ts";
import { FAILED, type GuardedTier } from "./guarded-tier.ts";
import { everything, type Mark, type Marks } from "./marks.ts";
import type { ResolvedPersistOptions } from "./options.ts";
import type { Reader } from "./reader.ts";
import type { Source } from "./source.ts";
import { isStamp, type Stamps } from "./stamp.ts";
import type { Stamp, Tier, TierMeta } from "./tier.ts";
import { textOfId } from "./tier-id.ts";
import { TierIndex } from "./tier-index.ts";
import type { Changes, Pending, WriteBehind } from "./write-behind.ts";

/** Ms that a look over the whole tier, or its end, may take. */
const WHOLE_MS = 10_000;
/** Ms until a tier is asked again that could not say what it holds. */
const LIST_AGAIN_MS = 60_000;
/** Ms between two looks at what has expired. */
const SWEEP_MS = 60_000;
/** Entries that are brought back at once. */
const BATCH = 50;

/** What upkeep takes of its owner. */
export interface UpkeepOwner {
  readonly guarded: GuardedTier;
  readonly source: Source;
  readonly options: ResolvedPersistOptions;
  readonly clock: LayerClock;
  readonly marks: Marks;
  readonly stamps: Stamps;
  readonly reader: Reader;
  readonly writes: WriteBehind;
  readonly fence: string;
  readonly epoch: number;
  wallNow(): number;
  add(text: string, pending: Pending): void;
  discard(text: string, reason: "expired" | "evicted"): void;
}

type Listed = readonly (readonly [id: string, meta: TierMeta])[];

export class Upkeep {
  readonly index: TierIndex = new TierIndex();
  #owner: UpkeepOwner;
  #opening: Promise<void> | undefined;
  /** Whether the tier has said before what it holds. */
  #hasOpened = false;
  /** When the tier may be asked again what it holds. */
  #listsAt = -Infinity;
  #sweepsAt = -Infinity;
  /** How often the tier was written, as far as that is known. */
  changes = 0;

  constructor(owner: UpkeepOwner) {
    this.#owner = owner;
  }

  /** Whether the tier has yet to say what it holds. */
  get isOpening(): boolean {
    const { tier } = this.#owner.guarded;
    return !this.#hasOpened && !tier.shared && "list" in tier;
  }

  /** What a status says of the whole. */
  figures(): { entries: number | undefined; bytes: number | undefined; oldest: number | undefined } {
    const { metas, bytes, isComplete } = this.index;
    const [oldest] = metas.values();
    return isComplete
      ? { entries: metas.size, bytes, oldest: oldest?.n[0] }
      : { entries: undefined, bytes: undefined, oldest: undefined };
  }

  /** What is there under ids that begin so; `undefined` where nobody can say. */
  async list(prefix: string): Promise<Listed | undefined> {
    const { guarded } = this.#owner;
    if (!guarded.tier.list) return undefined;
    const listed = await guarded.call(WHOLE_MS, (tier) => tier.list!(prefix));
    return listed === FAILED || !Array.isArray(listed) ? undefined : listed;
  }

  /** Removes what fits, and has an id that begins so after that of the scope: from a tier that nobody keeps an index of. */
  async removeAll(start: string, fits: Mark["fits"]): Promise<void> {
    const { fence, stamps } = this.#owner;
    const listed = (await this.list(fence + start)) ?? [];
    // A clock that is behind that of another machine must not make the removal older than what it removes.
    for (const [, { n }] of listed) stamps.saw(n);
    for (const [id, { g, x }] of listed) {
      const text = textOfId(id.slice(fence.length));
      if (x > 0 && fits(text, g)) this.#owner.add(text, { n: stamps.next() });
    }
  }

  /** Asks the tier once what it holds. Resolves when it has answered, or failed. */
  async open(): Promise<void> {
    const { guarded, clock } = this.#owner;
    const isAsked = !this.index.isComplete && !guarded.tier.shared && clock.now() >= this.#listsAt;
    if (isAsked) this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    await this.#opening;
  }

  async #open(): Promise<void> {
    const { epoch, clock, fence, marks, stamps } = this.#owner;
    let listed: Listed | undefined;
    let writes: number;
    // What is written meanwhile, as the page hides, may be in it or not.
    do {
      writes = this.changes;
      listed = await this.list(fence);
    } while (listed && writes !== this.changes);
    if (epoch !== this.#owner.epoch || this.index.isComplete) return;
    if (!listed) return void (this.#listsAt = clock.now() + LIST_AGAIN_MS);
    this.index.fill(fence, listed);
    let newest = 0;
    for (const [, meta] of listed) {
      if (!isStamp(meta?.n)) continue;
      stamps.saw(meta.n);
      newest = Math.max(newest, meta.n[0]);
    }
    // Later on, what others wrote meanwhile may be newer than what waits.
    if (!this.#hasOpened) this.#owner.writes.saw(newest);
    this.#hasOpened = true;
    for (const mark of marks.all()) {
      if (mark.others) mark.others = stamps.next();
      this.follow(mark);
    }
    this.#keepBounds();
  }

  /** What is known to be there is changed as well, so that a mark outlives the page. */
  follow(mark: Mark): void {
    const { isGone } = mark;
    const { writes, marks, stamps } = this.#owner;
    // Of one from before the tier had answered: later than all that is there.
    const n = mark.others ? stamps.next() : mark.n;
    for (const [text, meta] of this.index.metas) {
      if (!marks.isOf(mark, meta.n) || !mark.fits(text, meta.g)) continue;
      if (!isGone) this.#owner.add(text, { n, isMark: true });
      else if (!writes.has(text)) this.#owner.add(text, { n });
    }
  }

  written(changes: Changes, refused: readonly string[]): void {
    const { index } = this;
    this.changes++;
    // Nobody looks after what other machines write as well.
    if (this.#owner.guarded.tier.shared) return;
    for (const [text, { id, record, isMark }] of changes) {
      const meta = index.metas.get(text);
      if (isMark) {
        if (meta) index.metas.set(text, { ...meta, i: 1 });
      } else if (record && !refused.includes(id)) {
        const { v: _v, o: _o, k: _k, d: _d, t: _t, s: _s, ...own } = record;
        index.set(text, own);
      } else if (!record) index.delete(text);
    }
    this.#keepBounds();
  }

  /** Removes what is too old, and the coldest beyond the bounds. */
  #keepBounds(): void {
    const { options, clock } = this.#owner;
    const { maxEntries, maxBytes } = options;
    const now = clock.now();
    if (now >= this.#sweepsAt) {
      this.#sweepsAt = now + SWEEP_MS;
      for (const text of this.index.expiredBy(this.#owner.wallNow())) this.#owner.discard(text, "expired");
    }
    for (const text of this.index.victims(maxEntries, maxBytes, this.#isHot)) this.#owner.discard(text, "evicted");
  }

  /** What goes first where there is no room. */
  coldest(): string[] {
    return this.index.tenth(this.#isHot);
  }

  readonly #isHot = (text: string): boolean => this.#owner.source.holds(text);

  /** Brings entries back into memory, the newest first, as far as there is room. Resolves to how many came. */
  async restore(fits: (text: string, tags: readonly string[] | undefined) => boolean = everything): Promise<number> {
    const { source, reader, writes, epoch } = this.#owner;
    await this.open();
    const texts = [...this.index.metas]
      .reverse()
      .flatMap(([text, { g }]) => (fits(text, g) && !source.holds(text) && !writes.has(text) ? [text] : []));
    let restored = 0;
    for (let at = 0; at < texts.length && source.cache.size < source.cache.options.maxCacheSize; at += BATCH) {
      // The page can do what waits between two of them.
      for (const recalled of await reader.recallAll(texts.slice(at, at + BATCH), WHOLE_MS)) {
        if (epoch !== this.#owner.epoch) return restored;
        if (recalled && source.take(recalled)) restored++;
      }
    }
    return restored;
  }

  /** Removes everything under ids that begin so. Returns whether that is done. */
  async empty(prefix: string, n: Stamp): Promise<boolean> {
    const { guarded, fence } = this.#owner;
    let isLate = false;
    const isEmpty = await guarded.call(WHOLE_MS, (tier) => clearOf(tier, prefix, n, () => isLate), true);
    isLate = true;
    if (isEmpty === FAILED) return false;
    if (prefix !== fence || guarded.tier.shared) return true;
    this.changes++;
    this.index.clear();
    this.index.isComplete = this.#hasOpened = true;
    return true;
  }
}

/** @param isLate whether nobody waits for it any more: what is there by then is newer */
async function clearOf(tier: Tier, prefix: string, n: Stamp, isLate: () => boolean): Promise<void> {
  if (tier.clear) return void (await tier.clear(prefix, n));
  if (!tier.list) {
    const message = `${tier.name} can neither clear nor list, so nobody knows what is there. Give it one of both.`;
    throw new MachoError("tier", message);
  }
  const listed = await tier.list(prefix);
  if (!isLate()) await Promise.all(listed.map(async ([id]) => tier.delete(id)));
}
