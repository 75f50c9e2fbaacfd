import { MachoError } from "../core/lru/index.ts";
import { checkKind, describe, FLAG, type Kind, MS, type OptionTable, resolveOptions } from "../core/lru/internal.ts";
import type { Resolved } from "../query/model/option-table.ts";
import type { QueryClient } from "../query/client/client.ts";
import type { ClientTier } from "./client-tier.ts";
import { oneLoad, LONGEST_WAIT } from "./one-load.ts";
import { pageHost, type TabHost } from "./tab-host.ts";
import { Tab } from "./tab.ts";

/** How a client is shared across tabs. */
export interface TabOptions {
  /** Whose data it is. Tabs of other scopes are not heard. The same as that of `persist`, where the client is persisted. */
  scope: string;
  /**
   * Whether tabs that want the same key load it once: one fetches, and the others read what it has stored. The client has to
   * be persisted. @defaultValue false
   */
  lock?: boolean | undefined;
  /** The most ms that a load or a purge waits for another tab. Above 0. @defaultValue 1_000 */
  wait?: number | undefined;
}

/** A client that is shared across tabs. */
export interface TabSharing {
  /** Whether it is connected now. Never where the host has no channels, and not while the page is suspended. */
  readonly isConnected: boolean;
  /** Tells and hears nothing more. */
  stop(): void;
}

const SCOPE: Kind = ["a string that is not empty", (scope) => typeof scope === "string" && scope !== "", "user.id"];

const TABLE: OptionTable<Resolved<TabOptions>> = {
  // Checked also where it is missing.
  scope: [undefined, ""],
  lock: [FLAG, false],
  wait: [MS, LONGEST_WAIT],
};

/**
 * Other tabs of the same origin learn what is written, marked stale and removed here, and the other way around. Where the
 * client is persisted, they read what is new from the storage; otherwise what was written here is stale there. Where there
 * are no channels between tabs, as on a server, nothing happens.
 * @throws MachoOptionError for an option that cannot be used; MachoError "invalid-argument" for what is no client, for one
 * that is shared already or persisted in another scope, and for a `lock` without `persist`
 *
 * @example
 * persist(client, { scope: user.id });
 * const sharing = shareAcrossTabs(client, { scope: user.id });
 */
export function shareAcrossTabs(client: QueryClient, options: TabOptions): TabSharing {
  return shareAcross(pageHost, client, options);
}

/** The same, by what a host has. */
export function shareAcross(host: TabHost, client: QueryClient, given: TabOptions): TabSharing {
  const options = resolveOptions("shareAcrossTabs", TABLE, given);
  const { scope, lock, wait } = options;
  checkKind("scope", scope, SCOPE);
  const tier = tierOf(client, scope, lock);
  const tab = new Tab(host, client, tier, options);
  if (tab.isConnected && lock && host.locks) tier!.persister.share = oneLoad(tier!.persister, tab.locks.acquire, wait);
  return {
    get isConnected() {
      return tab.isConnected;
    },
    stop: () => tab.stop(),
  };
}

/** What persists a client; `undefined` where nothing does. */
function tierOf(client: QueryClient, scope: string, lock: boolean): ClientTier | undefined {
  const store = (client as QueryClient | null | undefined)?.host;
  if (!store) {
    const message = `shareAcrossTabs needs a QueryClient, got ${describe(client)}. Pass the client of the provider.`;
    throw new MachoError("invalid-argument", message);
  }
  // Nothing else is put there.
  const tier = store.tier as ClientTier | undefined;
  const persister = tier?.persister;
  if (tier && (!persister || persister.others)) {
    const message = "This client is shared across tabs already. Call stop() of what shareAcrossTabs() gave first.";
    throw new MachoError("invalid-argument", message);
  }
  if (lock && !tier) {
    const message = "Tabs read what one of them has stored, so { lock: true } needs that. Call persist() first.";
    throw new MachoError("invalid-argument", message);
  }
  const own = persister?.options.scope ?? scope;
  if (own !== scope) {
    const message = `The scope of persist() is ${describe(own)}, got ${describe(scope)}. Pass the same scope to both.`;
    throw new MachoError("invalid-argument", message);
  }
  return tier;
}
