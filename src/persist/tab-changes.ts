// What other tabs have done, done here as well: shown, marked or removed, and never told again.
import { guarded } from "../core/lru/internal.ts";
import { invalidate } from "../query/client/invalidation.ts";
import type { Answer } from "../query/machine/answer.ts";
import type { Found } from "../query/machine/freshness.ts";
import { sharerOf } from "../query/model/sharing.ts";
import { type QueryFilter, resolveFilter } from "../query/store/filter.ts";
import type { QueryStore } from "../query/store/store.ts";
import type { ClientTier } from "./client-tier.ts";
import { fitsOf, type Mark } from "./marks.ts";
import type { Persister } from "./persister.ts";
import type { Recalled } from "./source.ts";
import { isLater } from "./stamp.ts";
import type { MarkMessage } from "./tab-message.ts";
import type { Stamp, TierMeta } from "./tier.ts";

/** Entries that are read at once, and the ms that this may take. */
const BATCH = 50;
const READ_MS = 2_000;
/** Ms that data had when it was written, from which on it is old: it takes the place of older data alone. */
const OLD = 5_000;

/** Knows what is done now because another tab did it: a filter, or the text of a key. */
export interface Ear {
  heard: unknown;
}

export class TabChanges {
  #store: QueryStore;
  #tier: ClientTier | undefined;
  #ear: Ear;

  /** @param tier where the client is persisted */
  constructor(store: QueryStore, tier: ClientTier | undefined, ear: Ear) {
    this.#store = store;
    this.#tier = tier;
    this.#ear = ear;
  }

