// Rows that each call one hook, mounted and unmounted with a stopwatch.
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";

const container = document.querySelector("#root");

/** Resolves in a later task, after everything that was queued before. */
export function nextTask() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}

export class List {
  /** Renders of rows since it was made. */
  renders = 0;
  #subject;
  #group;
  #Row;
  #root;

  /** @param group rows that are siblings: a render of one row visits those of its group, and not all */
  constructor(subject, group) {
    this.#subject = subject;
    this.#group = group;
    this.#Row = ({ index }) => {
      this.renders++;
      return createElement("li", undefined, subject.useItem(index).title);
    };
  }

  /** A row for each index, with everything that its hook does by itself. Resolves to ms. */
  async mount(indexes) {
    const began = performance.now();
    this.#root = createRoot(container);
    flushSync(() => this.#root.render(createElement(this.#subject.Provider, undefined, this.#groupsOf(indexes))));
    await nextTask();
    return performance.now() - began;
  }

  async unmount() {
    flushSync(() => this.#root.unmount());
    await nextTask();
    globalThis.gc();
  }

  #groupsOf(indexes) {
    const size = this.#group;
    return Array.from({ length: Math.ceil(indexes.length / size) }, (_, group) =>
      createElement(this.#Group, { key: group, indexes: indexes.slice(group * size, (group + 1) * size) }),
    );
  }

  #Group = ({ indexes }) =>
    createElement(
      "ul",
      undefined,
      indexes.map((index, place) => createElement(this.#Row, { key: place, index })),
    );
}

export const rows = () => [...container.querySelectorAll("li")];
