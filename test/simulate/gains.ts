import type { Headline, Load, Operation } from "./loads/load.ts";
import { BLOCKS, type Played, percent, play, type Script } from "./play.ts";
import { type Remedy, remediesFor } from "./remedies.ts";

/** What a remedy brought, in points of the hit ratio, through the real engine. */
export interface Gain {
  readonly remedy: Remedy;
  /** In the later half of the recorded window, as a warm cache has it. */
  readonly recorded: number;
  /** In the window after it. */
  readonly next: number;
}

/** Tries everything that could change something about a load, or what has one headline. */
export async function gainsOf(script: Script, now: Played, only?: Headline): Promise<readonly Gain[]> {
  const remedies = remediesFor(script.load).filter(
    ({ headline }) => (only ?? headline) === headline && mayMatter(headline, script),
  );
  const gains: Gain[] = [];
  for (const remedy of remedies) gains.push({ remedy, ...gainOf(await play(script, remedy.change), now) });
  return gains.sort((one, other) => other.next - one.next);
}

export function gainOf(changed: Played, now: Played): Pick<Gain, "recorded" | "next"> {
  return {
    recorded: percent(changed.first, BLOCKS / 2) - percent(now.first, BLOCKS / 2),
    next: percent(changed.second) - percent(now.second),
  };
}

/** Operations without which a remedy changes nothing. */
const NEEDS: Partial<Record<Headline, (operation: Operation, load: Load) => boolean>> = {
  failures: (operation) => operation.type === "load" && operation.brings === "failure",
  absent: (operation) =>
    (operation.type === "load" && operation.brings === "nothing") ||
    (operation.type === "read" && !!operation.isAbsent),
  removals: ({ type }) => type === "delete" || type === "clear",
  "unread-writes": ({ type }) => type === "set",
  ttl: (operation, { cache }) => (cache.ttl ?? Infinity) < Infinity || (operation.type === "read" && !!operation.ttl),
};

function mayMatter(headline: Headline, { load, first }: Script): boolean {
  const needs = NEEDS[headline];
  return needs === undefined || first.some((operation) => needs(operation, load));
}
