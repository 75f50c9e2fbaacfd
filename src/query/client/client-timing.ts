import type { LayerClock } from "../../core/lru/internal.ts";
import type { Environment } from "../timing/environment.ts";
import { Presence } from "../timing/presence.ts";
import { Scheduler } from "../timing/scheduler.ts";

/** The timers of a client and what it hears of the page: both only while it is mounted. */
export class ClientTiming {
  readonly scheduler: Scheduler;
  readonly presence: Presence;
  /** From 0 to below 1. */
  readonly random: () => number;
  #mounts = 0;
  /** Stops the end that is due, unless it is mounted again. */
  #stay: (() => void) | undefined;

  /** @param isOwn whether the clock is that of a cache of the client's own, whose timer waits for `mount` as well */
  constructor(clock: LayerClock, isOwn: boolean, environment: Environment, random: () => number) {
    this.scheduler = new Scheduler(clock);
    if (isOwn) clock.arm = this.scheduler.arm;
    this.presence = new Presence(environment);
    this.random = random;
  }

  /** Counted: both run until the last `unmount`. */
  mount(revalidate: (reason: "refetchOnWindowFocus" | "refetchOnReconnect") => void): void {
    if (++this.#mounts > 1) return;
    this.#stay?.();
    this.#stay = undefined;
    this.scheduler.open();
    this.presence.start(
      () => revalidate("refetchOnWindowFocus"),
      () => revalidate("refetchOnReconnect"),
    );
  }

  /** A mount in the same task, as StrictMode does it, finds the network as it was. */
  unmount(): void {
    if (this.#mounts === 0 || --this.#mounts > 0) return;
    const { scheduler, presence } = this;
    scheduler.close();
    const isOffline = presence.stop();
    if (!isOffline && !scheduler.isAwaited) return;
    this.#stay = scheduler.soon(() => {
      if (isOffline) presence.end();
      scheduler.hurry();
    });
  }

  dispose(): void {
    this.#stay?.();
    this.scheduler.close();
    this.presence.stop();
    this.presence.end();
  }
}
