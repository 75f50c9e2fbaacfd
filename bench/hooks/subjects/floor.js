// What any hook over a client takes of React, and nothing else: the client's context, a ref for what it remembers, the
// store, and an effect for what was rendered.
import { createContext, Fragment, useContext, useLayoutEffect, useRef, useSyncExternalStore } from "react";

const items = new Map();
const listeners = new Map();
const Client = createContext({ items, listeners });

/** One key as `useSyncExternalStore` wants it. */
class View {
  constructor(client, index) {
    this.index = index;
    this.getSnapshot = () => client.items.get(index);
    this.subscribe = (listener) => {
      const those = client.listeners.get(index) ?? new Set();
      client.listeners.set(index, those.add(listener));
      return () => {
        those.delete(listener);
        if (those.size === 0) client.listeners.delete(index);
      };
    };
  }
}

export const subject = {
  Provider: Fragment,
  useItem(index) {
    const client = useContext(Client);
    const ref = useRef();
    const view = ref.current?.index === index ? ref.current : (ref.current = new View(client, index));
    const item = useSyncExternalStore(view.subscribe, view.getSnapshot);
    useLayoutEffect(() => void (ref.current = view), [view]);
    return item;
  },
  set([, index], item) {
    items.set(index, item);
    for (const listener of listeners.get(index) ?? []) listener();
  },
};
