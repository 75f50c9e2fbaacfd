import { addRecorder } from "../core/internal.ts";
import type { CacheRecording as AccessRecording } from "../simulate/cache-recording.ts";
import type { Advice, MissCause, Recordable } from "../simulate/index.ts";
import { complainOnce, harmless } from "./complaint.ts";
import { keptTime } from "./kept-time.ts";
import type { LoadLog } from "./load-log.ts";
import { Sampler, type SamplerEnvironment } from "./sampler.ts";
import { cacheOf, createSource, type DevtoolsSource, type DevtoolsTarget, type InspectableCache } from "./source.ts";
import { type FollowedStore, type Life, StoreLives } from "./store-lives.ts";
import { type MissedKey, Stories } from "./stories.ts";

/** What a cache is made of, where it says so. */
interface FollowedParts {
  readonly stores: readonly FollowedStore[];
  readonly storeOf: (key: never) => FollowedStore;
}

/** What the devtools know of a cache or client from their mount on, so that a panel that opens late knows the past. */
export class Recording {
  readonly source: DevtoolsSource;
  readonly sampler: Sampler;
  readonly stories: Stories;
  /** Every look-up and write of late; `undefined` while it is off, and for a cache that cannot be recorded. */
  accesses: AccessRecording | undefined;
  /** Loads of late; there from soon after the first start, for a cache that can be recorded. */
  loads: LoadLog | undefined;
  /** Settles when the code that records accesses and loads is there, or cannot be had. */
  ready: Promise<void> = Promise.resolve();
  /** Lets a client have its network again; there while it is feigned that there is none. */
  goOnline: (() => void) | undefined;
  /** The size that was advised last, while another one is set. */
  advisedSize: number | undefined;
  /** The last that was made of it while somebody looked. */
  advice: Advice | undefined;
  /** Wall time in ms of its start; `undefined` while it is off. */
  since: number | undefined;
  #lives = new Map<FollowedStore, StoreLives>();
  #environment: SamplerEnvironment | undefined;
  #now: () => number;
  #stop: (() => void) | undefined;

  constructor(target: DevtoolsTarget, environment?: SamplerEnvironment) {
    this.source = createSource(target);
    this.sampler = new Sampler(this.source, environment);
    this.#environment = environment;
    this.#now = environment ? () => environment.now() : keptTime(Date.now);
    this.stories = new Stories(this.#now);
  }

  /** Records from now on. What was recorded before stays. */
  start(): void {
    if (this.#stop) return;
    const undo = [this.sampler.start()];
    const stop = (): void => undo.forEach((each) => harmless("a cache could not be left.", each));
    harmless("a cache cannot be listened to, so that nothing is known of what leaves it.", () => {
      const cache = cacheOf(this.source.target);
      undo.push(...this.#follow(cache));
      if (isRecordable(cache)) this.ready = this.#record(cache, stop, undo);
    });
    this.since = this.#now();
    this.#stop = stop;
  }

  /** The code for it is no part of the first page. */
  async #record(cache: Recordable, stop: () => void, undo: (() => void)[]): Promise<void> {
    try {
      const [{ CacheRecording, recordableCache }, { LoadLog: Log }] = await Promise.all([
        import("../simulate/cache-recording.ts"),
        import("./load-log.ts"),
      ]);
      // It may have been stopped meanwhile.
      if (this.#stop !== stop) return;
      const accesses = new CacheRecording(recordableCache(cache));
      this.accesses = accesses;
      // The record has given the cache its flights.
      this.loads ??= new Log(this.source.target, this.stories, this.#environment && this.#now);
      undo.push(() => accesses.stop(), this.loads.follow());
    } catch (error) {
      complainOnce("accesses cannot be recorded, so that no advice can be given.", error);
    }
  }

  stop(): void {
    this.#stop?.();
    this.#stop = this.since = this.accesses = undefined;
    this.#lives.clear();
  }

  /** Whether advice can ever be given: the cache is of this copy of the engine, or of one like it. */
  get isRecordable(): boolean {
    return isRecordable(cacheOf(this.source.target));
  }

  /** What is known of an entry that is there; `undefined` while nothing is recorded. */
  lifeOf(key: unknown): Life | undefined {
    const store = partsOf(cacheOf(this.source.target))?.storeOf(key as never);
    return store && this.#lives.get(store)?.lifeOf(key);
  }

  /** What was written last under a key was put back by the panel. */
  restored(key: unknown): void {
    const store = partsOf(cacheOf(this.source.target))?.storeOf(key as never);
    if (store) this.#lives.get(store)?.restore(key);
  }

  /** Keys that were looked up in vain lately, for one cause. */
  missedBy(cause: MissCause): MissedKey[] {
    const cache = cacheOf(this.source.target);
    return this.stories.missedBy(cause, (key) => cache.remainingTtl(key as never) !== undefined);
  }

  /** A copy of the engine that has no slot for recorders is listened to: ages and reads are unknown then. */
  #follow(cache: InspectableCache): (() => void)[] {
    const stores = partsOf(cache)?.stores;
    if (!stores) return [cache.subscribe((event) => this.stories.hear(event))];
    this.stories.ages.clear();
    return stores.map((store, index) => {
      const lives = new StoreLives(store, this.stories, this.#now, index);
      this.#lives.set(store, lives);
      return addRecorder(store, lives);
    });
  }
}

function partsOf({ parts }: InspectableCache): FollowedParts | undefined {
  if (parts === undefined || !("stores" in parts)) return undefined;
  const followed = parts as FollowedParts;
  return followed.stores.every((store) => "recorder" in store) ? followed : undefined;
}

/** A cache of this copy of the engine, or of one like it. */
function isRecordable(cache: InspectableCache): cache is InspectableCache & Recordable {
  return partsOf(cache) !== undefined;
}

/** The recording of a target, and how many want it. */
interface Shared {
  readonly recording: Recording;
  users: number;
}

/** One for each target, whatever number of panels shows it. */
const recordings = new WeakMap<DevtoolsTarget, Shared>();

/** The recording of a target; the same for all panels. */
export function recordingOf(target: DevtoolsTarget): Recording {
  return sharedOf(target).recording;
}

/** Records a target until the last of those who asked for it is gone. Returns the undo, which does not hold the target. */
export function record(target: DevtoolsTarget): () => void {
  const shared = sharedOf(target);
  if (++shared.users === 1) shared.recording.start();
  return once(new WeakRef(shared));
}

/** A function of its own: closures hold what those beside them hold. */
function once(held: WeakRef<Shared>): () => void {
  let isUndone = false;
  return () => {
    const shared = held.deref();
    if (isUndone || !shared) return;
    isUndone = true;
    if (--shared.users === 0) shared.recording.stop();
  };
}

/** Takes a recording for a target that has none yet. */
export function adopt(target: DevtoolsTarget, recording: Recording): void {
  recordings.set(target, { recording, users: 0 });
}

function sharedOf(target: DevtoolsTarget): Shared {
  let shared = recordings.get(target);
  if (!shared) recordings.set(target, (shared = { recording: new Recording(target), users: 0 }));
  return shared;
}
