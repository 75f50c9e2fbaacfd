import type { Trace } from "./trace.ts";

const ACCESSES = 100_000;
const KEYS = 10_000;

/** The same numbers each time, from 0 to below 1. Marsaglia, "Xorshift RNGs", 2003. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Draws keys of which the n-th is asked for 1/n times as often as the first (Zipf). */
function popular(random: () => number): () => number {
  const sums = new Float64Array(KEYS);
  let sum = 0;
  for (let at = 0; at < KEYS; at++) sums[at] = sum += 1 / (at + 1);
  return () => {
    const drawn = random() * sum;
    let [low, high] = [0, KEYS - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < drawn) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

type Kind = "popular" | "scans" | "loop" | "changing";

/** What each sample asks for at a step. */
const KINDS: Readonly<Record<Kind, (random: () => number) => (step: number) => number>> = {
  popular,
  scans: (random) => {
    const next = popular(random);
    // Every fifth thousand of accesses is for keys that nobody asks for again.
    return (step) => (Math.floor(step / 1_000) % 5 === 4 ? KEYS + step : next());
  },
  loop: () => (step) => step % 3_000,
  changing: (random) => {
    const next = popular(random);
    // Every 25,000 accesses other keys are the popular ones.
    return (step) => (next() + Math.floor(step / 25_000) * 2_500) % KEYS;
  },
};

/** What a reader may choose, without a file of their own. */
export const SAMPLES: readonly { readonly kind: Kind; readonly text: string }[] = [
  { kind: "popular", text: "Popular keys: a few are asked for often" },
  { kind: "scans", text: "Popular keys, and scans of keys asked for once" },
  { kind: "loop", text: "A loop over 3,000 keys" },
  { kind: "changing", text: "Popular keys, which are others every 25,000 accesses" },
];

/** The same trace for the same kind, each time. */
export function sampleTrace(kind: Kind): Trace {
  const nextKey = KINDS[kind](draws(42));
  const numbers = new Map<number, number>();
  const keys = new Uint32Array(ACCESSES);
  for (let step = 0; step < ACCESSES; step++) {
    const key = nextKey(step);
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    keys[step] = numbers.get(key)!;
  }
  const { text } = SAMPLES.find((sample) => sample.kind === kind)!;
  return { name: text, keys, keyCount: numbers.size, notes: [] };
}

export const isSample = (kind: string): kind is Kind => kind in KINDS;
