import type { Recording } from "./recording.ts";
import { isClient } from "./source.ts";

/**
 * Has a client take its network for gone: what it would load waits, and what loads already goes on. What the page tells
 * of the network meanwhile is remembered. `goOnline` of the recording lets all go on, unless the network is gone indeed.
 */
export function goOffline(recording: Recording): void {
  const { sampler, source } = recording;
  const host = isClient(source.target) ? source.target.host : undefined;
  if (!host || recording.goOnline) return;
  let { isOnline = true } = host;
  const define = (property: PropertyDescriptor): void =>
    void Object.defineProperty(host, "isOnline", { configurable: true, enumerable: true, ...property });
  define({ get: () => false, set: (told: boolean) => void (isOnline = told) });
  recording.goOnline = () => {
    recording.goOnline = undefined;
    define({ value: isOnline, writable: true });
    if (isOnline && !host.isDisposed) host.reconnect?.();
    sampler.sample();
  };
  sampler.sample();
}

/** Whether that can be done: to a client of this copy of the package, or of one like it. */
export function canGoOffline({ source: { target } }: Recording): boolean {
  return isClient(target) && typeof target.host?.reconnect === "function";
}
