import type { QueryInfo } from "../../query/index.ts";
import { createEntrySource } from "../entry-source.ts";
import { writeValue } from "../entry-write.ts";
import { count, plural } from "../panel/format.ts";
import { recordingOf } from "../recording.ts";
import { cacheOf, createSource, type DevtoolsTarget, isClient, type OneQuery } from "../source.ts";
import { findKey, type KeyRequest } from "./key-lookup.ts";
import { Refusal } from "./refusal.ts";

/** A number. JSON has no `Infinity`, which comes as its name. */
type Bound = number | "Infinity";

/** What the command may change. */
export type Change =
  | { readonly change: "delete" | "pin" | "unpin"; readonly key: KeyRequest }
  | { readonly change: "clear" }
  | { readonly change: "resize"; readonly maxCacheSize: Bound; readonly maxWeight?: Bound }
  | { readonly change: "set"; readonly key: KeyRequest; readonly value: unknown; readonly ttl?: Bound }
  | ({ readonly change: "invalidate" | "refetch" } & Matching);

/** Queries by the beginning of their key, or one by its whole key; and by a tag. */
export interface Matching {
  /** The key, or what keys begin with. */
  readonly key?: KeyRequest;
  /** Whether only this very key is meant. */
  readonly isExact?: boolean;
  /** Answers with this tag. */
  readonly tag?: string;
}

export interface ChangeRequest {
  readonly change: Change;
  /** Says what would be done, and does nothing. */
  readonly isPreview?: boolean;
}

export interface Changed {
  /** What came of it, or what would be done. */
  readonly words: string;
  /** How many entries or queries it is about. With 0, nothing was done. */
  readonly count: number;
}

/** Changes a cache, or says what would be changed. */
export async function change(
  target: DevtoolsTarget,
  { change: asked, isPreview = false }: ChangeRequest,
): Promise<Changed> {
  switch (asked?.change) {
    case "delete":
      return withRow(target, asked.key, "Remove", isPreview);
    case "pin":
      return withRow(target, asked.key, "Pin", isPreview);
    case "unpin":
      return withRow(target, asked.key, "Unpin", isPreview);
    case "clear":
      return clear(target, isPreview);
    case "resize":
      return resize(target, numberOf(asked.maxCacheSize), numberOf(asked.maxWeight), isPreview);
    case "set":
      return set(target, asked, isPreview);
    case "invalidate":
    case "refetch":
      return again(target, asked.change, asked, isPreview);
    default:
      throw new Refusal("The macho-cache of the app does not know this change. Update macho-cache in the app.");
  }
}

function numberOf<B extends Bound | undefined>(bound: B): B extends Bound ? number : undefined;
function numberOf(bound: Bound | undefined): number | undefined {
  return bound === "Infinity" ? Infinity : bound;
}

/** What the panel's button of this name does. */
async function withRow(
  target: DevtoolsTarget,
  key: KeyRequest,
  name: "Remove" | "Pin" | "Unpin",
  isPreview: boolean,
): Promise<Changed> {
  const { id, label, isThere } = await findKey(target, key);
  const none = { words: `Nothing is stored under ${label}.`, count: 0 };
  if (!isThere) return none;
  const source = createEntrySource(target, recordingOf(target));
  // A source knows the queries of a client once its rows were begun.
  source.rows()[Symbol.iterator]().next();
  if (!source.row(id)) return none;
  const action = source.actions.find((each) => each.name === name)!;
  if (action.isOffered?.(id) === false) return { words: NOT_OFFERED[name](label), count: 0 };
  return { words: isPreview ? `${name} ${label}?` : action.run(id, label), count: 1 };
}

/** Why a button is not there. */
const NOT_OFFERED: Record<"Remove" | "Pin" | "Unpin", (label: string) => string> = {
  Remove: (label) => `${label} cannot be removed.`,
  Pin: (label) => `${label} is not pinned: it is pinned already, or no data is stored.`,
  Unpin: (label) =>
    `${label} is not pinned by the devtools or the command. A pin of the app ends when the app ends it.`,
};

function clear(target: DevtoolsTarget, isPreview: boolean): Changed {
  const { size } = cacheOf(target);
  if (isPreview) return { words: `Clear ${plural(size, "entry", "entries")}?`, count: size };
  return { words: createEntrySource(target).clear(), count: size };
}

