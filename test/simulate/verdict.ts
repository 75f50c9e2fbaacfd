import { allPolicies } from "macho-cache/policies";
import { type Advice, type AdvisedChange, advise, record, type Recording } from "macho-cache/simulate";
import { gainOf, gainsOf } from "./gains.ts";
import type { Headline, Load } from "./loads/load.ts";
import { type Change, type Played, play, Script } from "./play.ts";

/** What was advised about a load, and what came of it in the window after the record, in points of the hit ratio. */
export interface Verdict {
  readonly name: string;
  readonly kind: string;
  readonly isStationary: boolean;
  readonly headline: Headline;
  readonly isRight: boolean;
  /** What to change; `null` where nothing is said that can be tried. */
  readonly advised: Advised | null;
  /** What to change as well, on top of it. */
  readonly second: Advised | null;
  /** The most that a remedy would have given, where there is said to be nothing to change. */
  readonly missed: { readonly points: number; readonly by: string } | null;
  readonly text: string;
}

/** A change, as it was promised, and as it was. */
export interface Advised {
  readonly change: string;
  readonly promise: number;
  readonly from: number;
  readonly to: number;
  readonly outcome: number;
}

/** Plays a load: what is advised after the first window is tried in the second one. */
export async function verdictOn(load: Load): Promise<Verdict> {
  const script = new Script(load);
  const { now, advice } = await recorded(script);
  const { kind: headline, text, change, then: second } = advice;
  const changed = change && (await play(script, changeOf(change)));
  const both = change && second && (await play(script, together(changeOf(change), changeOf(second))));
  return {
    name: load.name,
    kind: load.kind,
    isStationary: load.isStationary,
    headline,
    isRight: load.expected.includes(headline),
    advised: change ? advisedOf(change, changed!, now) : null,
    second: second ? advisedOf(second, both!, changed!) : null,
    missed: headline === "nothing" ? await missedIn(script, now) : null,
    text,
  };
}

/** Plays a load as it is, and asks for advice between its windows. */
async function recorded(script: Script): Promise<{ readonly now: Played; readonly advice: Advice }> {
  let recording: Recording | undefined;
  let advice: Advice | undefined;
  const now = await play(script, undefined, {
    beforeFirst: (cache) => (recording = record(cache)),
    afterFirst() {
      advice = advise(recording!.read());
      recording!.stop();
    },
  });
  return { now, advice: advice! };
}

/** What is advised, as it is done. */
function changeOf({ settings, assume }: AdvisedChange): Change {
  const { strategy, ...others } = settings;
  const { ownTtlTimes, ...behaviour } = assume;
  const policy = typeof strategy === "string" ? allPolicies[strategy]() : strategy;
  return {
    ...behaviour,
    ...(ownTtlTimes !== undefined && { ttlTimes: ownTtlTimes }),
    settings: policy ? { ...others, strategy: policy } : others,
  };
}

function together(one: Change, other: Change): Change {
  return { ...one, ...other, settings: { ...one.settings, ...other.settings } };
}

function advisedOf(change: AdvisedChange, changed: Played, before: Played): Advised {
  const { gain, from, to } = change;
  const outcome = gainOf(changed, before).next;
  return { change: change.code || change.kind, promise: 100 * gain, from: 100 * from, to: 100 * to, outcome };
}

/** The most that a remedy gave in the record, and in a next window that is like it. */
async function missedIn(script: Script, now: Played): Promise<{ readonly points: number; readonly by: string }> {
  const { isStationary } = script.load;
  let best = { points: 0, by: "" };
  for (const { remedy, recorded: before, next } of await gainsOf(script, now)) {
    const points = isStationary ? Math.max(before, next) : before;
    if (points > best.points) best = { points, by: remedy.name };
  }
  return best;
}
