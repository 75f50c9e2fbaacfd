import type { QueryClient } from "../client/client.ts";
import type { QueryKey } from "../key/key.ts";
import { Overlay } from "./overlay.ts";

/** The keys of a client that are being changed. It hears of loads and removals only while there are any. */
export class Overlays {
  #client: QueryClient;
  #overlays = new Map<string, Overlay>();
  #leave: (() => void)[] = [];

  constructor(client: QueryClient) {
    this.#client = client;
  }

  /** The one of a key, for one call more. */
  enter(key: QueryKey, hash: string): Overlay {
    let overlay = this.#overlays.get(hash);
    if (!overlay) {
      const made: Overlay = new Overlay(this.#client, key, hash, () => this.#delete(hash, made));
      this.#overlays.set(hash, made);
      overlay = made;
    }
    overlay.enter();
    if (this.#leave.length === 0) this.#leave = this.#listen();
    return overlay;
  }

  #delete(hash: string, overlay: Overlay): void {
    if (this.#overlays.get(hash) !== overlay) return;
    this.#overlays.delete(hash);
    if (this.#overlays.size > 0) return;
    for (const leave of this.#leave) leave();
    this.#leave = [];
  }

  #listen(): (() => void)[] {
    const leaveClient = this.#client.subscribe(({ hash }) => this.#overlays.get(hash)?.heardChange());
    const leaveCache = this.#client.cache.subscribe((event) => {
      // Not when the cache made room, or the data was too old: it is as welcome as before.
      const isRemoval = event.type === "removal" && ["deleted", "cleared"].includes(event.cause);
      if (isRemoval) this.#overlays.get(event.key)?.heardRemoval();
    });
    return [leaveClient, leaveCache];
  }
}
