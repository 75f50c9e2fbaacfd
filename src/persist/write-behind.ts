// Changes go to the tier behind the app: each key once, in slices, when there is time.
import { type LayerClock, LONGEST_TIMER } from "../core/lru/internal.ts";
import { MachoError } from "../core/lru/index.ts";
import { FAILED, type GuardedTier, LATE, within } from "./guarded-tier.ts";
import type { Stamps } from "./stamp.ts";
import { FULL, writeTo } from "./tier-writes.ts";
import type { MaybePromise, Stamp, TierChange, TierRecord } from "./tier.ts";

/** The most of one slice: entries, bytes, and ms that it takes to prepare. */
const SLICE = 50;
const SLICE_BYTES = 262_144;
const SLICE_MS = 8;
/** The most changes that wait. Beyond it, nothing that is stored is known to be true, and all of it goes. */
const MOST_PENDING = 20_000;
/** Ms that the write of a slice may take, and the codec for a value. */
const WRITE_MS = 5_000;
/** Ms for which nothing new is written to a storage that had no room. */
const FULL_MS = 60_000;

/** A change that waits. */
export interface Pending {
  readonly n: Stamp;
  /** Of an entry that was written: its key and value in the cache, and the wall time until which it may be shown. */
  readonly entry?: { readonly key: unknown; readonly value: unknown; readonly x: number };
  /** It is only marked stale. Otherwise, without an entry, it was removed. */
  readonly isMark?: true;
  /** It may have been written already. */
  readonly isRetried?: true;
}

/** Changes by the text of their key. */
export type Changes = Map<string, TierChange>;

/** What writing behind takes of its owner. */
export interface Writing {
  readonly guarded: GuardedTier;
  readonly clock: LayerClock;
  readonly stamps: Stamps;
  readonly fence: string;
  /** Whether nothing more is written. */
  readonly isStopped: boolean;
  /** Ms that a change waits. */
  readonly delay: number;
  idOf(text: string): string;
  /** Whether an entry was marked stale since it was written. */
  isMarked(text: string, pending: Pending): boolean;
  /** Whether an entry is not for good yet. */
  isHoped(pending: Pending): boolean;
  /** The record of an entry; `null` for one that must not be there, `undefined` for no change. It may throw. */
  recordOf(text: string, pending: Pending): MaybePromise<TierRecord | null | undefined>;
  /** Before the first write: resolves when the tier has said what it holds, or cannot. */
  open(): Promise<void>;
  /** Removes everything from the tier. Returns whether that is done. */
  empty(n: Stamp): Promise<boolean>;
  /** Too much waits. */
  overflow(): void;
  /** What goes where the tier is full. */
  makeRoom(): Changes;
  /** They are written. @param refused ids of values that cannot be stored */
  written(changes: Changes, refused: readonly string[]): void;
  /** Entries of these keys may be there again, as they were before. */
  cameLate(changes: Changes): void;
  /** Changes were given up. @param error why, where that is news */
  dropped(count: number, error?: unknown): void;
  /** A value has no record. */
  failed(error: unknown): void;
}

export class WriteBehind {
  /** Whether the tier had no room at the last write of an entry. */
  isFull = false;
  #owner: Writing;
  #pending = new Map<string, Pending>();
  /** Those that are being written. */
  #writing = new Map<string, Pending>();
  /** Everything is to be removed first. */
  #empties: Stamp | undefined;
  #disarm: (() => void) | undefined;
  #running: Promise<void> | undefined;
  /** Counts up when what is under way must not be written any more. */
  #epoch = 0;
  /** Until when a full tier is left alone. */
  #restsUntil = 0;

  constructor(owner: Writing) {
    this.#owner = owner;
  }

  get size(): number {
    return this.#pending.size + this.#writing.size + Number(this.isEmptying);
  }

