/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import { isWithinChance } from "./filter-health.ts";
import { clockTime, count, duration, percent } from "./format.ts";

/** One option: its name in the code, its value, and what that means. */
interface Setting {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

const STRATEGY_NOTES: Readonly<Record<string, string>> = {
  lru: "the least recently used entry makes room",
  fifo: "the entry stored longest ago makes room",
  random: "any entry makes room",
  lfu: "the least frequently used entry makes room",
  mfu: "the most frequently used entry makes room",
  sieve: "the first in that was not read lately makes room",
  clock: "first in, first out, with a second chance for what was read",
  s3fifo: "what is new and not read again leaves first",
  twoQueue: "what is new waits in a queue of its own",
  arc: "balances what was used once and what was used often",
  slru: "what was read again is protected from what was not",
  tinylfu: "stays only what is asked for more often than the victim",
};

/** How the cache was set up, by the names of its options. */
export function Configuration({ metrics }: { metrics: Metrics }): JSX.Element {
  return (
    <section class="card" aria-label="Configuration">
      <header class="card-head">
        <h3>Configuration</h3>
        <span class="note">
          {metrics.since === null
            ? "counting from the first operation on"
            : `counting since ${clockTime(metrics.since)}`}
        </span>
      </header>
      <dl class="settings">
        {settingsOf(metrics).map(({ name, value, note }) => (
          <div key={name} class="setting">
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <b>{value}</b> <span class="note">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function settingsOf(metrics: Metrics): Setting[] {
  const { maxCacheSize, ttl, timeToIdle, keepTtl, maxWeight, strategy, shardCount, exactClock } = metrics.options;
  return [
    { name: "maxCacheSize", value: count(maxCacheSize), note: "entries at most, over all shards" },
    {
      name: "maxWeight",
      value: maxWeight === Infinity ? "none" : count(maxWeight),
      note: maxWeight === Infinity ? "entries have no weight" : "of all entries together, in your own unit",
    },
    ttlSetting(ttl),
    {
      name: "timeToIdle",
      value: timeToIdle === Infinity ? "none" : duration(timeToIdle),
      note: timeToIdle === Infinity ? "entries need no access to stay" : "after its last access an entry is gone",
    },
    {
      name: "keepTtl",
      value: keepTtl ? "on" : "off",
      note: keepTtl ? "an overwrite keeps the time that was left" : "an overwrite starts the ttl anew",
    },
    { name: "strategy", value: strategy, note: STRATEGY_NOTES[strategy] ?? "a policy of your own" },
    {
      name: "shardCount",
      value: count(shardCount),
      note: shardCount === 1 ? "one part that holds everything" : "parts that evict on their own",
    },
    ...filterSettings(metrics),
    {
      name: "exactClock",
      value: exactClock ? "on" : "off",
      note: exactClock ? "every read asks the clock" : "the time is kept between reads",
    },
  ];
}

function ttlSetting(ttl: number): Setting {
  if (ttl === Infinity) return { name: "ttl", value: "none", note: "entries stay until they are evicted" };
  return { name: "ttl", value: duration(ttl), note: "after its write an entry is gone, unless set otherwise" };
}

/** By the option that it came from. */
function filterNamed({ bloom, filter }: Metrics["options"]): Pick<Setting, "name" | "value"> {
  return bloom ? { name: "bloom", value: "on" } : { name: "filter", value: filter ?? "none" };
}

function filterSettings({ options, filterRejections, falsePositives }: Metrics): Setting[] {
  if (options.filter === null) {
    return [{ name: "bloom", value: "off", note: "no filter in front of the entries" }];
  }
  const seen = rateWords(options.probability, falsePositives, filterRejections + falsePositives);
  return [
    { ...filterNamed(options), note: `the filter answered ${count(filterRejections)} misses by itself` },
    { name: "probability", value: percent(options.probability), note: `of false positives asked for; ${seen}` },
  ];
}

/** What was measured of the asked rate: a rate of few events lies beside it by chance. */
export function rateWords(asked: number, falsePositives: number, absent: number): string {
  if (absent === 0) return "nothing to measure yet";
  const rate = falsePositives / absent;
  const measured = `measured: ${percent(rate)} of ${count(absent)} misses`;
  if (rate <= asked) return measured;
  return isWithinChance(asked, falsePositives, absent)
    ? `${measured}, which is that rate within chance`
    : `${measured}: more than asked for`;
}
