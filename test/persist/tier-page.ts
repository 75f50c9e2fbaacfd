// What a page has that a test of the tier drives.
import { persist, type Stamp, type TierChange } from "macho-cache/persist";
import { indexedDbTier } from "macho-cache/persist/indexed-db";
import { QueryClient } from "macho-cache/query";
import { tierRecord } from "../support/tier-record.ts";

/** What came of a call: a value, an error, or nothing in time. */
export type Outcome<T> = { readonly value: T } | { readonly name: string; readonly message: string } | "hangs";

/** Ms after which a call hangs. */
const LONGEST = 5_000;

async function outcome<T>(call: PromiseLike<T> | T, ms: number = LONGEST): Promise<Outcome<T>> {
  const hung = new Promise<"hangs">((resolve) => {
    setTimeout(resolve, ms, "hangs");
  });
  const settled = Promise.resolve(call).then(
    (value) => ({ value }),
    ({ name, message }: Error) => ({ name, message }),
  );
  return Promise.race([settled, hung]);
}

/** Changes that put `count` entries whose data is so many bytes that do not compress. */
function changes(prefix: string, count: number, bytes: number, n: Stamp): TierChange[] {
  return Array.from({ length: count }, (_, at) => {
    const data = new Uint8Array(bytes);
    for (let from = 0; from < bytes; from += 65_536) crypto.getRandomValues(data.subarray(from, from + 65_536));
    return { id: prefix + at, n, record: tierRecord(n, data) };
  });
}

const parts = { tier: indexedDbTier(), indexedDbTier, tierRecord, outcome, changes, persist, QueryClient };

declare global {
  var tierPage: typeof parts;
}
Object.assign(globalThis, { tierPage: parts });
