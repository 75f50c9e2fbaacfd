// Reads of a tier: those of one task together, within the deadline, and each record checked.
import type { LayerClock } from "../core/lru/internal.ts";
import { FAILED, type GuardedTier } from "./guarded-tier.ts";
import type { Marks } from "./marks.ts";
import type { ResolvedPersistOptions } from "./options.ts";
import { MOST_AHEAD, recordOf } from "./record.ts";
import type { Recalled, Source } from "./source.ts";
import type { TierRecord } from "./tier.ts";

/** Counts of reads. */
export interface ReadCounters {
  hits: number;
  misses: number;
  absent: number;
  late: number;
  unusable: number;
}

/** What reading takes of its owner. */
export interface Reading {
  readonly guarded: GuardedTier;
  readonly source: Source;
  readonly options: ResolvedPersistOptions;
  readonly clock: LayerClock;
  readonly marks: Marks;
  /** Counts up with each purge: what began before must bring nothing back. */
  readonly epoch: number;
  idOf(text: string): string;
  /** The record of a key that waits to be written; `null` where it was removed. */
  waiting(text: string): Promise<TierRecord | null | undefined> | null | undefined;
  /** Whether it is certain that the tier does not hold a key. */
  lacks(text: string): boolean;
  /** A record that nobody can use. */
  spoiled(text: string): void;
}

/** What is read of a key when the tier has answered, whether or not that is too late. */
type Answer = Promise<Recalled | undefined>;

export class Reader {
  readonly counters: ReadCounters = { hits: 0, misses: 0, absent: 0, late: 0, unusable: 0 };
  /** Whether the tier has answered yet. */
  hasAnswered = false;
  #owner: Reading;
  /** Ids that are read at the end of this task's code. */
  #batch: Map<string, (found: unknown) => void> | undefined;
  /** Reads under way, by the text of their key. */
  #reads = new Map<string, Answer>();

  constructor(owner: Reading) {
    this.#owner = owner;
  }

  /**
   * What the tier has of a key, within the deadline.
   * @param late gets what comes after it
   */
  async recall(text: string, late?: (recalled: Recalled) => void): Promise<Recalled | undefined> {
    const { counters } = this;
    const waiting = this.#owner.waiting(text);
    if (waiting !== undefined) {
      const record = await waiting;
      return this.#count(record ? await this.#usable(text, record) : undefined);
    }
    if (this.#owner.lacks(text)) {
      counters.absent++;
      return this.#count(undefined);
    }
    const answer = this.#reads.get(text) ?? this.#begin(text);
    const recalled = await this.#inTime(answer);
    if (recalled !== FAILED) return this.#count(recalled);
    counters.late++;
    if (late) void answer.then((came) => came && late(came));
    return this.#count(undefined);
  }

  /** Several keys, for as long as it takes. */
  async recallAll(texts: readonly string[], ms: number): Promise<(Recalled | undefined)[]> {
    const found = await this.#get(texts, ms);
    return Promise.all(texts.map((text, at) => this.#use(text, found?.[at], this.#owner.epoch)));
  }

  #count(recalled: Recalled | undefined): Recalled | undefined {
    this.counters[recalled ? "hits" : "misses"]++;
    return recalled;
  }

  #inTime(answer: Answer): Promise<Recalled | undefined | typeof FAILED> {
    const { clock, options } = this.#owner;
    if (options.deadline === Infinity) return answer;
    let cancel: (() => void) | undefined;
    const late = new Promise<typeof FAILED>((resolve) => {
      cancel = clock.arm(() => resolve(FAILED), options.deadline, true);
    });
    return Promise.race([answer, late]).finally(() => cancel?.());
  }

  #begin(text: string): Answer {
    const { epoch } = this.#owner;
    const answer = new Promise<unknown>((resolve) => {
      if (!this.#batch) {
        this.#batch = new Map();
        void Promise.resolve().then(() => this.#readBatch());
      }
      this.#batch.set(text, resolve);
    }).then((found) => {
      this.#reads.delete(text);
      return this.#use(text, found, epoch);
    });
    this.#reads.set(text, answer);
    return answer;
  }

  async #readBatch(): Promise<void> {
    const batch = [...this.#batch!];
    this.#batch = undefined;
    // The deadline of each caller is its own. That of the tier is longer, so that a slow answer can still be shown.
    const { deadline } = this.#owner.options;
    const found = await this.#get(
      batch.map(([text]) => text),
      Math.max(LATEST, deadline),
    );
    batch.forEach(([, resolve], at) => resolve(found?.[at]));
  }

  async #get(texts: readonly string[], ms: number): Promise<readonly unknown[] | undefined> {
    const ids = texts.map((text) => this.#owner.idOf(text));
    const get = ids.length > 0 && this.#owner.guarded;
    const found =
      get && (await get.call(ms, (tier) => tier.getMany?.(ids) ?? Promise.all(ids.map((id) => tier.get(id)))));
    if (!found || found === FAILED) return undefined;
    this.hasAnswered = true;
    return found;
  }

  /** What is good of what was found. */
  async #use(text: string, found: unknown, epoch: number): Answer {
    const { source } = this.#owner;
    const record = recordOf(found);
    if (!record || epoch !== this.#owner.epoch) return undefined;
    try {
      const isGood = record !== "damaged" && source.textOfStored(record.k) === text;
      if (isGood) return await this.#usable(text, record, epoch);
    } catch {
      // The codec or `migrate` threw, or its key is none.
    }
    this.counters.unusable++;
    if (epoch === this.#owner.epoch) this.#owner.spoiled(text);
    return undefined;
  }

  async #usable(text: string, record: TierRecord, epoch: number = this.#owner.epoch): Answer {
    const { options, clock, marks } = this.#owner;
    const { buster, migrate, codec } = options;
    const { k: key, t, x, s, g, b } = record;
    const wall = clock.wallNow();
    if (x <= wall) return undefined;
    let data = codec ? await codec.decode(record.d, key) : record.d;
    // Without a way over, it is a miss, and the next write takes its place.
    if (b !== buster) data = migrate && (await migrate(data, { buster: b, key }));
    // A purge or a mark may have come meanwhile.
    const mark = marks.of(text, record);
    if (epoch !== this.#owner.epoch || mark === "gone" || (b !== buster && data === undefined)) return undefined;
    const isStale = mark === "stale" || t > wall + MOST_AHEAD;
    const age = Math.max(0, wall - t);
    return { key, data, age, left: x - wall, updatedAt: Math.min(t, wall), staleTime: s, tags: g, isStale };
  }
}

/** Ms after which a read counts as a failure, where the deadline is not longer. */
const LATEST = 2_000;
