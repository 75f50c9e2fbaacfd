import type { DevtoolsTarget } from "./source.ts";

/** Several caches and clients by the names that the reader picks from. */
export type DevtoolsTargets = Readonly<Record<string, DevtoolsTarget>>;

/** One that can be picked; its name is "" where it is the only one. */
export interface NamedTarget {
  readonly name: string;
  readonly target: DevtoolsTarget;
}

/** @throws Error when there is nothing to show */
export function namedTargets(given: DevtoolsTarget | DevtoolsTargets): readonly [NamedTarget, ...NamedTarget[]] {
  if (isTarget(given)) return [{ name: "", target: given }];
  const [first, ...others] = Object.entries(given).map(([name, target]) => ({ name, target }));
  if (!first)
    throw new Error("The devtools need something to show, got no cache. Pass a cache, a client, or { name: cache }.");
  return [first, ...others];
}

/** By methods, as a record of targets may have any names, also `cache`. */
function isTarget(given: DevtoolsTarget | DevtoolsTargets): given is DevtoolsTarget {
  const { peek, getQueries } = given as Partial<Record<"peek" | "getQueries", unknown>>;
  return typeof peek === "function" || typeof getQueries === "function";
}
