import type { Answers, Requests } from "macho-cache/devtools/expose";
import { type Choice, type RunningCache, withCache } from "../connection/running-cache.ts";
import { keyWords } from "../entry-words.ts";
import { CommandError, EXIT, type Exit } from "../exit.ts";
import { age, bytes, count } from "../figures.ts";
import { fitted } from "../fitted-text.ts";
import { jsonText } from "../json-text.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import type { KeysOptions } from "./keys.ts";

type Answer = Answers["keys"];
type Row = Answer["rows"][number];

/** Keys of one answer: what the page gives at most. */
const PART = 1_000;
/** Lines of a screen that are no keys. */
const OTHER_LINES = 4;
const LEAST = 5;

/** Lists keys. @throws CommandError for words and options that mean nothing */
export async function listKeys(
  choice: Choice,
  words: readonly string[],
  options: KeysOptions,
  terminal: Terminal,
): Promise<Exit> {
  const { json, lines, sort, limit = json ? Infinity : screenful(terminal) } = options;
  if (lines && !json) throw new CommandError(EXIT.usage, "--lines goes with --json.");
  const isSorted = sort !== "" && sort !== "next";
  if (isSorted && limit > PART && options.limit !== undefined) {
    const remedy = `Pass at most ${count(PART)}, or leave --sort away.`;
    throw new CommandError(EXIT.usage, `A sorted list has at most ${count(PART)} keys. ${remedy}`);
  }
  const request = {
    filter: filterOf(words),
    sort,
    isReversed: options.reverse === true,
    departed: options.departed === true,
  };
  return withCache(choice, async (cache) => {
    const reader = new KeyReader(cache, request, isSorted ? Math.min(PART, limit) : limit);
    if (json) await writeJson(reader, lines === true, terminal);
    else await writeTable(reader, terminal);
    return EXIT.done;
  });
}

function screenful({ isScreen, rows }: Terminal): number {
  return isScreen ? Math.max(LEAST, rows - OTHER_LINES) : PART;
}

