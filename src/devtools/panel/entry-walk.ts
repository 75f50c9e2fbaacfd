import { estimateSample, type Overhead, overheadOf, SAMPLES, type Sampled } from "../../core/metrics/memory.ts";
import type { Life } from "../store-lives.ts";
import { Expiries } from "./expiry-bins.ts";

/** Groups that are told apart. What comes later is one group. */
export const MAX_GROUPS = 200;
export const OTHERS: string = "others";
/** Entries that are looked at before the walk, to know how far the strip reaches. */
const PROBES = 512;
/** Slots, or keys that left, from one chance of a pause to the next. */
const STEP = 32;
/** A group is told to be heavy for its hits from this part of the bytes on, at this part of its even share of the hits. */
export const HEAVY = 0.15;
export const FEW_HITS: number = 1 / 4;
/** Reads from which on shares of them say something. */
export const ENOUGH_READS = 100;

/** A cache as it is walked over. Nothing of it changes. */
export interface Walked {
  readonly stores: readonly Sampled[];
  /** Whether values are looked into for their bytes. */
  readonly isSized: boolean;
  /** The group of a key. */
  readonly groupOf: (key: unknown) => string;
  /** `undefined` where nothing is recorded. */
  readonly lifeOf: (key: unknown) => Life | undefined;
  /** Ms; `undefined` for what has expired. */
  readonly remainingTtl: (key: unknown) => number | undefined;
  /** Keys that left, with the reads of each. */
  readonly departed: readonly { readonly key: unknown; readonly reads: number | undefined }[];
  /** Wall time in ms. */
  readonly now: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** Entries of one group: bytes, about, and how far these may be off. */
export interface EntryGroup {
  readonly name: string;
  readonly entries: number;
  readonly bytes: number;
  readonly error: number;
  /** Reads of what is there, and of what left and is remembered. */
  readonly reads: number;
}

/** What a walk found, and all groups together. */
export interface EntrySummary extends Omit<EntryGroup, "name"> {
  /** The heaviest first. */
  readonly groups: readonly EntryGroup[];
  /** Whether the reads are known. */
  readonly isRecorded: boolean;
  readonly expiries: Expiries;
}

/** Where an entry is. No key and no value is kept from step to step. */
type Place = readonly [store: Sampled, slot: number];

interface Gathered {
  entries: number;
  reads: number;
  /** Each entry is as likely to be among them as any other. Algorithm R: Vitter, TOMS 11(1), 1985. */
  readonly places: Place[];
}

/** Walks over all entries, in short steps between which a page can go on. */
export function* walkEntries(walked: Walked): Generator<undefined, EntrySummary, undefined> {
  const { stores, groupOf, lifeOf, remainingTtl, departed } = walked;
  const groups = new Groups(walked.random);
  const expiries = new Expiries(probe(walked), walked.now);
  let isRecorded = false;
  for (const place of placesOf(stores)) {
    if (!place) {
      yield;
      continue;
    }
    const key = keyAt(place);
    const [group, life, left] = [groupOf(key), lifeOf(key), remainingTtl(key)];
    isRecorded ||= life !== undefined;
    groups.add(group, life?.reads ?? 0, place);
    if (left !== undefined) expiries.add(left, group, life?.writtenAt);
  }
  for (let index = 0; index < departed.length; index++) {
    if (index % STEP === 0) yield;
    const { key, reads = 0 } = departed[index]!;
    if (reads > 0) groups.add(groupOf(key), reads);
  }
  const found: EntryGroup[] = [];
  for (const [name, gathered] of groups.all) {
    yield;
    found.push(estimateGroup(name, gathered, groups.entries, walked));
  }
  found.sort((one, other) => other.bytes - one.bytes || other.entries - one.entries || other.reads - one.reads);
  const sum = (field: "entries" | "bytes" | "error" | "reads"): number =>
    found.reduce((total, group) => total + group[field], 0);
  const all = { entries: sum("entries"), bytes: sum("bytes"), error: sum("error"), reads: sum("reads") };
  return { groups: found, ...all, isRecorded, expiries };
}

class Groups {
  readonly all = new Map<string, Gathered>();
  entries = 0;
  #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** @param place of an entry; a key that left has none */
  add(name: string, reads: number, place?: Place): void {
    const group = this.#groupOf(name);
    group.reads += reads;
    if (!place) return;
    this.entries++;
    const { places } = group;
    const at = group.entries++ < SAMPLES ? places.length : Math.floor(this.#random() * group.entries);
    if (at < SAMPLES) places[at] = place;
  }

  #groupOf(name: string): Gathered {
    const shown = this.all.has(name) || this.all.size < MAX_GROUPS ? name : OTHERS;
    let group = this.all.get(shown);
    if (!group) this.all.set(shown, (group = { entries: 0, reads: 0, places: [] }));
    return group;
  }
}

/** The group's part of what the cache has of its own is that of its entries. */
function estimateGroup(
  name: string,
  { entries, reads, places }: Gathered,
  all: number,
  { stores, isSized, groupOf }: Walked,
): EntryGroup {
  if (!isSized) return { name, entries, reads, bytes: 0, error: 0 };
  // A place may have another key by now.
  const isOfGroup = (place: Place): boolean => isTaken(place) && (name === OTHERS || groupOf(keyAt(place)) === name);
  const sample = places.filter(isOfGroup).map(([store, slot]) => [store.keys[slot], store.values[slot]] as const);
  const { pointers, plain } = overheadOf(stores);
  const part = entries / Math.max(1, all);
  const overhead: Overhead = { pointers: part * pointers, plain: part * plain };
  const { estimate, error } = estimateSample(sample, entries, overhead);
  return { name, entries, reads, bytes: estimate, error };
}

/** Every entry; `undefined` is a chance of a pause. Columns may be made anew on the way. */
function* placesOf(stores: readonly Sampled[], step: number = 1): Generator<Place | undefined, void, undefined> {
  let looked = 0;
  for (const store of stores) {
    for (let slot = 1; slot <= store.lastUsed; slot += step) {
      if (++looked % STEP === 0) yield undefined;
      if (isTaken([store, slot])) yield [store, slot];
    }
  }
}

/** Ms left of entries that are spread over all. */
function probe({ stores, remainingTtl }: Walked): number[] {
  const slots = stores.reduce((sum, store) => sum + store.lastUsed, 0);
  const left: number[] = [];
  for (const place of placesOf(stores, Math.max(1, Math.ceil(slots / PROBES)))) {
    const ms = place && remainingTtl(keyAt(place));
    if (ms !== undefined) left.push(ms);
  }
  return left;
}

function keyAt([store, slot]: Place): unknown {
  return store.keys[slot];
}

/** An entry whose key and value are both `undefined` is not told from none. */
function isTaken([store, slot]: Place): boolean {
  return store.keys[slot] !== undefined || store.values[slot] !== undefined;
}

/** The group that takes most for its few hits; `undefined` where there is none, or where too little was read. */
export function heavyGroup({ groups, bytes, reads }: EntrySummary): EntryGroup | undefined {
  if (reads < ENOUGH_READS) return undefined;
  const gain = (group: EntryGroup): number => group.bytes / bytes - group.reads / reads;
  const heavy = groups.filter(
    (group) => group.bytes >= HEAVY * bytes && group.reads / reads <= FEW_HITS * (group.bytes / bytes),
  );
  return heavy.sort((one, other) => gain(other) - gain(one))[0];
}
