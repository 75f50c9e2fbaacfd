import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { visible } from "../visible-text.ts";
import { unreadable } from "./byte-source.ts";

/** Requests of a block. */
const BLOCK = 65_536;

/** What is kept of each request beside its key. */
export interface SpoolColumns {
  readonly weights: boolean;
  readonly times: boolean;
}

/** Requests in a row. Only the first `length` places are meant. */
export interface Block {
  length: number;
  /** Numbers of keys. */
  readonly keys: Int32Array;
  /** Empty where there are none, as `times`. */
  readonly weights: Float64Array;
  /** Ms. */
  readonly times: Float64Array;
}

/** What another thread needs to read a spool. */
export interface SpoolPlace extends SpoolColumns {
  readonly file: number;
  readonly length: number;
}

/**
 * The requests of a trace in a temporary file: 4 bytes each, 8 more with weights, 8 more with times. Read once, a trace is
 * there for any number of passes, also one that came by stdin: docs/decisions/0057-a-trace-is-read-once.md. The file has no name as soon as it is open, so that nothing
 * stays behind, however the process ends.
 */
export class Spool {
  length = 0;
  readonly columns: SpoolColumns;
  #file: number;
  #folder: string | undefined;
  #block: Block;

  /** @throws CommandError where no file can be made */
  constructor(columns: SpoolColumns) {
    this.columns = columns;
    this.#block = emptyBlock(columns);
    const folder = mkdtempSync(join(tmpdir(), "macho-simulate-"));
    this.#file = openSync(join(folder, "requests"), "wx+");
    this.#folder = removed(folder) ? undefined : folder;
  }

  /** Where another thread of this process reads it, once it is finished. */
  get place(): SpoolPlace {
    return { ...this.columns, file: this.#file, length: this.length };
  }

  /** @throws CommandError where the disk is full */
  add(key: number, weight: number, time: number): void {
    const block = this.#block;
    const at = block.length++;
    block.keys[at] = key;
    if (this.columns.weights) block.weights[at] = weight;
    if (this.columns.times) block.times[at] = time;
    this.length++;
    if (block.length === BLOCK) this.finish();
  }

  /** Writes down what waits. */
  finish(): void {
    const { keys, weights, times, length } = this.#block;
    if (length === 0) return;
    // Whole blocks, so that each begins at a place that is known.
    for (const column of [keys, weights, times]) this.#write(column);
    this.#block.length = 0;
  }

  close(): void {
    closeSync(this.#file);
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(column: Int32Array | Float64Array): void {
    const bytes = new Uint8Array(column.buffer);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    } catch (error) {
      const { message } = error as Error;
      throw unreadable(
        `The requests cannot be kept in ${visible(tmpdir())}: ${visible(message)}. Name a folder with more room by TMPDIR, or pass --sample 0.1.`,
      );
    }
  }
}

/** The blocks of a spool, one after the other, each in the place of the one before. */
export function* blocksOf({ file, length, ...columns }: SpoolPlace): Generator<Block, void, undefined> {
  const block = emptyBlock(columns);
  let position = 0;
  for (let left = length; left > 0; left -= BLOCK) {
    block.length = Math.min(left, BLOCK);
    for (const column of [block.keys, block.weights, block.times]) {
      const bytes = new Uint8Array(column.buffer);
      for (let at = 0; at < bytes.length;) at += readSync(file, bytes, at, bytes.length - at, position + at);
      position += bytes.length;
    }
    yield block;
  }
}

function emptyBlock({ weights, times }: SpoolColumns): Block {
  return {
    length: 0,
    keys: new Int32Array(BLOCK),
    weights: new Float64Array(weights ? BLOCK : 0),
    times: new Float64Array(times ? BLOCK : 0),
  };
}

/** A spool of those requests whose keys have a new number of 0 or more, under it. Closes the old one. */
export function renumbered(spool: Spool, numbers: Int32Array): Spool {
  const kept = new Spool(spool.columns);
  for (const { length, keys, weights, times } of blocksOf(spool.place)) {
    for (let at = 0; at < length; at++) {
      const key = numbers[keys[at]!]!;
      if (key >= 0) kept.add(key, weights[at]!, times[at]!);
    }
  }
  kept.finish();
  spool.close();
  return kept;
}

/** Windows keeps the name of a file that is open. */
function removed(folder: string): boolean {
  try {
    rmSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}
