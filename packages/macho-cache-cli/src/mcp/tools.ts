import { z } from "zod";

/** What an assistant gives a tool, after it was checked. */
export type Given = Readonly<Record<string, string | number | boolean | undefined>>;

/** A tool of an assistant: a command of ours, whose words are made of what the assistant gives. */
export interface Tool {
  /** That of the command. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodRawShape;
  /** Whether it changes a cache. */
  readonly isChange: boolean;
  /** Whether it answers in words: its JSON is the value alone. */
  readonly isText?: boolean;
  /** Whether it speaks of one cache. */
  readonly hasCache: boolean;
  /** What follows the name of the command, beside the cache, the target and `--json`. */
  readonly words: (given: Given) => Words;
}

interface Words {
  readonly options?: readonly string[];
  /** Never taken for options, whatever they begin with. */
  readonly positional?: readonly string[];
}

const CACHE = {
  cache: z.string().optional().describe("Name of the cache, as `list` gives it. Needed where there are several."),
  target: z.string().optional().describe("Part of the title or address of its page, worker or process."),
};
const KEY = {
  key: z
    .string()
    .describe('The key as `keys` gives it: a string as it is, the key of a query as JSON, like ["todos",1].'),
  jsonKey: z.boolean().optional().describe("Takes the key as JSON: 1 is then the number, and not the text."),
};
const MATCH = {
  key: z.string().optional().describe("Every query whose key begins so. All, where none is given."),
  exact: z.boolean().optional().describe("The query of this key alone."),
  tag: z.string().optional().describe("Every query with this tag."),
};

const flag = (name: string, value: Given[string]): string[] => (value === true ? [`--${name}`] : []);
const option = (name: string, value: Given[string]): string[] =>
  value === undefined ? [] : [`--${name}=${String(value)}`];
const keyed = ({ key, jsonKey }: Given): Words => ({
  options: flag("json-key", jsonKey),
  positional: [String(key)],
});
const matching = ({ key, exact, tag }: Given): Words => ({
  options: [...flag("exact", exact), ...option("tag", tag)],
  positional: key === undefined ? [] : [String(key)],
});

type Declared = Pick<Tool, "name" | "title" | "description" | "input" | "words" | "isText">;

const READING: readonly Declared[] = [
  {
    name: "top",
    title: "Figures of a cache",
    description:
      "Figures of one moment: hit ratio, requests, removals by cause, loads, the keys that are read most and the largest ones, and the advisor's sentence.",
    input: {},
    words: () => ({}),
  },
  {
    name: "keys",
    title: "Keys of a cache",
    description:
      "Entries by filter: words of the key or value, status:error, ttl<10s and the like. Counts nothing, and changes nothing.",
    input: {
      filter: z.string().optional().describe("Words that all have to match, such as: todos status:stale"),
      departed: z.boolean().optional().describe("Keys that left, instead of those that are there."),
      limit: z.number().int().positive().max(1_000).optional().describe("The most keys. 50 unless said."),
    },
    words: ({ filter = "", departed, limit = 50 }) => ({
      options: [...flag("departed", departed), ...option("limit", limit)],
      positional: String(filter)
        .split(/\s+/)
        .filter((word) => word !== ""),
    }),
  },
  {
    name: "get",
    title: "An entry",
    description: "One entry: its value, age, time left, reads and weight. Counts as no read.",
    input: KEY,
    isText: true,
    words: keyed,
  },
  {
    name: "ttl",
    title: "Time left of an entry",
    description: "How long an entry will still be served.",
    input: KEY,
    words: keyed,
  },
  {
    name: "why",
    title: "Why a key is or is not there",
    description:
      "The story of a key: when it was written, how often it was read, when and why it left, and what came instead.",
    input: KEY,
    words: keyed,
  },
  {
    name: "advise",
    title: "What to change",
    description:
      "What would raise the hit ratio: a size, a policy, a ttl or a change of the app, with its gain in a replay of what was recorded. Without a record it records for some seconds first.",
    input: { seconds: z.number().positive().max(300).optional().describe("Records for so long first.") },
    words: ({ seconds }) => ({ options: option("seconds", seconds) }),
  },
  {
    name: "watch",
    title: "Events of a cache",
    description: "What happens in the next seconds: reads, writes, removals with their cause, loads.",
    input: {
      seconds: z.number().positive().max(60).describe("How long to listen."),
      only: z.string().optional().describe("Kinds of events, such as: miss,evicted"),
      count: z.number().int().positive().max(1_000).optional().describe("The most events. 200 unless said."),
    },
    words: ({ seconds, only, count = 200 }) => ({
      options: [...option("seconds", seconds), ...option("only", only), ...option("count", count)],
    }),
  },
];

const CHANGING: readonly Declared[] = [
  {
    name: "delete",
    title: "Remove an entry",
    description: "Removes an entry, or the data of a query.",
    input: KEY,
    words: keyed,
  },
  { name: "clear", title: "Remove everything", description: "Removes every entry.", input: {}, words: () => ({}) },
  {
    name: "invalidate",
    title: "Mark queries stale",
    description: "Marks queries stale. Those on screen are loaded again.",
    input: MATCH,
    words: matching,
  },
  {
    name: "refetch",
    title: "Load queries again",
    description: "Loads queries again, stale or not.",
    input: MATCH,
    words: matching,
  },
  {
    name: "resize",
    title: "Set the size",
    description: "Sets maxCacheSize of the running cache, until the app starts anew.",
    input: {
      entries: z.number().int().positive().describe("The most entries."),
      maxWeight: z.number().positive().optional().describe("The most weight, in the app's unit."),
    },
    words: ({ entries, maxWeight }) => ({ options: option("max-weight", maxWeight), positional: [String(entries)] }),
  },
  {
    name: "pin",
    title: "Pin an entry",
    description: "Keeps an entry from eviction, until it is unpinned or the page ends.",
    input: { ...KEY, off: z.boolean().optional().describe("Unpins it.") },
    words: (given) => ({ ...keyed(given), options: [...keyed(given).options!, ...flag("off", given["off"])] }),
  },
  {
    name: "set",
    title: "Write a value",
    description: "Writes a value. An entry that is there keeps the time that it had left.",
    input: {
      ...KEY,
      value: z.string().describe('The value as JSON, such as {"done":true}.'),
      ttl: z.number().positive().optional().describe("Seconds that it is served."),
    },
    words: (given) => ({
      options: [...keyed(given).options!, ...option("ttl", given["ttl"])],
      positional: [String(given["key"]), String(given["value"])],
    }),
  },
];

const LIST: Tool = {
  name: "list",
  title: "Caches that can be looked into",
  description: "Pages, workers and Node processes whose debugger listens, and their caches with size and hit ratio.",
  input: {},
  isChange: false,
  hasCache: false,
  words: () => ({}),
};

function ofCache(tool: Declared, isChange: boolean): Tool {
  return { ...tool, input: { ...CACHE, ...tool.input }, isChange, hasCache: true };
}

/** Every tool; those that change a cache come last. */
export const TOOLS: readonly Tool[] = [
  LIST,
  ...READING.map((tool) => ofCache(tool, false)),
  ...CHANGING.map((tool) => ofCache(tool, true)),
];