/** The words as one text. What the shell took out of its quotes gets them back. */
export function filterOf(words: readonly string[]): string {
  return words
    .map((word) => {
      if (!/\s/.test(word) || /["']/.test(word)) return word;
      const [, name = "", text = ""] = /^(\w+[:<>]=?)?(.*)$/s.exec(word) ?? [];
      return `${name}"${text.replaceAll("\\", "\\\\")}"`;
    })
    .join(" ");
}

type Request = Omit<Requests["keys"], "limit" | "cursor">;

/** Reads the keys part by part, so that neither the page nor this process holds many at a time. */
class KeyReader {
  /** What the last answer said besides rows. */
  head: Answer | undefined;
  /** All that match, as far as they were counted. */
  matched = 0;
  given = 0;
  #cache: RunningCache;
  #request: Request;
  #limit: number;
  #cursor: Answer["cursor"] | undefined;

  constructor(cache: RunningCache, request: Request, limit: number) {
    this.#cache = cache;
    this.#request = request;
    this.#limit = limit;
  }

  get isAtEnd(): boolean {
    return this.#cursor === null;
  }

  get isFiltered(): boolean {
    return (this.#request.filter ?? "").trim() !== "" || this.#request.departed === true;
  }

  get limit(): number {
    return this.#limit;
  }

  /** The keys, in lists. */
  async *rows(): AsyncGenerator<readonly Row[], void> {
    if (this.#request.sort !== "" && this.#request.sort !== "next") return yield await this.#sorted();
    while (!this.isAtEnd && this.given < this.#limit) {
      const { rows } = await this.#part(Math.min(PART, this.#limit - this.given));
      this.given += rows.length;
      yield rows;
    }
  }

  /** Counts what is behind the keys that were given. */
  async countRest(): Promise<void> {
    while (!this.isAtEnd) await this.#part(0);
  }

  async #sorted(): Promise<readonly Row[]> {
    let first: readonly Row[] = [];
    while (!this.isAtEnd) {
      const { rows, isDescending } = await this.#part(this.#limit);
      const sign = isDescending ? -1 : 1;
      // In the order of the cache where two are equal.
      const all = [...first, ...rows].sort((one, other) => sign * compared(one.rank, other.rank));
      first = all.slice(0, this.#limit);
    }
    this.given = first.length;
    return first;
  }

  async #part(limit: number): Promise<Answer> {
    const cursor = this.#cursor ? { cursor: this.#cursor } : {};
    const answer = await this.#cache.ask("keys", { ...this.#request, limit, ...cursor });
    this.head ??= answer;
    this.matched += answer.matched;
    this.#cursor = answer.cursor;
    return answer;
  }
}

function compared(one: Row["rank"], other: Row["rank"]): number {
  if (one === undefined || other === undefined || one === other) return 0;
  return one < other ? -1 : 1;
}

async function writeJson(reader: KeyReader, isLines: boolean, terminal: Terminal): Promise<void> {
  let isFirst = true;
  for await (const rows of reader.rows()) {
    if (rows.length === 0) continue;
    const texts = rows.map((row) => jsonText({ ...row, rank: undefined }));
    terminal.say(isLines ? texts.join("\n") : `${isFirst ? "[" : ","}\n  ${texts.join(",\n  ")}`);
    isFirst = false;
  }
  if (!isLines) terminal.say(isFirst ? "[]" : "]");
  sayUnknown(reader, terminal);
}

async function writeTable(reader: KeyReader, terminal: Terminal): Promise<void> {
  const rows: Row[] = [];
  for await (const part of reader.rows()) rows.push(...part);
  if (rows.length > 0) terminal.say(tableOf(rows, terminal));
  // Without words, the size of a cache says how many there are.
  if (reader.isFiltered || reader.head?.kind === "client") await reader.countRest();
  sayMore(reader, terminal);
  sayUnknown(reader, terminal);
}

interface Column {
  readonly name: string;
  readonly text: (row: Row) => string | undefined;
}

const COLUMNS: readonly Column[] = [
  { name: "status", text: ({ status }) => (status === "stored" || status === "left" ? undefined : status) },
  { name: "left", text: ({ left }) => left && `${age(Date.now() - left.at)} ago` },
  { name: "cause", text: ({ left }) => left?.cause },
  { name: "age", text: (row) => (row.age === undefined ? undefined : age(row.age)) },
  { name: "ttl left", text: ({ ttlLeft }) => (ttlLeft === undefined ? undefined : age(ttlLeft)) },
  { name: "reads", text: ({ reads }) => (reads === undefined ? undefined : count(reads)) },
  { name: "size", text: ({ size, weight }) => (size === undefined || weight !== undefined ? undefined : bytes(size)) },
  { name: "weight", text: ({ weight }) => (weight === undefined ? undefined : count(weight)) },
  { name: "pins", text: ({ pins }) => (pins === undefined ? undefined : count(pins)) },
  { name: "shard", text: ({ shard }) => (shard === undefined ? undefined : String(shard)) },
  {
    name: "persisted",
    text: ({ isPersisted }) => (isPersisted === undefined ? undefined : isPersisted ? "yes" : "no"),
  },
  { name: "hooks", text: ({ hooks }) => (hooks === undefined ? undefined : count(hooks)) },
];

const GAP = 2;
const LEAST_KEY = 20;

/** Columns of which something is known. The key has the room that they leave. */
function tableOf(rows: readonly Row[], terminal: Terminal): string {
  const columns = COLUMNS.filter(({ text }) => rows.some((row) => text(row) !== undefined));
  const cells = rows.map((row) => columns.map(({ text }) => text(row) ?? "–"));
  const widths = columns.map(({ name }, index) =>
    cells.reduce((most, line) => Math.max(most, line[index]!.length), name.length),
  );
  const others = widths.reduce((sum, width) => sum + width + GAP, 0);
  const room = terminal.isScreen ? Math.max(LEAST_KEY, terminal.columns - others - 1) : Infinity;
  const lines = rows.map(({ key }, index) => [fitted(keyWords(key), room), ...cells[index]!]);
  return table(["key", ...columns.map(({ name }) => name)], lines, terminal);
}

const NONE = ["The cache is empty.", "No key matches."];

/** How many there are, if they are not all there. */
function sayMore(reader: KeyReader, { note, colors }: Terminal): void {
  const { head, given, matched } = reader;
  const what = reader.isFiltered ? "match" : "are there";
  if (given === 0) return note(head?.isNewRecord ? "No key that left is known." : NONE[Number(reader.isFiltered)]!);
  const all = Math.max(matched, reader.isAtEnd ? 0 : (head?.size ?? 0));
  if (all <= given) return;
  const many = count(all - given);
  note(colors.dim(`${many} more ${what}. --limit ${given * 10} shows more of them, and --limit all shows all.`));
}

/** What is not known, since nothing was recorded. */
function sayUnknown({ head }: KeyReader, { note, colors }: Terminal): void {
  if (head?.isNewRecord) {
    note(
      colors.dim("The recording of this cache began now: what left before is not known. Use the app, and ask again."),
    );
  }
}
