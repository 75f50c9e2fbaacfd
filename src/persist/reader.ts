// Reads of a tier: those of one task together, within the deadline, and each record checked.
import type { LayerClock } from "../core/lru/internal.ts";
import { FAILED, type GuardedTier, LATE, within } from "./guarded-tier.ts";
import type { Marks } from "./marks.ts";
import type { ResolvedPersistOptions } from "./options.ts";
import { MOST_AHEAD, recordOf } from "./record.ts";
import type { Recalled, Source } from "./source.ts";
import type { Stamps } from "./stamp.ts";
import type { TierRecord } from "./tier.ts";

/** Deadlines after which a read counts as a failure. */
const LATE_READS = 4;
/** Ms before which it does not, where a page may still show the answer. Of a tier of servers, the breaker hears earlier. */
const LATEST = 2_000;

/** Counts of reads. */
interface ReadCounters {
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
  readonly counters: ReadCounters;
  /** Wall time in ms. */
  wallNow(): number;
  idOf(text: string): string;
  /** The record of a key that waits to be written, with its data as it is; `null` where nothing will be there. */
  waiting(text: string): TierRecord | null | undefined;
  /** Whether it is certain that the tier does not hold a key. */
  lacks(text: string): boolean;
  /** Removes a record, for one of these reasons. */
  discard(text: string, reason: "unusable" | "expired"): void;
}

/** What is read of a key when the tier has answered or failed, whether or not that is too late. It never rejects. */
type Answer = Promise<Recalled | typeof FAILED | undefined>;

/** A read under way. */
interface Read {
  answer: Answer;
  /** Its key was written or removed meanwhile: what it brings is not true any more. */
  isOld: boolean;
}

export class Reader {
  /** Whether the last look for one key was answered in time. */
  isInTime = true;
  #owner: Reading;
  /** Keys that are read at the end of this task's code. */
  #batch: Map<string, (found: unknown) => void> | undefined;
  /** Reads under way, by the text of their key. */
  #reads = new Map<string, Read>();

  constructor(owner: Reading) {
    this.#owner = owner;
  }

  /**
   * What the tier has of a key, within the deadline. It never rejects.
   * @param late gets what comes after it
   */
  async recall(text: string, late?: (recalled: Recalled) => void): Promise<Recalled | undefined> {
    const owner = this.#owner;
    const { counters, clock, options } = owner;
    const waiting = owner.waiting(text);
    let recalled: Recalled | undefined;
    if (waiting) recalled = this.#recalled(text, waiting, waiting.d);
    else if (waiting === undefined && owner.lacks(text)) counters.absent++;
    else if (waiting === undefined) {
      // Nobody waits for the call that tries whether it works again.
      const isTry = owner.guarded.breaker === "half-open";
      const answer = this.#read(text);
      const found = isTry ? FAILED : await within(clock, options.deadline, answer);
      this.isInTime = found !== LATE && found !== FAILED;
      if (found === LATE) counters.late++;
      if (found === LATE || found === FAILED) {
        if (late) void answer.then((came) => came && came !== FAILED && late(came));
      } else recalled = found;
      if (found === FAILED) return void counters.unanswered++;
    }
    counters[recalled ? "hits" : "misses"]++;
    return recalled;
  }

  /** Several keys, each for as long as `ms`. Nothing is counted. */
  recallAll(texts: readonly string[], ms: number): Promise<(Recalled | undefined)[]> {
    const { clock } = this.#owner;
    return Promise.all(
      texts.map(async (text) => {
        const found = await within(clock, ms, this.#read(text));
        return found === LATE || found === FAILED ? undefined : found;
      }),
    );
  }

  #read(text: string): Answer {
    return (this.#reads.get(text) ?? this.#begin(text)).answer;
  }

  /** A key was written or removed. Without one, everything was. */
  changed(text?: string): void {
    for (const each of text === undefined ? this.#reads.keys() : [text]) {
      const read = this.#reads.get(each);
      if (read) read.isOld = true;
      this.#reads.delete(each);
    }
  }

  #begin(text: string): Read {
    const found = new Promise<unknown>((resolve) => {
      if (!this.#batch) {
        this.#batch = new Map();
        void Promise.resolve().then(() => this.#readBatch());
      }
      this.#batch.set(text, resolve);
    });
    const read: Read = { answer: this.#finish(text, found, () => read.isOld), isOld: false };
    this.#reads.set(text, read);
    return read;
  }

  async #readBatch(): Promise<void> {
    const { guarded, options } = this.#owner;
    const batch = this.#batch!;
    this.#batch = undefined;
    const ids = [...batch.keys()].map((text) => this.#owner.idOf(text));
    // The deadline of each caller is its own. That of the tier is longer, so that a slow answer can still be shown.
    const found = await guarded.call(
      Math.max(guarded.tier.shared ? 0 : LATEST, options.deadline * LATE_READS),
      (tier) => tier.getMany?.(ids) ?? Promise.all(ids.map(async (id) => tier.get(id))),
    );
    let at = 0;
    for (const resolve of batch.values()) resolve(Array.isArray(found) ? found[at++] : FAILED);
  }

  /** What is good of what was found. */
  async #finish(text: string, found: Promise<unknown>, isOld: () => boolean): Answer {
    const { clock, options } = this.#owner;
    const came = await found;
    if (isOld()) return undefined;
    let recalled: Awaited<Answer>;
    if (came === FAILED) recalled = FAILED;
    else
      try {
        // What the codec or `migrate` never gives is missing.
        const data = await within(clock, Math.max(LATEST, options.deadline), this.#dataOf(text, came));
        if (!isOld() && data !== LATE) recalled = data && this.#recalled(text, ...data);
      } catch {
        // It is damaged, or of another key, or the codec or `migrate` threw.
        if (!isOld()) this.#owner.discard(text, "unusable");
      }
    if (!isOld()) this.#reads.delete(text);
    return recalled;
  }

  /** @throws for what nobody can use */
  async #dataOf(text: string, found: unknown): Promise<[record: TierRecord, data: unknown] | undefined> {
    const { options, source, stamps, counters } = this.#owner;
    const { scope, buster, migrate, codec } = options;
    const record = recordOf(found);
    if (!record) return undefined;
    if (record === "damaged") throw found;
    const isKnown = record !== "foreign" && (record.b === buster || migrate);
    // Somebody else looks after it, or there is no way over: it is a miss, and the next write takes its place.
    if (!isKnown) return void counters.unusable++;
    const { k: key, n, b } = record;
    if (record.o !== scope || source.textOfStored(key) !== text) throw key;
    stamps.saw(n);
    const data = codec ? await codec.decode(record.d, key) : record.d;
    if (b === buster) return [record, data];
    const migrated = await migrate!(data, { buster: b, key });
    if (migrated === undefined) throw key;
    return [record, migrated];
  }

  #recalled(text: string, record: TierRecord, data: unknown): Recalled | undefined {
    const { k: key, t, x, s, g, n } = record;
    const wall = this.#owner.wallNow();
    const mark = this.#owner.marks.of(text, record);
    // Wall time may have gone back: nothing lives longer than it was meant to.
    const left = Math.min(x - wall, x - t);
    if (!(left > 0)) this.#owner.discard(text, "expired");
    if (!(left > 0) || mark === "gone") return undefined;
    const isStale = mark === "stale" || t > wall + MOST_AHEAD;
    const age = Math.max(0, wall - t);
    return { key, data, age, left, updatedAt: Math.min(t, wall), staleTime: s, tags: g, isStale, n };
  }
}
