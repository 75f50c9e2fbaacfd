const NEWLINE = 0x0a;
const RETURN = 0x0d;
/** Longer lines are told as too long. A key of a URL with its query has a few thousand bytes. */
export const LONGEST_LINE = 65_536;

/** Hears a line: its bytes from `start` to before `end`, without what ends it. They are good until it returns. */
export type LineListener = (bytes: Uint8Array, start: number, end: number) => void;

/**
 * Cuts bytes into lines. No more of the trace is kept than a line that goes on in the next bytes, and of a line that is
 * too long only its first `LONGEST_LINE + 1` bytes.
 */
export class LineSplitter {
  #listener: LineListener;
  /** The beginning of a line. */
  #part = new Uint8Array(LONGEST_LINE + 1);
  #length = 0;

  constructor(listener: LineListener) {
    this.#listener = listener;
  }

  add(chunk: Uint8Array): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      if (this.#length === 0) this.#tell(chunk, start, end);
      else {
        this.#keep(chunk, start, end);
        this.#tellKept();
      }
      start = end + 1;
    }
    this.#keep(chunk, start, chunk.length);
  }

  /** There are no more bytes: what is left is a line as well. */
  end(): void {
    if (this.#length > 0) this.#tellKept();
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    const some = chunk.subarray(start, Math.min(end, start + this.#part.length - this.#length));
    this.#part.set(some, this.#length);
    this.#length += some.length;
  }

  #tellKept(): void {
    const length = this.#length;
    this.#length = 0;
    this.#tell(this.#part, 0, length);
  }

  #tell(bytes: Uint8Array, start: number, end: number): void {
    this.#listener(bytes, start, end > start && bytes[end - 1] === RETURN ? end - 1 : end);
  }
}
