import type { Environment } from "macho-cache/query";

type Occasion = "focus" | "online" | "offline";

/** A page that a test brings to the front, hides, and takes off the network. */
export class ManualPage implements Environment {
  isVisibleNow = true;
  #listeners = { focus: new Set<() => void>(), online: new Set<() => void>(), offline: new Set<() => void>() };

  onFocus = (listener: () => void): (() => void) => this.#listen("focus", listener);
  onReconnect = (listener: () => void): (() => void) => this.#listen("online", listener);
  onDisconnect = (listener: () => void): (() => void) => this.#listen("offline", listener);
  isVisible = (): boolean => this.isVisibleNow;

  focus(): void {
    this.isVisibleNow = true;
    this.#tell("focus");
  }

  hide(): void {
    this.isVisibleNow = false;
  }

  goOnline(): void {
    this.#tell("online");
  }

  goOffline(): void {
    this.#tell("offline");
  }

  get listeners(): number {
    return Object.values(this.#listeners).reduce((sum, { size }) => sum + size, 0);
  }

  #listen(name: Occasion, listener: () => void): () => void {
    this.#listeners[name].add(listener);
    return () => void this.#listeners[name].delete(listener);
  }

  #tell(name: Occasion): void {
    for (const listener of this.#listeners[name]) listener();
  }
}
