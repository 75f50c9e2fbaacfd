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
  store.recorder = recorders.length > 1 ? new Recorders(recorders) : recorders[0];
}

/** By its shape: a page may hold two copies of the package. */
function recordersOf({ recorder }: Recorded): readonly Recorder[] {
  if (recorder === undefined) return [];
  return "recorders" in recorder ? (recorder as Recorders).recorders : [recorder];
}

/** Several recorders as one. */
class Recorders implements Recorder {
  readonly recorders: readonly Recorder[];

  constructor(recorders: readonly Recorder[]) {
    this.recorders = recorders;
  }

  hit(key: unknown, slot: number): void {
    for (const each of this.recorders) each.hit(key, slot);
  }

  miss(key: unknown, hasExpired: boolean): void {
    for (const each of this.recorders) each.miss(key, hasExpired);
  }

  set(key: unknown, write: Write, slot: number): void {
    for (const each of this.recorders) each.set(key, write, slot);
  }

  delete(key: unknown): void {
    for (const each of this.recorders) each.delete(key);
  }

  clear(): void {
    for (const each of this.recorders) each.clear();
  }

  removed(key: unknown, cause: RemovalCause, slot: number): void {
    for (const each of this.recorders) each.removed(key, cause, slot);
  }
}