function resize(target: DevtoolsTarget, size: number, weight: number | undefined, isPreview: boolean): Changed {
  const cache = cacheOf(target);
  if (!cache.resize)
    throw new Refusal("This cache cannot be resized: its macho-cache is too old. Update it in the app.");
  const { maxCacheSize } = createSource(target).metrics().options;
  const over = Math.max(0, cache.size - size);
  const loss = over > 0 ? ` ${plural(over, "entry leaves", "entries leave")}.` : "";
  const from = `from ${count(maxCacheSize)} to ${count(size)} entries`;
  if (isPreview) return { words: `Resize ${from}?${loss}`, count: 1 };
  const before = cache.size;
  inWords(() => (weight === undefined ? cache.resize!(size) : cache.resize!(size, weight)));
  const left = before - cache.size;
  return { words: `Resized ${from}. ${plural(left, "entry", "entries")} left.`, count: 1 };
}

async function set(
  target: DevtoolsTarget,
  { key, value, ttl: bound }: Change & { change: "set" },
  isPreview: boolean,
): Promise<Changed> {
  const ttl = numberOf(bound);
  const { id, queryKey, label } = await findKey(target, key);
  const isStored = cacheOf(target).remainingTtl(id as never) !== undefined;
  if (!isStored && typeof id === "object" && id !== null) {
    throw new Refusal(
      `No object ${label} is a key. One that is made from JSON is another object, which the app never asks for.`,
    );
  }
  if (isPreview) return { words: `Write ${isStored ? "another value to" : "a new entry"} ${label}?`, count: 1 };
  // What is there keeps the time that it had left.
  if (isStored && ttl === undefined) return { words: writeValue(target, id, queryKey, label, value), count: 1 };
  const options = ttl === undefined ? {} : { ttl };
  inWords(() =>
    isClient(target)
      ? target.setQueryData(queryKey!, value, options)
      : target.set?.(id as never, value as never, options),
  );
  return { words: `Wrote ${label}`, count: 1 };
}

interface Filter {
  readonly queryKey?: OneQuery["queryKey"];
  readonly exact?: boolean;
  readonly tags?: readonly string[];
}

/** Marks queries stale, or loads them again. */
async function again(
  target: DevtoolsTarget,
  name: "invalidate" | "refetch",
  { key, isExact = false, tag }: Matching,
  isPreview: boolean,
): Promise<Changed> {
  if (!isClient(target)) {
    throw new Refusal(
      `This is a cache without queries, and nothing in it can be ${WORDS[name].done}. Remove the entry instead.`,
    );
  }
  const client = target as Filtered;
  const filter: Filter = {
    ...(key && { queryKey: (await findKey(target, key)).queryKey!, exact: isExact }),
    ...(tag !== undefined && { tags: [tag] }),
  };
  const { length } = inWords(() => client.getQueries(filter));
  if (length === 0) return { words: "No query matches.", count: 0 };
  const queries = plural(length, "query", "queries");
  if (isPreview) return { words: WORDS[name].question.replace("$", queries), count: length };
  // A load that fails is state of its query, and no failure of this.
  inWords(() => void client[WORDS[name].method](filter).catch(() => undefined));
  const loading = client.getQueries(filter).filter(({ fetchStatus }) => fetchStatus !== "idle").length;
  const others = loading === 1 ? "1 of them is loading." : `${loading || "None"} of them are loading.`;
  return { words: `${WORDS[name].answer.replace("$", queries)} ${others}`, count: length };
}

const WORDS = {
  invalidate: {
    method: "invalidateQueries",
    done: "marked stale",
    question: "Mark $ stale?",
    answer: "Marked $ stale.",
  },
  refetch: {
    method: "refetchQueries",
    done: "loaded again",
    question: "Load $ again?",
    answer: "Asked for $ again.",
  },
} as const;

interface Filtered {
  getQueries(filter: Filter): readonly QueryInfo[];
  invalidateQueries(filter: Filter): Promise<void>;
  refetchQueries(filter: Filter): Promise<void>;
}

/** What the cache throws is told in its own words. */
function inWords<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Refusal(String((error as { message?: unknown } | null)?.message ?? error));
  }
}
