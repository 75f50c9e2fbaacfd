import { duration, plural } from "./format.ts";

/** Bars of the strip. */
export const BINS = 60;
/** Ms that the strip can span: the first that holds all that was seen, or the last. */
const SPANS = [6_000, 12_000, 30_000, 60_000, 120_000, 300_000, 600_000];
/** Neighbouring bars that are taken together: a twentieth of the strip. */
const NEIGHBOURS = 3;
/** What falls together: at least so many entries, and this part of all in the strip; four times what is even. */
export const PEAK_ENTRIES = 20;
export const PEAK_SHARE: number = 1 / 5;
/** A bar of a peak has at least so many times its even share. */
const HIGH = 2;

/** Entries of one group that expire in one bar. */
interface Share {
  entries: number;
  /** Wall times in ms of the first and the last write that is known. */
  from: number;
  to: number;
  /** The ttl of the last one, where its write is known. */
  ttl: number;
}

/** One bar: what expires in it, by group. */
export interface ExpiryBin {
  entries: number;
  readonly groups: Map<string, Share>;
}

/** Neighbouring bars in which many entries expire. */
export interface Peak extends Share {
  /** The first bar, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** The group that most of them are of, whose other figures these are. */
  readonly group: string;
  /** Entries of that group. */
  readonly ofGroup: number;
}

/** When entries expire, in bars of one width. */
export class Expiries {
  /** Ms from now to the end of the strip. */
  readonly span: number;
  readonly bins: ExpiryBin[] = Array.from({ length: BINS }, () => ({ entries: 0, groups: new Map<string, Share>() }));
  /** Entries in the strip, beyond it, and those that never expire. */
  soon = 0;
  later = 0;
  never = 0;
  #now: number;

  /** @param seen ms left of some entries; @param now wall time in ms */
  constructor(seen: readonly number[], now: number) {
    const longest = Math.max(0, ...seen.filter(Number.isFinite));
    this.span = SPANS.find((span) => longest <= span) ?? SPANS[SPANS.length - 1]!;
    this.#now = now;
  }

  /** Ms of one bar. */
  get width(): number {
    return this.span / BINS;
  }

  /** @param left ms that an entry has left; @param writtenAt wall time in ms, where it is known */
  add(left: number, group: string, writtenAt: number | undefined): void {
    if (left === Infinity) this.never++;
    else if (left >= this.span) this.later++;
    else {
      const bin = this.bins[Math.floor(left / this.width)]!;
      this.soon++;
      bin.entries++;
      addTo(bin.groups, group, shareOf(left, writtenAt, this.#now));
    }
  }

  /** Bars that are part of a peak. */
  get high(): ReadonlySet<number> {
    const high = new Set<number>();
    for (let start = 0; start + NEIGHBOURS <= BINS; start++) {
      const taken = this.bins.slice(start, start + NEIGHBOURS);
      const entries = taken.reduce((sum, bin) => sum + bin.entries, 0);
      if (entries < PEAK_ENTRIES || entries < PEAK_SHARE * this.soon) continue;
      taken.forEach((bin, index) => bin.entries >= (HIGH * this.soon) / BINS && high.add(start + index));
    }
    return high;
  }

  /** The peak with most entries; `undefined` where none fall together. */
  get peak(): Peak | undefined {
    const { high } = this;
    const peaks: Peak[] = [];
    for (const start of high) {
      if (high.has(start - 1)) continue;
      let end = start + 1;
      while (high.has(end)) end++;
      peaks.push(this.#peakOf(start, end));
    }
    return peaks.sort((one, other) => other.entries - one.entries)[0];
  }

  #peakOf(start: number, end: number): Peak {
    const groups = new Map<string, Share>();
    const taken = this.bins.slice(start, end);
    for (const bin of taken) for (const [group, share] of bin.groups) addTo(groups, group, share);
    const [[group, most]] = [...groups].sort(([, one], [, other]) => other.entries - one.entries) as [[string, Share]];
    const entries = taken.reduce((sum, bin) => sum + bin.entries, 0);
    return { ...most, entries, start, end, group, ofGroup: most.entries };
  }
}

function shareOf(left: number, at: number | undefined, now: number): Share {
  return at === undefined
    ? { entries: 1, from: Infinity, to: -Infinity, ttl: 0 }
    : { entries: 1, from: at, to: at, ttl: left + now - at };
}

function addTo(groups: Map<string, Share>, group: string, { entries, from, to, ttl }: Share): void {
  const share = groups.get(group);
  if (!share) return void groups.set(group, { entries, from, to, ttl });
  share.entries += entries;
  share.from = Math.min(share.from, from);
  share.to = Math.max(share.to, to);
  share.ttl = ttl || share.ttl;
}

/** One bar as it is drawn: as many bins as one is wide enough for. */
export interface Bar {
  /** Ms from now. */
  readonly from: number;
  readonly to: number;
  readonly entries: number;
  /** Whether it has a part in a peak. */
  readonly isHigh: boolean;
}

/** @param many a divisor of `BINS` */
export function barsOf({ bins, width, high }: Expiries, many: number): Bar[] {
  const each = BINS / many;
  return Array.from({ length: many }, (_, index) => {
    const start = index * each;
    const entries = bins.slice(start, start + each).reduce((sum, bin) => sum + bin.entries, 0);
    const isHigh = bins.some((_bin, bin) => bin >= start && bin < start + each && high.has(bin));
    return { from: start * width, to: (start + each) * width, entries, isHigh };
  });
}

/** `20 entries expire in 10 s to 20 s`. */
export function barWords({ from, to, entries }: Bar): string {
  const many = entries === 0 ? "No entry expires" : plural(entries, "entry expires", "entries expire");
  return `${many} in ${from === 0 ? "0" : duration(from)} to ${duration(to)}`;
}

/** The words of the filter of Entries that show what expires in a bar. */
export function filterOfBar({ from, to }: Bar): string {
  return `${from === 0 ? "" : `ttl>=${seconds(from)} `}ttl<${seconds(to)}`;
}

function seconds(ms: number): string {
  return `${Number((ms / 1_000).toFixed(2))}s`;
}

/** Code that spreads the ttl of a peak by a tenth to both sides. */
export function spreadCode({ ttl }: Pick<Peak, "ttl">, kind: "cache" | "client"): string {
  // A write is seen some ms after the time that the cache keeps.
  const ms =
    ttl === 0 ? "ttl" : String(Math.round(ttl / 100) * 100 || Math.round(ttl)).replace(/\B(?=(\d{3})+$)/g, "_");
  const spread = `ttl: ${ms} * (0.9 + 0.2 * Math.random())`;
  return kind === "client" ? spread : `cache.set(key, value, { ${spread} })`;
}
