import { filledFrom } from "../lru/linked-slots.ts";

/** A small number for each slot, which hits count up to a limit: what a hit costs is one byte. */
export class Marks {
  /** By slot number. Read anew after each growth. */
  bytes: Uint8Array = new Uint8Array(1);
  /** The highest mark, from 1 to 255. */
  readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Makes room for slots up to and including `lastSlot`. */
  reserve(lastSlot: number): void {
    this.bytes = filledFrom(new Uint8Array(lastSlot + 1), this.bytes);
  }
}
