import type { InspectableCache } from "macho-cache/devtools";
import type { QueryClient } from "macho-cache/query";

/** Something wrong with how an app uses its cache, and what mends it. */
export interface Fault {
  /** As the address has it. */
  readonly id: string;
  readonly title: string;
  /** What the app is, and what is wrong with it. */
  readonly story: string;
  /** The line that is wrong, and the one that mends it. */
  readonly wrong: string;
  readonly right: string;
  /** What the switch that mends it is called. */
  readonly remedy: string;
  start(isMended: boolean): RunningApp;
}

export interface RunningApp {
  readonly cache: InspectableCache;
  /** Where the cache stands under one. */
  readonly client?: QueryClient;
  /** One visitor asks for one thing. */
  visit(): Promise<unknown>;
}

/** A number below a count: the low ones are asked for far more often, as with products, pages and posts. */
export function popular(count: number): number {
  return Math.floor(count * Math.random() ** 3);
}
