// Changes go to the tier behind the app: each key once, in slices, when there is time.
import type { GuardedTier } from "./guarded-tier.ts";
import { FAILED } from "./guarded-tier.ts";
import type { Stamp, Tier, TierChange, TierRecord } from "./tier.ts";

/** The most of one slice: entries, bytes, and ms that it takes to prepare. */
const SLICE = 50;
const SLICE_BYTES = 262_144;
const SLICE_MS = 8;
/** The most changes that wait. The oldest are given up. */
const MOST_PENDING = 20_000;
/** Ms that the write of a slice may take. */
const WRITE_MS = 5_000;
/** What storages call it when there is no room, of any age. */
const NO_ROOM = /^(QuotaExceededError|NS_ERROR_DOM_QUOTA_REACHED)$/;
/** What a value is refused with that cannot be stored anywhere. */
const NO_DATA = /DataCloneError|invalid-argument/;

/** A change that waits. */
export interface Pending {
  readonly n: Stamp;
  /** Of an entry that was written: its key and value in the cache, and the wall time until which it may be shown. */
  readonly entry?: { readonly key: unknown; readonly value: unknown; readonly x: number };
  /** It is only marked stale. Otherwise, without an entry, it was removed. */
  readonly isMark?: true;
}

/** What writing behind takes of its owner. */
export interface Writing {
  readonly guarded: GuardedTier;
  readonly fence: string;
  /** Ms that a change waits. */
  readonly delay: number;
  idOf(text: string): string;
  /** The record of an entry; `null` for one that must not be there, `undefined` for no change. It may reject. */
  recordOf(text: string, pending: Pending): Promise<TierRecord | null | undefined> | TierRecord | null | undefined;
  /** Ids of what goes where the tier is full. */
  makeRoom(): string[];
  /** They are written. @param refused ids of values that cannot be stored */
  written(changes: ReadonlyMap<string, TierChange>, refused: readonly string[]): void;
  /** Changes were given up. */
  dropped(count: number, error?: unknown): void;
  arm(run: () => void, ms: number): (() => void) | undefined;
  stamp(): Stamp;
}

export class WriteBehind {
  /** Whether the tier had no room at the last write. */
  isFull = false;
  #owner: Writing;
  #pending = new Map<string, Pending>();
  /** Those that are being written. */
  #writing = new Map<string, Pending>();
  #disarm: (() => void) | undefined;
  #running: Promise<void> | undefined;
  /** Counts up when what is under way must not be written any more. */
  #epoch = 0;

  constructor(owner: Writing) {
    this.#owner = owner;
  }

  get size(): number {
    return this.#pending.size + this.#writing.size;
  }

  /** The change of a key that is not written yet. */
  get(text: string): Pending | undefined {
    return this.#pending.get(text) ?? this.#writing.get(text);
  }

  /** The changes that are not written yet, as they are now. */
  all(): [text: string, pending: Pending][] {
    return [...this.#writing, ...this.#pending];
  }

  add(text: string, pending: Pending): void {
    this.#pending.set(text, pending);
    if (this.#pending.size > MOST_PENDING) {
      const [oldest] = this.#pending.keys();
      this.#pending.delete(oldest!);
      this.#owner.dropped(1);
    }
    this.#plan(this.#owner.delay);
  }

  /** Nothing that waits or is under way is written. Resolves when the tier has been left alone. */
  async forget(): Promise<void> {
    this.#epoch++;
    this.#pending.clear();
    this.#disarm?.();
    this.#disarm = undefined;
    await this.#running;
  }

  /** Writes what waits. @param isUrgent without a pause, since the page may be gone the next moment */
  flush(isUrgent = false): Promise<void> {
    this.#disarm?.();
    this.#disarm = undefined;
    if (isUrgent && this.#running) void this.#run(true);
    return (this.#running ??= this.#run(isUrgent).finally(() => {
      this.#running = undefined;
      if (this.#pending.size > 0) this.#plan(this.#owner.delay);
    }));
  }

  #plan(ms: number): void {
    if (this.#disarm || this.#running) return;
    this.#disarm = this.#owner.arm(() => void this.flush(), Math.max(ms, this.#owner.guarded.rest));
  }

  async #run(isUrgent: boolean): Promise<void> {
    const epoch = this.#epoch;
    const writes: Promise<boolean>[] = [];
    // oxlint-disable no-await-in-loop -- One slice at a time is the point.
    while (this.#pending.size > 0 && epoch === this.#epoch) {
      const slice = this.#nextSlice();
      const write = this.#write(slice, epoch);
      if (isUrgent) writes.push(write);
      else if (!(await write)) return;
      else if (this.#pending.size > 0) await nextTask();
    }
    // oxlint-enable no-await-in-loop
    await Promise.all(writes);
  }

  #nextSlice(): Map<string, Pending> {
    const slice = new Map<string, Pending>();
    for (const [text, pending] of this.#pending) {
      if (slice.size === SLICE) break;
      slice.set(text, pending);
      this.#writing.set(text, pending);
      this.#pending.delete(text);
    }
    return slice;
  }

