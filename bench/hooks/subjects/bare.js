// The limit: React's own hook over a Map with listeners a key. No hash, no bound, no loads, no ages.
import { Fragment, useCallback, useSyncExternalStore } from "react";

const items = new Map();
const listeners = new Map();

function subscribe(index, listener) {
  const those = listeners.get(index) ?? new Set();
  listeners.set(index, those.add(listener));
  return () => {
    those.delete(listener);
    if (those.size === 0) listeners.delete(index);
  };
}

export const subject = {
  Provider: Fragment,
  useItem: (index) =>
    useSyncExternalStore(
      useCallback((listener) => subscribe(index, listener), [index]),
      () => items.get(index),
    ),
  set([, index], item) {
    items.set(index, item);
    for (const listener of listeners.get(index) ?? []) listener();
  },
};
