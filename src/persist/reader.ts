// Reads of a tier: those of one task together, within the deadline, and each record checked.
import type { LayerClock } from "../core/lru/internal.ts";
import { armDeadline, FAILED, type GuardedTier } from "./guarded-tier.ts";
import type { Marks } from "./marks.ts";
import type { ResolvedPersistOptions } from "./options.ts";
import { MOST_AHEAD, recordOf } from "./record.ts";
import type { Recalled, Source } from "./source.ts";
import type { Stamps } from "./stamp.ts";
import type { Stamp, TierRecord } from "./tier.ts";

/** Counts of reads. */
export interface ReadCounters {
  hits: number;
  misses: number;
  absent: number;
  late: number;
  unusable: number;
  unanswered: number;
}

/** What reading takes of its owner. */
export interface Reading {
  readonly guarded: GuardedTier;
  readonly source: Source;
  readonly options: ResolvedPersistOptions;
  readonly clock: LayerClock;
  readonly marks: Marks;
  readonly stamps: Stamps;
  /** Counts up with each purge: what began before must bring nothing back. */
  readonly epoch: number;
  idOf(text: string): string;
  /** The record of a key that waits to be written; `null` where it was removed. */
  waiting(text: string): Promise<TierRecord | null | undefined> | null | undefined;
  /** Whether it is certain that the tier does not hold a key. */
  lacks(text: string): boolean;
  /** Another one wrote it: what is written here from now on is later. */
  saw(n: Stamp): void;
  /** A record that nobody can use. */
  spoiled(text: string): void;
}

/** What is read of a key when the tier has answered or failed, whether or not that is too late. */
type Answer = Promise<Recalled | typeof FAILED | undefined>;

export class Reader {
  readonly counters: ReadCounters = { hits: 0, misses: 0, absent: 0, late: 0, unusable: 0, unanswered: 0 };
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
    // Nobody waits for the call that tries whether it works again.
    const isTry = this.#owner.guarded.breaker === "half-open";
    const answer = this.#reads.get(text) ?? this.#begin(text);
    const recalled = isTry ? FAILED : await this.#inTime(answer);
    if (recalled !== TOO_LATE && recalled !== FAILED) return this.#count(recalled);
    if (late) void answer.then((came) => came && came !== FAILED && late(came));
    if (recalled === TOO_LATE) {
      counters.late++;
      return this.#count(undefined);
    }
    counters.unanswered++;
    return undefined;
  }

  /** Several keys, for as long as it takes. */
  async recallAll(texts: readonly string[], ms: number): Promise<(Recalled | undefined)[]> {
    const found = await this.#get(texts, ms);
    if (!found) return [];
    return Promise.all(texts.map((text, at) => this.#use(text, found[at], this.#owner.epoch)));
  }

  #count(recalled: Recalled | undefined): Recalled | undefined {
    this.counters[recalled ? "hits" : "misses"]++;
    return recalled;
  }

  #inTime(answer: Answer): Promise<Awaited<Answer> | typeof TOO_LATE> {
    const { clock, options } = this.#owner;
    let cancel: (() => void) | undefined;
    const late = new Promise<typeof TOO_LATE>((resolve) => {
      cancel = armDeadline(clock, () => resolve(TOO_LATE), options.deadline);
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
    }).then((found): Awaited<Answer> | Answer => {
      this.#reads.delete(text);
      return found === FAILED ? found : this.#use(text, found, epoch);
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
      Math.max(this.#owner.guarded.tier.shared ? 0 : LATEST, LATE_READS * deadline),
    );
    batch.forEach(([, resolve], at) => resolve(found ? found[at] : FAILED));
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
  async #use(text: string, found: unknown, epoch: number): Promise<Recalled | undefined> {
    const { source } = this.#owner;
    const record = recordOf(found);
    if (!record || epoch !== this.#owner.epoch) return undefined;
    try {
      if (record !== "damaged" && source.textOfStored(record.k) === text) {
        this.#owner.saw(record.n);
        return await this.#usable(text, record, epoch);
      }
    } catch {
      // The codec or `migrate` threw, or its key is none.
    }
    this.counters.unusable++;
    if (epoch === this.#owner.epoch) this.#owner.spoiled(text);
    return undefined;
  }

  async #usable(text: string, record: TierRecord, epoch: number = this.#owner.epoch): Promise<Recalled | undefined> {
    const { options, clock, marks, stamps } = this.#owner;
    stamps.saw(record.n);
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
    return {
      key,
      data,
      age,
      left: x - wall,
      updatedAt: Math.min(t, wall),
      staleTime: s,
      tags: g,
      isStale,
      n: record.n,
    };
  }
}

/** What is given for an answer that came after the deadline. */
const TOO_LATE: unique symbol = Symbol("too late");
/** Deadlines after which a read counts as a failure. */
const LATE_READS = 4;
/** Ms before which it does not, where a page may still show the answer. Of a tier of servers, the breaker hears earlier. */
const LATEST = 2_000;
