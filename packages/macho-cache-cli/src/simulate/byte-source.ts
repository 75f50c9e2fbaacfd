import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CommandError, EXIT } from "../exit.ts";
import { visible } from "../visible-text.ts";

const CHUNK = 1 << 18;
/** What gzip and zstd begin with. */
const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

/** The bytes of a trace, decompressed. */
export interface ByteSource {
  /** As the user wrote it, safe to show; `stdin` for `-`. */
  readonly name: string;
  /** Throws a `CommandError` where they cannot be read. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The share of the file that was read, from 0 to 1; `undefined` where nobody knows how long it is. */
  readonly share: () => number | undefined;
}

/** The user does not want the result any more. */
export function endedError(): CommandError {
  return new CommandError(EXIT.ended, "It was ended before its result. Nothing was written.");
}

/** Opens a file, or stdin for `-`. What is compressed by gzip is decompressed, whatever its name. */
export async function openSource(
  path: string,
  signal: AbortSignal,
  stdin: Readable = process.stdin,
): Promise<ByteSource> {
  const name = path === "-" ? "stdin" : visible(path);
  const size = path === "-" ? undefined : await sizeOf(path, name);
  let read = 0;
  const raw = path === "-" ? stdin : createReadStream(path, { highWaterMark: CHUNK });
  // What waits for bytes that do not come is ended as well.
  signal.addEventListener("abort", () => raw.destroy(endedError()), { once: true });
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of raw as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      yield chunk;
    }
  };
  return {
    name,
    chunks: decompressed(counted(), name),
    share: () => (size === undefined || size === 0 ? undefined : Math.min(1, read / size)),
  };
}

async function sizeOf(path: string, name: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw unreadable(`${name} is a folder. Name the files in it.`);
    // A pipe, such as of <(command), has no size.
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw cannotRead(name, error);
  }
}

async function* decompressed(raw: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    const first = await firstBytes(raw);
    if (beginsWith(first, ZSTD)) {
      throw unreadable(`${name} is compressed by zstd. Pass it on: zstd -dc FILE | macho simulate -`);
    }
    const all = Readable.from(withFirst(first, raw));
    if (!beginsWith(first, GZIP)) return yield* all as AsyncIterable<Uint8Array>;
    // An error of either reaches the reader by the second, which is destroyed with it.
    yield* pipeline(all, createGunzip({ chunkSize: CHUNK }), () => undefined) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof CommandError ? error : cannotRead(name, error);
  }
}

/** A pipe may bring its bytes one by one: as many as tell what it is. */
async function firstBytes(raw: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < ZSTD.length) {
    const { value, done } = await raw.next();
    if (done === true) break;
    first = first.length === 0 ? value : Buffer.concat([first, value]);
  }
  return first;
}

async function* withFirst(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

function cannotRead(name: string, error: unknown): CommandError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return unreadable(`There is no file ${name}.`);
  if (code === "EACCES") return unreadable(`${name} must not be read by you. Ask for it, or name another.`);
  if (code === "Z_BUF_ERROR") {
    return unreadable(`${name} ends in the middle: its gzip data are cut off. Copy or download it anew.`);
  }
  if (code?.startsWith("Z_")) return unreadable(`${name} is broken gzip data: ${visible(message)}. Get it anew.`);
  return unreadable(`${name} cannot be read: ${visible(message)}.`);
}

/** A file is not there, or does not hold what it should. */
export function unreadable(message: string): CommandError {
  return new CommandError(EXIT.file, message);
}
