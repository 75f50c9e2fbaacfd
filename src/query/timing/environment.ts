// Time, timers and the page around a client. This file is the only one of the query layer that knows a page.
import type { Kind } from "../../core/lru/internal.ts";

/** What a client hears of the page that it runs in. */
export interface Environment {
  /** The page came to the front. Returns the undo. */
  onFocus(listener: () => void): () => void;
  /** The network came back. Returns the undo. */
  onReconnect(listener: () => void): () => void;
  /** The network is gone. Returns the undo. Without it, the page is always online. */
  onDisconnect?(listener: () => void): () => void;
  /** Whether the page is at the front. @defaultValue always */
  isVisible?(): boolean;
}

/** The page, where there is one: nothing is ever heard on a server. */
export const pageEnvironment: Environment = {
  onFocus(listener) {
    return listen(globalThis.document, "visibilitychange", () => {
      if (isVisible()) listener();
    });
  },
  onReconnect: (listener) => listen(globalThis.window, "online", listener),
  onDisconnect: (listener) => listen(globalThis.window, "offline", listener),
  isVisible,
};

/** Whether there is no page, and what is rendered is what will be sent. */
export function isServer(): boolean {
  return typeof document === "undefined";
}

/** Whether all of the page has come. */
export function isPageComplete(): boolean {
  return globalThis.document?.readyState !== "loading";
}

/**
 * The elements of the page that a selector means; none where there is no page.
 *
 * @internal in no declaration: an app for Node has no type of elements
 */
export function elementsOf(selector: string): Iterable<Element> {
  return globalThis.document?.querySelectorAll(selector) ?? [];
}

function isVisible(): boolean {
  return globalThis.document?.visibilityState !== "hidden";
}

function listen(target: EventTarget | undefined, type: string, listener: () => void): () => void {
  // Some hosts have a `window` that hears nothing.
  if (typeof target?.addEventListener !== "function") return () => undefined;
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}

/** One that can be listened to. */
export const ENVIRONMENT: Kind = [
  "an object with functions onFocus() and onReconnect()",
  (environment) => {
    const given = (environment ?? {}) as Partial<Record<keyof Environment, unknown>>;
    const { onFocus, onReconnect, onDisconnect = onFocus, isVisible: visible = onFocus } = given;
    return [onFocus, onReconnect, onDisconnect, visible].every((each) => typeof each === "function");
  },
  "{ onFocus: (hear) => stop, onReconnect: (hear) => stop }",
];
