import type { Environment } from "macho-cache/query";

/** A page whose network comes and goes when a test says so. */
export class ManualPage implements Environment {
  readonly #back = new Set<() => void>();
  readonly #gone = new Set<() => void>();

  onFocus = (): (() => void) => () => undefined;
  onReconnect = (listener: () => void): (() => void) => this.#listen(this.#back, listener);
  onDisconnect = (listener: () => void): (() => void) => this.#listen(this.#gone, listener);

  goOnline(): void {
    for (const listener of this.#back) listener();
  }

  goOffline(): void {
    for (const listener of this.#gone) listener();
  }

  #listen(listeners: Set<() => void>, listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }
}