  get #isOver(): boolean {
    return this.#store.isDisposed || this.#tier?.persister.isStopped === true;
  }

  /** @throws MachoError for a filter that is none */
  marked({ n, isGone, filter, keys }: MarkMessage): void {
    const named = filter && resolveFilter("shareAcrossTabs", filter);
    const fits = named ? fitsOf(named) : (text: string): boolean => keys!.includes(text);
    if (this.#tier) markTier(this.#tier.persister, { n, isGone, fits });
    const found = keys?.flatMap((text) => this.#store.find(text) ?? []);
    const filters = named ? [named] : found!.map(({ state }) => ({ queryKey: state.key, exact: true }));
    for (const each of filters) {
      const own = { ...each, predicate: ({ hash }: { readonly hash: string }) => !this.#isSince(hash, n, isGone) };
      if (isGone) this.#remove(this.#store.search(own));
      else this.#invalidate(own);
    }
  }

  /**
   * Whether what is there was written after a mark. A load that another tab began before it heard of the mark ends after it,
   * and brings what was true before: only the tab that marked knows better.
   */
  #isSince(text: string, n: Stamp, isGone: boolean): boolean {
    const known = this.#stampOf(this.#store.find(text)?.answer);
    return known !== undefined && isLater(known, n) && (isGone || known[1] === n[1]);
  }

  /** What is on screen is stale, for all that is known. */
  doubt(): void {
    this.#invalidate({ type: "active" });
  }

  #invalidate(filter: QueryFilter): void {
    this.#ear.heard = filter;
    try {
      guarded(() => void invalidate(this.#store, filter, {}));
    } finally {
      this.#ear.heard = undefined;
    }
  }

  #remove(found: readonly Found[]): void {
    for (const { state } of found) {
      this.#ear.heard = state.hash;
      try {
        guarded(() => this.#store.remove(state));
      } finally {
        this.#ear.heard = undefined;
      }
    }
  }

  #stampOf(answer: Answer | undefined): Stamp | undefined {
    return answer && this.#tier?.source.stamps.get(answer);
  }

  /** Records were written. What is in memory is read anew; of the rest, it is known that it is there. */
  async written(metas: ReadonlyMap<string, TierMeta>): Promise<void> {
    const { persister } = this.#tier!;
    const wanted: [text: string, n: Stamp][] = [];
    for (const [text, meta] of metas) {
      if (noteWrite(persister, text, meta) && this.#isNews(text, meta.n)) wanted.push([text, meta.n]);
    }
    await this.#adopt(wanted);
  }

  /** Whether memory has a key, and nothing as new. */
  #isNews(text: string, n: Stamp): boolean {
    const found = this.#store.find(text);
    const known = this.#stampOf(found?.answer);
    return found !== undefined && (!known || isLater(n, known));
  }

  async #adopt(wanted: readonly (readonly [text: string, n: Stamp])[]): Promise<void> {
    const { persister } = this.#tier!;
    const { epoch } = persister;
    for (let at = 0; at < wanted.length; at += BATCH) {
      const batch = wanted.slice(at, at + BATCH);
      const texts = batch.map(([text]) => text);
      // oxlint-disable no-await-in-loop -- The page can do what waits between two of them.
      let found = await persister.reader.recallAll(texts, READ_MS);
      // Some may have joined a read that had begun before.
      if (!batch.every(([, n], index) => isAsNew(found[index], n)))
        found = await persister.reader.recallAll(texts, READ_MS);
      // oxlint-enable no-await-in-loop
      if (this.#isOver || epoch !== persister.epoch) return;
      // What a listener of the app throws ends nothing.
      batch.forEach(([text, n], index) => guarded(() => this.#take(text, n, found[index])));
    }
  }

  /** @param n when what was announced was written */
  #take(text: string, n: Stamp, recalled: Recalled | undefined): void {
    if (!this.#isNews(text, n)) return;
    const { state } = this.#store.find(text)!;
    const { dataUpdatedAt, key } = state;
    if (isAsNew(recalled, n)) {
      const isOld = recalled.n[0] - recalled.updatedAt > OLD && recalled.updatedAt < dataUpdatedAt;
      if (!isOld) this.#show(text, recalled);
      // It is known that there is something newer.
    } else if (state.data !== undefined) this.#invalidate({ queryKey: key, exact: true });
  }

  #show(text: string, recalled: Recalled): void {
    const store = this.#store;
    const { source } = this.#tier!;
    const { key } = store.find(text)!.state;
    const query = store.openForWrite(key, text);
    const { answer, state, newest } = query;
    const options = answer?.options ?? newest?.options ?? store.defaults.resolve("shareAcrossTabs", key, undefined);
    const share = state.data === undefined ? undefined : sharerOf(options);
    const data = share ? share(state.data, recalled.data) : recalled.data;
    try {
      if (!source.allows(text, options, recalled.tags)) return;
      source.show(query, { ...recalled, data }, { fetcher: answer?.fetcher, options });
    } finally {
      store.release(query);
    }
  }

  /** The page heard nothing for a while: what is in memory is compared with the tier. */
  async resync(): Promise<void> {
    if (this.#isOver) return;
    if (!this.#tier) return this.doubt();
    const { persister } = this.#tier;
    const { upkeep, epoch } = persister;
    const { index } = upkeep;
    const known = index.forget();
    // What it is saying just now may be older.
    upkeep.changes++;
    await persister.open();
    if (this.#isOver || epoch !== persister.epoch) return;
    if (!index.isComplete) return this.doubt();
    const wanted: [text: string, n: Stamp][] = [];
    const gone: Found[] = [];
    for (const found of this.#store.search({})) {
      const { state, answer } = found;
      const text = state.hash;
      const meta = index.metas.get(text);
      if (meta && this.#isNews(text, meta.n)) wanted.push([text, meta.n]);
      else if (!meta && known.has(text) && !persister.writes.get(text)) gone.push(found);
      // It was marked meanwhile, or never was where other tabs could read it.
      else if ((meta?.i && !answer?.isInvalidated) || (!meta && found.newest && !persister.writes.get(text)))
        this.#invalidate({ queryKey: state.key, exact: true });
    }
    this.#remove(gone);
    await this.#adopt(wanted);
  }
}

/** Whether what was read is as new as what was announced. */
function isAsNew(recalled: Recalled | undefined, n: Stamp): recalled is Recalled {
  return recalled !== undefined && !isLater(n, recalled.n);
}

/** What is known of the tier, and what waits to be written, follows a mark that another tab has made there. */
function markTier({ stamps, marks, upkeep, writes, source }: Persister, mark: Mark): void {
  const { n, isGone } = mark;
  stamps.saw(n);
  marks.add(mark);
  if (!isGone) return;
  const { index } = upkeep;
  for (const [text, { n: written, g }] of index.metas) {
    if (isLater(n, written) && mark.fits(text, g)) index.delete(text);
  }
  for (const [text, { n: written, entry }] of writes.all()) {
    const tags = entry && source.contentOf(entry.key, entry.value)?.g;
    if (isLater(n, written) && mark.fits(text, tags)) writes.drop(text);
  }
}

/** A record is there. An older one is not written any more. Returns whether no newer change waits here. */
function noteWrite({ stamps, upkeep, writes }: Persister, text: string, meta: TierMeta): boolean {
  stamps.saw(meta.n);
  upkeep.changes++;
  const own = writes.get(text);
  if (own && !own.isMark && isLater(own.n, meta.n)) return false;
  writes.drop(text);
  upkeep.index.setNewer(text, meta);
  return true;
}
