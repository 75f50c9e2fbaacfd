// One tab among others of its scope: what it tells, what it hears, and when it is deaf.
import type { QueryClient } from "../query/client/client.ts";
import type { QueryFilter } from "../query/store/filter.ts";
import type { QueryTier } from "../query/store/store.ts";
import type { ClientTier } from "./client-tier.ts";
import type { Others } from "./persister.ts";
import { Stamps, writerName } from "./stamp.ts";
import { type Ear, TabChanges } from "./tab-changes.ts";
import type { Channel, TabHost } from "./tab-host.ts";
import { TabInbox } from "./tab-inbox.ts";
import { TabLocks } from "./tab-locks.ts";
import { heardMessage, heardPurge, messageOf, type PurgeMessage, type Sender, type Told } from "./tab-message.ts";
import { TabPurges } from "./tab-purges.ts";
import { prefixOf } from "./tier-id.ts";
import type { Stamp, TierChange, TierMeta } from "./tier.ts";

/** How long a tab waits for others, and for whom. */
export interface TabSettings {
  readonly scope: string;
  readonly wait: number;
}

export class Tab implements Others {
  readonly locks: TabLocks;
  #host: TabHost;
  #client: QueryClient;
  /** Where the client is persisted. */
  #tier: ClientTier | undefined;
  #changes: TabChanges;
  #inbox: TabInbox;
  #purges: TabPurges;
  #stamps: Stamps;
  #sender: Sender;
  #prefix: string;
  #channel: Channel | undefined;
  #leave: (() => void) | undefined;
  /** Messages that were sent. */
  #sent = 0;
  /** Keys that were written here and that no tab can read, until the end of this task's code. */
  #unread = new Set<string>();

  constructor(host: TabHost, client: QueryClient, tier: ClientTier | undefined, { scope, wait }: TabSettings) {
    this.#stamps = tier?.persister.stamps ?? new Stamps(writerName(), () => client.host.wallNow());
    const { writer } = this.#stamps;
    this.#host = host;
    this.#client = client;
    this.#tier = tier;
    this.#prefix = prefixOf(scope);
    this.#sender = { scope, buster: tier?.persister.options.buster ?? "", from: writer };
    this.locks = new TabLocks(host.locks);
    this.#purges = new TabPurges(host, this.locks, writer, wait);
    const plain = tier ? undefined : this.#plainTier();
    this.#changes = new TabChanges(client.host, tier, tier?.persister ?? plain!);
    this.#inbox = new TabInbox(this.#changes, (run) => void client.host.soon(run));
    this.#open();
    if (!this.#channel) return;
    if (tier) tier.persister.others = this;
    else client.host.tier = plain;
    this.#leave = host.onLife(this.#suspend, this.#wake);
  }

  get isConnected(): boolean {
    return this.#channel !== undefined;
  }

  stop(): void {
    if (!this.#leave) return;
    this.#close();
    this.#leave();
    this.#leave = undefined;
    this.#inbox.clear();
    if (this.#tier) this.#tier.persister.others = this.#tier.persister.share = undefined;
    else this.#client.host.tier = undefined;
  }

  /** Stands where a tier would, and holds nothing. */
  #plainTier(): QueryTier & Ear {
    const plain: QueryTier & Ear = {
      heard: undefined,
      load: (_query, _load, fetch) => fetch(),
      wrote: (hash) => this.wrote(hash),
      invalidated: (filter) => {
        if (filter !== plain.heard) this.marked(filter, false, this.#stamps.next());
      },
      // What each tab keeps is its own.
      removed: () => undefined,
    };
    return plain;
  }

  // What it tells.

  written(changes: ReadonlyMap<string, TierChange>): void {
    const { metas } = this.#tier!.persister.upkeep.index;
    // Removals were told when they were made. Those that make room mean nothing to others.
    this.#tellWritten([...changes].map(([text, { record }]) => [text, record && metas.get(text)]));
  }

  #tellWritten(all: readonly (readonly [text: string, meta: TierMeta | undefined])[]): void {
    const written = all.flatMap(([text, meta]) => (meta ? [[text, meta] as const] : []));
    if (written.length > 0) this.#post({ written });
  }

  wrote(text: string): void {
    if (this.#unread.size === 0) void Promise.resolve().then(() => this.#tellUnread());
    this.#unread.add(text);
  }

  #tellUnread(): void {
    const keys = [...this.#unread];
    this.#unread.clear();
    this.#post({ mark: { n: this.#stamps.next(), isGone: false, keys } });
  }

  marked(filter: QueryFilter, isGone: boolean, n: Stamp): void {
    const { queryKey, exact, tags, type, stale, fetchStatus, predicate } = filter;
    const isForAll = type !== "active" && stale === undefined && fetchStatus === undefined && !predicate;
    const told = { queryKey, exact, tags, type: isGone ? type : undefined };
    // What only this tab can tell goes by its keys, and so does what cannot be cloned.
    if (isForAll && this.#post({ mark: { n, isGone, filter: told } })) return;
    const keys = this.#client.host.search(filter).map(({ state }) => state.hash);
    if (keys.length > 0) this.#post({ mark: { n, isGone, keys } });
  }

  /** Returns whether it could be told. */
  #post(told: Told): boolean {
    try {
      this.#channel?.post(messageOf(this.#sender, this.#sent++, told));
      return true;
    } catch {
      return false;
    }
  }

  purged(n: Stamp, prefix: string): Promise<void> {
    const own = prefix === this.#prefix ? this.#channel : undefined;
    return this.#purges.ask(n, prefix, own, this.#tier!.persister.clock);
  }

  // What it hears.

  readonly #hear = (found: unknown): void => {
    const purge = heardPurge(found);
    if (purge) return void this.#hearPurge(purge);
    const message = heardMessage(found, this.#sender);
    if (message && !this.#tier?.persister.isStopped) this.#inbox.add(message);
  };

  async #hearPurge({ macho, n, from }: PurgeMessage): Promise<void> {
    if (macho === "purged") return this.#purges.hear({ macho, n, from });
    this.#stamps.saw(n);
    await this.#forget();
    this.#channel?.post({ macho: "purged", n, from: this.#sender.from } satisfies PurgeMessage);
  }

  async #forget(): Promise<void> {
    this.#inbox.clear();
    if (this.#tier) await this.#tier.persister.forget();
    else this.#client.clear();
  }

  // A page that may be frozen holds nothing that others wait for, and hears nothing: a message would end its stay in the
  // back-forward cache.

  #open(): void {
    this.#channel = this.#host.open(this.#prefix, this.#hear);
    if (this.#channel) this.locks.live(this.#prefix, this.#sender.from);
  }

  #close(): void {
    this.#channel?.close();
    this.#channel = undefined;
    this.locks.letGo();
  }

  readonly #suspend = (): void => {
    if (!this.#channel) return;
    const { writes, options } = this.#tier?.persister ?? {};
    // They are being written just now, and this page may not be there any more when they are.
    this.#tellWritten(
      (writes?.all() ?? []).map(([text, { n, entry }]) => [text, entry && { n, x: entry.x, z: 0, b: options!.buster }]),
    );
    this.#close();
    this.#purges.suspend(this.#prefix);
  };

  readonly #wake = (): void => {
    if (this.#channel || !this.#leave) return;
    this.#open();
    if (this.#purges.hasMissed(this.#prefix)) void this.#forget();
    void this.#changes.resync();
  };
}
