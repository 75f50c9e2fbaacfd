// What a page has to reach other pages of its origin. Each part may be missing, or refuse.

/** A channel that is open. */
export interface Channel {
  /** @throws for what cannot be cloned */
  post(message: unknown): void;
  close(): void;
}

/** Web Locks, as far as they are used. */
export interface Locks {
  request(
    name: string,
    options: { readonly ifAvailable?: boolean; readonly signal?: unknown },
    run: (lock: unknown) => Promise<void> | undefined,
  ): Promise<unknown>;
  query(): Promise<{ readonly held?: readonly { readonly name?: string }[] }>;
}

export interface TabHost {
  /** Joins a channel; `undefined` where there is none. */
  open(name: string, hear: (message: unknown) => void): Channel | undefined;
  readonly locks: Locks | undefined;
  /** Hears that the page may stop to run without an end, and that it runs again. Returns the undo. */
  onLife(suspend: () => void, wake: () => void): () => void;
  /** A text that all pages of the origin read and write at once; `undefined` where there is none. */
  read(name: string): string | undefined;
  write(name: string, text: string): void;
}

export const pageHost: TabHost = {
  open(name, hear) {
    try {
      // A server has channels as well. They keep its process alive, and mean its own threads.
      if (typeof document === "undefined") return undefined;
      const channel = new BroadcastChannel(name);
      if ("unref" in channel) {
        channel.close();
        return undefined;
      }
      channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => hear(data));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel is of one origin.
      return { post: (message) => channel.postMessage(message), close: () => channel.close() };
    } catch {
      return undefined;
    }
  },
  get locks() {
    return (globalThis.navigator as { locks?: Locks } | undefined)?.locks;
  },
  onLife(suspend, wake) {
    const see = (): void => {
      if (document.visibilityState === "visible") wake();
    };
    const heard = [
      [window, "pagehide", suspend],
      [document, "freeze", suspend],
      [window, "pageshow", wake],
      [document, "resume", wake],
      // Where nobody tells of the end of a freeze.
      [document, "visibilitychange", see],
    ] as const;
    for (const [target, type, hear] of heard) target.addEventListener(type, hear);
    return () => {
      for (const [target, type, hear] of heard) target.removeEventListener(type, hear);
    };
  },
  read(name) {
    try {
      return localStorage.getItem(name) ?? undefined;
    } catch {
      return undefined;
    }
  },
  write(name, text) {
    try {
      localStorage.setItem(name, text);
    } catch {
      // It is full, or not allowed.
    }
  },
};
