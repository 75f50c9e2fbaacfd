import type { AccessRecord } from "macho-cache/simulate";
import { type ByteSource, unreadable } from "./byte-source.ts";
import { usage } from "./csv-columns.ts";
import { KeyTable } from "./key-table.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { Progress } from "./progress.ts";
import { RequestParser, type Wanted } from "./request-parser.ts";
import { blocksOf, renumbered, Spool } from "./spool.ts";
import { type FormatChoice, formatOf, formatWords, type TraceFormat } from "./trace-format.ts";

/** A record is read as a whole: so many bytes at most. */
const MOST_RECORD_BYTES = 2 ** 28;
/** Bytes that tell a format. */
const HEAD = 4_096;
const BOM = [0xef, 0xbb, 0xbf];

/** How a trace is read. */
export interface ReadOptions extends FormatChoice, Wanted {
  /** Whether lines that cannot be read are left out. */
  readonly skipBad: boolean;
  /** The share of keys to begin with. */
  readonly sampleRate: number;
  /** The most keys that are simulated. */
  readonly maxKeys: number;
}

/** A trace of requests, ready to be simulated. */
export interface RequestTrace {
  readonly kind: "requests";
  readonly name: string;
  readonly format: TraceFormat;
  /** In the trace, of keys that are left out as well. */
  readonly requests: number;
  readonly skipped: Skipped;
  /** The share of keys that are in; 1 for all. */
  readonly sampleRate: number;
  /** Distinct keys that are in. */
  readonly keyCount: number;
  /** Of these keys together, each as its first request has it; their number without weights. */
  readonly totalWeight: number;
  /** Their requests. Whoever has the trace closes it. */
  readonly spool: Spool;
}

/** A record of a cache, as it stands. */
export interface RecordTrace {
  readonly kind: "record";
  readonly name: string;
  readonly record: AccessRecord;
}

/** Lines that cannot be read. */
export interface Skipped {
  readonly count: number;
  /** The first one, in words. */
  readonly first: string | undefined;
}

/** Reads a trace once. @throws CommandError */
export async function readTrace(
  source: ByteSource,
  options: ReadOptions,
  progress: Progress,
): Promise<RequestTrace | RecordTrace> {
  const chunks = source.chunks[Symbol.asyncIterator]();
  const head = await headOf(chunks);
  const format = formatOf(Buffer.from(head.subarray(0, HEAD)).toString(), options);
  const all = { [Symbol.asyncIterator]: () => withHead(head, chunks) };
  if (format.kind === "record") return { kind: "record", name: source.name, record: await readRecord(source, all) };
  checkWanted(format, options);
  return await readRequests({ ...source, chunks: all }, format, options, progress);
}

async function headOf(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < HEAD) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    head = Buffer.concat([head, value]);
  }
  return BOM.every((byte, at) => head[at] === byte) ? head.subarray(BOM.length) : head;
}

async function* withHead(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function checkWanted(format: TraceFormat, { weights, times }: Wanted): void {
  const columns = format.kind === "csv" ? format.columns : { size: 0, time: 0 };
  const words = `This trace is ${formatWords(format)}`;
  if (weights && columns.size === 0) {
    throw usage(`--weights needs a column of sizes. ${words}: name one by --csv "obj-id-col=1,obj-size-col=2".`);
  }
  if (times && columns.time === 0) {
    throw usage(`--ttl needs a column of times. ${words}: name one by --csv "time-col=1,obj-id-col=2".`);
  }
}

async function readRecord({ name }: ByteSource, chunks: AsyncIterable<Uint8Array>): Promise<AccessRecord> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MOST_RECORD_BYTES) {
      throw unreadable(`${name} has more than ${MOST_RECORD_BYTES} bytes. A record is read as a whole: record less.`);
    }
    parts.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString()) as AccessRecord;
  } catch (error) {
    throw unreadable(`${name} is no record: ${(error as Error).message}. Write it anew by macho record.`);
  }
}

