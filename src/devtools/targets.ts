import { MachoError } from "../core/index.ts";
import { describe } from "../core/internal.ts";
import type { DevtoolsTarget } from "./source.ts";

/** Several caches and clients by the names that the reader picks from. */
export type DevtoolsTargets = Readonly<Record<string, DevtoolsTarget>>;

/** One that can be picked; its name is "" where it is the only one. */
export interface NamedTarget {
  readonly name: string;
  readonly target: DevtoolsTarget;
}

/** @throws MachoError for what cannot be shown */
export function namedTargets(given: DevtoolsTarget | DevtoolsTargets): [NamedTarget, ...NamedTarget[]] {
  if (isTarget(given)) return [{ name: "", target: given }];
  if (typeof given !== "object" || given === null) throw notShown(describe(given));
  const [first, ...others] = Object.entries(given).map(([name, target]) => {
    if (!isTarget(target)) throw notShown(`${describe(target)} under the name ${name}`);
    return { name, target };
  });
  if (!first) throw notShown("none");
  return [first, ...others];
}

function notShown(got: string): MachoError {
  const message = `The devtools need a Cache or a QueryClient to show, got ${got}. Pass cache, client, or { name: cache }.`;
  return new MachoError("invalid-argument", message);
}

/** By methods, as a record of targets may have any names, also `cache`. */
function isTarget(given: unknown): given is DevtoolsTarget {
  if (typeof given !== "object" || given === null) return false;
  const { peek, getQueries, subscribe } = given as Partial<Record<"peek" | "getQueries" | "subscribe", unknown>>;
  return typeof subscribe === "function" && (typeof peek === "function" || typeof getQueries === "function");
}
