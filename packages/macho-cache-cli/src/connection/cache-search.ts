import { setTimeout as sleep } from "node:timers/promises";
import { CommandError, EXIT } from "../exit.ts";
import { age } from "../figures.ts";
import { visible } from "../visible-text.ts";
import { Away } from "./away.ts";
import { discover, type Discovery, isMeant } from "./discovery.ts";
import { cachesOf, type Choice, chosen, type RunningCache } from "./running-cache.ts";

/** Ms before each try to find a cache again; the last one from then on. */
const PAUSES = [100, 250, 500, 1_000, 2_000, 5_000];
/** Ms after which nothing is waited for any more. */
const MAX_AWAY = 600_000;

/** What a search rests on. */
export interface SearchHost {
  readonly discover: (choice: Choice) => Promise<Discovery>;
  /** Rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Ms. */
  readonly now: () => number;
}

const HOST: SearchHost = {
  discover,
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  now: () => performance.now(),
};

/** How a cache is waited for. */
interface Waiting {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Hears when it turns out to be away for another reason. */
  readonly tell: (away: Away) => void;
}

/** Finds a cache, and finds it again. One connection is open at a time. */
export class CacheSearch {
  #choice: Choice;
  #host: SearchHost;
  #discovery: Discovery | undefined;

  constructor(choice: Choice, host: SearchHost = HOST) {
    this.#choice = choice;
    this.#host = host;
  }

  /** Ms of the host's time. */
  now(): number {
    return this.#host.now();
  }

  /** @throws CommandError where there is none, or more than one */
  async first(): Promise<RunningCache> {
    this.#discovery = await this.#host.discover(this.#choice);
    return this.#take(chosen(this.#discovery, this.#choice));
  }

  /**
   * Waits until a cache answers.
   * @returns the same one where its page only slept
   */
  async again(cache: RunningCache, away: Away, { signal, tell }: Waiting): Promise<RunningCache> {
    let reason = away;
    if (away.kind === "silent") {
      const end = await awayOf(untilAborted(cache.works(MAX_AWAY), signal));
      if (!end) return cache;
      reason = end;
      // A page that crashes while it sleeps can come back as well.
      if (end.kind === "gone") tell(end);
    }
    const found = reason.kind === "gone" ? await this.#reconnect(cache, signal) : undefined;
    if (found) return found;
    const never = `${visible(cache.name)} did not come back within ${age(MAX_AWAY)}.`;
    throw new CommandError(EXIT.lost, `${reason.message} ${never}`);
  }

  /** `undefined` when it takes too long. */
  async #reconnect(before: RunningCache, signal: AbortSignal): Promise<RunningCache | undefined> {
    const until = this.#host.now() + MAX_AWAY;
    for (let tries = 0; this.#host.now() < until; tries++) {
      // At once: a process that ends waits for its debuggers to leave.
      this.close();
      await this.#host.sleep(PAUSES[Math.min(tries, PAUSES.length - 1)]!, signal);
      const found = await this.#look(before, signal);
      if (found) return this.#take(found);
    }
    return undefined;
  }

  async #look(before: RunningCache, signal: AbortSignal): Promise<RunningCache | undefined> {
    const looking = this.#host.discover({ ...this.#choice, ports: [before.place.port], target: "" });
    try {
      this.#discovery = await untilAborted(looking, signal);
    } catch (error) {
      looking.then(
        ({ close }) => close(),
        () => undefined,
      );
      throw error;
    }
    return sameCache(this.#discovery, before, this.#choice.target);
  }

  /** What is connected stays so for long: nothing else does. */
  #take(cache: RunningCache): RunningCache {
    this.#discovery?.closeAllBut(cache.realm);
    return cache;
  }

  close(): void {
    void this.#discovery?.close();
    this.#discovery = undefined;
  }
}

/** What a promise failed with, if it is that a cache is away. */
async function awayOf(promise: Promise<void>): Promise<Away | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (error instanceof Away) return error;
    throw error;
  }
}

/** Rejects as soon as a signal aborts. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = (): void => undefined;
  const end = new Promise<never>((_, reject) => (abort = () => reject(signal.reason as Error)));
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([promise, end]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/**
 * The cache of that name in the same page or process. Where that one is not there any more, another one of its kind that
 * is called like `target`: at its address, if there are several.
 */
export function sameCache(
  discovery: Discovery,
  { name, place }: RunningCache,
  target: string,
): RunningCache | undefined {
  const alike = cachesOf(discovery).filter((each) => each.name === name && each.place.kind === place.kind);
  const here = alike.filter((each) => each.place.id === place.id);
  const atUrl = (each: RunningCache): boolean => each.place.url === place.url;
  if (here.length > 0) return here.find(atUrl) ?? here[0];
  // It is still being loaded, or shows something else for a while.
  if (discovery.places.some(({ id }) => id === place.id)) return undefined;
  const meant = alike.filter((each) => isMeant(each.place, target));
  return meant.find(atUrl) ?? (meant.length === 1 ? meant[0] : undefined);
}
