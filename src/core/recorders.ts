import type { Recorder, Write } from "./lru/store-setup.ts";
import type { RemovalCause } from "./lru/events.ts";

/** What has the slot of a recorder: a store. */
export interface Recorded {
  recorder: Recorder | undefined;
}

/**
 * Puts a recorder beside those that a store has. What it is told, all are told, in the order in which they came.
 * @returns the undo; the others stay, whoever came first
 */
export function addRecorder(store: Recorded, recorder: Recorder): () => void {
  put(store, [...recordersOf(store), recorder]);
  return () =>
    put(
      store,
      recordersOf(store).filter((each) => each !== recorder),
    );
}

function put(store: Recorded, recorders: readonly Recorder[]): void {
  store.recorder = recorders.reduceRight<Recorder | undefined>(
    (others, each) => (others ? new Pair(each, others) : each),
    undefined,
  );
}

/** By its shape: a page may hold two copies of the package. */
function recordersOf({ recorder }: Recorded): readonly Recorder[] {
  if (recorder === undefined) return [];
  return "recorders" in recorder ? (recorder as Pair).recorders : [recorder];
}

/** Two recorders as one. More are pairs of pairs: an engine calls two at places of their own faster than those of a list. */
class Pair implements Recorder {
  #first: Recorder;
  #other: Recorder;

  constructor(first: Recorder, other: Recorder) {
    this.#first = first;
    this.#other = other;
  }

  get recorders(): readonly Recorder[] {
    return [this.#first, ...recordersOf({ recorder: this.#other })];
  }

  hit(key: unknown, slot: number): void {
    this.#first.hit(key, slot);
    this.#other.hit(key, slot);
  }

  miss(key: unknown, hasExpired: boolean): void {
    this.#first.miss(key, hasExpired);
    this.#other.miss(key, hasExpired);
  }

  set(key: unknown, write: Write, slot: number): void {
    this.#first.set(key, write, slot);
    this.#other.set(key, write, slot);
  }

  delete(key: unknown): void {
    this.#first.delete(key);
    this.#other.delete(key);
  }

  clear(): void {
    this.#first.clear();
    this.#other.clear();
  }

  removed(key: unknown, cause: RemovalCause, slot: number): void {
    this.#first.removed(key, cause, slot);
    this.#other.removed(key, cause, slot);
  }
}
