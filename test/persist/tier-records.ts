import type { Stamp, TierRecord } from "macho-cache/persist";

/** A wall time that storages with a clock of their own take for now. */
export const WALL: number = Date.now();

export interface RecordParts {
  readonly data?: unknown;
  readonly tags?: readonly string[];
  readonly staleTime?: number;
  readonly n?: Stamp;
  readonly x?: number;
}

/** The record of a key. */
export function recordFor(
  k: unknown,
  { data = k, tags, staleTime, n = [WALL, "a"], x = WALL + 600_000 }: RecordParts = {},
): TierRecord {
  return {
    v: 1,
    k,
    d: data,
    t: WALL,
    x,
    n,
    z: 100,
    b: "",
    ...(staleTime !== undefined && { s: staleTime }),
    ...(tags && { g: tags }),
  };
}
