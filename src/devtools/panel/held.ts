// Caches as they were when the reader pressed Pause. docs/decisions/0050-pause-holds-a-recording.md
import type { RemovalCause } from "../../core/index.ts";
import type { TierView } from "../../core/lru/tier.ts";
import type { MissCause } from "../../simulate/index.ts";
import type { LoadLog } from "../load-log.ts";
import { type Recording, recordingOf } from "../recording.ts";
import { type DevtoolsSource, snapshotOf } from "../source.ts";
import { CAUSES, MAX_DEPARTED } from "../departures.ts";
import type { MissedKey, Stories } from "../stories.ts";
import type { NamedTarget } from "../targets.ts";
import { count, plural } from "./format.ts";
import { readable } from "./header-state.tsx";

/** By the names of the caches. */
export type Held = ReadonlyMap<string, Recording>;

/** All caches that go on, at one moment. */
export function holdAll(targets: readonly NamedTarget[]): Held {
  const live = targets.filter(({ target }) => snapshotOf(target) === undefined);
  return new Map(live.map(({ name, target }) => [name, heldRecording(recordingOf(target))]));
}

/** What a recording knows now. It goes on by itself, and what is held does not hear of it. */
function heldRecording(recording: Recording): Recording {
  const { sampler, loads, accesses } = recording;
  // So that the counters are of this moment, as all else is.
  sampler.sample();
  const metrics = readable(() => sampler.metrics);
  const record = accesses?.read();
  const missed = new Map<MissCause, MissedKey[]>();
  const missedBy = (cause: MissCause): MissedKey[] => {
    const keys = missed.get(cause) ?? recording.missedBy(cause);
    missed.set(cause, keys);
    return keys;
  };
  return withParts(recording, {
    source: heldSource(recording.source, metrics),
    sampler: withParts(sampler, { samples: sampler.samples, metrics, subscribe: () => () => undefined }),
    stories: heldStories(recording.stories),
    missedBy,
    ...(record && { accesses: withParts(accesses!, { read: () => record }) }),
    ...(loads && { loads: heldLoads(loads) }),
  });
}

function heldSource(source: DevtoolsSource, metrics: Recording["sampler"]["metrics"]): DevtoolsSource {
  const [lifespans, latencies] = [source.lifespans(), source.latencies()];
  const tier = source.tier();
  const held = tier && heldTier(tier);
  const [durations, byShard] = [source.loadDurations().slice(), source.loadDurationsByShard().slice()];
  return withParts(source, {
    ...(metrics && { metrics: () => metrics }),
    lifespans: () => lifespans,
    latencies: () => latencies,
    ...(held && { tier: () => held }),
    loadDurations: () => durations,
    loadDurationsByShard: () => byShard,
  });
}

/** One whose status cannot be read is told on its page. */
function heldTier(tier: TierView): TierView {
  try {
    return withParts(tier, { status: tier.status });
  } catch {
    return tier;
  }
}

function heldStories(stories: Stories): Stories {
  const departures = stories.latest(MAX_DEPARTED);
  const of = (read: (cause: RemovalCause) => number): typeof read => {
    const known = new Map(CAUSES.map((cause) => [cause, read(cause)]));
    return (cause) => known.get(cause) ?? 0;
  };
  const ages = stories.ages.read();
  return withParts(stories, {
    latest: (most, cause) => departures.filter((each) => !cause || each.cause === cause).slice(0, most),
    left: of((cause) => stories.left(cause)),
    unread: of((cause) => stories.unread(cause)),
    ages: withParts(stories.ages, { read: () => ages }),
  });
}

/** Keys that fail most, as many as a page may show. */
const MAX_FAILING = 20;

function heldLoads(log: LoadLog): LoadLog {
  const { counts, running, missed, tallies, durations, mutations } = log;
  const [now, failing] = [log.now(), tallies.failingMost(MAX_FAILING)];
  return withParts(log, {
    // They are written to as they go on.
    loads: log.loads.map((load) => ({ ...load })),
    counts: { ...counts },
    running,
    missed,
    now: () => now,
    durations: durations.copy(),
    tallies: withParts(tallies, { slowest: tallies.slowest, failingMost: (most) => failing.slice(0, most) }),
    mutations: withParts(mutations, { mutations: mutations.mutations }),
  });
}

/** An object some parts of which are others. The rest is as it is there, also later. */
function withParts<T extends object>(object: T, parts: Partial<T>): T {
  return new Proxy(object, {
    get(target, name) {
      // Not of the proxy, which has no private fields.
      const value: unknown = Reflect.get(name in parts ? parts : target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  });
}

/** `312 reads, 14 left, 2 loads failed meanwhile`. */
export function meanwhileWords(held: Recording, live: Recording): string {
  const [before, now] = [countsOf(held), countsOf(live)];
  const [reads, left, failed] = now.map((many, index) => Math.max(0, many - before[index]!));
  const parts = [plural(reads!, "read"), `${count(left!)} left`, failed! > 0 && `${plural(failed!, "load")} failed`];
  return `${parts.filter(Boolean).join(", ")} meanwhile`;
}

/** Look-ups, keys that left, and loads that failed. */
function countsOf({ sampler, stories }: Recording): number[] {
  const { hits = 0, misses = 0, loads } = readable(() => sampler.metrics) ?? {};
  return [hits + misses, CAUSES.reduce((sum, cause) => sum + stories.left(cause), 0), loads?.failed ?? 0];
}
