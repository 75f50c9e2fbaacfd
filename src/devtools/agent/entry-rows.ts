import { cacheRow, type EntryRow, type EntrySource, queryRow } from "../entry-source.ts";
import { factsOf } from "../entry-facts.ts";
import type { Recording } from "../recording.ts";
import { type DevtoolsTarget, isClient } from "../source.ts";
import { queryOf } from "./client-queries.ts";

/** Rows of a cache or client by their keys, and their values. Reading them counts nothing and moves nothing. */
export interface EntryRows extends Pick<EntrySource, "peek"> {
  /** `undefined` when nothing is there. @param order in the cache */
  readonly rowOf: (id: unknown, order: number) => EntryRow | undefined;
}

/** @param recording what is known of the reads of each entry */
export function entryRows(target: DevtoolsTarget, recording: Recording): EntryRows {
  if (!isClient(target)) {
    const facts = factsOf(target, recording);
    return {
      peek: (id) => target.peek(id as never),
      rowOf(id, order) {
        const row = cacheRow(target, id, order, facts(id));
        return row.ttlLeft === undefined ? undefined : row;
      },
    };
  }
  const facts = factsOf(target.cache, recording);
  return {
    peek: (id) => queryOf(target, id as string)?.data,
    rowOf(id, order) {
      const query = queryOf(target, id as string);
      return query && queryRow(target, query, order, facts(id));
    },
  };
}
