import type { CacheRecording, RecordHead, RecordPart } from "../../simulate/cache-recording.ts";

/** Operations of one answer: some hundred kB of text, made in few ms. */
export const MAX_OPERATIONS = 8_192;

/** Where a tool is that reads along. */
export interface ReadSoFar {
  /** `begun` of the part before; 0 at first. */
  readonly begun: number;
  /** The next operation that it wants. */
  readonly from: number;
}

/** The next operations of a record. */
export interface SentPart extends RecordPart {
  /** What the record begins with, where the tool does not have it. */
  readonly head?: RecordHead;
}

/** What comes after what a tool has. It begins anew where the record has. */
export function nextPart(recording: Pick<CacheRecording, "head" | "part">, { begun, from }: ReadSoFar): SentPart {
  const first = Number.isInteger(from) && from > 0 ? from : 0;
  const part = recording.part(first, MAX_OPERATIONS);
  if (part.begun === begun) return part;
  return { ...recording.part(0, MAX_OPERATIONS), head: recording.head() };
}
