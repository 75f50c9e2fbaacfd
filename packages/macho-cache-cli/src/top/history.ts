import type { Answers } from "macho-cache/devtools/expose";

/** The figures of one moment. */
export type Reading = Answers["top"];
type Cause = keyof Reading["removals"];

/** Ms for which it is remembered what happened, and the most spans. */
const KEPT = 600_000;
const MAX_SPANS = 3_000;

/** What happened between two readings. */
interface Span {
  /** Wall time in ms of its end. */
  readonly at: number;
  readonly seconds: number;
  readonly hits: number;
  readonly misses: number;
  readonly sets: number;
  readonly removals: Readonly<Record<Cause, number>>;
}

/** How often something happens in a second. */
export interface Rates {
  readonly gets: number;
  readonly sets: number;
  readonly misses: number;
  readonly removals: Readonly<Record<Cause, number>>;
}

/** What happened of late, by the readings of a cache and by what it recorded before them. */
export class TopHistory {
  /** The last reading. */
  latest: Reading | undefined;
  #spans: Span[] = [];
  /** What was recorded before the first reading: look-ups alone. */
  #before: Pick<Span, "at" | "seconds" | "hits" | "misses">[] = [];
  #isNew = true;

  /** The next reading is of another page, whose counters are others. */
  restart(): void {
    this.#isNew = true;
  }

  add(reading: Reading): void {
    const { latest } = this;
    this.latest = reading;
    if (latest && !this.#isNew && isOneCount(latest, reading)) this.#keep(spanOf(latest, reading));
    // A clock that was set back would have two pasts at once.
    else if (latest && reading.at <= latest.at) this.#spans = this.#before = [];
    if (this.#isNew && this.#spans.length === 0) {
      this.#before = reading.seconds
        .filter(([at]) => at <= reading.at)
        .map(([at, seconds, hits, misses]) => ({ at, seconds, hits, misses }));
    }
    this.#isNew = false;
  }

  #keep(span: Span): void {
    this.#spans.push(span);
    const least = span.at - KEPT;
    const old = this.#spans.findIndex(({ at }, index) => at > least && this.#spans.length - index <= MAX_SPANS);
    this.#spans.splice(0, old);
    this.#before = this.#before.filter(({ at }) => at > least);
  }

  /** The hit ratio of the last ms; `null` without look-ups. */
  ratio(ms: number): number | null {
    const last = [...this.#before, ...this.#spans].filter(({ at }) => at > this.#now() - ms);
    return ratioOf(last);
  }

  /** The hit ratio of each part of the last ms, the oldest first; `null` where nothing was looked up. */
  ratios(ms: number, parts: number): (number | null)[] {
    const now = this.#now();
    const spans: Pick<Span, "hits" | "misses">[][] = Array.from({ length: parts }, () => []);
    // From its beginning to its end, so that there are no gaps between two.
    const partOf = (at: number): number => parts - 1 - Math.floor(((now - at) / ms) * parts);
    for (const span of [...this.#before, ...this.#spans]) {
      const last = partOf(span.at);
      for (let part = Math.max(0, partOf(span.at - span.seconds * 1_000 + 1)); part <= last; part++)
        spans[part]!.push(span);
    }
    return spans.map(ratioOf);
  }

  /** What happened in a second, over the last ms; `undefined` before the second reading. */
  rates(ms: number): Rates | undefined {
    const last = this.#spans.filter(({ at }) => at > this.#now() - ms);
    if (last.length === 0) return undefined;
    const seconds = sum(last, (span) => span.seconds);
    const rate = (of: (span: Span) => number): number => sum(last, of) / seconds;
    const removals = Object.keys(last[0]!.removals).map((cause) => [
      cause,
      rate((span) => span.removals[cause as Cause]),
    ]);
    return {
      gets: rate(({ hits, misses }) => hits + misses),
      sets: rate(({ sets }) => sets),
      misses: rate(({ misses }) => misses),
      removals: Object.fromEntries(removals) as Record<Cause, number>,
    };
  }

  /** Ms for which it is known what happened. */
  get known(): number {
    const first = this.#before[0] ?? this.#spans[0];
    return first ? this.#now() - first.at : 0;
  }

  #now(): number {
    return this.latest?.at ?? 0;
  }
}

/** Counters only grow. Before the first operation nothing is counted, and nothing was reset. */
function isOneCount(before: Reading, now: Reading): boolean {
  if (now.at <= before.at || (before.since ?? now.since) !== now.since) return false;
  return now.hits >= before.hits && now.misses >= before.misses && now.sets >= before.sets;
}

function spanOf(before: Reading, now: Reading): Span {
  const removals = Object.entries(now.removals).map(([cause, all]) => [
    cause,
    Math.max(0, all - (before.removals[cause as Cause] ?? 0)),
  ]);
  return {
    at: now.at,
    seconds: (now.at - before.at) / 1_000,
    hits: now.hits - before.hits,
    misses: now.misses - before.misses,
    sets: now.sets - before.sets,
    removals: Object.fromEntries(removals) as Record<Cause, number>,
  };
}

function ratioOf(spans: readonly Pick<Span, "hits" | "misses">[]): number | null {
  const hits = sum(spans, (span) => span.hits);
  const lookups = hits + sum(spans, (span) => span.misses);
  return lookups === 0 ? null : hits / lookups;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((all, item) => all + of(item), 0);
}
