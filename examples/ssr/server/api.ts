import { setTimeout as wait } from "node:timers/promises";
import type { Visitor } from "../keys.ts";
import { Catalog } from "./catalog.ts";

export interface Controls {
  /** Ms that the answer about peers takes. */
  readonly slow: number;
  /** Whether the answers about peers wait until it is false again. */
  readonly held: boolean;
  /** Whether the API fails. */
  readonly failing: boolean;
}

/** A question that the API has no answer to. */
export class NotFound extends Error {
  override readonly name = "NotFound";
}

/** Answers questions about countries, and counts them, whoever asks: a page, or the server that renders one. */
export class Api {
  readonly #catalog = new Catalog();
  readonly #listeners = new Set<() => void>();
  readonly #paths = new Map<string, number>();
  #total = 0;
  #controls: Controls = { slow: 800, held: false, failing: false };
  #release: () => void = () => undefined;
  #released: Promise<void> = Promise.resolve();

  get total(): number {
    return this.#total;
  }

  /** How often each path was asked for. */
  get paths(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#paths);
  }

  control(controls: Partial<Controls>): void {
    const { held } = this.#controls;
    this.#controls = { ...this.#controls, ...controls };
    if (this.#controls.held === held) return;
    if (held) this.#release();
    else this.#released = new Promise((resolve) => (this.#release = resolve));
  }

  /** Hears of each question. Returns the undo. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @throws NotFound; what `signal` was aborted with */
  async answer(path: string, visitor: Visitor, signal: AbortSignal): Promise<unknown> {
    this.#count(path);
    if (this.#controls.failing) throw new Error("The database at db.internal:5432 does not answer.");
    const [kind, name, part] = path.split("/").slice(2).map(decodeURIComponent);
    if (part === "peers") await this.#linger(signal);
    const answer = this.#find(kind, name, part, visitor);
    if (answer === undefined) throw new NotFound(path);
    return answer;
  }

  #find(kind: string | undefined, name: string | undefined, part: string | undefined, visitor: Visitor): unknown {
    if (kind === "visitor") return visitor;
    if (kind !== "countries") return undefined;
    if (name === undefined) return this.#catalog.countries();
    return part === "peers" ? this.#catalog.peers(name) : this.#catalog.country(name);
  }

  async #linger(signal: AbortSignal): Promise<void> {
    const { slow } = this.#controls;
    if (slow > 0) await wait(slow, undefined, { signal });
    await Promise.race([this.#released, aborted(signal)]);
    signal.throwIfAborted();
  }

  #count(path: string): void {
    this.#total++;
    this.#paths.set(path, (this.#paths.get(path) ?? 0) + 1);
    for (const listener of this.#listeners) listener();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
