// A snapshot that was read from a file, as a cache that the pages can show.
import type { Metrics } from "../core/index.ts";
import { readText } from "../query/hydration/text-reader.ts";
import type { EntrySource } from "./entry-source.ts";
import { count } from "./panel/format.ts";
import { Recording } from "./recording.ts";
import type { InspectableCache } from "./source.ts";
import { type KeptEntry, type Snapshot, VERSION } from "./snapshot.ts";
import type { Departure } from "./departures.ts";
import { Stories } from "./stories.ts";

/** The most characters of a file. */
const MAX_FILE = 40_000_000;

/** What to do about a file that cannot be shown. */
const EXPORT = "Export the cache anew";

/** @throws Error with words for the reader */
export function readSnapshot(text: string): Snapshot {
  if (text.length > MAX_FILE) throw new Error(`The file is too large: a snapshot has at most 40 MB. ${EXPORT}.`);
  let read: unknown;
  try {
    read = readText(text);
  } catch {
    throw new Error(`The file is no snapshot of this panel: it cannot be read as one. ${EXPORT}.`);
  }
  const { machoSnapshot: version, ...found } = (read ?? {}) as Partial<Snapshot>;
  if (typeof version !== "number") throw new Error(`The file is no snapshot of this panel. ${EXPORT}.`);
  if (version !== VERSION) {
    const words = `The file is a snapshot of version ${version}, this panel reads ${VERSION}.`;
    throw new Error(`${words} ${EXPORT}, or open this file with the macho-cache that wrote it.`);
  }
  const wrong = wrongPart(found);
  if (wrong !== undefined) throw new Error(`The snapshot is damaged: its ${wrong} cannot be used. ${EXPORT}.`);
  // Each part that the pages read was looked at.
  return read as Snapshot;
}

/** The first part that is missing or of another kind. */
function wrongPart(found: Partial<Snapshot>): string | undefined {
  const { metrics, entries, left, samples } = found;
  const lists = { entries, left, samples, loadDurations: found.loadDurations };
  if (typeof found.name !== "string" || typeof found.at !== "number") return "head";
  const figures = [
    metrics?.size,
    metrics?.hits,
    metrics?.misses,
    metrics?.options?.maxCacheSize,
    metrics?.loads?.failed,
  ];
  if (!figures.every((figure) => typeof figure === "number")) return "figures";
  if (typeof metrics?.removals?.evicted !== "number" || !Array.isArray(metrics.shards)) return "figures";
  const list = Object.entries(lists).find(([, each]) => !Array.isArray(each));
  if (list) return list[0];
  const isEntry = (entry: Partial<KeptEntry>): boolean =>
    typeof entry.row?.label === "string" && typeof entry.row.status === "string";
  if (!entries!.every(isEntry)) return "entries";
  return samples!.every(({ at, removals }) => typeof at === "number" && removals !== undefined) ? undefined : "samples";
}

/** A cache that is what the snapshot says, and that nothing changes. */
export function snapshotTarget(snapshot: Snapshot): { target: InspectableCache; recording: Recording } {
  const { metrics, entries, at } = snapshot;
  let shown: { metrics: Metrics; at: number } = { metrics, at };
  const lasting = snapshot.lifespans !== null || snapshot.latencies !== null;
  const target: InspectableCache = {
    size: metrics.size,
    totalRequests: metrics.gets + metrics.sets,
    get metrics() {
      return shown.metrics;
    },
    ...(lasting && { metricLifespan: snapshot.lifespans as never, latencies: snapshot.latencies as never }),
    loadDurations: snapshot.loadDurations,
    keys: () => entries.keys(),
    peek: () => undefined,
    delete: () => false,
    remainingTtl: () => undefined,
    subscribe: () => () => undefined,
    snapshot: { words: wordsOf(snapshot), entries: entriesOf(snapshot) },
  };
  const recording = new SnapshotRecording(target, snapshot, () => shown.at);
  // Its history goes through the sampler, as if time passed again.
  for (const each of history(snapshot)) {
    shown = each;
    recording.sampler.sample();
  }
  shown = { metrics, at };
  return { target, recording };
}

