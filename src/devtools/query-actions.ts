import type { QueryInfo } from "../query/index.ts";
import type { Interventions } from "./interventions.ts";
import { expire, lifeActions } from "./life-actions.ts";
import { gone, type RowAction } from "./row-action.ts";
import type { InspectableClient, OneQuery } from "./source.ts";
import { testActions } from "./test-actions.ts";

/** What was known of a query before an action, and after it; and whether it changed at once. */
interface Course {
  readonly label: string;
  readonly before: QueryInfo;
  readonly after: QueryInfo | undefined;
  readonly isTold: boolean;
  readonly isDisposed: boolean;
}

/** @param find the query of a row, as it was when the rows were read */
export function queryActions(
  client: InspectableClient,
  find: (id: unknown) => QueryInfo | undefined,
  held: Interventions,
): readonly RowAction[] {
  const action = (
    name: RowAction["name"],
    run: (filter: OneQuery) => unknown,
    words: (course: Course) => string,
  ): RowAction => ({
    name,
    group: "Data",
    run(id, label) {
      const before = find(id);
      return before ? words(follow(client, before, label, run)) : gone(label);
    },
  });
  const expiry: RowAction = {
    name: "Expire now",
    group: "Life",
    isOffered: (id) => client.cache.remainingTtl(id as never) !== undefined,
    run(id, label) {
      let failure: string | undefined;
      const before = find(id);
      if (!before) return gone(label);
      const course = follow(client, before, label, () => (failure = expire(client.cache, id, label)));
      return failure ?? expiryWords(course);
    },
  };
  return [
    action("Refetch", (filter) => client.refetchQueries(filter), refetchWords),
    action("Invalidate", (filter) => client.invalidateQueries(filter), invalidateWords),
    action("Reset", (filter) => client.resetQueries(filter), resetWords),
    action("Remove", (filter) => client.removeQueries(filter), removeWords),
    ...lifeActions(client.cache, held),
    expiry,
    ...testActions(client, find, held),
  ];
}

/** A load that begins shows at once: what is known right after the call says whether one did. */
function follow(
  client: InspectableClient,
  before: QueryInfo,
  label: string,
  run: (filter: OneQuery) => unknown,
): Course {
  const filter: OneQuery = { queryKey: before.key, exact: true };
  let isTold = false;
  const leave = client.subscribe((event) => void (isTold ||= event.hash === before.hash));
  try {
    quiet(run(filter));
  } finally {
    leave();
  }
  const after = client.getQueries(filter).find(({ hash }) => hash === before.hash);
  return { label, before, after, isTold, isDisposed: client.host?.isDisposed === true };
}

// A failed refetch is state of the query, which the panel shows; it is not the panel's error as well.
function quiet(result: unknown): void {
  if (result instanceof Promise) result.catch(() => undefined);
}

function refetchWords({ label, after, isTold, isDisposed }: Course): string {
  const not = `${label} is not loaded again`;
  if (isDisposed) return `${not}: its client is disposed of.`;
  if (!after) return gone(label);
  if (after.fetchStatus === "paused") return `${label} waits ${UNTIL}.`;
  if (after.fetchStatus === "fetching") return isTold ? `Refetching ${label}` : `${not}: it is loading already.`;
  if (after.observerCount === 0)
    return `${not}: no fetcher is known for it. Its data was set or sent, not loaded here.`;
  if (!after.isActive) return `${not}: every hook that shows it is disabled, or has no fetcher.`;
  return `${not}: the client did not begin a load.`;
}

function invalidateWords({ label, after, isTold, isDisposed }: Course): string {
  if (!after) return gone(label);
  const [not, done] = [`${label} is not invalidated`, `Invalidated ${label}`];
  if (isDisposed) return `${done}. Its client is disposed of, and loads nothing.`;
  if (!isTold) return `${not}: it is connected to a source that stays open.`;
  if (!after.isInvalidated)
    return `${not}: it has no data that could be stale. ${loads(after, isTold) ?? ""}`.trimEnd();
  const next = loads(after, isTold);
  if (next) return `${done}. ${next}`;
  return after.observerCount > 0 ? `${done}. No hook that shows it loads it again.` : done;
}

function resetWords(course: Course): string {
  const { label, after, isTold } = course;
  if (!after) return `Reset ${label}. Nobody shows it, so that nothing is left of it.`;
  return `Reset ${label} to what it was before its first load. ${loads(after, isTold) ?? "Nothing loads it again."}`;
}

function expiryWords({ label, after, isTold }: Course): string {
  const done = `${label} has expired.`;
  return after ? `${done} ${loads(after, isTold) ?? "Nothing loads it again."}` : done;
}

function removeWords({ label, before, after, isTold }: Course): string {
  if (!after) return `Removed ${label}`;
  const done = before.data === undefined ? `Reset ${label}` : `Removed the data of ${label}`;
  return `${done}, which is on screen or loading. ${loads(after, isTold) ?? "Nothing loads it again."}`;
}

const UNTIL = "for the network, or for the page to come to the front";

/** That a load is under way that was begun now, or waits. */
function loads({ fetchStatus }: QueryInfo, isTold: boolean): string | undefined {
  if (fetchStatus === "paused") return `Its load waits ${UNTIL}.`;
  return fetchStatus === "fetching" && isTold ? "It is loaded again." : undefined;
}
