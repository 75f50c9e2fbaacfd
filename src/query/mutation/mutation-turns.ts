/** Somebody's place in a line. */
export interface Place {
  /** Whether it is their turn. */
  readonly isFirst: boolean;
  /** Runs it when it is their turn. Returns the undo. */
  onTurn(run: () => void): () => void;
  /** Leaves the line, for good; whoever is first then has their turn. */
  leave(): void;
}

/** Of whoever waits for nobody. */
const FREE: Place = { isFirst: true, onTurn: (run) => (run(), () => undefined), leave: () => undefined };

interface Waiting {
  run: (() => void) | undefined;
}

/** Lines by name, first come, first served. A line that everybody left is forgotten. */
export class Turns {
  #lines = new Map<string, Set<Waiting>>();

  /** A place at the end of a line; without a name, one of its own. */
  join(name: string | undefined): Place {
    if (name === undefined) return FREE;
    const line = this.#lines.get(name) ?? new Set();
    this.#lines.set(name, line);
    const waiting: Waiting = { run: undefined };
    line.add(waiting);
    return {
      get isFirst() {
        return firstOf(line) === waiting;
      },
      onTurn(run) {
        waiting.run = run;
        return () => (waiting.run = undefined);
      },
      leave: () => this.#leave(name, line, waiting),
    };
  }

  #leave(name: string, line: Set<Waiting>, waiting: Waiting): void {
    const hadTurn = firstOf(line) === waiting;
    line.delete(waiting);
    if (line.size === 0 && this.#lines.get(name) === line) this.#lines.delete(name);
    if (hadTurn) firstOf(line)?.run?.();
  }
}

function firstOf(line: Set<Waiting>): Waiting | undefined {
  for (const waiting of line) return waiting;
  return undefined;
}