/** Nothing of it goes on: no clock, no timer, nothing to record. */
class SnapshotRecording extends Recording {
  override readonly stories: Stories;

  constructor(target: InspectableCache, snapshot: Snapshot, now: () => number) {
    const never = (): (() => void) => () => undefined;
    super(target, { now, every: never, visible: () => false, onVisibility: never });
    this.stories = new SnapshotStories(snapshot);
    this.since = undefined;
  }

  override start(): void {}
}

/** What left before, as it was told then. */
class SnapshotStories extends Stories {
  #left: readonly Departure[];
  #by: Snapshot["leftBy"];

  constructor({ left, leftBy }: Snapshot) {
    super();
    this.#left = left;
    this.#by = leftBy;
  }

  override get size(): number {
    return this.#left.length;
  }

  override left(cause: Departure["cause"]): number {
    return this.#by[cause];
  }

  override departureOf(key: unknown): Departure | undefined {
    return this.#left.find((each) => each.key === key);
  }

  override latest(most: number, cause?: Departure["cause"]): Departure[] {
    return this.#left.filter((each) => cause === undefined || each.cause === cause).slice(0, most);
  }
}

/** The counters at each sample, from the first on. A gap is told by another beginning of the count. */
function* history({ samples, metrics }: Snapshot): Generator<{ metrics: Metrics; at: number }> {
  const total = { ...metrics, removals: { ...metrics.removals } };
  const add = ({ hits, misses, removals }: (typeof samples)[number], sign: 1 | -1): void => {
    total.hits += sign * hits;
    total.misses += sign * misses;
    for (const [cause, left] of Object.entries(removals)) total.removals[cause as keyof typeof removals] += sign * left;
  };
  for (const sample of samples) add(sample, -1);
  let since = -samples.length;
  for (const [index, sample] of samples.entries()) {
    if (index === 0 || sample.afterGap) yield { metrics: copy(++since), at: sample.at - sample.seconds * 1_000 };
    add(sample, 1);
    yield { metrics: copy(since), at: sample.at };
  }
  function copy(begun: number): Metrics {
    return { ...total, removals: { ...total.removals }, shards: [], since: begun };
  }
}

function wordsOf({ at, advice, entries, total }: Snapshot): string {
  const part = total > entries.length ? ` It holds ${count(entries.length)} of ${count(total)} entries.` : "";
  const then = advice && ` The advice then: ${advice}`;
  return `Snapshot of ${new Date(at).toLocaleString()}. It can only be looked at.${part}${then}`;
}

function entriesOf({ kind, entries, hasValues }: Snapshot): EntrySource {
  const valueOf = ({ value, lost }: KeptEntry): unknown => {
    if (value !== undefined) return attempt(value);
    return hasValues ? `Lost: ${lost ?? "it could not be kept."}` : "Values were not exported.";
  };
  const byId = new Map<unknown, KeptEntry>(entries.map((entry) => [entry.row.id, entry]));
  const at = (id: unknown): KeptEntry | undefined => byId.get(id);
  return {
    kind,
    actions: [],
    keep: () => undefined,
    clear: () => "A snapshot stays as it is.",
    size: () => entries.length,
    hasOrder: false,
    has: (id) => byId.has(id),
    rows: () => entries.map(({ row }) => row),
    row: (id) => at(id)?.row,
    detail(id) {
      const entry = at(id);
      const key = entry?.key === undefined ? entry?.row.label : attempt(entry.key);
      return entry && { value: valueOf(entry), key, query: undefined };
    },
    peek(id) {
      const entry = at(id);
      return entry && valueOf(entry);
    },
  };
}

function attempt(text: string): unknown {
  try {
    return readText(text);
  } catch {
    return "Lost: the file is damaged here.";
  }
}