  /** Returns whether the next slice may follow. */
  async #write(slice: Map<string, Pending>, epoch: number): Promise<boolean> {
    const { guarded, fence } = this.#owner;
    const changes = new Map<string, TierChange>();
    const began = performance.now();
    let bytes = 0;
    for (const [text, pending] of slice) {
      // What does not fit waits for the next one.
      if (bytes > SLICE_BYTES || performance.now() - began > SLICE_MS) {
        if (!this.#pending.has(text)) this.#pending.set(text, pending);
        slice.delete(text);
        this.#end(text, pending);
        continue;
      }
      const change = await this.#changeOf(text, pending);
      if (!change) continue;
      changes.set(text, change);
      bytes += change.record?.z ?? 0;
    }
    const list = [...changes.values()];
    const write = (more: readonly TierChange[] = []): ReturnType<typeof guarded.call<readonly string[]>> =>
      guarded.call(WRITE_MS, (tier) => writeTo(tier, [...more, ...list], fence));
    if (epoch !== this.#epoch) list.length = 0;
    let refused = list.length > 0 ? await write() : [];
    if (refused === FAILED && isNoRoom(guarded.lastError)) {
      const n = this.#owner.stamp();
      const victims = this.#owner.makeRoom().map((id) => ({ id, n }));
      if (victims.length > 0) await guarded.call(WRITE_MS, (tier) => writeTo(tier, victims, fence));
      refused = await write();
      this.isFull = refused === FAILED;
    }
    for (const [text, pending] of slice) this.#end(text, pending);
    if (epoch !== this.#epoch) return false;
    if (refused !== FAILED) {
      this.isFull = false;
      this.#owner.written(changes, refused);
      return true;
    }
    if (this.isFull) this.#owner.dropped(slice.size);
    else for (const [text, pending] of slice) if (!this.#pending.has(text)) this.#pending.set(text, pending);
    return false;
  }

  #end(text: string, pending: Pending): void {
    if (this.#writing.get(text) === pending) this.#writing.delete(text);
  }

  async #changeOf(text: string, pending: Pending): Promise<TierChange | undefined> {
    const { n, entry, isMark } = pending;
    const id = this.#owner.idOf(text);
    if (isMark) return { id, n, isMark };
    if (!entry) return { id, n };
    try {
      const record = await this.#owner.recordOf(text, pending);
      return record === undefined ? undefined : { id, n, record: record ?? undefined };
    } catch (error) {
      this.#owner.dropped(1, error);
      // What was there before is not true any more.
      return { id, n };
    }
  }
}

/** Makes changes. Returns the ids of what cannot be stored. */
async function writeTo(tier: Tier, changes: readonly TierChange[], fence: string): Promise<readonly string[]> {
  if (tier.write) {
    const refusedAtOnce: unknown = await tier.write(changes, fence);
    return Array.isArray(refusedAtOnce) ? refusedAtOnce : [];
  }
  const refused: string[] = [];
  // oxlint-disable no-await-in-loop -- In their order, and none after one that failed.
  for (const change of changes) {
    try {
      await makeChange(tier, change);
    } catch (error) {
      if (!NO_DATA.test(`${nameOf(error)} ${String((error as { code?: unknown } | undefined)?.code)}`)) throw error;
      refused.push(change.id);
    }
  }
  // oxlint-enable no-await-in-loop
  return refused;
}

async function makeChange(tier: Tier, { id, record, isMark }: TierChange): Promise<void> {
  if (record) await tier.set(id, record);
  else if (!isMark) await tier.delete(id);
  else {
    const found = await tier.get(id);
    // It was written here, and is looked at when it is read.
    if (found) await tier.set(id, { ...(found as TierRecord), i: 1 });
  }
}

function isNoRoom(error: unknown): boolean {
  return NO_ROOM.test(nameOf(error));
}

function nameOf(error: unknown): string {
  return String((error as { name?: unknown } | undefined)?.name);
}

/** A task of its own, so that the page can do what waits. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
