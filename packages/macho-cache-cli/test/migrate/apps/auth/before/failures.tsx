import { useSyncExternalStore } from "react";

class FailureLog {
  #lines: readonly string[] = [];
  #listeners = new Set<() => void>();
  add(line: string): void {
    this.#lines = [...this.#lines, line];
    for (const listener of this.#listeners) listener();
  }
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  get = () => this.#lines;
}

export const failures = new FailureLog();

export const Failures = () => {
  const lines = useSyncExternalStore(failures.subscribe, failures.get);
  return lines.length === 0 ? null : <p>Failed: {lines.join(", ")}</p>;
};
