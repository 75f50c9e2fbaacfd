// One load for several pages or processes. It only spares loads: what it waits for may never come.
import type { LayerClock } from "../core/lru/internal.ts";
import { FAILED } from "./guarded-tier.ts";
import type { ResolvedPersistOptions } from "./options.ts";
import type { Reader } from "./reader.ts";
import type { Recalled } from "./source.ts";
import type { MaybePromise } from "./tier.ts";

/** Ms that a load waits for that of another page. */
export const LONGEST_WAIT = 1_000;
/** Ms between two looks for what another one has loaded. */
const PAUSE = 25;

/** Gives a lock back. */
type Release = () => MaybePromise<unknown>;

/**
 * Takes the only lock of an id, for at most so many ms where locks have such an end. Resolves to what gives it back, or to
 * `undefined` where somebody else has it. It rejects where nobody can know: the load begins at once then.
 * @param mayWait whether it may wait for the lock, for those ms. One that cannot is asked again
 */
export type Acquire = (id: string, ms: number, mayWait: boolean) => MaybePromise<Release | undefined>;

/** A load of a key that others may be loading. */
interface SharedLoad {
  /** The text of its key. */
  readonly text: string;
  /** Settles when it is over. Its answer is in memory then, and waits to be written. */
  readonly ended: Promise<unknown>;
  fetch(): Promise<unknown>;
  /**
   * Shows what another one has loaded, if it is newer than what is there. Returns whether it spares this load.
   * @param began wall time in ms: what came since then is as good as an answer of this load
   */
  accept(recalled: Recalled, began: number): boolean;
}

/** How loads are shared. Resolves to the data, or to `undefined` where what `accept` showed is enough. */
export type ShareLoad = (load: SharedLoad) => Promise<unknown>;

/** What sharing takes of a persister. */
interface Shared {
  readonly clock: LayerClock;
  readonly reader: Pick<Reader, "recallAll">;
  readonly options: Pick<ResolvedPersistOptions, "deadline">;
  readonly writes: { flush(): Promise<void> };
  idOf(text: string): string;
}

/**
 * Shares loads: one of them fetches, under a lock that it gives back when its answer is written, and the others take that
 * from the tier. Who has waited for `ms` loads all the same.
 */
export function oneLoad(persister: Shared, acquire: Acquire, ms: number = LONGEST_WAIT): ShareLoad {
  return async (load) => {
    let isOver = false;
    const over = (): void => void (isOver = true);
    load.ended.then(over, over);
    const turn = await turnOf(persister, acquire, ms, load);
    if (turn === "spared") return undefined;
    if (isOver) {
      giveBack(turn);
      return undefined;
    }
    const end = (): void => giveBack(turn);
    if (turn) load.ended.then(() => persister.writes.flush().finally(end), end);
    return load.fetch();
  };
}

/** Waits for the turn of a load. Gives its lock, `undefined` where it goes on without, or that it is spared. */
async function turnOf(
  persister: Shared,
  acquire: Acquire,
  ms: number,
  load: SharedLoad,
): Promise<Release | "spared" | undefined> {
  const { clock, reader, options } = persister;
  const id = persister.idOf(load.text);
  const began = clock.wallNow();
  const until = clock.now() + ms;
  const take = (mayWait: boolean): Promise<Release | typeof FAILED | undefined> => {
    const left = Math.max(0, until - clock.now());
    return inTime(clock, left, (async () => acquire(id, left, mayWait))());
  };
  let release = await take(false);
  if (release === FAILED || !(ms > 0)) return release === FAILED ? undefined : release;
  // oxlint-disable no-await-in-loop -- It waits.
  for (;;) {
    release ??= await take(true);
    if (release === FAILED) return undefined;
    // Also where the lock was free: it may have been given back since this load looked.
    const [recalled] = await reader.recallAll([load.text], Math.min(ms, options.deadline));
    if (recalled && load.accept(recalled, began)) {
      giveBack(release);
      return "spared";
    }
    const left = until - clock.now();
    if (release || left <= 0) return release;
    await new Promise<void>((resolve) => clock.arm(resolve, Math.min(PAUSE, left), true) ?? resolve());
  }
  // oxlint-enable no-await-in-loop
}

/** Nothing waits for it: where it fails, its lock ends by itself. */
function giveBack(release: Release | undefined): void {
  void (async () => release?.())().catch(() => undefined);
}

/** What an acquisition gives within `ms`. What comes later is given back. */
function inTime(
  clock: LayerClock,
  ms: number,
  acquired: Promise<Release | undefined>,
): Promise<Release | typeof FAILED | undefined> {
  return new Promise((resolve) => {
    let isLate = false;
    const late = (): void => {
      isLate = true;
      resolve(undefined);
    };
    const cancel = clock.arm(late, ms, true);
    const came = (release: Release | typeof FAILED | undefined): void => {
      cancel?.();
      if (!isLate) resolve(release);
      else if (release !== FAILED) giveBack(release);
    };
    acquired.then(came, () => came(FAILED));
    // A host without timers waits for nobody.
    if (!cancel) late();
  });
}