  /** The change of a key that is not written yet: of its value, or else its mark. */
  get(text: string): Pending | undefined {
    const pending = this.#pending.get(text);
    return pending && !pending.isMark ? pending : (this.#writing.get(text) ?? pending);
  }

  /** Whether a value or a removal waits to be written. */
  has(text: string): boolean {
    const pending = this.get(text);
    return pending !== undefined && !pending.isMark;
  }

  /** The changes that are not written yet, as they are now. */
  all(): [text: string, pending: Pending][] {
    return [...this.#writing, ...this.#pending];
  }

  add(text: string, pending: Pending): void {
    // An entry that waits is looked at by the marks when it is written.
    if (!pending.isMark || !this.#pending.has(text)) this.#pending.set(text, pending);
    if (this.#pending.size > MOST_PENDING) this.#owner.overflow();
    this.#plan(this.#owner.delay);
  }

  /** A change that waits is not made: somebody else has made a newer one. */
  drop(text: string): void {
    this.#pending.delete(text);
  }

  /** The tier has stamps up to this one, which a clock that is behind knew nothing of: what waits is later. */
  saw(newest: number): void {
    const isEarly = this.#empties !== undefined && this.#empties[0] <= newest;
    if (isEarly) this.#empties = this.#owner.stamps.next();
    for (const [text, pending] of this.#pending) {
      if (!isEarly && pending.n[0] > newest) continue;
      const change = this.#owner.isMarked(text, pending) ? {} : pending;
      this.#pending.set(text, { ...change, n: this.#owner.stamps.next() });
    }
  }

  /** Gives up what waits longest. */
  shift(): void {
    const [oldest] = this.#pending.keys();
    this.#pending.delete(oldest!);
  }

  /** Nothing that waits or is under way is written. Resolves when the tier has been left alone. */
  async forget(): Promise<void> {
    this.#epoch++;
    this.#pending.clear();
    await this.#running;
  }

  /** Everything is removed from the tier before anything else is written. */
  empty(n: Stamp): void {
    this.#epoch++;
    this.#pending.clear();
    this.#empties = n;
    this.#plan(this.#owner.delay);
  }

  /** Whether the tier still holds what must not be there. */
  get isEmptying(): boolean {
    return this.#empties !== undefined;
  }

  /** Writes what waits. @param isUrgent without a pause, since the page may be gone the next moment */
  flush(isUrgent = false): Promise<void> {
    this.#disarm?.();
    this.#disarm = undefined;
    if (isUrgent && this.#running) return this.#run(true);
    return (this.#running ??= this.#run(isUrgent).finally(() => {
      this.#running = undefined;
      if (this.#empties || this.#pending.size > 0) this.#plan(this.#owner.delay);
    }));
  }

  #plan(ms: number): void {
    if (this.#disarm || this.#running || this.#owner.isStopped) return;
    const { clock, guarded } = this.#owner;
    this.#disarm = clock.arm(() => void this.flush(), Math.min(LONGEST_TIMER, Math.max(ms, guarded.rest)));
  }

  async #run(isUrgent: boolean): Promise<void> {
    const writes: Promise<boolean>[] = [];
    if (!isUrgent) await this.#owner.open();
    for (;;) {
      const n = this.#empties;
      if (n && !(await this.#owner.empty(n))) return;
      // Another one may have come meanwhile.
      if (n && this.#empties !== n) continue;
      this.#empties = undefined;
      // Of several transactions of a page that goes away, Chromium loses some. One comes through.
      const slice = this.#nextSlice(isUrgent ? Infinity : SLICE);
      if (slice.size === 0) break;
      const { size } = slice;
      const write = this.#write(slice, isUrgent);
      if (isUrgent) writes.push(write);
      else if (!(await write)) return;
      // One that was full took its time.
      else if (size === SLICE || slice.size < size) await this.#pause();
    }
    await Promise.all(writes);
  }

  /** A task of its own, so that the page can do what waits. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve);
    });
  }

  #nextSlice(most: number): Map<string, Pending> {
    const slice = new Map<string, Pending>();
    for (const [text, pending] of this.#pending) {
      if (slice.size === most) break;
      // Two writes of a key would be a race. What is hoped for stays here until it is certain.
      if (this.#writing.has(text) || this.#owner.isHoped(pending)) continue;
      slice.set(text, pending);
      this.#writing.set(text, pending);
      this.#pending.delete(text);
    }
    return slice;
  }

  /** Returns whether the next slice may follow. */
  async #write(slice: Map<string, Pending>, isUrgent: boolean): Promise<boolean> {
    const epoch = this.#epoch;
    const changes = await this.#changesOf(slice, isUrgent);
    const isNews = epoch === this.#epoch && changes.size > 0;
    const [sent, refused] = isNews ? await this.#send(changes) : [changes, []];
    const isDone = refused !== FAILED;
    const isOver = epoch !== this.#epoch;
    for (const [text, pending] of slice) {
      this.#writing.delete(text);
      if (!isDone && !isOver) this.#putBack(text, { ...pending, isRetried: true });
    }
    if (isDone && !isOver) this.#owner.written(sent, refused);
    return isDone;
  }

  /** It was not written. A mark that came meanwhile is of it. */
  #putBack(text: string, pending: Pending): void {
    const later = this.#pending.get(text);
    if (!later || later.isMark) this.#pending.set(text, pending);
  }

  /** What does not fit into the slice waits for the next one. */
  async #changesOf(slice: Map<string, Pending>, isUrgent: boolean): Promise<Changes> {
    const { clock } = this.#owner;
    const changes: Changes = new Map();
    const end = clock.now() + SLICE_MS;
    let bytes = 0;
    for (const [text, pending] of slice) {
      if (!isUrgent && (bytes > SLICE_BYTES || clock.now() > end)) {
        this.#putBack(text, pending);
        slice.delete(text);
        this.#writing.delete(text);
        continue;
      }
      const change = await this.#changeOf(text, pending);
      if (change) changes.set(text, change);
      bytes += change?.record?.z ?? 0;
    }
    return changes;
  }

  async #changeOf(text: string, pending: Pending): Promise<TierChange | undefined> {
    const owner = this.#owner;
    const { n, entry, isMark } = pending;
    const id = owner.idOf(text);
    if (isMark) return { id, n, isMark };
    if (!entry) return { id, n };
    // What was there before is not true any more.
    if (owner.clock.now() < this.#restsUntil) return (owner.dropped(1), { id, n });
    try {
      const made = owner.recordOf(text, pending);
      // A promise takes a turn of its own.
      const record = isThenable(made) ? await within(owner.clock, WRITE_MS, made) : made;
      // What was written may have no mark, and two changes of one stamp are the same: it goes.
      if (record !== LATE && record?.i && pending.isRetried) return (owner.dropped(1), { id, n: owner.stamps.next() });
      if (record === LATE) throw new MachoError("timeout", `codec.encode took longer than ${WRITE_MS} ms.`);
      return record === undefined ? undefined : { id, n, record: record ?? undefined };
    } catch (error) {
      owner.failed(error);
      return { id, n };
    }
  }

  /** Returns what was written in their place, and what of it was refused. */
  async #send(changes: Changes): Promise<[sent: Changes, refused: readonly string[] | typeof FAILED]> {
    const owner = this.#owner;
    let sent = changes;
    let refused = await this.#call(changes);
    const room = refused === FULL && !this.isFull && owner.makeRoom();
    if (room && room.size > 0) {
      const made = await this.#call(room);
      if (Array.isArray(made)) {
        owner.written(room, []);
        refused = await this.#call(changes);
        // They may be gone or not.
      } else for (const [text, { n }] of room) this.add(text, { n });
    }
    if (refused === FULL) {
      // It takes nothing new for a while. What was there before is not true any more.
      sent = new Map([...changes].map(([text, { id, n, isMark }]) => [text, isMark ? { id, n, isMark } : { id, n }]));
      this.#restsUntil = owner.clock.now() + FULL_MS;
      const lost = [...changes.values()].filter(({ record }) => record).length;
      owner.dropped(lost, this.isFull ? undefined : fullError(owner.guarded.tier.name));
      this.isFull = true;
      refused = await this.#call(sent);
    } else if (refused !== FAILED && [...changes.values()].some(({ record }) => record)) this.isFull = false;
    return [sent, refused === FULL ? FAILED : refused];
  }

  #call(changes: Changes): Promise<readonly string[] | typeof FULL | typeof FAILED> {
    const { guarded, fence } = this.#owner;
    let isLate = false;
    return guarded
      .call(WRITE_MS, async (tier) => {
        try {
          return await writeTo(tier, [...changes.values()], fence);
        } finally {
          // Also where it failed in the middle.
          if (isLate) this.#owner.cameLate(changes);
        }
      })
      .finally(() => (isLate = true));
  }
}

function fullError(name: string): MachoError {
  return new MachoError("full", `${name} has no room, also after the coldest tenth went. Pass a smaller { maxBytes }.`);
}

function isThenable<T>(value: MaybePromise<T>): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
