import type { QueryInfo } from "../query/index.ts";
import type { Interventions } from "./interventions.ts";
import { gone, type RowAction } from "./row-action.ts";
import type { InspectableClient } from "./source.ts";

/** How an app bears loading and failure: its hooks show it until it is undone. What is known of a query stays. */
export function testActions(
  client: InspectableClient,
  find: (id: unknown) => QueryInfo | undefined,
  held: Interventions,
): readonly RowAction[] {
  const feigning = (name: RowAction["name"], shown: string, failure?: () => { readonly error: Error }): RowAction => ({
    name,
    group: "Test",
    isOffered: (id) => statusOf(client, id) !== shown,
    run(id, label) {
      const query = find(id);
      if (!query) return gone(label);
      if (!client.host || !("feigned" in client.host))
        return `${label} stays as it is: its client is of another copy of macho-cache.`;
      held.feign(client, query, failure?.());
      return `${hooksOf(query)} ${label} as ${failure ? "failed" : "loading"} until Restore. Its data stays.`;
    },
  });
  return [
    feigning("Show loading", "pending"),
    feigning("Show error", "error", () => ({ error: new Error("This error was made in the Macho devtools.") })),
    {
      name: "Restore",
      group: "Test",
      isOffered: (id) => held.isFeigned(id),
      run(id, label) {
        held.restore(id);
        return `Hooks show ${label} as it is again.`;
      },
    },
  ];
}

/** What hooks feign for a query. */
function statusOf({ host }: InspectableClient, hash: unknown): string | undefined {
  return host?.feigned?.get(hash as string)?.state.status;
}

function hooksOf({ observerCount }: QueryInfo): string {
  return observerCount === 0 ? "No hook shows it now; those that come show" : "Hooks show";
}
