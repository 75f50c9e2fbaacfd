import { setImmediate } from "node:timers/promises";
import { allPolicies } from "macho-cache/policies";
import { type AccessRecord, type Advice, adviseSteps } from "macho-cache/simulate";
import { adviceWords } from "../advice-words.ts";
import { type Choice, type RunningCache, withCache } from "../connection/running-cache.ts";
import { CommandError, EXIT, type Exit } from "../exit.ts";
import { type GatheredRecord, gatherRecord } from "../gathered-record.ts";
import { untilInterrupted } from "../interruption.ts";
import { visibleJson } from "../json-text.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";

/** What is asked. */
export interface AdvisePlan {
  readonly choice: Choice;
  /** Ms to record first; `undefined` for as long as it needs. */
  readonly ms: number | undefined;
  readonly isJson: boolean;
}

/** Ms of a replay after which signals are heard. */
const SLICE = 100;

/** Says what to change. */
export async function adviseCache({ choice, ms, isJson }: AdvisePlan, terminal: Terminal): Promise<Exit> {
  return withCache(choice, async (cache) => {
    const gathered = await untilInterrupted((signal) => gatherRecord(cache, ms, signal, terminal));
    const { assembly } = gathered;
    const advice = await adviceOf(assembly.record()!, cache, terminal);
    const { words: remedy } = await cache.ask("remedy", { kind: advice.kind, misses: advice.misses });
    const facts = { cache: cache.name, place: placeOf(cache), remedy, gathered, now: Date.now() };
    terminal.say(isJson ? asJson(cache, gathered, remedy, advice) : adviceWords(advice, facts, terminal));
    return advice.tone === "change" || remedy !== "" ? EXIT.found : EXIT.done;
  });
}

/** Replays the record here, so that the page is not burdened. @throws CommandError for a policy that is not known here */
async function adviceOf(record: AccessRecord, { name }: RunningCache, { status }: Terminal): Promise<Advice> {
  const { strategy } = record.options;
  if (!Object.hasOwn(allPolicies, strategy)) {
    const remedy = "In the app, advise(record(cache).read(), { strategy }) of macho-cache/simulate can be told of it.";
    const message = `There is no advice for ${name}: its policy ${strategy} is not one of macho-cache. ${remedy}`;
    throw new CommandError(EXIT.refused, visible(message));
  }
  const steps = adviseSteps(record);
  let heard = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) {
      status("");
      return step.value;
    }
    if (performance.now() - heard < SLICE) continue;
    status(`Replaying ${visible(name)} with other settings.`);
    await setImmediate();
    heard = performance.now();
  }
}

function placeOf({ place }: RunningCache): string {
  return `${place.kind} ${place.title || place.url}`;
}

function asJson(
  cache: RunningCache,
  { assembly, isNew, since }: GatheredRecord,
  remedy: string,
  advice: Advice,
): string {
  const { operations, lookups, lost } = assembly;
  const record = { since: new Date(since).toISOString(), isNew, operations, lookups, lost };
  return visibleJson(JSON.stringify({ cache: cache.name, target: cache.place, record, remedy, advice }, infinite, 2));
}

/** JSON has no `Infinity`: it is written as its name, as in `ttl: Infinity`. */
function infinite(_name: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
