// A purge is over when every tab of the scope has forgotten it. A tab that is suspended forgets when it wakes.
import type { LayerClock } from "../core/lru/internal.ts";
import type { Channel, TabHost } from "./tab-host.ts";
import type { TabLocks } from "./tab-locks.ts";
import { heardPurge, type PurgeMessage } from "./tab-message.ts";
import type { Stamp } from "./tier.ts";

/** Ms that a purge waits for other tabs where nobody knows which ones there are. */
const UNKNOWN_MS = 200;

export class TabPurges {
  #host: TabHost;
  #locks: TabLocks;
  #tab: string;
  #wait: number;
  /** Hear that a tab has forgotten. */
  #asked = new Set<(answer: PurgeMessage) => void>();
  /** The last purge that was known when the page was suspended. */
  #known: string | undefined;

  /** @param wait ms that a purge waits for tabs that live */
  constructor(host: TabHost, locks: TabLocks, tab: string, wait: number) {
    this.#host = host;
    this.#locks = locks;
    this.#tab = tab;
    this.#wait = wait;
  }

  /** A tab has answered. */
  hear(answer: PurgeMessage): void {
    for (const hear of this.#asked) hear(answer);
  }

  /** Tells all tabs of a scope to forget it. Resolves when they have. @param own the channel, where it is this tab's scope */
  async ask(n: Stamp, prefix: string, own: Channel | undefined, clock: LayerClock): Promise<void> {
    this.#host.write(fenceOf(prefix), String(n));
    const hear = (found: unknown): void => {
      const answer = heardPurge(found);
      if (answer?.macho === "purged") this.hear(answer);
    };
    const channel = own ?? this.#host.open(prefix, hear);
    if (!channel) return;
    const answers = new Set<string>();
    let look = (): void => undefined;
    const add = (answer: PurgeMessage): void => {
      if (String(answer.n) === String(n)) answers.add(answer.from);
      look();
    };
    this.#asked.add(add);
    channel.post({ macho: "purge", n, from: this.#tab } satisfies PurgeMessage);
    const living = await this.#locks.living(prefix);
    await new Promise<void>((resolve) => {
      const cancel = clock.arm(resolve, living ? this.#wait : Math.min(this.#wait, UNKNOWN_MS), true);
      look = () => {
        if (!living || [...living].some((tab) => tab !== this.#tab && !answers.has(tab))) return;
        cancel?.();
        resolve();
      };
      look();
      if (!cancel) resolve();
    });
    this.#asked.delete(add);
    if (!own) channel.close();
  }

  /** The page is suspended, and hears of no purge. */
  suspend(prefix: string): void {
    this.#known = this.#host.read(fenceOf(prefix));
  }

  /** Whether there was one since then. */
  hasMissed(prefix: string): boolean {
    return this.#host.read(fenceOf(prefix)) !== this.#known;
  }
}

/** The name of the text that says when a scope was purged last. */
function fenceOf(prefix: string): string {
  return `${prefix}purged`;
}
