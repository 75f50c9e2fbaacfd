// What any hook over a client takes of React, and nothing else: the client's context, a ref for what it remembers, the
// store, and an effect for what was rendered.
import { createContext, Fragment, useContext, useLayoutEffect, useRef, useSyncExternalStore } from "react";

const items = new Map();
const listeners = new Map();
const Client = createContext({ items, listeners });

/** One key as `useSyncExternalStore` wants it. */
function viewOf(client, index) {
  const subscribe = (listener) => {
    const those = client.listeners.get(index) ?? new Set();
    client.listeners.set(index, those.add(listener));
    return () => {
      those.delete(listener);
      if (those.size === 0) client.listeners.delete(index);
    };
  };
  return { index, subscribe, getSnapshot: () => client.items.get(index) };
}

export const subject = {
  Provider: Fragment,
  useItem(index) {
    const client = useContext(Client);
    const ref = useRef();
    if (ref.current?.index !== index) ref.current = viewOf(client, index);
    const item = useSyncExternalStore(ref.current.subscribe, ref.current.getSnapshot);
    useLayoutEffect(() => void (ref.current.rendered = index), [index]);
    return item;
  },
  set([, index], item) {
    items.set(index, item);
    for (const listener of listeners.get(index) ?? []) listener();
  },
};