async function readRequests(
  { name, chunks, share }: ByteSource,
  format: TraceFormat,
  options: ReadOptions,
  progress: Progress,
): Promise<RequestTrace> {
  const lines = new RequestLines(name, format, options);
  try {
    for await (const chunk of chunks) {
      lines.add(chunk);
      await progress.step(`reading ${name}`, share());
    }
    return lines.end();
  } catch (error) {
    lines.close();
    throw error;
  }
}

/** Lines of a trace, on their way to a spool. */
class RequestLines {
  #name: string;
  #format: TraceFormat;
  #options: ReadOptions;
  #parser: RequestParser;
  #table: KeyTable;
  #spool: Spool;
  #splitter = new LineSplitter((bytes, start, end) => this.#read(bytes, start, end));
  #line = 0;
  #requests = 0;
  #skipped = 0;
  #firstSkipped: string | undefined;

  constructor(name: string, format: TraceFormat, options: ReadOptions) {
    this.#name = name;
    this.#format = format;
    this.#options = options;
    this.#parser = new RequestParser(format, options);
    this.#table = new KeyTable(options.maxKeys, options.sampleRate);
    this.#spool = new Spool(options);
  }

  add(chunk: Uint8Array): void {
    this.#splitter.add(chunk);
  }

  close(): void {
    this.#spool.close();
  }

  end(): RequestTrace {
    this.#splitter.end();
    if (this.#requests === 0) throw unreadable(`There is no request in ${this.#name}${this.#firstWords()}.`);
    this.#spool.finish();
    this.#leaveOut();
    const { size: keyCount, rate: sampleRate } = this.#table;
    if (keyCount === 0) throw unreadable(`No key of ${this.#name} is in so small a sample. Pass a larger --sample.`);
    return {
      kind: "requests",
      name: this.#name,
      format: this.#format,
      requests: this.#requests,
      skipped: { count: this.#skipped, first: this.#firstSkipped },
      sampleRate,
      keyCount,
      totalWeight: this.#options.weights ? totalWeight(this.#spool, keyCount) : keyCount,
      spool: this.#spool,
    };
  }

  #read(bytes: Uint8Array, start: number, end: number): void {
    this.#line++;
    if (this.#line === 1 && this.#format.kind === "csv" && this.#format.columns.hasHeader) return;
    const problem = this.#parser.read(bytes, start, end);
    if (problem !== undefined) return this.#skip(problem);
    this.#requests++;
    const { start: from, end: to, weight, time } = this.#parser;
    const key = this.#table.numberOf(bytes, from, to);
    if (key >= 0) this.#spool.add(key, weight, time);
  }

  #skip(problem: string): void {
    const words = `line ${this.#line} ${problem}`;
    if (!this.#options.skipBad) {
      throw unreadable(`${this.#name}: ${words}. Correct it, or pass --skip-bad to leave such lines out.`);
    }
    this.#skipped++;
    this.#firstSkipped ??= words;
  }

  #firstWords(): string {
    return this.#firstSkipped === undefined ? "" : `: ${this.#firstSkipped}`;
  }

  /** Requests of keys that were in only as long as there were fewer. */
  #leaveOut(): void {
    const table = this.#table;
    if (table.issued === table.size) return;
    let count = 0;
    const numbers = new Int32Array(table.issued).map((_, number) => (table.isIn(number) ? count++ : -1));
    this.#spool = renumbered(this.#spool, numbers);
  }
}

function totalWeight(spool: Spool, keyCount: number): number {
  const isSeen = new Uint8Array(keyCount);
  let sum = 0;
  for (const { length, keys, weights } of blocksOf(spool.place)) {
    for (let at = 0; at < length; at++) {
      if (isSeen[keys[at]!] === 0) sum += weights[at]!;
      isSeen[keys[at]!] = 1;
    }
  }
  return sum;
}
