import { toText } from "../../query/hydration/text-writer.ts";
import { recordingOf } from "../recording.ts";
import { entryKeeper, type KeptEntry, snapshotHead } from "../snapshot.ts";
import { type DevtoolsTarget, isClient } from "../source.ts";
import { clientHashes, queryOf } from "./client-queries.ts";
import { entryRows } from "./entry-rows.ts";
import { Refusal } from "./refusal.ts";
import { SESSION_HOST, type SessionHost, Sessions } from "./sessions.ts";

/** Ms of one answer, and characters of its keys and values: one entry may take more. */
const SLICE = 6;
const MAX_TEXT = 500_000;
/** The most entries that can be asked for. */
const MAX_ASKED = 100_000;

export interface ExportRequest {
  /** What the first answer called it; "" begins one. */
  readonly session: string;
  readonly withValues: boolean;
  /** The most entries. */
  readonly most: number;
}

export interface ExportAnswer {
  /** For the next question; "" with the last entries. */
  readonly session: string;
  /** The snapshot without its entries, as `readText` reads it; with the first answer. */
  readonly head?: string;
  readonly entries: readonly KeptEntry[];
  /** Entries that there are, about: more than are given where there are very many. With the last answer. */
  readonly total?: number;
}

/** An export that is under way. */
interface Export {
  readonly entries: Iterator<KeptEntry, number>;
  readonly stop: () => void;
}

/** Hands over a snapshot of a cache, entry by entry, in slices between which the page goes on. */
export class Exports {
  readonly sessions: Sessions<Export>;
  #now: () => number;

  /** @param now ms, by which a slice is measured */
  constructor(host: SessionHost = SESSION_HOST, now: () => number = () => performance.now()) {
    this.sessions = new Sessions("an export", host);
    this.#now = now;
  }

  /** @throws Refusal for a number that cannot be, and where the export has been dropped meanwhile */
  answer(target: DevtoolsTarget, request: ExportRequest): ExportAnswer {
    if (request.session === "") return this.#begin(target, request);
    const known = this.sessions.find(target, request.session);
    if (!known) throw new Refusal("The page has dropped the export, since it was not asked for 30 s. Export again.");
    return this.#next(target, request.session, known);
  }

  #begin(target: DevtoolsTarget, { withValues, most }: ExportRequest): ExportAnswer {
    if (!Number.isInteger(most) || most < 1 || most > MAX_ASKED) {
      throw new Refusal(`An export has from 1 to ${MAX_ASKED} entries, got ${String(most)}.`);
    }
    const entries = keptEntries(target, withValues === true, most);
    const { id } = this.sessions.begin(target, () => ({ entries, stop: () => undefined }));
    const recording = recordingOf(target);
    const advice = recording.advice?.text ?? "";
    return {
      session: id,
      head: toText(snapshotHead(recording, { name: "", at: this.sessions.host.now(), advice })),
      entries: [],
    };
  }

  #next(target: DevtoolsTarget, id: string, { entries }: Export): ExportAnswer {
    const began = this.#now();
    const sent: KeptEntry[] = [];
    for (let length = 0; length < MAX_TEXT && this.#now() - began < SLICE;) {
      const { done, value } = entries.next();
      if (done) {
        this.sessions.end(target, id);
        return { session: "", entries: sent, total: value };
      }
      length += value.row.label.length + (value.key?.length ?? 0) + (value.value?.length ?? 0);
      sent.push(value);
    }
    return { session: id, entries: sent };
  }
}

/** The entries in the cache's order. Returns how many there are, about. */
function* keptEntries(target: DevtoolsTarget, withValues: boolean, most: number): Generator<KeptEntry, number> {
  const { rowOf, peek } = entryRows(target, recordingOf(target));
  const keep = entryKeeper(withValues);
  const ids: Iterable<unknown> = isClient(target) ? clientHashes(target) : target.keys();
  let order = 0;
  for (const id of ids) {
    // There is one more.
    if (order === most) return Math.max(order + 1, isClient(target) ? target.cache.size : target.size);
    const row = rowOf(id, order);
    if (!row) continue;
    order++;
    yield keep(row, isClient(target) ? queryOf(target, id as string)?.key : id, () => peek(id));
  }
  return order;
}

const exports = new Exports();

/** The next entries of a snapshot. */
export function exportEntries(target: DevtoolsTarget, request: ExportRequest): ExportAnswer {
  return exports.answer(target, request);
}
