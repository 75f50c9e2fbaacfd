import { definedOf } from "../../core/lru/internal.ts";
import type { QueryClient } from "../client/client.ts";
import type { QueryKey } from "../key/key.ts";
import { MUTATION_DEFAULTS, MUTATION_OPTIONS, type ResolvedMutationOptions } from "../model/mutation-settings.ts";
import { checkOptions, resolveOptions } from "../model/option-table.ts";
import { IDLE, type Mutation } from "./mutation.ts";
import type { MutationRun, RunHome } from "./mutation-run.ts";

/** What a store tells its subscribers: there is a new mutation, its state is different, or it was forgotten. */
export interface MutationEvent {
  /** What happened. */
  readonly type: "added" | "updated" | "removed";
  /** The mutation that it happened to. */
  readonly mutation: Mutation;
}

/** Settled mutations that are kept, with variables and data, for whoever asks. Beyond, the oldest are forgotten. */
const MAX_SETTLED = 100;
/** Ms that loads wait for mutations at a reconnect. One that hangs does not hold them up for ever. */
const LONGEST_WAIT = 30_000;

/** The calls of a client's mutations: those that run, those that a hook shows, and the last 100 that settled. */
export class MutationCalls implements RunHome {
  readonly client: QueryClient;
  readonly host: QueryClient["host"];
  /** All that are known, in the order of the calls. */
  readonly known: Set<MutationRun> = new Set();
  /** What runs, and the promises of those who called it. */
  readonly running: Map<MutationRun, Promise<unknown> | undefined> = new Map();
  /** The last that settled, in the order of their ends. */
  readonly settled: Set<MutationRun> = new Set();
  /** What `setMutationDefaults` said of a key, the last on top. */
  defaultsOf: ((key: QueryKey) => object) | undefined;
  /** Hear of every mutation. */
  readonly listeners: Set<(type: MutationEvent["type"], mutation: Mutation) => void> = new Set();
  #defaults: object;
  /** While something runs, it hears of the network. */
  #leaveNetwork: (() => void) | undefined;

  /** Use `callsOf(client)`. @throws MachoOptionError for the client's `defaultOptions.mutations` */
  constructor(client: QueryClient) {
    this.client = client;
    this.host = client.host;
    this.#defaults = resolveOptions("defaultOptions.mutations", MUTATION_DEFAULTS, client.mutationDefaults);
  }

  /** Options over the defaults. @throws MachoOptionError for one that cannot be used or does not exist */
  resolve(owner: string, options: { readonly mutationKey?: QueryKey | undefined }): ResolvedMutationOptions {
    checkOptions(owner, MUTATION_OPTIONS, options);
    const { mutationKey } = options;
    const ofKey = mutationKey !== undefined && this.defaultsOf?.(mutationKey);
    // Every layer was checked.
    return { ...this.#defaults, ...ofKey, ...definedOf(options) } as ResolvedMutationOptions;
  }

  /** A run begins: it is known from now on, and counts as running until it ended. */
  add(run: MutationRun): void {
    this.known.add(run);
    this.running.set(run, undefined);
    this.#listen();
    this.tell("added", run);
  }

  tell(type: MutationEvent["type"], mutation: Mutation): void {
    for (const hear of this.listeners) hear(type, mutation);
  }

  /** Calls that wait look again whether they have to. */
  wake(): void {
    for (const run of this.running.keys()) run.goOn?.();
  }

  /** Those of one scope run one after the other, in the order of the calls. */
  firstOf({ scope }: MutationRun): MutationRun | undefined {
    if (scope) for (const run of this.running.keys()) if (run.scope?.id === scope.id) return run;
    return undefined;
  }

  /** Resolves when they ended, well or not. */
  async allEnded(runs: readonly MutationRun[]): Promise<void> {
    await Promise.allSettled(runs.map(async (run) => this.running.get(run)));
  }

  changed(run: MutationRun): void {
    if (this.known.has(run)) this.tell("updated", run);
  }

  ended(run: MutationRun): void {
    const { running, settled } = this;
    running.delete(run);
    this.firstOf(run)?.goOn?.();
    if (running.size === 0) this.rest();
    if (run.state !== IDLE) settled.add(run);
    this.unwatched(run);
    const [oldest] = settled;
    if (oldest && settled.size > MAX_SETTLED && settled.delete(oldest)) this.unwatched(oldest);
  }

  /** A call is forgotten when it neither runs nor is watched, and many have settled since. */
  unwatched(run: MutationRun): void {
    const isKept = this.running.has(run) || run.watcher || this.settled.has(run);
    if (!isKept && this.known.delete(run)) this.tell("removed", run);
  }

  /** Nothing waits or runs any more. @returns what did */
  rest(): readonly MutationRun[] {
    const running = [...this.running.keys()];
    this.running.clear();
    this.#leaveNetwork?.();
    this.#leaveNetwork = undefined;
    return running;
  }

  /** Hears of the network, as long as something runs. */
  #listen(): void {
    this.#leaveNetwork ??= this.host.once("reconnect", () => {
      this.#leaveNetwork = undefined;
      if (!this.host.isDisposed) {
        this.#listen();
        return this.#goFirst();
      }
      // The client ended, which is told the same way. Nothing runs on, and what is shown stays.
      this.listeners.clear();
      for (const run of this.rest()) run.abandon(false);
    });
  }

  /** The network is back: what waits goes on. @returns what loads wait for */
  #goFirst(): Promise<void> | undefined {
    // One whose `onMutate` is not done is not waited for: it may wait for a load that waits.
    const waiting = [...this.running.keys()].filter(({ goOn }) => goOn);
    if (waiting.length === 0) return undefined;
    this.host.loadedSince = new Set();
    this.wake();
    return new Promise((resolve) => {
      const stop = this.host.after(LONGEST_WAIT, resolve);
      void this.allEnded(waiting).then(() => (stop(), resolve()));
    });
  }
}

/** A client only keeps them: it knows nothing of mutations, and an app without them ships none of this. */
export function callsOf(client: QueryClient): MutationCalls {
  // Nothing else is put there.
  return (client.host.mutations ??= new MutationCalls(client)) as MutationCalls;
}
