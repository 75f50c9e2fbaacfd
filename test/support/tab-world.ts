// Tabs of one origin in one program: what they send comes when the test says so, in any order, twice, or never.
import { persist, type Persistence, type PersistOptions, type TabOptions, type TabSharing } from "macho-cache/persist";
import type { QueryKey, QueryOptions } from "macho-cache/query";
import type { ClientTier } from "../../src/persist/client-tier.ts";
import type { Persister } from "../../src/persist/persister.ts";
import type { Locks, TabHost } from "../../src/persist/tab-host.ts";
import { shareAcross } from "../../src/persist/tabs.ts";
import { drained } from "./drained.ts";
import { QueryWorld } from "./query-world.ts";
import { Origin, StampedTier } from "./stamped-tier.ts";
import { Watched } from "./watched.ts";

/** A message that is on its way to one tab. */
export interface OnItsWay {
  readonly message: unknown;
  readonly hear: (message: unknown) => void;
}

/** What the pages of an origin share, beside their tier. */
export class Network {
  readonly origin = new Origin();
  /** Everything that was sent, once. */
  readonly sent: unknown[] = [];
  /** What is on its way. A test may change it. */
  onItsWay: OnItsWay[] = [];
  readonly texts = new Map<string, string>();
  readonly locks = new FakeLocks();
  #channels = new Set<{ readonly name: string; readonly hear: (message: unknown) => void }>();

  open(name: string, hear: (message: unknown) => void): { post(message: unknown): void; close(): void } {
    const channel = { name, hear };
    this.#channels.add(channel);
    return {
      post: (message) => {
        const copy = structuredClone(message);
        this.sent.push(copy);
        for (const other of this.#channels) {
          if (other === channel || other.name !== name) continue;
          const isOpen = (): boolean => this.#channels.has(other);
          this.onItsWay.push({ message: structuredClone(copy), hear: (came) => isOpen() && other.hear(came) });
        }
      },
      close: () => void this.#channels.delete(channel),
    };
  }

  get size(): number {
    return this.#channels.size;
  }

  /** Brings what is on its way. */
  deliver(): void {
    for (const { message, hear } of this.onItsWay.splice(0)) hear(message);
  }
}

/** Web Locks: one holder of a name at a time, the others in turn. */
class FakeLocks implements Locks {
  readonly #held = new Set<string>();
  readonly #waiting: { readonly name: string; readonly go: () => void }[] = [];

  async request(
    name: string,
    { ifAvailable }: { readonly ifAvailable?: boolean },
    run: (lock: unknown) => Promise<void> | undefined,
  ): Promise<unknown> {
    if (this.#held.has(name)) {
      if (ifAvailable) return run(null);
      await new Promise<void>((go) => this.#waiting.push({ name, go }));
    }
    this.#held.add(name);
    await run({ name });
    this.#held.delete(name);
    const next = this.#waiting.findIndex((each) => each.name === name);
    if (next >= 0) this.#waiting.splice(next, 1)[0]!.go();
    return undefined;
  }

  async query(): Promise<{ held: { name: string }[] }> {
    return { held: [...this.#held].map((name) => ({ name })) };
  }

  /** Names that are held. */
  get names(): string[] {
    return [...this.#held];
  }
}

interface TabSetUp extends Partial<TabOptions> {
  /** Of `persist`; `false` for a client that is not persisted. */
  readonly persist?: Partial<PersistOptions> | false;
  readonly host?: Partial<TabHost>;
  readonly queries?: QueryOptions;
}

/** A tab with a client that is shared with others. */
export class TabPage extends QueryWorld {
  readonly network: Network;
  readonly tier: StampedTier;
  readonly persistence: Persistence | undefined;
  readonly sharing: TabSharing;
  #suspend!: () => void;
  #wake!: () => void;

  constructor(network: Network, { persist: how = {}, host = {}, queries, ...options }: TabSetUp = {}) {
    super({ queries: { retry: false, ...queries } });
    this.network = network;
    this.tier = new StampedTier(network.origin);
    const clock = { clock: this.clock, storage: this.tier, scope: "ada" };
    this.persistence = how ? persist(this.client, { ...clock, ...how }) : undefined;
    const own: TabHost = {
      open: (name, hear) => network.open(name, hear),
      locks: network.locks,
      onLife: (suspend, wake) => {
        this.#suspend = suspend;
        this.#wake = wake;
        return () => (this.#suspend = this.#wake = (): void => undefined);
      },
      read: (name) => network.texts.get(name),
      write: (name, text) => void network.texts.set(name, text),
    };
    this.sharing = shareAcross({ ...own, ...host }, this.client, { scope: "ada", ...options });
  }

  get persister(): Persister {
    // It is what `persist` puts there.
    return (this.client.host.tier as ClientTier).persister;
  }

  watch(key: QueryKey, options?: QueryOptions): Watched {
    return new Watched(this.client, key, this.backend.fetcher, options);
  }

  data(key: QueryKey): unknown {
    return this.client.getQueryState(key)?.data;
  }

  /** Writes data, and lets it be stored. */
  async store(key: QueryKey, data: unknown): Promise<void> {
    this.client.setQueryData(key, data);
    await this.persistence!.flush();
  }

  suspend(): void {
    this.#suspend();
  }

  wake(): void {
    this.#wake();
  }
}

/** Brings what is on its way between tabs, and lets them do what it means, until nothing is left. */
export async function exchanged(...tabs: TabPage[]): Promise<void> {
  do {
    await drained();
    tabs[0]!.network.deliver();
    for (const { clock } of tabs) clock.advance(0);
    await drained();
  } while (tabs[0]!.network.onItsWay.length > 0);
}
